package org.lanewise.linear.table;

import java.util.Arrays;
import org.lanewise.linear.Family;

/** The model without predictors: the mean, the rate, the shares of the classes; 1 for a relative hazard. */
final class Baseline {
    private static final int MOST_STEPS = 100;

    private Baseline() {
    }

    /** What it predicts of every row, by output, where the offset is 0. */
    static double[] of(TableTarget seen) {
        double[] y = seen.response().y();
        double[] w = seen.response().weights();
        double[] offset = seen.response().offset();
        double[] weight = new double[y.length];
        Arrays.setAll(weight, i -> w == null ? 1 : w[i]);
        double total = Arrays.stream(weight).sum();
        return switch (seen.family()) {
            case Family.Cox _ -> new double[] {1};
            case Family.Multinomial m -> {
                double[] shares = new double[m.classes()];
                for (int i = 0; i < y.length; i++) {
                    shares[(int) y[i]] += weight[i] / total;
                }
                yield shares;
            }
            case Family.Gaussian _,Family.Huber _ ->
                new double[] {sum(i -> weight[i] * (y[i] - (offset == null ? 0 : offset[i])), y.length) / total};
            case Family.Poisson _ -> new double[] {sum(i -> weight[i] * y[i], y.length)
                    / sum(i -> weight[i] * (offset == null ? 1 : StrictMath.exp(offset[i])), y.length)};
            case Family.Binomial _ -> new double[] {
                    offset == null ? sum(i -> weight[i] * y[i], y.length) / total : probability(y, weight, offset)};
        };
    }

    private static double sum(java.util.function.IntToDoubleFunction term, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += term.applyAsDouble(i);
        }
        return sum;
    }

    /** Newton's method for the intercept beside an offset. */
    private static double probability(double[] y, double[] weight, double[] offset) {
        double eta = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double slope = 0;
            double curvature = 0;
            for (int i = 0; i < y.length; i++) {
                double p = 1 / (1 + StrictMath.exp(-eta - offset[i]));
                slope += weight[i] * (y[i] - p);
                curvature += weight[i] * p * (1 - p);
            }
            double move = Math.clamp(slope / Math.max(curvature, Double.MIN_NORMAL), -2, 2);
            eta += move;
            if (Math.abs(move) < 1e-12) {
                break;
            }
        }
        return 1 / (1 + StrictMath.exp(-eta));
    }
}
