package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The column kernels: scalar against vector, shared against own weights, one lane against many, all bit for bit. */
class ColumnKernelsTest {
    private static final int[] LANES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65};
    private static final int[] UNITS = {1, 2, 3, 4, 5, 8, 9, 16, 33};
    private static final int OFFSET = 3;

    @BeforeAll
    static void theVectorKernelsAreHere() {
        assertThat(KernelProvider.get().name()).as(KernelProvider.reason()).startsWith("vector-");
    }

    /** One number that changes with any bit; few sizes, because an interpreter runs it too. */
    static long hash(ColumnKernels k) {
        long hash = 17;
        for (int n : new int[] {4, 8, 13, 32}) {
            Run run = new Run(n, 5, 6, n);
            for (float[] result : new float[][] {run.dense(k, true), run.dense(k, false), run.denseEach(k, true),
                    run.attention(k)})
                for (float x : result) hash = hash * 31 + Float.floatToIntBits(x);
        }
        return hash;
    }

    @Test
    void sameBitsAsTheReference() {
        ColumnKernels vector = KernelProvider.get().columns();
        ColumnKernels scalar = ScalarColumns.INSTANCE;
        for (int n : LANES)
            for (int out : UNITS) {
                Run run = new Run(n, 7, out, 100 * n + out);
                String what = n + " lanes, " + out + " units";
                for (boolean relu : new boolean[] {false, true}) {
                    ParityTest.same(run.dense(scalar, relu), run.dense(vector, relu), "dense, " + what);
                    ParityTest.same(run.denseEach(scalar, relu), run.denseEach(vector, relu), "denseEach, " + what);
                }
                ParityTest.same(run.attention(scalar), run.attention(vector), "attention, " + what);
            }
    }

    @Test
    void specialNumbers() {
        for (int n : new int[] {4, 8, 33}) {
            Run run = new Run(n, 7, 6, n);
            SplittableRandom random = new SplittableRandom(9);
            for (int i = 0; i < run.x.length; i += 5)
                run.x[i] = KernelSuite.SPECIALS[random.nextInt(KernelSuite.SPECIALS.length)];
            ColumnKernels vector = KernelProvider.get().columns();
            ParityTest.same(run.dense(ScalarColumns.INSTANCE, true), run.dense(vector, true), "dense");
            ParityTest.same(run.denseEach(ScalarColumns.INSTANCE, true), run.denseEach(vector, true), "denseEach");
            ParityTest.same(run.attention(ScalarColumns.INSTANCE), run.attention(vector), "attention");
        }
    }

    @Test
    void theLaneDoesNotShow() {
        ColumnKernels k = KernelProvider.get().columns();
        Run many = new Run(37, 9, 6, 5);
        float[] shared = many.dense(k, true);
        float[] attention = many.attention(k);
        for (int lane = 0; lane < many.n; lane++) {
            Run one = many.lane(lane);
            ParityTest.same(one.dense(k, true), column(shared, many.n, lane), "dense, lane " + lane);
            ParityTest.same(one.attention(k), column(attention, many.n, lane), "attention, lane " + lane);
        }
        // equal weights in every lane are shared weights
        Run equal = new Run(12, 9, 6, 5);
        for (int i = 0; i < equal.in; i++)
            for (int o = 0; o < equal.out; o++) {
                int panel = o / ColumnKernels.PANEL * ColumnKernels.PANEL;
                int width = Math.min(ColumnKernels.PANEL, equal.out - panel);
                int at = OFFSET + (panel * equal.in + i * width + o - panel) * 12;
                java.util.Arrays.fill(equal.each, at, at + 12, equal.w[OFFSET + i * equal.out + o]);
            }
        for (int o = 0; o < equal.out; o++)
            java.util.Arrays.fill(equal.eachBias, OFFSET + o * 12, OFFSET + (o + 1) * 12, equal.b[OFFSET + o]);
        ParityTest.same(equal.dense(k, true), equal.denseEach(k, true), "dense and denseEach");
    }

    @Test
    void aSmallLayerByHand() {
        float[] x = {1, 10, 2, 20};
        float[] w = {3, -5, 4, 7};
        float[] y = new float[4];
        KernelProvider.get().columns().dense(x, 0, 2, w, 0, new float[] {0.5f, -100}, 0, y, 0, 2, 2, true);
        assertThat(y).containsExactly(0.5f + 3 + 8, 0.5f + 30 + 80, 0, 0);
        float[] s = {1, 3, 1, 3};
        KernelProvider.get().columns().softmax(s, 0, 1, 2, 4, 2);
        assertThat(s).containsExactly(2, 2, 2, 2);
        KernelProvider.get().columns().mix(new float[] {1, 0, 2, 1, 0, 3, 1, 1}, 0, x, 0, 2, 1, y, 0, 2);
        assertThat(y).containsExactly(1 + 4, 20, 2, 30 + 20);
    }

    private static float[] column(float[] all, int n, int lane) {
        float[] column = new float[(all.length - 2 * OFFSET) / n + 2 * OFFSET];
        for (int i = 0; i < column.length - 2 * OFFSET; i++) column[OFFSET + i] = all[OFFSET + i * n + lane];
        return column;
    }

    /** Inputs at an offset, and results with untouched zeros on both sides. */
    private static final class Run {
        final int n;
        final int in;
        final int out;
        final float[] x;
        final float[] w;
        final float[] b;
        final float[] each;
        final float[] eachBias;

        Run(int n, int in, int out, long seed) {
            this(n, in, out, numbers(in * n, seed), numbers(in * out, seed + 1), numbers(out, seed + 2),
                    numbers(in * out * n, seed + 3), numbers(out * n, seed + 4));
        }

        private Run(int n, int in, int out, float[] x, float[] w, float[] b, float[] each, float[] eachBias) {
            this.n = n;
            this.in = in;
            this.out = out;
            this.x = x;
            this.w = w;
            this.b = b;
            this.each = each;
            this.eachBias = eachBias;
        }

        private static float[] numbers(int n, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] x = new float[n + 2 * OFFSET];
            for (int i = 0; i < n; i++) x[OFFSET + i] = (float) random.nextGaussian();
            return x;
        }

        Run lane(int lane) {
            return new Run(1, in, out, column(x, n, lane), w, b, each, eachBias);
        }

        float[] dense(ColumnKernels k, boolean relu) {
            float[] y = new float[out * n + 2 * OFFSET];
            k.dense(x, OFFSET, in, w, OFFSET, b, OFFSET, y, OFFSET, out, n, relu);
            return y;
        }

        float[] denseEach(ColumnKernels k, boolean relu) {
            float[] y = new float[out * n + 2 * OFFSET];
            k.denseEach(x, OFFSET, in, each, OFFSET, eachBias, OFFSET, y, OFFSET, out, n, relu);
            return y;
        }

        /** Over the units of x as tokens of width 1, two, or three. */
        float[] attention(ColumnKernels k) {
            int width = 1 + in % 3;
            int tokens = in / width;
            float[] s = new float[tokens * tokens * n + 2 * OFFSET];
            float[] y = new float[tokens * width * n + 2 * OFFSET];
            k.scores(x, OFFSET, x, OFFSET, tokens, width, s, OFFSET, n);
            k.softmax(s, OFFSET, tokens, tokens, 1.5f, n);
            k.mix(s, OFFSET, x, OFFSET, tokens, width, y, OFFSET, n);
            return y;
        }
    }
}
