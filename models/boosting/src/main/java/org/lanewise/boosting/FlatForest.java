package org.lanewise.boosting;

import org.lanewise.engine.Parallel;

/** A model's trees laid out for scoring. */
final class FlatForest {
    private static final int BLOCK = 256;

    private final RegressionTree[] trees;
    private final double[] base;
    private final boolean averaged;
    private final int features;

    FlatForest(BoostingModel model) {
        trees = model.trees().toArray(RegressionTree[]::new);
        base = model.base();
        averaged = model.averaged();
        features = model.features().size();
    }

    /** Rows as {@code features} numbers each. */
    static void rowMajor(Features data, int from, int n, double[] column, double[] rows) {
        int columns = data.columns();
        for (int j = 0; j < columns; j++) {
            data.copy(j, from, n, column);
            for (int i = 0; i < n; i++) rows[i * columns + j] = column[i];
        }
    }

    double[] raw(Features data, int rounds) {
        int k = base.length;
        double[] out = new double[Math.multiplyExact(data.rows(), k)];
        int blocks = (data.rows() + BLOCK - 1) / BLOCK;
        org.lanewise.engine.WorkerPool.current().forEach(blocks, b -> {
            double[] column = new double[BLOCK];
            double[] rows = new double[BLOCK * features];
            int from = b * BLOCK;
            int n = Math.min(BLOCK, data.rows() - from);
            rowMajor(data, from, n, column, rows);
            for (int t = 0; t < rounds * k; t++) {
                for (int i = 0; i < n; i++) out[(from + i) * k + t % k] += trees[t].predict(rows, i * features);
            }
            for (int i = from * k; i < (from + n) * k; i++)
                out[i] = base[i % k] + (averaged && rounds > 0 ? out[i] / rounds : out[i]);
        });
        return out;
    }

    void raw(double[] row, int rounds, double[] out) {
        int k = base.length;
        for (int c = 0; c < k; c++) out[c] = 0;
        for (int t = 0; t < rounds * k; t++) out[t % k] += trees[t].predict(row, 0);
        for (int c = 0; c < k; c++) out[c] = base[c] + (averaged && rounds > 0 ? out[c] / rounds : out[c]);
    }

    double raw(double[] row, int rounds) {
        double sum = 0;
        for (int t = 0; t < rounds; t++) sum += trees[t].predict(row, 0);
        return base[0] + (averaged && rounds > 0 ? sum / rounds : sum);
    }

    int[] leaves(Features data, int rounds) {
        int n = rounds * base.length;
        int[] out = new int[Math.multiplyExact(data.rows(), n)];
        Parallel.chunks(data.rows(), BLOCK, (from, count) -> {
            double[] column = new double[count];
            double[] rows = new double[count * features];
            rowMajor(data, from, count, column, rows);
            for (int i = 0; i < count; i++) {
                for (int t = 0; t < n; t++) out[(from + i) * n + t] = trees[t].leafOf(rows, i * features);
            }
        });
        return out;
    }
}
