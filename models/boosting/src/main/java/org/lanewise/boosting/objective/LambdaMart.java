package org.lanewise.boosting.objective;

import org.lanewise.engine.DoubleMath;
import org.lanewise.engine.WorkerPool;

/**
 * Ranking by the gradients of LambdaMART (Burges 2010). For a pair of documents of one query, i more relevant than j and at
 * least one among the first {@code truncation} by score, with rho = 1 / (1 + exp(slope (f_i - f_j))) and Delta the change of
 * NDCG if they changed places:
 *
 * <pre>gradient_i -= slope Delta rho, gradient_j += the same,   hessian_i and hessian_j += slope^2 Delta rho (1 - rho)</pre>
 *
 * <p>As LightGBM, Delta is divided by .01 + |f_i - f_j| and a query's sums are scaled by log2(1 + s) / s, s the sum of its
 * lambdas. Gains are 2^relevance - 1, discounts 1 / log2(2 + place).
 *
 * @param truncation places that count
 * @param normalise  whether to do the two scalings
 */
record LambdaMart(int truncation, boolean normalise) implements Objective {
    private static final int MOST_RELEVANT = 31;
    private static final double LN2 = 0.6931471805599453;

    LambdaMart {
        if (truncation < 1)
            throw new IllegalArgumentException("lambdarank_truncation_level must be positive: " + truncation);
    }

    @Override
    public String name() {
        return "lambdarank";
    }

    @Override
    public Link link() {
        return Link.IDENTITY;
    }

    @Override
    public Bound bind(Target target) {
        int[] groups = target.groups();
        if (groups == null)
            throw new IllegalArgumentException("ranking needs groups: Target.withGroups(sizes of the queries)");
        int[] relevance = Labels.classes(target, MOST_RELEVANT + 1, "lambdarank");
        int[] start = new int[groups.length + 1];
        double[] best = new double[groups.length];
        for (int q = 0; q < groups.length; q++) {
            start[q + 1] = start[q] + groups[q];
            best[q] = Ranking.idealGain(relevance, start[q], start[q + 1], truncation);
        }
        return new Queries(relevance, Labels.weights(target), start, best, truncation, normalise);
    }

    private record Queries(int[] relevance, double[] weight, int[] start, double[] best, int truncation,
            boolean normalise) implements Bound {
        @Override
        public double[] initialScore() {
            return new double[1];
        }

        @Override
        public void gradients(double[] score, float[] gradient, float[] hessian) {
            WorkerPool.current().forEach(best.length, q -> query(q, score, gradient, hessian));
        }

        private void query(int q, double[] score, float[] gradient, float[] hessian) {
            int from = start[q];
            int n = start[q + 1] - from;
            double[] g = new double[n];
            double[] h = new double[n];
            int[] order = Ranking.descending(score, from, n);
            double sum = best[q] == 0 ? 0 : pairs(from, n, order, score, 1 / best[q], g, h);
            double factor = normalise && sum > 0 ? DoubleMath.log(1 + sum) / LN2 / sum : 1;
            for (int i = 0; i < n; i++) {
                double w = factor * (weight == null ? 1 : weight[from + i]);
                gradient[from + i] = (float) (w * g[i]);
                hessian[from + i] = (float) (w * h[i]);
            }
        }

        private double pairs(int from, int n, int[] order, double[] score, double inverseBest, double[] g, double[] h) {
            double spread = Math.abs(score[from + order[0]] - score[from + order[n - 1]]);
            double sum = 0;
            for (int a = 0; a < Math.min(n, truncation); a++) {
                for (int b = a + 1; b < n; b++) {
                    int i = order[a];
                    int j = order[b];
                    if (relevance[from + i] == relevance[from + j]) continue;
                    int high = relevance[from + i] > relevance[from + j] ? i : j;
                    int low = high == i ? j : i;
                    double apart = score[from + high] - score[from + low];
                    double delta = (Ranking.gain(relevance[from + high]) - Ranking.gain(relevance[from + low]))
                            * Math.abs(Ranking.discount(a) - Ranking.discount(b)) * inverseBest;
                    if (normalise && spread != 0) delta /= 0.01 + Math.abs(apart);
                    double rho = DoubleMath.sigmoid(-apart);
                    double lambda = delta * rho;
                    double curvature = lambda * (1 - rho);
                    g[high] -= lambda;
                    g[low] += lambda;
                    h[high] += curvature;
                    h[low] += curvature;
                    sum += 2 * lambda;
                }
            }
            return sum;
        }
    }
}
