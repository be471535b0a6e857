package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.WorkerPool;

/**
 * A model's trees laid out for scoring: each by the {@link ForestKernel} that suits it, all of them for a block of rows while
 * that is in the cache. The trees' values are added one after the other, so every way to score a row gives the same bits.
 */
final class FlatForest {
    private static final int BLOCK = ForestKernel.ROWS;
    /** Rows of a task: as many as make its work space worth allocating. */
    private static final int TASK = 16 * BLOCK;
    /** Fewer rows than this are walked: a block costs as much as four of them however few rows it has. */
    private static final int FEW = 5;

    private final RegressionTree[] trees;
    private final double[] base;
    private final boolean averaged;
    private final List<ForestKernel> kernels;
    private final RowWalk walk;
    /** Of each tree: its kernel, and its number there. */
    private final int[] kernel;
    private final int[] number;

    FlatForest(BoostingModel model) {
        trees = model.trees().toArray(RegressionTree[]::new);
        base = model.base();
        averaged = model.averaged();
        kernel = new int[trees.length];
        number = new int[trees.length];
        List<RegressionTree> bits = new ArrayList<>();
        List<RegressionTree> cursors = new ArrayList<>();
        List<RegressionTree> walked = new ArrayList<>();
        List<List<RegressionTree>> all = List.of(bits, cursors, walked);
        for (int t = 0; t < trees.length; t++) {
            kernel[t] = BitForest.accepts(trees[t]) ? 0 : CursorForest.accepts(trees[t]) ? 1 : 2;
            number[t] = all.get(kernel[t]).size();
            all.get(kernel[t]).add(trees[t]);
        }
        kernels = List.of(new BitForest(bits), new CursorForest(cursors),
                new RowWalk(walked, model.features().size()));
        walk = new RowWalk(model.trees(), model.features().size());
    }

    /** A thread's blocks of the kernels that the first {@code count} trees need, or the walk alone for few rows. */
    private final class Blocks {
        private final ForestKernel.Block few;
        private final ForestKernel.Block[] blocks = new ForestKernel.Block[kernels.size()];

        Blocks(int rows, int count) {
            few = rows < FEW ? walk.block() : null;
            for (int t = 0; few == null && t < count; t++) {
                if (blocks[kernel[t]] == null) blocks[kernel[t]] = kernels.get(kernel[t]).block();
            }
        }

        void read(Features data, int from, int n) {
            if (few != null) few.read(data, from, n);
            for (ForestKernel.Block block : blocks) {
                if (block != null) block.read(data, from, n);
            }
        }

        void add(int tree, double[] sum, int at) {
            if (few != null) few.add(tree, sum, at);
            else blocks[kernel[tree]].add(number[tree], sum, at);
        }

        void leaves(int tree, int[] out) {
            if (few != null) few.leaves(tree, out);
            else blocks[kernel[tree]].leaves(number[tree], out);
        }
    }

    /** What is done with a block of rows that has been read. */
    @FunctionalInterface
    private interface BlockTask {
        void run(Blocks blocks, int from, int n);
    }

    /** Hands out blocks for the first {@code count} trees. */
    private void forBlocks(Features data, int count, BlockTask task) {
        int rows = data.rows();
        WorkerPool.current().forEach((rows + TASK - 1) / TASK, i -> {
            Blocks blocks = new Blocks(rows, count);
            for (int from = i * TASK; from < Math.min(rows, (i + 1) * TASK); from += BLOCK) {
                int n = Math.min(BLOCK, rows - from);
                blocks.read(data, from, n);
                task.run(blocks, from, n);
            }
        });
    }

    double[] raw(Features data, int rounds) {
        int k = base.length;
        double[] out = new double[Math.multiplyExact(data.rows(), k)];
        forBlocks(data, rounds * k, (blocks, from, n) -> {
            double[] sum = new double[k * BLOCK];
            for (int t = 0; t < rounds * k; t++) blocks.add(t, sum, t % k * BLOCK);
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < k; c++) out[(from + i) * k + c] = finished(c, sum[c * BLOCK + i], rounds);
            }
        });
        return out;
    }

    /** Scores after each round. */
    double[][] staged(Features data, int rounds) {
        int k = base.length;
        double[][] out = new double[rounds][Math.multiplyExact(data.rows(), k)];
        forBlocks(data, rounds * k, (blocks, from, n) -> {
            double[] sum = new double[k * BLOCK];
            for (int r = 0; r < rounds; r++) {
                for (int c = 0; c < k; c++) {
                    int t = r * k + c;
                    blocks.add(t, sum, c * BLOCK);
                    for (int i = 0; i < n; i++) out[r][(from + i) * k + c] = finished(c, sum[c * BLOCK + i], r + 1);
                }
            }
        });
        return out;
    }

    private double finished(int score, double sum, int rounds) {
        return base[score] + (averaged && rounds > 0 ? sum / rounds : sum);
    }

    void raw(double[] row, int rounds, double[] out) {
        int k = base.length;
        for (int c = 0; c < k; c++) out[c] = 0;
        for (int t = 0; t < rounds * k; t++) out[t % k] += trees[t].predict(row, 0);
        for (int c = 0; c < k; c++) out[c] = finished(c, out[c], rounds);
    }

    double raw(double[] row, int rounds) {
        double sum = 0;
        for (int t = 0; t < rounds; t++) sum += trees[t].predict(row, 0);
        return finished(0, sum, rounds);
    }

    int[] leaves(Features data, int rounds) {
        int count = rounds * base.length;
        int[] out = new int[Math.multiplyExact(data.rows(), count)];
        forBlocks(data, count, (blocks, from, n) -> {
            int[] leaf = new int[BLOCK];
            for (int t = 0; t < count; t++) {
                blocks.leaves(t, leaf);
                for (int i = 0; i < n; i++) out[(from + i) * count + t] = leaf[i];
            }
        });
        return out;
    }
}
