package org.lanewise.boosting;

import java.util.Arrays;

/**
 * A binary tree of tests on one row's values, with a number at each leaf. Immutable.
 *
 * <p>Children are node numbers from 0, or {@code ~leaf}. A tree of one leaf has no nodes. A numeric test sends x left if
 * {@code x <= threshold} in double, or {@code (float) x < (float) threshold} if {@link #comparesFloats}. What counts as
 * missing is {@link Missing}; missing values go left if {@link #missingLeft}. A test of categories looks x, truncated to a
 * whole number, up in a set; what is in the set goes left, unless {@link #setGoesRight}, and a category not in the set to the
 * other side; what is missing goes as {@link #missingLeft} says. Negative numbers count as missing, or, where the set goes
 * right, as not in the set.
 */
public final class RegressionTree {
    /** What a numeric test takes for missing. */
    public enum Missing {
        /** Nothing: NaN is taken for 0. */
        NONE,
        /** NaN and 0 (absolute values up to 1e-35). */
        ZERO,
        /** NaN. */
        NAN
    }

    /** As LightGBM: smaller absolute values are zero. */
    public static final double ZERO_THRESHOLD = 1e-35f;

    /** XGBoost's categories are floats and lie below 2^24. */
    private static final float FLOAT_CATEGORIES = 1 << 24;

    /** The greatest category of a set; sets are bits, so this bounds their memory. */
    public static final int MOST_CATEGORIES = 1 << 24;

    private static final byte CATEGORICAL = 1;
    private static final byte MISSING_LEFT = 2;
    private static final byte MISSING_ZERO = 4;
    private static final byte MISSING_NAN = 8;
    private static final byte FLOAT = 16;
    private static final byte SET_RIGHT = 32;

    private final int[] feature;
    private final double[] threshold;
    private final byte[] decision;
    private final int[] left;
    private final int[] right;
    private final double[] gain;
    private final double[] value;
    private final double[] weight;
    private final int[] count;
    private final int[][] sets;
    private final long[][] bits;
    private final double[] leafValue;
    private final double[] leafWeight;
    private final int[] leafCount;
    private final double[] leafConstant;
    private final int[][] leafFeatures;
    private final double[][] leafCoefficients;

    private RegressionTree(Builder b) {
        feature = b.feature;
        threshold = b.threshold;
        decision = b.decision;
        left = b.left;
        right = b.right;
        gain = b.gain;
        value = b.value;
        weight = b.weight;
        count = b.count;
        sets = b.sets;
        bits = new long[sets.length][];
        for (int i = 0; i < sets.length; i++) bits[i] = sets[i] == null ? null : bits(sets[i]);
        leafValue = b.leafValue;
        leafWeight = b.leafWeight;
        leafCount = b.leafCount;
        leafConstant = b.leafConstant;
        leafFeatures = b.leafFeatures;
        leafCoefficients = b.leafCoefficients;
    }

    private static long[] bits(int[] set) {
        long[] bits = new long[Arrays.stream(set).max().orElse(0) / 64 + 1];
        for (int c : set) bits[c >> 6] |= 1L << c;
        return bits;
    }

    public int leaves() {
        return leafValue.length;
    }

    /** Inner nodes: one fewer than leaves. */
    public int nodes() {
        return feature.length;
    }

    public int feature(int node) {
        return feature[node];
    }

    /** Of a numeric test. */
    public double threshold(int node) {
        return threshold[node];
    }

    public int left(int node) {
        return left[node];
    }

    public int right(int node) {
        return right[node];
    }

    public boolean categorical(int node) {
        return (decision[node] & CATEGORICAL) != 0;
    }

    public boolean missingLeft(int node) {
        return (decision[node] & MISSING_LEFT) != 0;
    }

    public Missing missing(int node) {
        return (decision[node] & MISSING_NAN) != 0
                ? Missing.NAN
                : (decision[node] & MISSING_ZERO) != 0 ? Missing.ZERO : Missing.NONE;
    }

    /** Whether the test is {@code <} between floats instead of {@code <=} between doubles. */
    public boolean comparesFloats(int node) {
        return (decision[node] & FLOAT) != 0;
    }

    /** Whether the categories of the set go right. */
    public boolean setGoesRight(int node) {
        return (decision[node] & SET_RIGHT) != 0;
    }

    /** A copy of the set of a test of categories, rising. */
    public int[] categories(int node) {
        return sets[node].clone();
    }

    /** What the split gained in training. */
    public double gain(int node) {
        return gain[node];
    }

    /** The value a leaf in the node's place would have had. */
    public double nodeValue(int node) {
        return value[node];
    }

    /** Sum of the hessians of the training rows at a node. */
    public double nodeWeight(int node) {
        return weight[node];
    }

    /** Training rows at a node. */
    public int nodeCount(int node) {
        return count[node];
    }

    /** The number at a leaf, learning rate included. */
    public double leafValue(int leaf) {
        return leafValue[leaf];
    }

