package org.lanewise.henaw.network;

import java.util.Arrays;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.kernels.Fused;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Arithmetic on blocks of people stored by column: feature f of person r is at {@code f * n + r}. Products go through
 * {@link Gemm}, whose elements do not depend on the shape of the block, and everything else is element by element, so a
 * person gets the same bits alone and in a block.
 */
final class ColumnMath {
    /** Products of several tokens with at least so many terms repay the overhead of a call. */
    private static final int GEMM_FROM = 1_000;
    /** Inputs of one person up to which {@link Gemm}'s sums are one chain, which a plain row kernel computes faster. */
    private static final int ROW_UP_TO = 256;

    private ColumnMath() {}

    /**
     * {@code y[o] = bias[o] + sum over i of x[i] w[i][o]}.
     *
     * @param w    {@code [in][out]}, row-major, from {@code wo}
     * @param bias from {@code bo}, or null to add to what y holds
     */
    static void linear(float[] x, int xo, int in, float[] w, int wo, float[] bias, int bo, float[] y, int yo, int out,
            int n) {
        if (n == 1) {
            if (bias != null)
                System.arraycopy(bias, bo, y, yo, out);
            if (in > ROW_UP_TO)
                Gemm.multiply(1, out, in, x, xo, in, 1, w, wo, out, 1, y, yo, out, true, Epilogue.NONE);
            else
                KernelProvider.get().rowTimesMatrix(x, xo, in, w, wo, y, yo, out);
            return;
        }
        if (bias != null)
            for (int o = 0; o < out; o++)
                Arrays.fill(y, yo + o * n, yo + (o + 1) * n, bias[bo + o]);
        Gemm.multiply(out, n, in, w, wo, 1, out, x, xo, n, 1, y, yo, n, true, Epilogue.NONE);
    }

    /**
     * The same layer for each of {@code tokens} vectors of length {@code in} that follow one another in x; results follow one
     * another in y.
     */
    static void linearTokens(float[] x, int xo, int tokens, int in, float[] w, float[] bias, float[] y, int yo, int out,
            int n) {
        if (n > 1 || tokens * in * out < GEMM_FROM) {
            for (int t = 0; t < tokens; t++)
                linear(x, xo + t * in * n, in, w, 0, bias, 0, y, yo + t * out * n, out, n);
            return;
        }
        for (int t = 0; t < tokens; t++)
            System.arraycopy(bias, 0, y, yo + t * out, out);
        Gemm.multiply(tokens, out, in, x, xo, in, 1, w, 0, out, 1, y, yo, out, true, Epilogue.NONE);
    }

    /** {@code out = a b}, element by element. */
    static void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        KernelProvider.get().mul(a, ao, b, bo, out, oo, n);
    }

    /** {@code out += a b}, element by element. */
    static void multiplyAdd(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        KernelProvider.get().fma(a, ao, b, bo, out, oo, out, oo, n);
    }

    /** {@code out += a}. */
    static void add(float[] a, int ao, float[] out, int oo, int n) {
        KernelProvider.get().add(out, oo, a, ao, out, oo, n);
    }

    /** {@code x = x s}. */
    static void scale(float[] x, int xo, float s, int n) {
        KernelProvider.get().mulScalar(x, xo, s, x, xo, n);
    }

    /** {@code x = max(x, 0)}. */
    static void relu(float[] x, int xo, int n) {
        KernelProvider.get().relu(x, xo, x, xo, n);
    }

    /** Softmax over {@code k} columns for each of {@code n} people, in place, then times {@code total}. */
    static void softmax(float[] x, int xo, int k, float total, float[] scratch, int so, int n) {
        Kernels kernels = KernelProvider.get();
        if (n == 1) {
            softmaxOne(x, xo, k, total, kernels);
            return;
        }
        System.arraycopy(x, xo, scratch, so, n);
        for (int j = 1; j < k; j++)
            kernels.max(scratch, so, x, xo + j * n, scratch, so, n);
        for (int j = 0; j < k; j++)
            kernels.sub(x, xo + j * n, scratch, so, x, xo + j * n, n);
        kernels.exp(x, xo, x, xo, k * n);
        System.arraycopy(x, xo, scratch, so, n);
        for (int j = 1; j < k; j++)
            add(x, xo + j * n, scratch, so, n);
        kernels.scalarDiv(total, scratch, so, scratch, so, n);
        for (int j = 0; j < k; j++)
            multiply(x, xo + j * n, scratch, so, x, xo + j * n, n);
    }

    private static void softmaxOne(float[] x, int xo, int k, float total, Kernels kernels) {
        float most = x[xo];
        for (int j = 1; j < k; j++)
            most = Math.max(most, x[xo + j]);
        for (int j = 0; j < k; j++)
            x[xo + j] -= most;
        kernels.exp(x, xo, x, xo, k);
        float sum = x[xo];
        for (int j = 1; j < k; j++)
            sum += x[xo + j];
        float share = total / sum;
        for (int j = 0; j < k; j++)
            x[xo + j] *= share;
    }

    /**
     * Attention of one head over {@code k} tokens, added to the tokens.
     *
     * @param all   query, key and value of each token, {@code [k][3 embed][n]}
     * @param score scratch of {@code k n}, then {@code spare} of n
     */
    static void attend(float[] work, int tokens, int all, int score, int spare, int k, int embed, int n) {
        int wide = 3 * embed;
        float scale = (float) (1 / Math.sqrt(embed));
        for (int q = 0; q < k; q++) {
            if (n == 1)
                scoresOne(work, all + q * wide, all + embed, wide, score, k, embed);
            else
                for (int t = 0; t < k; t++) {
                    int cell = score + t * n;
                    Arrays.fill(work, cell, cell + n, 0);
                    for (int e = 0; e < embed; e++)
                        multiplyAdd(work, all + (q * wide + e) * n, work, all + (t * wide + embed + e) * n, work, cell,
                                n);
                }
            scale(work, score, scale, k * n);
            softmax(work, score, k, 1, work, spare, n);
            for (int t = 0; t < k; t++) {
                int value = all + (t * wide + 2 * embed) * n;
                int to = tokens + q * embed * n;
                if (n == 1)
                    for (int e = 0; e < embed; e++)
                        work[to + e] = Fused.fma(work[score + t], work[value + e], work[to + e]);
                else
                    for (int e = 0; e < embed; e++)
                        multiplyAdd(work, score + t * n, work, value + e * n, work, to + e * n, n);
            }
        }
    }

    /** Products of one query with k keys, two at a time so that one chain need not wait for itself. */
    private static void scoresOne(float[] work, int query, int keys, int wide, int score, int k, int embed) {
        int t = 0;
        for (; t + 2 <= k; t += 2) {
            int first = keys + t * wide;
            int second = first + wide;
            float a = 0;
            float b = 0;
            for (int e = 0; e < embed; e++) {
                a = Fused.fma(work[query + e], work[first + e], a);
                b = Fused.fma(work[query + e], work[second + e], b);
            }
            work[score + t] = a;
            work[score + t + 1] = b;
        }
        if (t < k) {
            float a = 0;
            for (int e = 0; e < embed; e++)
                a = Fused.fma(work[query + e], work[keys + t * wide + e], a);
            work[score + t] = a;
        }
    }
}
