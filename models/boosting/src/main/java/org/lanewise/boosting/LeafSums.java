package org.lanewise.boosting;

import org.lanewise.engine.WorkerPool;

/** Sums over the rows of a leaf. */
final class LeafSums {
    /** Rows whose sum is made by one task; fixed, so that the order of additions is. */
    private static final int BLOCK = 1 << 14;

    private LeafSums() {}

    /** Gradient and hessian sums as the histograms will have them: of integers if packed, else in double. */
    static double[] of(long[] rows, int from, int count, Gradients gradients) {
        if (!gradients.packed) return exact(rows, from, count, gradients);
        int blocks = (count + BLOCK - 1) / BLOCK;
        long[] sums = new long[blocks];
        WorkerPool.current().forEach(blocks, b -> {
            long sum = 0;
            for (int i = from + b * BLOCK; i < from + Math.min(count, (b + 1) * BLOCK); i++)
                sum += Gradients.cell(rows[i]);
            sums[b] = sum;
        });
        long sum = 0;
        for (long s : sums) sum += s;
        return new double[] {(sum >> 32) * gradients.gradientUnit, (sum & 0xFFFFFFFFL) * gradients.hessianUnit};
    }

    /** Sums of the gradients and hessians themselves, in double, block by block. */
    static double[] exact(long[] rows, int from, int count, Gradients gradients) {
        int blocks = (count + BLOCK - 1) / BLOCK;
        double[] g = new double[blocks];
        double[] h = new double[blocks];
        WorkerPool.current().forEach(blocks, b -> {
            double sumG = 0;
            double sumH = 0;
            for (int i = from + b * BLOCK; i < from + Math.min(count, (b + 1) * BLOCK); i++) {
                int row = gradients.offset + (int) rows[i];
                sumG += gradients.gradient[row];
                sumH += gradients.constantHessian ? 1 : Math.max(0, gradients.hessian[row]);
            }
            g[b] = sumG;
            h[b] = sumH;
        });
        double sumG = 0;
        double sumH = 0;
        for (int b = 0; b < blocks; b++) {
            sumG += g[b];
            sumH += h[b];
        }
        return new double[] {sumG, sumH};
    }
}
