package org.lanewise.linear;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;

/**
 * Median regression: the intercept b0 and coefficients b that minimise
 *
 * <pre>sum_i |y_i - b0 - x_i'b|</pre>
 *
 * by iteratively reweighted least squares, weights 1/max(|residual|, e), with e falling to 1e-9 of the mean residual. A solution of
 * the problem passes through as many rows as it has coefficients; the rows of the smallest residuals are tried last, and kept if that
 * is no worse.
 *
 * @param mostSteps
 *            reweightings before giving up
 */
public record LeastAbsoluteDeviation(int mostSteps) {
    private static final double FIRST = 1e-2;
    private static final double LAST = 1e-9;

    public LeastAbsoluteDeviation {
        if (mostSteps < 1) {
            throw new IllegalArgumentException("mostSteps " + mostSteps);
        }
    }

    /** 500 steps. */
    public static LeastAbsoluteDeviation defaults() {
        return new LeastAbsoluteDeviation(500);
    }

    /**
     * @throws BadInputException
     *             if a value is missing, a column is constant or depends on others, or there are fewer rows than coefficients
     * @throws ConvergenceException
     *             if the sum still falls after {@link #mostSteps}
     */
    public LinearPredictor fit(DesignMatrix x, double[] y) {
        LinearPredictor best = LeastSquares.defaults().fit(x, y).predictor();
        double[] residual = residuals(best, x, y);
        double least = sum(residual);
        double scale = least / y.length;
        if (scale == 0) {
            return best;
        }
        double smoothing = FIRST;
        for (int step = 0; step < mostSteps; step++) {
            double floor = smoothing * scale;
            double[] weights = new double[y.length];
            Arrays.setAll(weights, residualWeight(residual, floor));
            LinearPredictor next = LeastSquares.defaults().fit(x, y, weights).predictor();
            residual = residuals(next, x, y);
            double sum = sum(residual);
            boolean settled = sum > least * (1 - 1e-10);
            if (sum < least) {
                least = sum;
                best = next;
            }
            if (settled && smoothing <= LAST) {
                return throughRows(best, least, x, y);
            }
            smoothing = settled ? Math.max(LAST, smoothing / 10) : smoothing;
        }
        throw new ConvergenceException("least absolute deviation has not converged after " + mostSteps + " steps");
    }

    private static IntToDoubleFunction residualWeight(double[] residual, double floor) {
        return i -> floor / Math.max(Math.abs(residual[i]), floor);
    }

    private static double[] residuals(LinearPredictor line, DesignMatrix x, double[] y) {
        double[] residual = line.of(x);
        Arrays.setAll(residual, i -> y[i] - residual[i]);
        return residual;
    }

    private static double sum(double[] residual) {
        return Arrays.stream(residual).map(Math::abs).sum();
    }

    private static LinearPredictor throughRows(LinearPredictor line, double sum, DesignMatrix x, double[] y) {
        double[] residual = residuals(line, x, y);
        Integer[] order = new Integer[y.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(Math.abs(residual[a]), Math.abs(residual[b])));
        int[] rows = Arrays.stream(order).limit(x.columns() + 1L).mapToInt(i -> i).toArray();
        try {
            LinearPredictor exact = LeastSquares.defaults()
                    .fit(x.take(rows), Arrays.stream(rows).mapToDouble(i -> y[i]).toArray())
                    .predictor();
            return sum(residuals(exact, x, y)) <= sum * (1 + 1e-12) ? exact : line;
        } catch (BadInputException _) {
            return line; // These rows do not determine a line.
        }
    }
}
