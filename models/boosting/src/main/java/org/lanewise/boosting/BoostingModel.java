package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Target;
import org.lanewise.boosting.shap.TreeShap;
import org.lanewise.engine.Rng;

/**
 * A sum of trees. Immutable and thread-safe.
 *
 * <pre>f_k(x) = base_k + sum over rounds t of tree_{t,k}(x),   prediction = link(f)</pre>
 *
 * (the mean of the trees instead of their sum if {@link #averaged}). Predictions use the rounds up to {@link #bestRound}.
 *
 * <pre>{@code
 * double[] probability = model.predict(Features.of(table));
 * double one = model.predictRaw(row);
 * }</pre>
 */
public final class BoostingModel {
    private final String objective;
    private final Link link;
    private final List<FeatureBins> features;
    private final double[] base;
    private final List<RegressionTree> trees;
    private final boolean averaged;
    private final int bestRound;
    private final EvaluationHistory history;
    private final FlatForest forest;

    private BoostingModel(Builder b) {
        objective = Objects.requireNonNull(b.objective);
        link = Objects.requireNonNull(b.link);
        features = List.copyOf(b.features);
        base = b.base.clone();
        trees = List.copyOf(b.trees);
        averaged = b.averaged;
        history = b.history;
        if (base.length == 0 || trees.size() % base.length != 0) {
            throw new IllegalArgumentException(trees.size() + " trees for " + base.length + " scores");
        }
        bestRound = b.bestRound < 0 ? rounds() : b.bestRound;
        if (bestRound > rounds()) throw new IllegalArgumentException("best round " + bestRound + " of " + rounds());
        for (RegressionTree tree : trees) {
            for (int i = 0; i < tree.nodes(); i++) {
                if (tree.feature(i) >= features.size()) {
                    throw new IllegalArgumentException(
                            "a tree tests feature " + tree.feature(i) + " of " + features.size());
                }
            }
        }
        forest = new FlatForest(this);
    }

    /** As in {@link org.lanewise.boosting.objective.Objective#name}. */
    public String objective() {
        return objective;
    }

    public Link link() {
        return link;
    }

    /** The columns in the order of training, with their bins and levels. */
    public List<FeatureBins> features() {
        return features;
    }

    /** Scores of a row: classes of a multiclass model, else 1. */
    public int scores() {
        return base.length;
    }

    /** The constant that every score starts from; a copy. */
    public double[] base() {
        return base.clone();
    }

    /** Round after round, in a round class after class. */
    public List<RegressionTree> trees() {
        return trees;
    }

    public int rounds() {
        return trees.size() / base.length;
    }

    /** The rounds that predictions use. */
    public int bestRound() {
        return bestRound;
    }

    /** Whether trees are averaged (random forest). */
    public boolean averaged() {
        return averaged;
    }

    /** What evaluations said in training; empty for a model from a file. */
    public EvaluationHistory history() {
        return history;
    }

    /** Raw scores, rows x {@link #scores}, row after row. */
    public double[] predictRaw(Features data) {
        return predictRaw(data, bestRound);
    }

    /** As {@link #predictRaw(Features)} with the first {@code rounds} rounds. */
    public double[] predictRaw(Features data, int rounds) {
        Objects.checkFromToIndex(0, rounds, rounds());
        return forest.raw(new SchemaFeatures(data, features), rounds);
    }

    /**
     * Raw scores of binned rows: for tables that many models are scored on, as in cross-validation and continued training.
     *
     * @param table of bins that this model's tests do not cut through: those it was trained on, or {@link #testBins}
     * @throws IllegalArgumentException naming the column and test for which the bins do not serve
     */
    public double[] predictRaw(BinnedTable table) {
        return forest.raw(ModelBins.values(this, table), bestRound);
    }

    /**
     * The coarsest bins by which this model can be scored: one more than a column's distinct thresholds. So data are binned for
     * a model from a file, {@code BinnedTable.of(data, model.testBins())}.
     *
     * @throws IllegalArgumentException naming a column of more than 255 thresholds or categories
     */
    public List<FeatureBins> testBins() {
        return ModelBins.of(this);
    }

