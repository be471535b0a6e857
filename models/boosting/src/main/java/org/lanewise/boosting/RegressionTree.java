package org.lanewise.boosting;

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

    /** The greatest category of a set; sets are bits, so this bounds their memory. */
    public static final int MOST_CATEGORIES = 1 << 24;

    private final NodeTests tests;
    private final int[] left;
    private final int[] right;
    private final double[] gain;
    private final double[] value;
    private final double[] weight;
    private final int[] count;
    private final double[] leafValue;
    private final double[] leafWeight;
    private final int[] leafCount;
    /** {@code null} if all leaves are constant. */
    private final LeafFunctions functions;

    private RegressionTree(Builder b) {
        tests = b.tests;
        left = b.left;
        right = b.right;
        gain = b.gain;
        value = b.value;
        weight = b.weight;
        count = b.count;
        leafValue = b.leafValue;
        leafWeight = b.leafWeight;
        leafCount = b.leafCount;
        functions = b.functions;
    }

    public int leaves() {
        return leafValue.length;
    }

    /** Inner nodes: one fewer than leaves. */
    public int nodes() {
        return left.length;
    }

    public int feature(int node) {
        return tests.feature[node];
    }

    /** Of a numeric test. */
    public double threshold(int node) {
        return tests.threshold[node];
    }

    /** Of a numeric test: the bound u for which {@code x <= u} says the same of every double x that is not missing. */
    public double doubleBound(int node) {
        return tests.doubleBound(node);
    }

    public int left(int node) {
        return left[node];
    }

    public int right(int node) {
        return right[node];
    }

    public boolean categorical(int node) {
        return tests.categorical(node);
    }

    public boolean missingLeft(int node) {
        return tests.missingLeft(node);
    }

    public Missing missing(int node) {
        return tests.missing(node);
    }

    /** Whether the test is {@code <} between floats instead of {@code <=} between doubles. */
    public boolean comparesFloats(int node) {
        return tests.comparesFloats(node);
    }

    /** Whether the categories of the set go right. */
    public boolean setGoesRight(int node) {
        return tests.setGoesRight(node);
    }

    /** A copy of the set of a test of categories, rising. */
    public int[] categories(int node) {
        return tests.set(node).clone();
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
        return functions != null;
    }

    /** The features of a leaf's linear function. */
    public int[] leafFeatures(int leaf) {
        return hasFunction(leaf) ? functions.features(leaf).clone() : new int[0];
    }

    /** The coefficients of a leaf's linear function. */
    public double[] leafCoefficients(int leaf) {
        return hasFunction(leaf) ? functions.coefficients(leaf).clone() : new double[0];
    }

    /** The constant of a leaf's linear function. */
    public double leafConstant(int leaf) {
        return hasFunction(leaf) ? functions.constant(leaf) : leafValue[leaf];
    }

    private boolean hasFunction(int leaf) {
        return functions != null && functions.has(leaf);
    }

    /** Whether a value goes left at a node. */
    public boolean goesLeft(int node, double x) {
        return tests.goesLeft(node, x);
    }

    /** The leaf of a row of values from {@code at}. */
    public int leafOf(double[] row, int at) {
        int node = left.length == 0 ? -1 : 0;
        while (node >= 0) node = tests.goesLeft(node, row[at + tests.feature[node]]) ? left[node] : right[node];
        return ~node;
    }

    /** The tree's number for a row of values from {@code at}. */
    public double predict(double[] row, int at) {
        int leaf = leafOf(row, at);
        return functions == null ? leafValue[leaf] : functions.value(leaf, row, at, leafValue[leaf]);
    }

    /** A leaf's number for a row of values from {@code at} that falls in it. */
    double valueAt(int leaf, double[] row, int at) {
        return functions == null ? leafValue[leaf] : functions.value(leaf, row, at, leafValue[leaf]);
    }

    /** A leaf's number for a row of columns that falls in it. */
    double valueAt(int leaf, double[][] columns, int row) {
        return functions == null ? leafValue[leaf] : functions.value(leaf, columns, row, leafValue[leaf]);
    }

    /** The same tree with leaves and linear functions times a factor plus a shift. */
    public RegressionTree scaled(double factor, double shift) {
        Builder b = toBuilder();
        for (int l = 0; l < leaves(); l++) b.leafValue[l] = leafValue[l] * factor + shift;
        if (functions != null) b.functions = functions.scaled(factor, shift);
        return b.build();
    }

    /** The same tests with other leaf values, one per leaf, and no linear functions. */
    public RegressionTree withLeafValues(double... values) {
        if (values.length != leaves())
            throw new IllegalArgumentException(values.length + " values for " + leaves() + " leaves");
        Builder b = toBuilder();
        b.leafValue = values.clone();
        b.functions = null;
        return b.build();
    }

    private Builder toBuilder() {
        Builder b = new Builder(leaves());
        b.tests = tests.copy();
        System.arraycopy(left, 0, b.left, 0, nodes());
        System.arraycopy(right, 0, b.right, 0, nodes());
        System.arraycopy(gain, 0, b.gain, 0, nodes());
        System.arraycopy(value, 0, b.value, 0, nodes());
        System.arraycopy(weight, 0, b.weight, 0, nodes());
        System.arraycopy(count, 0, b.count, 0, nodes());
        b.leafValue = leafValue.clone();
        b.leafWeight = leafWeight.clone();
        b.leafCount = leafCount.clone();
        b.functions = functions == null ? null : functions.scaled(1, 0);
        return b;
    }

    /** @param leaves at least 1 */
    public static Builder builder(int leaves) {
        return new Builder(leaves);
    }

    /** Puts a tree together; {@link #build} checks that it is one. Numbers not given are 0. */
    public static final class Builder {
        private NodeTests tests;
        private final int[] left;
        private final int[] right;
        private final double[] gain;
        private final double[] value;
        private final double[] weight;
        private final int[] count;
        private double[] leafValue;
        private double[] leafWeight;
        private int[] leafCount;
        private LeafFunctions functions;

        private Builder(int leaves) {
            if (leaves < 1) throw new IllegalArgumentException("a tree needs at least 1 leaf, not " + leaves);
            int nodes = leaves - 1;
            tests = new NodeTests(nodes);
            left = new int[nodes];
            right = new int[nodes];
            gain = new double[nodes];
            value = new double[nodes];
            weight = new double[nodes];
            count = new int[nodes];
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
            tests.numeric(node, testFeature, bound, missingLeft, missing);
            return this;
        }

        /** {@code (float) x < bound} goes left, NaN as said: XGBoost's test. */
        public Builder floats(int node, int testFeature, float bound, boolean missingLeft) {
            tests.floats(node, testFeature, bound, missingLeft);
            return this;
        }

        /** These categories go left, all else right: LightGBM's test. */
        public Builder categories(int node, int testFeature, int... set) {
            tests.categories(node, testFeature, set);
            return this;
        }

        /** These categories go right, others left, what is no category as said: XGBoost's test. */
        public Builder categoriesRight(int node, int testFeature, boolean missingLeft, int... set) {
            tests.categoriesRight(node, testFeature, missingLeft, set);
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
            if (functions == null) functions = new LeafFunctions(leafValue.length);
            functions.set(leaf, constant, features, coefficients);
            return this;
        }

        /** @throws IllegalArgumentException if the children do not make a tree, naming the node */
        public RegressionTree build() {
            TreeShape.check(left, right);
            for (int i = 0; i < left.length; i++) {
                if (tests.feature[i] < 0)
                    throw new IllegalArgumentException("node " + i + ": feature " + tests.feature[i]);
            }
            return new RegressionTree(this);
        }
    }
}
