package org.lanewise.optim.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.engine.NormalLaw;
import org.lanewise.engine.Rng;

/**
 * A density over a numeric dimension's search scale: one normal law per observation and one as wide as the range at its
 * middle, all truncated to the range. An observation's width is its distance to the farther of its two neighbours
 * (Bergstra et al. 2011, section 4), within range / min(100, 1 + kernels) .. range.
 */
final class ParzenEstimator {

    private static final double SQRT_TWO_PI = StrictMath.sqrt(2 * StrictMath.PI);

    private final Dimension dimension;
    private final double from;
    private final double to;
    private final double[] mean;
    private final double[] width;
    /** Share of each kernel; they add up to 1. */
    private final double[] weight;
    /** Probability that the untruncated kernel gives to the range. */
    private final double[] inside;

    /** {@code values} from the oldest to the newest. */
    ParzenEstimator(Dimension dimension, List<Double> values) {
        this.dimension = dimension;
        from = dimension.from();
        to = dimension.to();
        int n = values.size() + 1;
        double[] age = weights(n - 1);
        double[] x = new double[n];
        for (int i = 0; i < n - 1; i++) x[i] = dimension.scale(values.get(i));
        x[n - 1] = from + (to - from) / 2;
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(i -> x[i]))
                .mapToInt(Integer::intValue).toArray();
        double total = 1;
        for (double w : age) total += w;
        mean = new double[n];
        width = new double[n];
        weight = new double[n];
        inside = new double[n];
        double range = to - from;
        for (int k = 0; k < n; k++) {
            mean[k] = x[order[k]];
            weight[k] = (order[k] == n - 1 ? 1 : age[order[k]]) / total;
        }
        for (int k = 0; k < n; k++) {
            double left = k > 0 ? mean[k] - mean[k - 1] : 0;
            double right = k < n - 1 ? mean[k + 1] - mean[k] : 0;
            boolean prior = order[k] == n - 1;
            width[k] = prior ? range : Math.clamp(Math.max(left, right), range / Math.min(100, 1 + n), range);
            inside[k] = mass(k, from, to);
        }
    }

    /** The newest 25 count fully, those before them the less the older they are. */
    static double[] weights(int n) {
        double[] w = new double[n];
        int ramp = Math.max(0, n - 25);
        for (int i = 0; i < n; i++) {
            w[i] = i >= ramp || ramp == 1 ? 1 : 1.0 / n + (1 - 1.0 / n) * i / (ramp - 1);
        }
        return w;
    }

    private double mass(int k, double a, double b) {
        return NormalLaw.cdf((b - mean[k]) / width[k]) - NormalLaw.cdf((a - mean[k]) / width[k]);
    }

    Object sample(Rng rng) {
        double u = rng.nextDouble();
        int k = 0;
        while (k < weight.length - 1 && u >= weight[k]) u -= weight[k++];
        // The mean lies inside and the width is at most the range, so at least a third of the draws are taken.
        double x;
        do {
            x = mean[k] + width[k] * rng.nextGaussian();
        } while (!(x >= from && x <= to));
        return dimension.value(x);
    }

    /** Logarithm of a real number's density, or of a whole number's probability. */
    double log(double value) {
        boolean whole = dimension.kind() == Dimension.Kind.INTEGER;
        double x = dimension.scale(value);
        double a = whole ? dimension.scale(value - 0.5) : 0;
        double b = whole ? dimension.scale(value + 0.5) : 0;
        double sum = 0;
        for (int k = 0; k < mean.length; k++) {
            double z = (x - mean[k]) / width[k];
            double p = whole ? mass(k, a, b) : StrictMath.exp(-z * z / 2) / (width[k] * SQRT_TWO_PI);
            sum += weight[k] * p / inside[k];
        }
        return StrictMath.log(Math.max(sum, Double.MIN_NORMAL));
    }
}
