package org.lanewise.tabular.metrics;

/**
 * Mean losses of predictions of numbers, each the weighted mean over rows of what scikit-learn calls by the same name. Weights
 * are not negative, {@code null} for all ones; arguments are (predicted, actual) throughout.
 *
 * <pre>{@code
 * double pinball = RegressionLosses.meanPinballLoss(predicted, actual, 0.9, null);
 * }</pre>
 *
 * Lengths that differ, no weight at all, or a value outside the domain of the loss is an {@link IllegalArgumentException}.
 */
public final class RegressionLosses {
    static final double EPSILON = Math.ulp(1.0);

    private RegressionLosses() {
    }

    /** The loss of one row. */
    interface Loss {
        double of(double predicted, double actual);
    }

    /** (y - p)^2 */
    public static double meanSquaredError(double[] predicted, double[] actual, double[] weights) {
        return mean(predicted, actual, weights, (p, y) -> (y - p) * (y - p));
    }

    public static double rootMeanSquaredError(double[] predicted, double[] actual, double[] weights) {
        return Math.sqrt(meanSquaredError(predicted, actual, weights));
    }

    /** |y - p| */
    public static double meanAbsoluteError(double[] predicted, double[] actual, double[] weights) {
        return mean(predicted, actual, weights, (p, y) -> Math.abs(y - p));
    }

    /** |y - p| / max(|y|, 2^-52): a share, not per cent. */
    public static double meanAbsolutePercentageError(double[] predicted, double[] actual, double[] weights) {
        return mean(predicted, actual, weights, (p, y) -> Math.abs(y - p) / Math.max(Math.abs(y), EPSILON));
    }

    /**
     * alpha (y - p) where y is above p, else (1 - alpha) (p - y): least at the alpha quantile.
     *
     * @param alpha
     *            0..1
     */
    public static double meanPinballLoss(double[] predicted, double[] actual, double alpha, double[] weights) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must lie in 0..1: " + alpha);
        }
        return mean(predicted, actual, weights, (p, y) -> y >= p ? alpha * (y - p) : (1 - alpha) * (p - y));
    }

    /** Of predicted means above 0 and counts of 0 or more: 2 (y log(y / p) - y + p). */
    public static double meanPoissonDeviance(double[] predicted, double[] actual, double[] weights) {
        return meanTweedieDeviance(predicted, actual, 1, weights);
    }

    /** Of predictions and values above 0: 2 (log(p / y) + y / p - 1). */
    public static double meanGammaDeviance(double[] predicted, double[] actual, double[] weights) {
        return meanTweedieDeviance(predicted, actual, 2, weights);
    }

    /**
     * The deviance of a law whose variance is the mean to the power (Jorgensen 1987): 0 normal, 1 Poisson, 1..2 compound Poisson,
     * 2 gamma, 3 inverse Gaussian.
     *
     * @param power
     *            not between 0 and 1
     */
    public static double meanTweedieDeviance(double[] predicted, double[] actual, double power, double[] weights) {
        if (!(power <= 0 || power >= 1)) {
            throw new IllegalArgumentException("there is no Tweedie law with power " + power);
        }
        if (power == 0) {
            return meanSquaredError(predicted, actual, weights);
        }
        return mean(predicted, actual, weights, (p, y) -> {
            if (!(p > 0) || power >= 1 && !(y >= 0) || power >= 2 && !(y > 0)) {
                return Double.NaN;
            }
            if (power == 1) {
                return 2 * ((y == 0 ? 0 : y * Math.log(y / p)) - y + p);
            }
            if (power == 2) {
                return 2 * (Math.log(p / y) + y / p - 1);
            }
            double own = Math.pow(power < 0 ? Math.max(y, 0) : y, 2 - power) / ((1 - power) * (2 - power));
            return 2 * (own - y * Math.pow(p, 1 - power) / (1 - power) + Math.pow(p, 2 - power) / (2 - power));
        });
    }

    /** 1 - squared error / squared error of the weighted mean of the actual values; NaN if these are constant. */
    public static double r2Score(double[] predicted, double[] actual, double[] weights) {
        double error = meanSquaredError(predicted, actual, weights);
        double total = 0;
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double w = weights == null ? 1 : weights[i];
            total += w;
            sum += w == 0 ? 0 : w * actual[i];
        }
        double mean = sum / total;
        double spread = meanOf(actual, weights, (_, y) -> (y - mean) * (y - mean));
        return spread > 0 ? 1 - error / spread : Double.NaN;
    }

    private static double meanOf(double[] actual, double[] weights, Loss loss) {
        return mean(actual, actual, weights, loss);
    }

    /** The loss of each row. */
    static double[] each(double[] predicted, double[] actual, Loss loss) {
        Checks.sameLength(predicted, actual);
        double[] losses = new double[actual.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = loss.of(predicted[i], actual[i]);
            if (Double.isNaN(losses[i])) {
                throw outside(i, predicted, actual);
            }
        }
        return losses;
    }

    private static IllegalArgumentException outside(int row, double[] predicted, double[] actual) {
        return new IllegalArgumentException("row " + (row + 1) + ": predicted " + predicted[row] + ", actual "
                + actual[row] + " is outside the domain of the loss");
    }

    /** NaN of a loss means that a value is outside its domain. */
    static double mean(double[] predicted, double[] actual, double[] weights, Loss loss) {
        Checks.sameLength(predicted, actual);
        Checks.weights(weights, actual.length);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < actual.length; i++) {
            double w = weights == null ? 1 : weights[i];
            if (w == 0) {
                continue; // A row that is not there may hold anything.
            }
            double value = loss.of(predicted[i], actual[i]);
            if (Double.isNaN(value)) {
                throw outside(i, predicted, actual);
            }
            sum += w * value;
            total += w;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("no rows");
        }
        return sum / total;
    }
}