    /**
     * Raw scores after each round: {@code result[r]} is {@code predictRaw(data, r + 1)}, rows x {@link #scores}. Memory: 8 bytes
     * per row, score and round.
     *
     * <pre>{@code
     * double[][] staged = model.stagedRaw(valid);
     * double[] afterTen = staged[9];
     * }</pre>
     */
    public double[][] stagedRaw(Features data) {
        return forest.staged(new SchemaFeatures(data, features), bestRound);
    }

    /**
     * Contributions of the features to raw scores: exact path-dependent Shapley values, for each row and score
     * {@code features + 1} numbers, of which the last is the expected score; they sum to {@link #predictRaw(Features)}.
     *
     * <pre>{@code
     * double[] phi = model.contributions(patients);   // one score: phi[row * (features + 1) + feature]
     * }</pre>
     *
     * <p>To explain row after row, keep {@link TreeShap#of TreeShap.of(model)}.
     *
     * @throws UnsupportedOperationException if the model has linear leaves
     */
    public double[] contributions(Features data) {
        return TreeShap.of(this).explain(data);
    }

    /**
     * Shapley interaction values of one row, see {@link TreeShap#interactions}: a symmetric matrix of {@code features + 1} rows for
     * each score, whose rows sum to the contributions.
     *
     * <pre>{@code
     * double[] phi = model.interactions(row);
     * double ageAndDose = 2 * phi[age * (features + 1) + dose];
     * }</pre>
     *
     * @throws UnsupportedOperationException if the model has linear leaves
     */
    public double[] interactions(double[] row) {
        return TreeShap.of(this).interactions(row);
    }

    /** Predictions after the link, rows x {@link #scores}, row after row. */
    public double[] predict(Features data) {
        double[] p = predictRaw(data);
        for (int at = 0; at < p.length; at += base.length) link.apply(p, at, base.length);
        return p;
    }

    /**
     * Raw scores of one row, without allocation.
     *
     * @param row values in the order of {@link #features}, category numbers for categories, NaN where missing
     * @param out modified: {@link #scores} numbers from the start
     */
    public void predictRaw(double[] row, double[] out) {
        checkRow(row);
        forest.raw(row, bestRound, out);
    }

    /** The raw score of one row, for models of one score. */
    public double predictRaw(double[] row) {
        checkRow(row);
        if (base.length != 1) throw new IllegalStateException("the model has " + base.length + " scores per row");
        return forest.raw(row, bestRound);
    }

    /**
     * The data as {@link #predictRaw(double[])} wants rows, one after the other: columns found by name, levels of categories
     * numbered as in training.
     */
    public double[] rows(Features data) {
        Features ordered = new SchemaFeatures(data, features);
        double[] rows = new double[Math.multiplyExact(data.rows(), features.size())];
        double[] column = new double[data.rows()];
        for (int j = 0; j < features.size(); j++) {
            ordered.copy(j, 0, column.length, column);
            for (int i = 0; i < column.length; i++) rows[i * features.size() + j] = column[i];
        }
        return rows;
    }

