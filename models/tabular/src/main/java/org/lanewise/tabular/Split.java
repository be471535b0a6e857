package org.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.lanewise.engine.Rng;

/**
 * Divides rows into parts or into folds. The same arguments always give the same division. Row numbers come back in rising order.
 *
 * <pre>{@code
 * List<int[]> parts = Split.shuffled(table.rows(), 42, 0.7, 0.15, 0.15);
 * Table train = table.take(parts.get(0));
 * for (Split.Fold fold : Split.groupedFolds(table.texts("person"), 5, 42)) { ... }
 * }</pre>
 */
public final class Split {
    private Split() {
    }

    /** One round of cross-validation: no row is in both; every row is in one, unless a temporal gap leaves it out. */
    public record Fold(int[] train, int[] test) {
    }

    /** A division to train on, to choose settings and stop by, and to report. */
    public record Parts(int[] train, int[] valid, int[] test) {
        /** Names what any of the methods gave for three fractions. */
        public static Parts of(List<int[]> three) {
            if (three.size() != 3) {
                throw new IllegalArgumentException("three parts are needed, there are " + three.size());
            }
            return new Parts(three.get(0), three.get(1), three.get(2));
        }
    }

    /**
     * In the order of the rows: the first fraction, then the next.
     *
     * @param fractions
     *            not negative, summing to 1; the parts end at the rounded cumulative fractions of the row count
     */
    public static List<int[]> inOrder(int rows, double... fractions) {
        return cut(IntStream.range(0, rows).toArray(), fractions);
    }

    /** As {@link #inOrder} after shuffling the rows. */
    public static List<int[]> shuffled(int rows, long seed, double... fractions) {
        return cut(Rng.of(seed).permutation(rows), fractions);
    }

    /** Shuffled, with each class divided like the whole, to within one row. */
    public static List<int[]> stratified(int[] classes, long seed, double... fractions) {
        check(fractions);
        return parts(dealt(classes, seed, fractions), fractions.length);
    }

    /** Shuffled, with all rows of a group (equal ids) in one part; parts are as near to their fractions as whole groups allow. */
    public static List<int[]> grouped(Object[] groups, long seed, double... fractions) {
        check(fractions);
        return parts(GroupPacking.pack(new int[groups.length], groups, seed, fractions), fractions.length);
    }

    /** As {@link #grouped}, with each class divided like the whole as nearly as whole groups allow. */
    public static List<int[]> stratifiedGrouped(int[] classes, Object[] groups, long seed, double... fractions) {
        check(fractions);
        return parts(GroupPacking.pack(classes, groups, seed, fractions), fractions.length);
    }

    /** k shuffled folds whose sizes differ by at most one row. */
    public static List<Fold> folds(int rows, int k, long seed) {
        return folds(dealt(new int[rows], seed, equal(k, rows)), k);
    }

    /** k shuffled folds, each class spread evenly over them. */
    public static List<Fold> stratifiedFolds(int[] classes, int k, long seed) {
        return folds(dealt(classes, seed, equal(k, classes.length)), k);
    }

    /** k shuffled folds with all rows of a group (equal ids) in one. */
    public static List<Fold> groupedFolds(Object[] groups, int k, long seed) {
        return stratifiedGroupedFolds(new int[groups.length], groups, k, seed);
    }

    /** As {@link #groupedFolds}, with each class spread as evenly over the folds as whole groups allow. */
    public static List<Fold> stratifiedGroupedFolds(int[] classes, Object[] groups, int k, long seed) {
        double[] fractions = equal(k, (int) Arrays.stream(groups).distinct().count());
        return folds(GroupPacking.pack(classes, groups, seed, fractions), k);
    }

    /**
     * Several cross-validations after one another, each with a seed of its own:
     * {@code Split.repeated(10, 42, seed -> Split.folds(rows, 5, seed))}.
     */
    public static List<Fold> repeated(int times, long seed, LongFunction<List<Fold>> folds) {
        List<Fold> all = new ArrayList<>();
        for (int repeat = 0; repeat < times; repeat++) {
            all.addAll(folds.apply(Rng.of(seed).stream(repeat).nextLong()));
        }
        return all;
    }

    private static double[] equal(int k, int things) {
        if (k < 2 || k > things) {
            throw new IllegalArgumentException(k + " folds of " + things + " rows or groups");
        }
        double[] fractions = new double[k];
        Arrays.fill(fractions, 1.0 / k);
        return fractions;
    }

    private static void check(double[] fractions) {
        if (Arrays.stream(fractions).anyMatch(f -> !(f >= 0)) || Math.abs(Arrays.stream(fractions).sum() - 1) > 1e-9) {
            throw new IllegalArgumentException("fractions must sum to 1: " + Arrays.toString(fractions));
        }
    }

    private static List<int[]> cut(int[] order, double[] fractions) {
        check(fractions);
        List<int[]> parts = new ArrayList<>();
        double cumulative = 0;
        int from = 0;
        for (int part = 0; part < fractions.length; part++) {
            cumulative += fractions[part];
            int to = part + 1 == fractions.length
                    ? order.length
                    : (int) Math.min(order.length, Math.round(cumulative * order.length));
            int[] rows = Arrays.copyOfRange(order, from, to);
            Arrays.sort(rows);
            parts.add(rows);
            from = to;
        }
        return parts;
    }

    /**
     * The part of each row. Rows are lined up class by class, shuffled inside, and each goes to the part that is then furthest
     * behind its share, so that every stretch of the line, and with it every class, is divided in proportion.
     */
    private static int[] dealt(int[] classes, long seed, double[] fractions) {
        int[] shuffled = Rng.of(seed).permutation(classes.length);
        int[] line = Arrays.stream(shuffled).boxed().sorted((a, b) -> Integer.compare(classes[a], classes[b]))
                .mapToInt(i -> i).toArray();
        int[] part = new int[classes.length];
        double[] count = new double[fractions.length];
        for (int i = 0; i < line.length; i++) {
            part[line[i]] = furthestBehind(fractions, count, i + 1);
            count[part[line[i]]]++;
        }
        return part;
    }

    private static int furthestBehind(double[] fractions, double[] count, int total) {
        int best = 0;
        for (int p = 1; p < fractions.length; p++) {
            // The margin keeps rounding from deciding between equal deficits.
            if (fractions[p] * total - count[p] > fractions[best] * total - count[best] + 1e-9) {
                best = p;
            }
        }
        return best;
    }

    private static List<int[]> parts(int[] part, int count) {
        List<int[]> parts = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            int wanted = p;
            parts.add(IntStream.range(0, part.length).filter(i -> part[i] == wanted).toArray());
        }
        return parts;
    }

    private static List<Fold> folds(int[] part, int k) {
        List<Fold> folds = new ArrayList<>();
        for (int f = 0; f < k; f++) {
            int held = f;
            folds.add(new Fold(IntStream.range(0, part.length).filter(i -> part[i] != held).toArray(),
                    IntStream.range(0, part.length).filter(i -> part[i] == held).toArray()));
        }
        return folds;
    }
}
