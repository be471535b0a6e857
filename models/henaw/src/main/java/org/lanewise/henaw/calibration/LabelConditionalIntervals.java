package org.lanewise.henaw.calibration;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Intervals for age that hold at every age, not only on average: label-conditional conformal prediction, which is Neyman's
 * construction with the model's guess as the statistic.
 *
 * <p>Guesses shrink towards the middle, so intervals around the guess miss most of the old however they are scaled. Here an
 * age y is kept if the guess is one that people of age y and that sex usually get: it lies between the weighted quantiles
 * {@code lower tail} and {@code 1 - upper tail} of the held-out guesses of people near y (quadratic weights, half-width
 * {@value #HALF_WIDTH} years). The interval runs from the first age kept to the last. Tails are tilted: at the young end
 * everything is spent above, at the old end below, which shortens intervals at the ends.
 *
 * <p>Source: Vovk, Conditional validity of inductive conformal predictors (2012); Neyman, Phil. Trans. A 236:333 (1937).
 */
public final class LabelConditionalIntervals {
    private static final double HALF_WIDTH = 8;

    private final double level;
    private final int youngest;
    /** {@code [sex][age - youngest]}: the smallest and the largest guess an age explains; rising in age. */
    private final double[][] lower;
    private final double[][] upper;

    LabelConditionalIntervals(double level, int youngest, double[][] lower, double[][] upper) {
        this.level = level;
        this.youngest = youngest;
        this.lower = lower;
        this.upper = upper;
    }

    /** An interval in whole years, bounds included. */
    public record Years(double lower, double upper) {}

    /**
     * Learns the bands.
     *
     * @param guess held-out guesses: of models that did not see these people
     * @param age   their ages
     * @param sex   0 or 1; a person of unknown sex counts for both
     * @param level share of people of each age whose interval should hold their age
     */
    public static LabelConditionalIntervals fit(double[] guess, double[] age, double[] sex, double level) {
        int youngest = (int) Math.floor(Arrays.stream(age).min().orElseThrow());
        int oldest = (int) Math.ceil(Arrays.stream(age).max().orElseThrow());
        double[][] lower = new double[2][oldest - youngest + 1];
        double[][] upper = new double[2][oldest - youngest + 1];
        for (int s = 0; s < 2; s++) {
            double wanted = s;
            int[] rows = IntStream.range(0, age.length).filter(i -> sex[i] == wanted || Double.isNaN(sex[i])).boxed()
                    .sorted((a, b) -> Double.compare(guess[a], guess[b])).mapToInt(Integer::intValue).toArray();
            if (rows.length == 0)
                rows = IntStream.range(0, age.length).boxed().sorted((a, b) -> Double.compare(guess[a], guess[b]))
                        .mapToInt(Integer::intValue).toArray();
            for (int y = youngest; y <= oldest; y++) {
                double below = (1 - level) * (y - youngest) / Math.max(oldest - youngest, 1);
                lower[s][y - youngest] = below < 1e-9 ? Double.NEGATIVE_INFINITY : quantile(guess, age, rows, y, below);
                double above = 1 - level - below;
                upper[s][y - youngest] = above < 1e-9
                        ? Double.POSITIVE_INFINITY
                        : quantile(guess, age, rows, y, 1 - above);
            }
            makeRising(lower[s]);
            makeRising(upper[s]);
        }
        return new LabelConditionalIntervals(level, youngest, lower, upper);
    }

    /** Weighted quantile of the guesses of people near {@code y}; {@code rows} rise in guess. */
    private static double quantile(double[] guess, double[] age, int[] rows, int y, double level) {
        double total = 0;
        for (int i : rows)
            total += weight(age[i] - y);
        double sum = 0;
        for (int i : rows) {
            sum += weight(age[i] - y);
            if (sum >= level * total)
                return guess[i];
        }
        return guess[rows[rows.length - 1]];
    }

    private static double weight(double distance) {
        double u = distance / (HALF_WIDTH + 1);
        return Math.max(0, 1 - u * u);
    }

    private static void makeRising(double[] x) {
        for (int k = 1; k < x.length; k++)
            x[k] = Math.max(x[k], x[k - 1]);
    }

    /** The interval of a guess; for unknown sex the union of both. Never empty: a guess no age explains stands alone. */
    public Years of(double guess, double sex) {
        if (Double.isNaN(guess))
            return new Years(Double.NaN, Double.NaN);
        if (!Double.isNaN(sex))
            return ofKnown(guess, sex == 0 ? 0 : 1);
        Years f = ofKnown(guess, 0);
        Years m = ofKnown(guess, 1);
        return new Years(Math.min(f.lower, m.lower), Math.max(f.upper, m.upper));
    }

    private Years ofKnown(double guess, int sex) {
        // Both bands rise with age: the first age whose upper band reaches the guess, the last whose lower band does not pass it.
        int first = firstAtLeast(upper[sex], guess);
        int last = firstAbove(lower[sex], guess) - 1;
        if (first > last || first >= upper[sex].length)
            return new Years(Math.rint(guess), Math.rint(guess));
        return new Years(youngest + first, youngest + last);
    }

    private static int firstAtLeast(double[] rising, double x) {
        int low = 0;
        int high = rising.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising[middle] >= x)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static int firstAbove(double[] rising, double x) {
        int low = 0;
        int high = rising.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising[middle] > x)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /** The nominal coverage. */
    public double level() {
        return level;
    }

    /** What a model file keeps. Infinite ends are written as the largest finite numbers. */
    public Stored stored() {
        return new Stored(level, youngest, finite(lower), finite(upper));
    }

    private static double[][] finite(double[][] x) {
        return Arrays.stream(x).map(r -> Arrays.stream(r)
                .map(v -> Math.min(Math.max(v, -Double.MAX_VALUE), Double.MAX_VALUE)).toArray())
                .toArray(double[][]::new);
    }

    /** The bands in plain arrays. */
    public record Stored(double level, int youngest, double[][] lower, double[][] upper) {
        public LabelConditionalIntervals open() {
            Objects.requireNonNull(lower, "lower");
            Objects.requireNonNull(upper, "upper");
            if (lower.length != 2 || upper.length != 2 || lower[0].length == 0 || lower[0].length > 200
                    || lower[0].length != lower[1].length || upper[0].length != lower[0].length
                    || upper[1].length != lower[0].length)
                throw new IllegalArgumentException("intervals: bands of the wrong size");
            return new LabelConditionalIntervals(level, youngest, lower, upper);
        }
    }
}