    private void checkRow(double[] row) {
        if (row.length != features.size()) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " values for " + features.size() + " features");
        }
    }

    /**
     * The leaf of each row in each tree of the rounds used: rows x trees, row after row.
     *
     * <pre>{@code
     * int[] leaf = model.predictLeaf(data);
     * double first = model.trees().getFirst().leafValue(leaf[0]);   // what the first tree adds to the first row
     * }</pre>
     */
    public int[] predictLeaf(Features data) {
        return forest.leaves(new SchemaFeatures(data, features), bestRound);
    }

    /**
     * This model's rounds followed by another's, which was fitted with this one's raw scores as
     * {@link org.lanewise.boosting.objective.Target#withInitialScore}: continued training.
     *
     * @throws IllegalArgumentException if the two do not have the same features, scores and link
     */
    public BoostingModel followedBy(BoostingModel next) {
        if (averaged || next.averaged || !link.equals(next.link) || base.length != next.base.length
                || !sameFeatures(next)) {
            throw new IllegalArgumentException("the models do not continue one another: " + this + "; " + next);
        }
        double[] sum = base.clone();
        for (int c = 0; c < sum.length; c++) sum[c] += next.base[c];
        List<RegressionTree> all = new ArrayList<>(trees.subList(0, bestRound * base.length));
        all.addAll(next.trees);
        return builder(objective, link, features, sum).trees(all).bestRound(bestRound + next.bestRound)
                .history(next.history).build();
    }

    private boolean sameFeatures(BoostingModel other) {
        if (features.size() != other.features.size()) return false;
        for (int j = 0; j < features.size(); j++) {
            FeatureBins mine = features.get(j);
            FeatureBins theirs = other.features.get(j);
            if (!mine.name().equals(theirs.name()) || mine.categorical() != theirs.categorical()
                    || !mine.levels().equals(theirs.levels()))
                return false;
        }
        return true;
    }

    /** The importance of each feature, in order. */
    public double[] importance(Importance kind) {
        double[] sum = new double[features.size()];
        for (RegressionTree tree : trees.subList(0, bestRound * base.length)) {
            for (int i = 0; i < tree.nodes(); i++) {
                sum[tree.feature(i)] += switch (kind) {
                    case GAIN -> tree.gain(i);
                    case SPLIT -> 1;
                    case COVER -> tree.nodeCount(i);
                };
            }
        }
        return sum;
    }

    /**
     * How much worse a metric gets when one feature's rows are shuffled, for each feature in order: its loss of value, mean of
     * some shuffles (Breiman 2001). Positive is important, whatever the metric's direction.
     *
     * <pre>{@code
     * double[] loss = model.permutationImportance(valid, target, Metric.auc(), 5, 1);   // of AUC, by feature
     * }</pre>
     */
    public double[] permutationImportance(Features data, Target target, Metric metric, int shuffles, long seed) {
        if (shuffles < 1) throw new IllegalArgumentException("at least 1 shuffle is needed: " + shuffles);
        double before = metric.of(predict(data), target);
        double[] worse = new double[features.size()];
        for (int j = 0; j < worse.length; j++) {
            for (int s = 0; s < shuffles; s++) {
                int[] order = Rng.of(seed).stream("permutation").stream((long) j * shuffles + s)
                        .permutation(data.rows());
                double after = metric.of(predict(new ShuffledColumn(data, features.get(j).name(), order)), target);
                worse[j] += (metric.higherIsBetter() ? before - after : after - before) / shuffles;
            }
        }
        return worse;
    }

    /** Leaves of all trees together: the size of the work behind a training time. */
    public int totalLeaves() {
        return trees.stream().mapToInt(RegressionTree::leaves).sum();
    }

    /** A model of these columns; {@code base} has a number for each score. */
    public static Builder builder(String objective, Link link, List<FeatureBins> features, double... base) {
        return new Builder(objective, link, features, base);
    }

    /** Puts a model together. */
    public static final class Builder {
        private final String objective;
        private final Link link;
        private final List<FeatureBins> features;
        private final double[] base;
        private List<RegressionTree> trees = List.of();
        private boolean averaged;
        private int bestRound = -1;
        private EvaluationHistory history = EvaluationHistory.NONE;

        private Builder(String objective, Link link, List<FeatureBins> features, double[] base) {
            this.objective = objective;
            this.link = link;
            this.features = features;
            this.base = base;
        }

        public Builder trees(List<RegressionTree> all) {
            trees = all;
            return this;
        }

        public Builder averaged(boolean value) {
            averaged = value;
            return this;
        }

        /** All rounds unless given. */
        public Builder bestRound(int round) {
            bestRound = round;
            return this;
        }

        public Builder history(EvaluationHistory value) {
            history = value;
            return this;
        }

        /** @throws IllegalArgumentException if trees, scores and features do not fit together */
        public BoostingModel build() {
            return new BoostingModel(this);
        }
    }

    @Override
    public String toString() {
        return objective + ", " + rounds() + " rounds of " + base.length + ", " + features.size() + " features, base "
                + Arrays.toString(base);
    }
}
