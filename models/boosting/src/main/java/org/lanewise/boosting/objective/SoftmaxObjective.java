package org.lanewise.boosting.objective;

import org.lanewise.engine.Parallel;

/**
 * -log p_y, p = softmax(f): gradient p_k - [y = k], hessian K / (K - 1) p_k (1 - p_k), the diagonal scaled as LightGBM does
 * (Friedman 2001, section 4.6).
 *
 * @param scores the number of classes K
 */
record SoftmaxObjective(int scores) implements Objective {
    SoftmaxObjective {
        if (scores < 2) throw new IllegalArgumentException("softmax needs at least 2 classes: " + scores);
    }

    @Override
    public String name() {
        return "multiclass num_class:" + scores;
    }

    @Override
    public Link link() {
        return Link.SOFTMAX;
    }

    @Override
    public Bound bind(Target target) {
        return new Rows(Labels.classes(target, scores, "softmax"), Labels.weights(target), scores);
    }

    private record Rows(int[] label, double[] weight, int k) implements Bound {
        @Override
        public double[] initialScore() {
            double[] share = new double[k];
            double total = 0;
            for (int i = 0; i < label.length; i++) {
                double w = weight == null ? 1 : weight[i];
                share[label[i]] += w;
                total += w;
            }
            for (int c = 0; c < k; c++) share[c] = StrictMath.log(Math.max(1e-15, share[c] / total));
            return share;
        }

        @Override
        public void gradients(double[] score, float[] gradient, float[] hessian) {
            int n = label.length;
            double factor = k / (k - 1.0);
            Parallel.chunks(n, Parallel.COSTLY / k + 1, (from, count) -> {
                double[] p = new double[k];
                for (int i = from; i < from + count; i++) {
                    for (int c = 0; c < k; c++) p[c] = score[c * n + i];
                    Link.SOFTMAX.apply(p, 0, k);
                    double w = weight == null ? 1 : weight[i];
                    for (int c = 0; c < k; c++) {
                        gradient[c * n + i] = (float) (w * (p[c] - (label[i] == c ? 1 : 0)));
                        hessian[c * n + i] = (float) (w * factor * p[c] * (1 - p[c]));
                    }
                }
            });
        }
    }
}
