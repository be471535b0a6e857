package org.lanewise.boosting;

import java.util.Arrays;
import org.lanewise.engine.Parallel;

/** Chooses the rows that trees are grown on. */
final class RowSampler {
    private static final long BAG = 21;
    private static final long GOSS = 22;

    private final BoostingParams params;
    private final int n;
    private final int k;
    private int[] rows;
    private int count;
    private float[] gradient;
    private float[] hessian;

    RowSampler(BoostingParams params, int n, int k) {
        this.params = params;
        this.n = n;
        this.k = k;
        count = n;
    }

    /** The rows drawn, rising; {@code null} for all. */
    int[] rows() {
        return rows;
    }

    int count() {
        return count;
    }

    /** Gradients with the weight of rows drawn for others. */
    float[] gradient() {
        return gradient;
    }

    float[] hessian() {
        return hessian;
    }

    /** Draws again what a round before this one drew for it. */
    void resume(int round) {
        Sampling s = params.sampling();
        int drawn = round / s.period() * s.period();
        if (s.method() == Sampling.Method.BAGGING && drawn < round)
            bag(s.fraction(), Mix.key(params.seed(), BAG, drawn));
    }

    /** Draws for a round; true if gradients were reweighted. */
    boolean draw(int round, float[] g, float[] h) {
        Sampling s = params.sampling();
        return switch (s.method()) {
            case NONE -> false;
            case BAGGING -> {
                if (round % s.period() == 0) bag(s.fraction(), Mix.key(params.seed(), BAG, round));
                yield false;
            }
            case GOSS -> round >= 1 / params.learningRate() && goss(s, g, h, Mix.key(params.seed(), GOSS, round));
        };
    }

    /** Exactly the rounded share of the rows, those of the smallest hashes. */
    private void bag(double fraction, long key) {
        int wanted = Math.max(1, (int) Math.rint(fraction * n));
        if (wanted == n) return;
        long[] hash = new long[n];
        Parallel.chunks(n, Parallel.CHEAP, (from, c) -> {
            for (int i = from; i < from + c; i++) hash[i] = Mix.hash(key + i);
        });
        long[] sorted = hash.clone();
        Arrays.sort(sorted);
        long last = sorted[wanted - 1];
        if (rows == null) rows = new int[n];
        count = 0;
        for (int i = 0; i < n; i++) {
            if (hash[i] <= last) rows[count++] = i;
        }
    }

    /** Keeps rows of large gradients and a random few of the others, which then count for all of those. */
    private boolean goss(Sampling s, float[] g, float[] h, long key) {
        double[] size = new double[n];
        Parallel.chunks(n, Parallel.CHEAP, (from, c) -> {
            for (int i = from; i < from + c; i++) {
                for (int at = i; at < n * k; at += n) size[i] += Math.abs((double) g[at] * h[at]);
            }
        });
        double[] sorted = size.clone();
        Arrays.sort(sorted);
        int top = (int) (s.top() * n);
        double least = top == 0 ? Double.POSITIVE_INFINITY : sorted[n - top];
        if (rows == null) {
            rows = new int[n];
            gradient = new float[n * k];
            hessian = new float[n * k];
        }
        int large = 0;
        for (int i = 0; i < n; i++) large += size[i] >= least ? 1 : 0;
        double chance = Math.min(1, s.other() * n / Math.max(1, n - large));
        float factor = (float) (1 / chance);
        count = 0;
        for (int i = 0; i < n; i++) {
            boolean isLarge = size[i] >= least;
            if (isLarge || Mix.uniform(key, i) < chance) {
                rows[count++] = i;
                float f = isLarge ? 1 : factor;
                for (int at = i; at < n * k; at += n) {
                    gradient[at] = f * g[at];
                    hessian[at] = f * h[at];
                }
            }
        }
        return true;
    }
}