    /** Sum of the hessians of a leaf's training rows. */
    public double leafWeight(int leaf) {
        return leafWeight[leaf];
    }

    /** Training rows of a leaf. */
    public int leafCount(int leaf) {
        return leafCount[leaf];
    }

    /** Whether leaves hold linear functions. */
    public boolean linear() {
        return leafFeatures != null;
    }

    /** The features of a leaf's linear function. */
    public int[] leafFeatures(int leaf) {
        return leafFeatures == null || leafFeatures[leaf] == null ? new int[0] : leafFeatures[leaf].clone();
    }

    /** The coefficients of a leaf's linear function. */
    public double[] leafCoefficients(int leaf) {
        return leafCoefficients == null || leafCoefficients[leaf] == null
                ? new double[0]
                : leafCoefficients[leaf].clone();
    }

    /** The constant of a leaf's linear function. */
    public double leafConstant(int leaf) {
        return leafFeatures == null || leafFeatures[leaf] == null ? leafValue[leaf] : leafConstant[leaf];
    }

    /** Whether a value goes left at a node. */
    public boolean goesLeft(int node, double x) {
        int d = decision[node];
        if ((d & CATEGORICAL) != 0) return categoryGoesLeft(node, d, x);
        double v = x;
        if (v != v) {
            if ((d & MISSING_NAN) != 0) return (d & MISSING_LEFT) != 0;
            v = 0;
        }
        if ((d & MISSING_ZERO) != 0 && Math.abs(v) <= ZERO_THRESHOLD) return (d & MISSING_LEFT) != 0;
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

    /** The leaf of a row of values from {@code at}. */
    public int leafOf(double[] row, int at) {
        int node = feature.length == 0 ? -1 : 0;
        while (node >= 0) node = goesLeft(node, row[at + feature[node]]) ? left[node] : right[node];
        return ~node;
    }

    /** The tree's number for a row of values from {@code at}. */
    public double predict(double[] row, int at) {
        int leaf = leafOf(row, at);
        if (leafFeatures == null || leafFeatures[leaf] == null) return leafValue[leaf];
        double sum = leafConstant[leaf];
        for (int i = 0; i < leafFeatures[leaf].length; i++) {
            double x = row[at + leafFeatures[leaf][i]];
            if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) return leafValue[leaf];
            sum += leafCoefficients[leaf][i] * x;
        }
        return sum;
    }

