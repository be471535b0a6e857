package org.lanewise.boosting;

import java.util.Arrays;
import org.lanewise.boosting.RegressionTree.Missing;

/** What each node of a tree tests; filled by {@link RegressionTree.Builder}, unchanged afterwards. */
final class NodeTests {
    /** XGBoost's categories are floats and lie below 2^24. */
    private static final float FLOAT_CATEGORIES = 1 << 24;

    private static final byte CATEGORICAL = 1;
    private static final byte MISSING_LEFT = 2;
    private static final byte MISSING_ZERO = 4;
    private static final byte MISSING_NAN = 8;
    private static final byte FLOAT = 16;
    private static final byte SET_RIGHT = 32;

    final int[] feature;
    final double[] threshold;
    private final byte[] decision;
    private final int[][] sets;
    /** The sets as bits. */
    private final long[][] bits;

    NodeTests(int nodes) {
        this(new int[nodes], new double[nodes], new byte[nodes], new int[nodes][], new long[nodes][]);
    }

    private NodeTests(int[] feature, double[] threshold, byte[] decision, int[][] sets, long[][] bits) {
        this.feature = feature;
        this.threshold = threshold;
        this.decision = decision;
        this.sets = sets;
        this.bits = bits;
    }

    NodeTests copy() {
        return new NodeTests(feature.clone(), threshold.clone(), decision.clone(), sets.clone(), bits.clone());
    }

    void numeric(int node, int testFeature, double bound, boolean missingLeft, Missing missing) {
        feature[node] = testFeature;
        threshold[node] = bound;
        decision[node] = (byte) ((missingLeft ? MISSING_LEFT : 0)
                | (missing == Missing.NAN ? MISSING_NAN : missing == Missing.ZERO ? MISSING_ZERO : 0));
    }

    void floats(int node, int testFeature, float bound, boolean missingLeft) {
        numeric(node, testFeature, bound, missingLeft, Missing.NAN);
        decision[node] |= FLOAT;
    }

    void categories(int node, int testFeature, int... set) {
        int[] rising = Arrays.stream(set).sorted().distinct().toArray();
        int last = rising.length - 1;
        if (last >= 0 && (rising[0] < 0 || rising[last] > RegressionTree.MOST_CATEGORIES)) {
            throw new IllegalArgumentException("categories " + rising[0] + " to " + rising[last] + " are not in 0 to "
                    + RegressionTree.MOST_CATEGORIES);
        }
        feature[node] = testFeature;
        sets[node] = rising;
        bits[node] = new long[last < 0 ? 1 : rising[last] / 64 + 1];
        for (int c : rising) bits[node][c >> 6] |= 1L << c;
        decision[node] = CATEGORICAL | MISSING_NAN;
    }

    void categoriesRight(int node, int testFeature, boolean missingLeft, int... set) {
        categories(node, testFeature, set);
        decision[node] |= (byte) (SET_RIGHT | (missingLeft ? MISSING_LEFT : 0));
    }

    boolean categorical(int node) {
        return (decision[node] & CATEGORICAL) != 0;
    }

    boolean missingLeft(int node) {
        return (decision[node] & MISSING_LEFT) != 0;
    }

    Missing missing(int node) {
        return (decision[node] & MISSING_NAN) != 0
                ? Missing.NAN
                : (decision[node] & MISSING_ZERO) != 0 ? Missing.ZERO : Missing.NONE;
    }

    boolean comparesFloats(int node) {
        return (decision[node] & FLOAT) != 0;
    }

    boolean setGoesRight(int node) {
        return (decision[node] & SET_RIGHT) != 0;
    }

    int[] set(int node) {
        return sets[node];
    }

    boolean goesLeft(int node, double x) {
        int d = decision[node];
        if ((d & CATEGORICAL) != 0) return categoryGoesLeft(node, d, x);
        double v = x;
        if (v != v) {
            if ((d & MISSING_NAN) != 0) return (d & MISSING_LEFT) != 0;
            v = 0;
        }
        if ((d & MISSING_ZERO) != 0 && Math.abs(v) <= RegressionTree.ZERO_THRESHOLD) return (d & MISSING_LEFT) != 0;
        return (d & FLOAT) != 0 ? (float) v < (float) threshold[node] : v <= threshold[node];
    }

    /** LightGBM's rule, and XGBoost's, for which all that is no category but not missing either is outside every set. */
    private boolean categoryGoesLeft(int node, int d, double x) {
        int c;
        if ((d & SET_RIGHT) == 0) {
            if (!(x > -1 && x <= Integer.MAX_VALUE)) return (d & MISSING_LEFT) != 0;
            c = (int) x; // towards 0
        } else {
            float category = (float) x;
            if (x != x) return (d & MISSING_LEFT) != 0;
            if (!(category >= 0 && category < FLOAT_CATEGORIES)) return true;
            c = (int) category;
        }
        long[] set = bits[node];
        boolean in = c >> 6 < set.length && (set[c >> 6] >>> c & 1) != 0;
        return in == ((d & SET_RIGHT) == 0);
    }

    /** The bound u for which {@code x <= u} says the same of every double x that is not missing. */
    double doubleBound(int node) {
        if (!comparesFloats(node)) return threshold[node];
        float t = (float) threshold[node];
        if (t == Float.POSITIVE_INFINITY) return Math.nextDown(Float.MAX_VALUE + Math.ulp(Float.MAX_VALUE) / 2.0);
        double middle = ((double) Math.nextDown(t) + t) / 2; // exact; x beyond it rounds to t or more
        return (float) middle < t ? middle : Math.nextDown(middle);
    }
}
