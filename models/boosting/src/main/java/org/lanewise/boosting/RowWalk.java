package org.lanewise.boosting;

import java.util.List;

/** Any trees, each row walked by itself: what is left to it has tests of categories or linear leaves. */
record RowWalk(List<RegressionTree> trees, int features) implements ForestKernel {

    @Override
    public ForestKernel.Block block() {
        return new Block();
    }

    private final class Block implements ForestKernel.Block {
        private final double[] column = new double[ROWS];
        private final double[] rows = new double[ROWS * features];
        private int count;

        @Override
        public void read(Features data, int from, int n) {
            count = n;
            for (int j = 0; j < features; j++) {
                data.copy(j, from, n, column);
                for (int i = 0; i < n; i++) rows[i * features + j] = column[i];
            }
        }

        @Override
        public void add(int tree, double[] sum, int at) {
            RegressionTree t = trees.get(tree);
            for (int i = 0; i < count; i++) sum[at + i] += t.predict(rows, i * features);
        }

        @Override
        public void leaves(int tree, int[] out) {
            RegressionTree t = trees.get(tree);
            for (int i = 0; i < count; i++) out[i] = t.leafOf(rows, i * features);
        }
    }
}
