package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.lanewise.boosting.RegressionTree.Missing;

/**
 * Bins that a model's tests do not cut through, so that rows can be scored by their bins. Every row of a bin then takes the same
 * way as a value that stands for it.
 */
final class ModelBins {
    private static final int MOST = 255;

    private ModelBins() {}

    /** The coarsest bins for a model. */
    static List<FeatureBins> of(BoostingModel model) {
        List<FeatureBins> bins = new ArrayList<>();
        for (int j = 0; j < model.features().size(); j++) {
            FeatureBins f = model.features().get(j);
            bins.add(f.categorical() ? categories(model, j, f) : numeric(model, j, f));
        }
        return bins;
    }

    private static FeatureBins numeric(BoostingModel model, int feature, FeatureBins f) {
        TreeSet<Double> bounds = new TreeSet<>(List.of(Double.POSITIVE_INFINITY));
        for (RegressionTree tree : model.trees()) {
            for (int i = 0; i < tree.nodes(); i++) {
                if (tree.feature(i) == feature) bounds.add(bound(tree, i));
            }
        }
        check(f, bounds.size(), "thresholds");
        return FeatureBins.numeric(f.name(), bounds.stream().mapToDouble(Double::doubleValue).toArray(), f.min(),
                f.max());
    }

    /** Infinite values count as the largest number, so tests beyond it are beyond all. */
    private static double bound(RegressionTree tree, int node) {
        double bound = tree.doubleBound(node);
        return bound >= Double.MAX_VALUE ? Double.POSITIVE_INFINITY : bound + 0.0; // -0 is 0
    }

    private static FeatureBins categories(BoostingModel model, int feature, FeatureBins f) {
        TreeSet<Integer> all = new TreeSet<>();
        for (RegressionTree tree : model.trees()) {
            for (int i = 0; i < tree.nodes(); i++) {
                if (tree.feature(i) == feature) Arrays.stream(tree.categories(i)).forEach(all::add);
            }
        }
        check(f, all.size(), "categories");
        return FeatureBins.categorical(f.name(), all.stream().mapToInt(Integer::intValue).toArray(), f.levels());
    }

    private static void check(FeatureBins f, int count, String what) {
        if (count > MOST)
            throw new IllegalArgumentException(
                    "column \"" + f.name() + "\": the model tests " + count + " " + what + ", bins hold " + MOST);
    }

    /**
     * The rows of a table as values that stand for their bins.
     *
     * @throws IllegalArgumentException naming the column and the first test that cuts through a bin, or the linear leaves
     */
    static Features values(BoostingModel model, BinnedTable table) {
        List<FeatureBins> bins = table.bins();
        if (bins.size() != model.features().size())
            throw new IllegalArgumentException(
                    "the table has " + bins.size() + " columns, the model " + model.features().size());
        for (int j = 0; j < bins.size(); j++) {
            FeatureBins f = model.features().get(j);
            if (!f.name().equals(bins.get(j).name()) || f.categorical() != bins.get(j).categorical()
                    || !f.levels().equals(bins.get(j).levels()))
                throw new IllegalArgumentException("column " + j + " of the table is not the model's \"" + f.name()
                        + "\", of the same kind and levels");
        }
        for (RegressionTree tree : model.trees()) {
            if (tree.linear()) throw new IllegalArgumentException("linear leaves need values, not bins");
            for (int i = 0; i < tree.nodes(); i++) {
                String fault = fault(tree, i, bins.get(tree.feature(i)));
                if (fault != null)
                    throw new IllegalArgumentException(
                            "column \"" + bins.get(tree.feature(i)).name() + "\": " + fault
                                    + "; bin the data by the model's testBins");
            }
        }
        return new BinValues(table);
    }

    /** What is wrong with a test; {@code null} if nothing is. */
    private static String fault(RegressionTree tree, int node, FeatureBins bins) {
        if (tree.categorical(node)) {
            for (int c : tree.categories(node)) {
                if (bins.bin(c) == 0) return "category " + c + ", which the model tests, has no bin";
            }
            return tree.setGoesRight(node) && !tree.missingLeft(node)
                    ? "the model tells missing from other categories, bins do not"
                    : null;
        }
        double bound = bound(tree, node);
        if (tree.missing(node) == Missing.ZERO) return "the model takes zeros for missing, bins do not";
        boolean exact = bound != bound || bound == bins.bound(bins.bin(bound));
        return exact ? null : "the model's test x <= " + bound + " cuts through a bin";
    }

    /** A table's rows as numbers. */
    private static final class BinValues extends NumericFeatures {
        private final BinnedTable table;
        /** By column and bin. */
        private final double[][] value;

        BinValues(BinnedTable table) {
            super(table.bins().stream().map(FeatureBins::name).toList());
            this.table = table;
            value = new double[table.features()][256];
            for (int j = 0; j < value.length; j++) {
                FeatureBins f = table.bins().get(j);
                Arrays.fill(value[j], Double.NaN);
                for (int b = 0; b < f.size(); b++) {
                    if (b != f.missingBin())
                        value[j][b] = f.categorical() ? f.category(b) : Math.min(f.bound(b), Double.MAX_VALUE);
                }
            }
        }

        @Override
        public int rows() {
            return table.rows();
        }

        @Override
        public void copy(int column, int from, int count, double[] out) {
            byte[] bins = table.column(column);
            double[] of = value[column];
            for (int i = 0; i < count; i++) out[i] = of[bins[from + i] & 0xFF];
        }
    }
}
