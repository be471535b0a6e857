package org.lanewise.boosting;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How one column is cut into bins. Immutable.
 *
 * <p>Numeric: bin b holds the values x with {@code bound(b - 1) < x <= bound(b)}; the last bound is +Infinity. Missing values
 * have the bin after the last. Categories: bin 0 holds everything missing, unseen or rare, bin b >= 1 one category.
 */
public final class FeatureBins {
    private final String name;
    private final double[] bounds;
    private final double[] padded;
    private final int[] categories;
    private final List<String> levels;
    private final double min;
    private final double max;
    private final Map<Integer, Integer> binOfCategory = new HashMap<>();

    private FeatureBins(String name, double[] bounds, int[] categories, List<String> levels, double min, double max) {
        this.name = Objects.requireNonNull(name);
        this.bounds = bounds;
        padded = padded(bounds);
        this.categories = categories;
        this.levels = levels;
        this.min = min;
        this.max = max;
        if (categories != null) {
            for (int b = 0; b < categories.length; b++) binOfCategory.put(categories[b], b + 1);
        }
    }

    /**
     * Numeric bins.
     *
     * @param bounds rising; the last must be +Infinity; at most 255
     * @param min    smallest value seen, NaN if none
     * @param max    largest value seen, NaN if none
     * @throws IllegalArgumentException if the bounds are not as said
     */
    public static FeatureBins numeric(String name, double[] bounds, double min, double max) {
        if (bounds.length < 1 || bounds.length > 255 || bounds[bounds.length - 1] != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\": 1 to 255 bounds, the last +Infinity, are needed, not "
                            + bounds.length);
        }
        for (int b = 1; b < bounds.length; b++) {
            if (!(bounds[b - 1] < bounds[b])) {
                throw new IllegalArgumentException(
                        "column \"" + name + "\": bounds do not rise: " + bounds[b - 1] + ", " + bounds[b]);
            }
        }
        return new FeatureBins(name, bounds.clone(), null, List.of(), min, max);
    }

    /**
     * Bins of categories.
     *
     * @param categories distinct, not negative, those of bins 1, 2, ...; at most 255
     * @param levels     the names of categories 0, 1, ...; may be empty
     */
    public static FeatureBins categorical(String name, int[] categories, List<String> levels) {
        if (categories.length > 255 || Arrays.stream(categories).distinct().count() != categories.length
                || Arrays.stream(categories).anyMatch(c -> c < 0)) {
            throw new IllegalArgumentException(
                    "column \"" + name + "\": at most 255 distinct categories from 0 are needed");
        }
        int[] copy = categories.clone();
        return new FeatureBins(name, null, copy, List.copyOf(levels), Arrays.stream(copy).min().orElse(0),
                Arrays.stream(copy).max().orElse(0));
    }

    public String name() {
        return name;
    }

    public boolean categorical() {
        return categories != null;
    }

    /** The names of the categories 0, 1, ..., empty if they have none. */
    public List<String> levels() {
        return levels;
    }

    /** Bins without that of missing values; for categories with bin 0. */
    public int size() {
        return bounds != null ? bounds.length : categories.length + 1;
    }

    /** The bin of missing values: {@link #size} if numeric, 0 for categories. */
    public int missingBin() {
        return bounds != null ? bounds.length : 0;
    }

    /** The upper bound of a numeric bin. */
    public double bound(int bin) {
        return bounds[bin];
    }

    /** The category of bin 1 or above. */
    public int category(int bin) {
        return categories[bin - 1];
    }

    /** Smallest value or category seen, NaN if none. */
    public double min() {
        return min;
    }

    /** Largest value or category seen, NaN if none. */
    public double max() {
        return max;
    }

    /** The bin of a value. */
    public int bin(double value) {
        if (categories != null) {
            if (!(value >= 0 && value <= Integer.MAX_VALUE)) return 0;
            return binOfCategory.getOrDefault((int) value, 0);
        }
        if (Double.isNaN(value)) return bounds.length;
        int low = 0;
        for (int step = Integer.highestOneBit(bounds.length); step > 0; step >>= 1) {
            if (low + step <= bounds.length && bounds[low + step - 1] < value) low += step;
        }
        return low;
    }

    /** Writes the bins of {@code count} values as bytes; {@code out} is modified. */
    void bins(double[] values, int count, byte[] out, int at) {
        if (categories != null) {
            for (int i = 0; i < count; i++) out[at + i] = (byte) bin(values[i]);
        } else {
            BoundSearch.bins(padded, bounds.length, values, count, out, at);
        }
    }

    /** The bounds and, up to 256 numbers, infinity: what {@link BoundSearch} needs; {@code null} for categories. */
    private static double[] padded(double[] bounds) {
        if (bounds == null) return null;
        double[] all = new double[256];
        Arrays.fill(all, Double.POSITIVE_INFINITY);
        System.arraycopy(bounds, 0, all, 0, bounds.length);
        return all;
    }
}
