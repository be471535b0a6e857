package org.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Divides rows by time so that what is trained on lies before what is tested on. Rows of equal time stay together; a gap keeps
 * training rows whose outcome was not yet known out of the training; groups, e.g. persons, can be kept out of the training when
 * they are tested on. Row numbers come back in rising order.
 *
 * <pre>{@code
 * TemporalSplit split = TemporalSplit.of(table.numbers("day")).withGap(30).withGroups(table.texts("person"));
 * for (Split.Fold fold : split.folds(5)) { ... }      // train grows, test moves on
 * Split.Parts parts = split.parts(0.7, 0.15, 0.15);
 * }</pre>
 */
public final class TemporalSplit {
    private final double[] times;
    private final double[] sorted;
    private final double gap;
    private final double window;
    private final Object[] groups;

    private TemporalSplit(double[] times, double[] sorted, double gap, double window, Object[] groups) {
        this.times = times;
        this.sorted = sorted;
        this.gap = gap;
        this.window = window;
        this.groups = groups;
    }

    /**
     * @param times
     *            one per row, in any unit and order
     *
     * @throws BadInputException
     *             if a time is missing or infinite
     */
    public static TemporalSplit of(double[] times) {
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(times[i])) {
                throw BadInputException.at("").row(i + 1L).value(Double.toString(times[i]))
                        .because("a temporal split needs every time");
            }
        }
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return new TemporalSplit(times.clone(), sorted, 0, Double.POSITIVE_INFINITY, null);
    }

    /** Leaves out of the training the rows less than this before the first tested time, or exactly this. */
    public TemporalSplit withGap(double changed) {
        if (!(changed >= 0)) {
            throw new IllegalArgumentException("a gap is not negative: " + changed);
        }
        return new TemporalSplit(times, sorted, changed, window, groups);
    }

    /** Leaves out of the training the rows that lie more than this before the end of the training: a window that moves. */
    public TemporalSplit withWindow(double changed) {
        if (!(changed > 0)) {
            throw new IllegalArgumentException("a window is positive: " + changed);
        }
        return new TemporalSplit(times, sorted, gap, changed, groups);
    }

    /** Leaves out of the training the rows of groups (equal ids) that are tested on. */
    public TemporalSplit withGroups(Object[] changed) {
        if (changed.length != times.length) {
            throw new IllegalArgumentException(changed.length + " groups for " + times.length + " rows");
        }
        return new TemporalSplit(times, sorted, gap, window, changed.clone());
    }

    /**
     * k folds; the rows in order of time are cut into k + 1 stretches, the first the longest by up to k rows, and fold i tests
     * stretch i + 1. With times 0, 1, 2 ... it is scikit-learn's {@code TimeSeriesSplit}.
     *
     * @throws BadInputException
     *             if a fold has nothing to train on or to test, e.g. for too long a gap or too many equal times
     */
    public List<Split.Fold> folds(int k) {
        int n = times.length;
        if (k < 1 || n < k + 1) {
            throw new IllegalArgumentException(k + " temporal folds of " + n + " rows");
        }
        int size = n / (k + 1);
        List<Split.Fold> folds = new ArrayList<>();
        for (int f = 0; f < k; f++) {
            int start = n - (k - f) * size;
            double from = sorted[start];
            double to = start + size < n ? sorted[start + size] : Double.POSITIVE_INFINITY;
            int[] test = between(from, to);
            int[] train = before(from, test);
            if (test.length == 0 || train.length == 0) {
                throw new BadInputException("fold " + (f + 1) + " of " + k + " has " + train.length
                        + " rows to train on and " + test.length + " to test");
            }
            folds.add(new Split.Fold(train, test));
        }
        return folds;
    }

    /**
     * The first fraction of the rows in order of time, the next, the last; with the gap before the second and the third, and no
     * group in two of them: it stays in the latest.
     */
    public Split.Parts parts(double train, double valid, double test) {
        List<int[]> cut = Split.inOrder(times.length, train, valid, test);
        int second = cut.get(0).length;
        int third = second + cut.get(1).length;
        double validFrom = at(second);
        double testFrom = at(third);
        int[] last = between(testFrom, Double.POSITIVE_INFINITY);
        int[] middle = Arrays.stream(before(testFrom, last)).filter(i -> times[i] >= validFrom).toArray();
        int[] later = IntStream.concat(Arrays.stream(middle), Arrays.stream(last)).toArray();
        return new Split.Parts(before(validFrom, later), middle, last);
    }

    private double at(int place) {
        return place < sorted.length ? sorted[place] : Double.POSITIVE_INFINITY;
    }

    private int[] between(double from, double to) {
        return IntStream.range(0, times.length).filter(i -> times[i] >= from && times[i] < to).toArray();
    }

    private int[] before(double time, int[] tested) {
        Set<Object> shut = new HashSet<>();
        if (groups != null) {
            for (int row : tested) {
                shut.add(groups[row]);
            }
        }
        double end = time - gap;
        return IntStream.range(0, times.length)
                .filter(i -> times[i] < end && !(end - times[i] > window)
                        && (groups == null || !shut.contains(groups[i])))
                .toArray();
    }
}
