package org.lanewise.boosting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lanewise.boosting.objective.Objective;

/**
 * Everything that decides a fit besides the data. Names and defaults are LightGBM's and XGBoost's where the meaning is theirs.
 *
 * <pre>{@code
 * BoostingParams p = BoostingParams.builder(Objective.logistic()).trees(500).learningRate(.05).leaves(63)
 *         .earlyStopping(50).monotone("age", +1).build();
 * }</pre>
 *
 * <p>A tree is grown to minimise, over its leaves j with gradient sums G_j and hessian sums H_j,
 *
 * <pre>sum_j G_j v_j + (H_j + l2) / 2 v_j^2 + l1 |v_j|</pre>
 *
 * and a split is worth half the fall of this, times two as LightGBM counts it:
 * {@code S(G_L)^2 / (H_L + l2) + S(G_R)^2 / (H_R + l2) - S(G)^2 / (H + l2)} with S the soft threshold by l1.
 *
 * @param objective what is minimised
 * @param mode plain boosting, DART or random forest
 * @param trees boosting rounds; a multiclass round grows a tree for each class
 * @param learningRate factor on every leaf
 * @param leaves most leaves of a tree
 * @param maxDepth most tests on a path; -1 for no limit
 * @param bins most bins of a column when {@link GradientBoosting} does the binning
 * @param minDataInLeaf least rows of a leaf; estimated from hessians while a cut is sought, as LightGBM does, unless the hessian is constant
 * @param minSumHessian least sum of hessians of a leaf
 * @param l1 penalty on absolute leaf values
 * @param l2 penalty on squared leaf values
 * @param minGain least gain of a split
 * @param maxDeltaStep greatest absolute leaf value before the learning rate; 0 for no limit
 * @param pathSmooth pulls a leaf towards its parent by 1 / (1 + rows / pathSmooth); 0 for not at all
 * @param growth order of splits
 * @param linear linear functions instead of numbers at the leaves
 * @param sampling rows of a tree
 * @param featureFraction share of the features a tree may use
 * @param featureFractionByLevel share of these that a level may use
 * @param featureFractionByNode share of these that a node may use
 * @param extraTrees one random threshold per feature and node
 * @param dart dropout of trees
 * @param categorical splits of categories
 * @param constraints monotonicity and interactions
 * @param scalePosWeight weight of rows with label 1, for binary objectives
 * @param histogram number format of the sums
 * @param histogramMegabytes bound on the memory of kept histograms; forgotten ones are built again
 * @param earlyStopping rounds without improvement of the first metric on the first evaluation set before stopping; 0 for never
 * @param earlyStoppingMinDelta least change that counts as improvement
 * @param seed of all random choices
 */
