package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lanewise.engine.kernels.LaneKernels.LANES;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** The lane kernels: scalar against vector bit for bit, and both against exact arithmetic. */
class LaneKernelsTest {
    private static final LaneKernels USED = KernelProvider.get().lanes();

    /** Everything the kernels compute from one seed. */
    static double[] results(LaneKernels k, int rows, int terms, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] hi = new double[3 * rows * LANES];
        double[] lo = new double[hi.length];
        for (int i = 0; i < rows * LANES; i++) {
            hi[i] = random.nextInt(5) == 0 ? random.nextInt(3) : random.nextGaussian() * 100;
            lo[i] = hi[i] * 1e-17 * random.nextDouble();
        }
        k.expand(hi, lo, table(random, 2 * rows * terms, rows), 0, rows, terms, rows * LANES);
        k.expand(hi, lo, table(random, 2 * rows * terms, 2 * rows), 0, rows, terms, 2 * rows * LANES);
        double[] size = new double[rows * LANES];
        for (int i = 0; i < size.length; i++) size[i] = random.nextInt(4) == 0 ? 0 : Math.abs(hi[i]);
        double[] sums = new double[rows * LANES];
        k.sums(size, table(random, rows * terms, rows), rows, terms, sums);
        double[] whole = new double[rows * LANES];
        for (int i = 0; i < size.length; i++) whole[i] = size[i] + sums[i];
        int[] same = new int[2 * rows];
        for (int r = 0; r < rows; r++) same[2 * r] = same[2 * r + 1] = r * LANES;
        double[] ratios = new double[rows * LANES];
        double[] most = new double[3 * LANES];
        k.ratios(whole, size, same, rows, ratios, most, 0);
        double[] minima = new double[rows * LANES];
        k.minima(ratios, table(random, rows * terms, rows), rows, terms, minima, most, 2 * LANES);
        double[] small = {k.small(hi, size, same, rows, 1), k.small(hi, sums, same, rows, 0.3),
                k.small(whole, sums, same, rows, 0.3), k.small(size, sums, same, rows, -1)};
        double[][] parts = {hi, lo, sums, ratios, minima, most, small};
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static int[] table(SplittableRandom random, int length, int rows) {
        int[] table = new int[length];
        for (int i = 0; i < length; i++) table[i] = random.nextInt(rows) * LANES;
        return table;
    }

    static long hash(LaneKernels k) {
        long hash = 17;
        for (int terms = 1; terms <= 6; terms++) hash = 31 * hash + Arrays.hashCode(results(k, 9, terms, terms));
        return hash;
    }

    @Test
    void sameBitsAsTheReference() {
        assertThat(USED).isNotSameAs(ScalarLanes.INSTANCE);
        for (int rows : new int[] {1, 2, 7, 8, 30})
            for (int terms = 1; terms <= 7; terms++) {
                double[] expected = results(ScalarLanes.INSTANCE, rows, terms, 10 * rows + terms);
                assertThat(results(USED, rows, terms, 10 * rows + terms)).as(rows + " rows of " + terms)
                        .containsExactly(expected);
            }
    }

    /** A determinant of order 2 that cancels to its last bits, beside the exact one. */
    @Test
    void expansionsKeepWhatCancels() {
        SplittableRandom random = new SplittableRandom(3);
        double[] hi = new double[5 * LANES];
        double[] lo = new double[5 * LANES];
        for (int l = 0; l < LANES; l++) {
            hi[l] = random.nextDouble();
            hi[LANES + l] = random.nextDouble();
            hi[2 * LANES + l] = hi[l] * 3;
            hi[3 * LANES + l] = Math.nextUp(hi[LANES + l] * 3);
        }
        int[] table = {0, 3 * LANES, LANES, 2 * LANES};
        USED.expand(hi, lo, table, 0, 1, 2, 4 * LANES);
        for (int l = 0; l < LANES; l++) {
            BigDecimal exact = new BigDecimal(hi[l]).multiply(new BigDecimal(hi[3 * LANES + l]))
                    .subtract(new BigDecimal(hi[LANES + l]).multiply(new BigDecimal(hi[2 * LANES + l])));
            assertThat(hi[4 * LANES + l]).isEqualTo(exact.doubleValue()).isNotZero();
        }
    }

    @Test
    void dekkersErrorIsThatOfFusedMultiplyAdd() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 10_000; i++) {
            double a = random.nextGaussian() * Math.pow(2, random.nextInt(-200, 200));
            double b = random.nextGaussian() * Math.pow(2, random.nextInt(-200, 200));
            assertThat(ScalarLanes.dekker(a, b, a * b)).isEqualTo(Math.fma(a, b, -(a * b)));
        }
    }

    @Test
    void smallByHand() {
        double[] x = new double[2 * LANES];
        double[] bounds = new double[2 * LANES];
        Arrays.fill(x, -3);
        Arrays.fill(bounds, 1);
        int[] table = {0, 0, LANES, LANES};
        assertThat(USED.small(x, bounds, table, 2, 2.9)).isZero();
        assertThat(USED.small(x, bounds, table, 2, 3)).isEqualTo(0xFF);
        x[2] = 0;
        x[LANES + 7] = 1;
        assertThat(USED.small(x, bounds, table, 2, 2)).isEqualTo(1 << 2 | 1 << 7);
    }

    @Test
    void ratiosByHand() {
        double[] part = new double[2 * LANES];
        double[] whole = new double[2 * LANES];
        Arrays.fill(whole, 6);
        Arrays.fill(part, 0, LANES, 2);
        part[LANES] = 0;
        whole[LANES + 1] = part[LANES + 1] = 0;
        part[LANES + 2] = 4;
        double[] out = new double[2 * LANES];
        double[] most = new double[LANES];
        USED.ratios(whole, part, new int[] {0, 0, LANES, LANES}, 2, out, most, 0);
        assertThat(out).startsWith(2, 2, 2, 2).contains(Double.POSITIVE_INFINITY, 0.5);
        assertThat(most).startsWith(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 2);
    }
}