    /** A leaf's number for a row of columns. */
    double predict(int leaf, double[][] columns, int row) {
        if (leafFeatures == null || leafFeatures[leaf] == null) return leafValue[leaf];
        double sum = leafConstant[leaf];
        for (int i = 0; i < leafFeatures[leaf].length; i++) {
            double x = columns[leafFeatures[leaf][i]][row];
            if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) return leafValue[leaf];
            sum += leafCoefficients[leaf][i] * x;
        }
        return sum;
    }

    /** The same tree with leaves and linear functions times a factor plus a shift. */
    public RegressionTree scaled(double factor, double shift) {
        Builder b = toBuilder();
        for (int l = 0; l < leaves(); l++) {
            b.leafValue[l] = leafValue[l] * factor + shift;
            if (leafFeatures != null && leafFeatures[l] != null) {
                b.leafConstant[l] = leafConstant[l] * factor + shift;
                for (int i = 0; i < leafCoefficients[l].length; i++)
                    b.leafCoefficients[l][i] = leafCoefficients[l][i] * factor;
            }
        }
        return b.build();
    }

    /** The same tests with other leaf values, one per leaf. */
    public RegressionTree withLeafValues(double... values) {
        if (values.length != leaves())
            throw new IllegalArgumentException(values.length + " values for " + leaves() + " leaves");
        Builder b = toBuilder();
        b.leafValue = values.clone();
        return b.build();
    }

    private Builder toBuilder() {
        Builder b = new Builder(leaves());
        System.arraycopy(feature, 0, b.feature, 0, nodes());
        System.arraycopy(threshold, 0, b.threshold, 0, nodes());
        System.arraycopy(decision, 0, b.decision, 0, nodes());
        System.arraycopy(left, 0, b.left, 0, nodes());
        System.arraycopy(right, 0, b.right, 0, nodes());
        System.arraycopy(gain, 0, b.gain, 0, nodes());
        System.arraycopy(value, 0, b.value, 0, nodes());
        System.arraycopy(weight, 0, b.weight, 0, nodes());
        System.arraycopy(count, 0, b.count, 0, nodes());
        System.arraycopy(sets, 0, b.sets, 0, nodes());
        b.leafValue = leafValue.clone();
        b.leafWeight = leafWeight.clone();
        b.leafCount = leafCount.clone();
        for (int l = 0; leafFeatures != null && l < leaves(); l++) {
            if (leafFeatures[l] != null) b.linear(l, leafConstant[l], leafFeatures[l], leafCoefficients[l]);
        }
        return b;
    }

    /** @param leaves at least 1 */
    public static Builder builder(int leaves) {
        return new Builder(leaves);
    }

    /** Puts a tree together; {@link #build} checks that it is one. Numbers not given are 0. */
    public static final class Builder {
        private final int[] feature;
        private final double[] threshold;
        private final byte[] decision;
        private final int[] left;
        private final int[] right;
        private final double[] gain;
        private final double[] value;
        private final double[] weight;
        private final int[] count;
        private final int[][] sets;
        private double[] leafValue;
        private double[] leafWeight;
        private int[] leafCount;
        private double[] leafConstant;
        private int[][] leafFeatures;
        private double[][] leafCoefficients;

        private Builder(int leaves) {
            if (leaves < 1) throw new IllegalArgumentException("a tree needs at least 1 leaf, not " + leaves);
            int nodes = leaves - 1;
            feature = new int[nodes];
            threshold = new double[nodes];
            decision = new byte[nodes];
            left = new int[nodes];
            right = new int[nodes];
            gain = new double[nodes];
            value = new double[nodes];
            weight = new double[nodes];
            count = new int[nodes];
            sets = new int[nodes][];
            leafValue = new double[leaves];
            leafWeight = new double[leaves];
            leafCount = new int[leaves];
        }

        /** Node numbers, or {@code ~leaf}. */
        public Builder children(int node, int leftChild, int rightChild) {
            left[node] = leftChild;
            right[node] = rightChild;
            return this;
        }

        /** {@code x <= bound} goes left, NaN as said. */
        public Builder numeric(int node, int testFeature, double bound, boolean missingLeft) {
            return numeric(node, testFeature, bound, missingLeft, Missing.NAN);
        }

        /** {@code x <= bound} goes left. */
        public Builder numeric(int node, int testFeature, double bound, boolean missingLeft, Missing missing) {
            feature[node] = testFeature;
            threshold[node] = bound;
            decision[node] = (byte) ((missingLeft ? MISSING_LEFT : 0)
                    | (missing == Missing.NAN ? MISSING_NAN : missing == Missing.ZERO ? MISSING_ZERO : 0));
            return this;
        }

        /** {@code (float) x < bound} goes left, NaN as said: XGBoost's test. */
        public Builder floats(int node, int testFeature, float bound, boolean missingLeft) {
            numeric(node, testFeature, bound, missingLeft, Missing.NAN);
            decision[node] |= FLOAT;
            return this;
        }

        /** These categories go left, all else right: LightGBM's test. */
        public Builder categories(int node, int testFeature, int... set) {
            feature[node] = testFeature;
            sets[node] = Arrays.stream(set).sorted().distinct().toArray();
            if (set.length > 0 && (sets[node][0] < 0 || sets[node][sets[node].length - 1] > MOST_CATEGORIES)) {
                throw new IllegalArgumentException("categories " + sets[node][0] + " to "
                        + sets[node][sets[node].length - 1] + " are not in 0 to " + MOST_CATEGORIES);
            }
            decision[node] = CATEGORICAL | MISSING_NAN;
            return this;
        }

        /** These categories go right, others left, what is no category as said: XGBoost's test. */
        public Builder categoriesRight(int node, int testFeature, boolean missingLeft, int... set) {
            categories(node, testFeature, set);
            decision[node] |= (byte) (SET_RIGHT | (missingLeft ? MISSING_LEFT : 0));
            return this;
        }

        /** What training knew of a node. */
        public Builder node(int node, double splitGain, double nodeValue, double nodeWeight, int nodeCount) {
            gain[node] = splitGain;
            value[node] = nodeValue;
            weight[node] = nodeWeight;
            count[node] = nodeCount;
            return this;
        }

        public Builder leaf(int leaf, double number, double sumOfHessians, int rows) {
            leafValue[leaf] = number;
            leafWeight[leaf] = sumOfHessians;
            leafCount[leaf] = rows;
            return this;
        }

        /** A linear function; where one of its features is missing the leaf's number is used. */
        public Builder linear(int leaf, double constant, int[] features, double[] coefficients) {
            if (features.length != coefficients.length) {
                throw new IllegalArgumentException(
                        coefficients.length + " coefficients for " + features.length + " features");
            }
            if (leafFeatures == null) {
                leafFeatures = new int[leafValue.length][];
                leafCoefficients = new double[leafValue.length][];
                leafConstant = new double[leafValue.length];
            }
            leafFeatures[leaf] = features.clone();
            leafCoefficients[leaf] = coefficients.clone();
            leafConstant[leaf] = constant;
            return this;
        }

        /** @throws IllegalArgumentException if the children do not make a tree, naming the node */
        public RegressionTree build() {
            TreeShape.check(left, right);
            for (int i = 0; i < feature.length; i++) {
                if (feature[i] < 0) throw new IllegalArgumentException("node " + i + ": feature " + feature[i]);
            }
            return new RegressionTree(this);
        }
    }
}