public record BoostingParams(Objective objective, Mode mode, int trees, double learningRate, int leaves, int maxDepth,
        int bins, int minDataInLeaf, double minSumHessian, double l1, double l2, double minGain, double maxDeltaStep,
        double pathSmooth, Growth growth, LinearLeaves linear, Sampling sampling, double featureFraction,
        double featureFractionByLevel,
        double featureFractionByNode, boolean extraTrees, Dart dart,
        CategoricalParams categorical, Constraints constraints, double scalePosWeight, HistogramPrecision histogram,
        int histogramMegabytes, int earlyStopping, double earlyStoppingMinDelta, long seed) {

    private static final int MAX_LEAVES = 1 << 17;
    private static final int MAX_OBLIVIOUS = 16;

    /** How trees add up. */
    public enum Mode {
        /** Each tree is fitted to what the sum of the earlier ones leaves. */
        GBDT,
        /** As GBDT, with earlier trees dropped at random while one is fitted. */
        DART,
        /** Trees on samples of the rows, each on the initial score, averaged. */
        RANDOM_FOREST
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the first parameter out of range
     */
    public BoostingParams {
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(growth, "growth");
        Objects.requireNonNull(linear, "linear");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(dart, "dart");
        Objects.requireNonNull(categorical, "categorical");
        Objects.requireNonNull(constraints, "constraints");
        Objects.requireNonNull(histogram, "histogram");
        require(trees >= 1, "trees", trees, "must be at least 1");
        require(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY, "learningRate", learningRate,
                "must be positive");
        require(leaves >= 2 && leaves <= MAX_LEAVES, "leaves", leaves, "must be 2 to 131072");
        require(maxDepth == -1 || maxDepth >= 1, "maxDepth", maxDepth, "must be positive, or -1 for no limit");
        require(bins >= 2 && bins <= 255, "bins", bins, "must be 2 to 255");
        require(minDataInLeaf >= 0, "minDataInLeaf", minDataInLeaf, "must not be negative");
        require(minSumHessian >= 0, "minSumHessian", minSumHessian, "must not be negative");
        require(l1 >= 0, "l1", l1, "must not be negative");
        require(l2 >= 0, "l2", l2, "must not be negative");
        require(minGain >= 0, "minGain", minGain, "must not be negative");
        require(maxDeltaStep >= 0, "maxDeltaStep", maxDeltaStep, "must not be negative");
        require(pathSmooth >= 0, "pathSmooth", pathSmooth, "must not be negative");
        require(share(featureFraction), "featureFraction", featureFraction, "must be in (0, 1]");
        require(share(featureFractionByLevel), "featureFractionByLevel", featureFractionByLevel, "must be in (0, 1]");
        require(share(featureFractionByNode), "featureFractionByNode", featureFractionByNode, "must be in (0, 1]");
        require(scalePosWeight > 0, "scalePosWeight", scalePosWeight, "must be positive");
        require(histogramMegabytes >= 1, "histogramMegabytes", histogramMegabytes, "must be at least 1");
        require(earlyStopping >= 0, "earlyStopping", earlyStopping, "must not be negative");
        require(earlyStoppingMinDelta >= 0, "earlyStoppingMinDelta", earlyStoppingMinDelta, "must not be negative");
        require(growth != Growth.OBLIVIOUS || maxDepth <= MAX_OBLIVIOUS, "maxDepth", maxDepth,
                "of oblivious trees must be up to " + MAX_OBLIVIOUS);
        require(!linear.enabled() || mode != Mode.RANDOM_FOREST, "linear", linear,
                "is not for forests, whose trees start from the same scores");
        require(!linear.enabled() || !constraints.bounding(), "linear", linear,
                "cannot keep monotone constraints");
        require(mode != Mode.RANDOM_FOREST || sampling.method() == Sampling.Method.BAGGING && sampling.fraction() < 1
                || featureFraction < 1 || featureFractionByNode < 1, "mode", mode,
                "needs bagging or a featureFraction below 1");
        require(mode != Mode.DART || earlyStopping == 0, "earlyStopping", earlyStopping,
                "is not defined for DART, whose trees change");
    }

    private static boolean share(double value) {
        return value > 0 && value <= 1;
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) throw new IllegalArgumentException(name + " " + rule + ": " + value);
    }

    /** The defaults for an objective. */
    public static BoostingParams of(Objective objective) {
        return builder(objective).build();
    }

    public static Builder builder(Objective objective) {
        return new Builder(objective);
    }

    /** A builder that starts from these values. */
    public Builder toBuilder() {
        Builder b = new Builder(objective);
        b.mode = mode;
        b.trees = trees;
        b.learningRate = learningRate;
        b.leaves = leaves;
        b.maxDepth = maxDepth;
        b.bins = bins;
        b.minDataInLeaf = minDataInLeaf;
        b.minSumHessian = minSumHessian;
        b.l1 = l1;
        b.l2 = l2;
        b.minGain = minGain;
        b.maxDeltaStep = maxDeltaStep;
        b.pathSmooth = pathSmooth;
        b.growth = growth;
        b.linear = linear;
        b.sampling = sampling;
        b.featureFraction = featureFraction;
        b.featureFractionByLevel = featureFractionByLevel;
        b.featureFractionByNode = featureFractionByNode;
        b.extraTrees = extraTrees;
        b.dart = dart;
        b.categorical = categorical;
        b.constraints = constraints;
        b.scalePosWeight = scalePosWeight;
        b.histogram = histogram;
        b.histogramMegabytes = histogramMegabytes;
        b.earlyStopping = earlyStopping;
        b.earlyStoppingMinDelta = earlyStoppingMinDelta;
        b.seed = seed;
        return b;
    }

    public BoostingParams withObjective(Objective changed) {
        Builder b = toBuilder();
        b.objective = changed;
        return b.build();
    }

    /** Sets one value after the other; {@link #build} checks them. */
    public static final class Builder {
        private Objective objective;
        private Mode mode = Mode.GBDT;
        private int trees = 100;
        private double learningRate = 0.1;
        private int leaves = 31;
        private int maxDepth = -1;
        private int bins = 255;
        private int minDataInLeaf = 20;
        private double minSumHessian = 1e-3;
        private double l1 = 0;
        private double l2 = 0;
        private double minGain = 0;
        private double maxDeltaStep = 0;
        private double pathSmooth = 0;
        private Growth growth = Growth.LEAF_WISE;
        private LinearLeaves linear = LinearLeaves.none();
        private Sampling sampling = Sampling.none();
        private double featureFraction = 1;
        private double featureFractionByLevel = 1;
        private double featureFractionByNode = 1;
        private boolean extraTrees = false;
        private Dart dart = Dart.defaults();
        private CategoricalParams categorical = CategoricalParams.defaults();
        private Constraints constraints = Constraints.none();
        private double scalePosWeight = 1;
        private HistogramPrecision histogram = HistogramPrecision.INT15;
        private int histogramMegabytes = 1024;
        private int earlyStopping = 0;
        private double earlyStoppingMinDelta = 0;
        private long seed = 0;

        private Builder(Objective objective) {
            this.objective = objective;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder trees(int value) {
            trees = value;
            return this;
        }

        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        public Builder leaves(int value) {
            leaves = value;
            return this;
        }

        public Builder maxDepth(int value) {
            maxDepth = value;
            return this;
        }

        public Builder bins(int value) {
            bins = value;
            return this;
        }

        public Builder minDataInLeaf(int value) {
            minDataInLeaf = value;
            return this;
        }

        public Builder minSumHessian(double value) {
            minSumHessian = value;
            return this;
        }

        public Builder l1(double value) {
            l1 = value;
            return this;
        }

        public Builder l2(double value) {
            l2 = value;
            return this;
        }

        public Builder minGain(double value) {
            minGain = value;
            return this;
        }

        public Builder maxDeltaStep(double value) {
            maxDeltaStep = value;
            return this;
        }

        public Builder pathSmooth(double value) {
            pathSmooth = value;
            return this;
        }

        public Builder growth(Growth value) {
            growth = value;
            return this;
        }

        public Builder linear(LinearLeaves value) {
            linear = value;
            return this;
        }

        public Builder sampling(Sampling value) {
            sampling = value;
            return this;
        }

        public Builder featureFraction(double value) {
            featureFraction = value;
            return this;
        }

        public Builder featureFractionByLevel(double value) {
            featureFractionByLevel = value;
            return this;
        }

        public Builder featureFractionByNode(double value) {
            featureFractionByNode = value;
            return this;
        }

        public Builder extraTrees(boolean value) {
            extraTrees = value;
            return this;
        }

        public Builder dart(Dart value) {
            dart = value;
            return this;
        }

        public Builder categorical(CategoricalParams value) {
            categorical = value;
            return this;
        }

        public Builder constraints(Constraints value) {
            constraints = value;
            return this;
        }

        public Builder scalePosWeight(double value) {
            scalePosWeight = value;
            return this;
        }

        public Builder histogram(HistogramPrecision value) {
            histogram = value;
            return this;
        }

        public Builder histogramMegabytes(int value) {
            histogramMegabytes = value;
            return this;
        }

        public Builder earlyStopping(int value) {
            earlyStopping = value;
            return this;
        }

        public Builder earlyStoppingMinDelta(double value) {
            earlyStoppingMinDelta = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Adds a monotone constraint, see {@link Constraints}. */
        public Builder monotone(String feature, int sign) {
            Map<String, Integer> all = new LinkedHashMap<>(constraints.monotone());
            all.put(feature, sign);
            constraints = new Constraints(all, constraints.method(), constraints.interactions());
            return this;
        }

        /** Replaces the interaction constraints, see {@link Constraints}. */
        public Builder interactions(List<List<String>> sets) {
            constraints = new Constraints(constraints.monotone(), constraints.method(), sets);
            return this;
        }

        /** How monotone constraints are kept. */
        public Builder monotoneMethod(MonotoneMethod value) {
            constraints = new Constraints(constraints.monotone(), value, constraints.interactions());
            return this;
        }

        /** @throws IllegalArgumentException naming the first parameter out of range */
        public BoostingParams build() {
            return new BoostingParams(objective, mode, trees, learningRate, leaves, maxDepth, bins, minDataInLeaf,
                    minSumHessian, l1, l2, minGain, maxDeltaStep, pathSmooth, growth, linear, sampling, featureFraction,
                    featureFractionByLevel, featureFractionByNode, extraTrees, dart,
                    categorical, constraints, scalePosWeight, histogram, histogramMegabytes, earlyStopping,
                    earlyStoppingMinDelta, seed);
        }
    }
}
