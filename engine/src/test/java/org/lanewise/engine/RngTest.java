package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RngTest {

    /** The known answers published with Random123 ({@code kat_vectors}, philox4x32 10). */
    @Test
    void philoxGivesThePublishedAnswers() {
        assertThat(philox(0, 0, 0)).isEqualTo("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
        assertThat(philox(-1, -1, -1)).isEqualTo("408f276d 41c83b0e a20bc7c6 6d5451fd");
        assertThat(philox(0x299f31d0a4093822L, 0x0370734413198a2eL, 0x85a308d3243f6a88L))
                .isEqualTo("d16cfe09 94fdcceb 5001e420 24126ea1");
    }

    private static String philox(long key, long stream, long block) {
        int[] words = new int[4];
        Philox.block(key, stream, block, words);
        return String.format("%08x %08x %08x %08x", words[0], words[1], words[2], words[3]);
    }

    @Test
    void oneByOneAndInBulkAreTheSameWords() {
        Philox.Batch batch = new Philox.Batch();
        for (long first : new long[] {0, 0xFFFFFFF0L, -32}) { // over both carries of the counter
            batch.fill(-77, Long.MIN_VALUE + 3, first);
            int[] block = new int[4];
            for (int b = 0; b < Philox.BATCH; b++) {
                Philox.block(-77, Long.MIN_VALUE + 3, first + b, block);
                assertThat(Arrays.copyOfRange(batch.words, 4 * b, 4 * b + 4)).isEqualTo(block);
            }
        }
        batch.fill(5, 0, 0);
        Rng rng = Rng.of(5);
        for (int word : batch.words) assertThat(rng.nextInt()).isEqualTo(word);

        float[] bulk = new float[29];
        Rng.of(5).uniform(bulk, 0, 29, 0f, 1f);
        Rng again = Rng.of(5);
        for (float value : bulk) assertThat(value).isEqualTo(again.nextFloat());
    }

    @Test
    void bulkDoesNotDependOnThreads() {
        float[][] results = new float[3][];
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                float[] a = new float[100_003];
                pool.run(() -> {
                    Rng rng = Rng.of(9);
                    rng.nextInt();
                    rng.normal(a, 0, a.length, 1f, 2f);
                    a[0] += rng.nextFloat();
                });
                results[threads - 1] = a;
            }
        }
        assertThat(results[1]).isEqualTo(results[0]);
        assertThat(results[2]).isEqualTo(results[0]);
    }

    @Test
    void stateContinuesExactly() {
        Rng rng = Rng.of(77).stream("a");
        rng.nextInt();
        rng.normal(new float[13], 0, 13, 0f, 1f);
        rng.nextLong();
        Rng.State state = Rng.State.parse(rng.state().toString());
        assertThat(state).isEqualTo(rng.state());
        rng.permutation(5);
        long[] expected = draw(rng);
        Rng restored = Rng.of(1);
        restored.nextInt();
        restored.restore(state);
        restored.permutation(5);
        assertThat(draw(restored)).isEqualTo(expected);
        assertThatThrownBy(() -> Rng.State.parse("12-z-4")).hasMessageContaining("12-z-4");
        assertThatThrownBy(() -> Rng.State.parse("12-1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] draw(Rng rng) {
        return new long[] {rng.nextInt(), rng.nextLong(), rng.nextInt(1000),
                Double.doubleToRawLongBits(rng.nextGaussian())};
    }

    @Test
    void streamsAreStableAndDiffer() {
        Rng rng = Rng.of(3);
        long before = rng.stream(8).nextLong();
        rng.nextInt();
        assertThat(rng.stream(8).nextLong()).isEqualTo(before);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(rng.stream(i).nextLong())).isTrue();
            assertThat(seen.add(rng.stream("s" + i).nextLong())).isTrue();
            assertThat(seen.add(rng.stream(i).stream(i).nextLong())).isTrue();
            assertThat(seen.add(Rng.of(i).nextLong())).isTrue();
        }
    }

    @Test
    void neighbouringStreamsAreUncorrelated() {
        int n = 20_000;
        float[] a = Rng.of(1).stream(1).normal(Tensor.zeros(n), 0f, 1f).data();
        float[] b = Rng.of(1).stream(2).normal(Tensor.zeros(n), 0f, 1f).data();
        float[] c = Rng.of(2).stream(1).normal(Tensor.zeros(n), 0f, 1f).data();
        assertThat(correlation(a, b, 0)).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(correlation(a, c, 0)).isCloseTo(0, within(4 / Math.sqrt(n)));
        for (int lag = 1; lag <= 5; lag++) {
            assertThat(correlation(a, a, lag)).isCloseTo(0, within(4 / Math.sqrt(n)));
        }
    }

    private static double correlation(float[] a, float[] b, int lag) {
        double sum = 0;
        for (int i = 0; i + lag < a.length; i++) sum += (double) a[i] * b[i + lag];
        return sum / a.length;
    }

    @Test
    void uniformFillsItsRangeEvenly() {
        int n = 200_000;
        float[] a = Rng.of(11).uniform(Tensor.zeros(n), -2f, 3f).data();
        int[] counts = new int[50];
        for (float value : a) {
            assertThat(value).isBetween(-2f, Math.nextDown(3f));
            counts[(int) ((value + 2) * 10)]++;
        }
        // chi-square with 49 degrees of freedom: 99.9 % lie below 85.4
        assertThat(chiSquare(counts, n)).isBetween(20.0, 85.4);
        float[] narrow = Rng.of(12).uniform(Tensor.zeros(10_000), 1f, Math.nextUp(1f)).data();
        for (float value : narrow) assertThat(value).isEqualTo(1f);
    }

    private static double chiSquare(int[] counts, int n) {
        double expected = (double) n / counts.length;
        double sum = 0;
        for (int count : counts) sum += (count - expected) * (count - expected) / expected;
        return sum;
    }

    @Test
    void normalHasItsMomentsAndQuantiles() {
        int n = 200_000;
        float[] a = Rng.of(13).normal(Tensor.zeros(n), 5f, 2f).data();
        double mean = 0;
        double square = 0;
        double cube = 0;
        double fourth = 0;
        int[] counts = new int[40];
        for (float value : a) {
            double z = (value - 5) / 2;
            mean += z / n;
            square += z * z / n;
            cube += z * z * z / n;
            fourth += z * z * z * z / n;
            counts[(int) (NormalLaw.cdf(z) * 40)]++;
        }
        double unit = 1 / Math.sqrt(n);
        assertThat(mean).isCloseTo(0, within(4 * unit));
        assertThat(square).isCloseTo(1, within(4 * Math.sqrt(2) * unit));
        assertThat(cube).isCloseTo(0, within(4 * Math.sqrt(15) * unit));
        assertThat(fourth).isCloseTo(3, within(4 * Math.sqrt(96) * unit));
        assertThat(chiSquare(counts, n)).isBetween(14.0, 72.1);
    }

    @Test
    void gaussianDoublesAreNormalToo() {
        Rng rng = Rng.of(14);
        double square = 0;
        for (int i = 0; i < 50_000; i++) square += Math.pow(rng.nextGaussian(), 2) / 50_000;
        assertThat(square).isCloseTo(1, within(4 * Math.sqrt(2.0 / 50_000)));
    }

    /** Reference values: Python's statistics.NormalDist (inverse) and math.erfc. */
    @Test
    void normalLawAgreesWithReferences() {
        double[][] quantiles = {{1e-10, -6.361340902404056}, {0.001, -3.090232306167813}, {0.075, -1.4395314709384557},
                {0.3, -0.5244005127080407}, {0.5, 0.0}, {0.9, 1.2815515655446008}, {0.999999, 4.753424308817089}};
        for (double[] pair : quantiles) {
            assertThat(NormalLaw.quantile(pair[0])).isCloseTo(pair[1],
                    within(1e-15 * Math.max(1, Math.abs(pair[1])) * 4));
        }
        for (double z = -37; z < 8; z += 0.37) {
            double p = NormalLaw.cdf(z);
            if (p > 0 && p < 0.9)
                assertThat(NormalLaw.quantile(p)).isCloseTo(z, within(2e-12 * Math.max(1, Math.abs(z))));
            else
                assertThat(1 - p).isCloseTo(NormalLaw.cdf(-z), within(2e-16));
        }
        assertThat(NormalLaw.cdf(-1)).isCloseTo(0.15865525393145707, within(1e-16));
        assertThat(NormalLaw.cdf(-8)).isCloseTo(6.220960574271785e-16, within(1e-29));
    }

    @Test
    void truncatedNormalStaysInsideAndKeepsItsShape() {
        int n = 100_000;
        float[] a = Rng.of(15).truncatedNormal(Tensor.zeros(n), 1f, 2f, -1f, 3f).data();
        double square = 0;
        for (float value : a) {
            assertThat(value).isBetween(-1f, 3f);
            square += Math.pow((value - 1) / 2, 2) / n;
        }
        // variance of a normal cut at one deviation on both sides
        assertThat(square).isCloseTo(0.2911250947, within(0.005));
        float[] tail = Rng.of(16).truncatedNormal(Tensor.zeros(n), 0f, 1f, 9f, 20f).data();
        double mean = 0;
        for (float value : tail) {
            assertThat(value).isBetween(9f, 20f);
            mean += value / n;
        }
        assertThat(mean).isCloseTo(9.1085, within(0.002)); // phi(9) / Phi(-9)
        assertThatThrownBy(() -> Rng.of(1).truncatedNormal(new float[1], 0, 1, 0f, 1f, 60f, 61f))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundedIntegersAreUnbiased() {
        Rng rng = Rng.of(17);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) counts[rng.nextInt(7)]++;
        assertThat(chiSquare(counts, 70_000)).isLessThan(22.5);
        // A bound near 2^32 * 2/3 would show the bias of a plain remainder at once.
        int bound = 1_431_655_766;
        int low = 0;
        for (int i = 0; i < 30_000; i++) if (rng.nextInt(bound) < bound / 2) low++;
        assertThat(low / 30_000.0).isCloseTo(0.5, within(0.012));
        assertThatThrownBy(() -> rng.nextInt(0)).hasMessageContaining("0");
    }

    @Test
    void permutationsAreEquallyLikely() {
        Rng rng = Rng.of(18);
        int[] counts = new int[24];
        for (int i = 0; i < 48_000; i++) counts[rank(rng.permutation(4))]++;
        assertThat(chiSquare(counts, 48_000)).isBetween(6.0, 49.8);
        int[] order = rng.permutation(1000);
        Arrays.sort(order);
        for (int i = 0; i < 1000; i++) assertThat(order[i]).isEqualTo(i);
        assertThat(rng.permutation(0)).isEmpty();
    }

    private static int rank(int[] order) {
        int rank = 0;
        for (int i = 0; i < order.length; i++) {
            int smaller = 0;
            for (int j = i + 1; j < order.length; j++) if (order[j] < order[i]) smaller++;
            rank = rank * (order.length - i) + smaller;
        }
        return rank;
    }

    @Test
    void choiceTakesDifferentNumbersEvenly() {
        Rng rng = Rng.of(19);
        int[] counts = new int[10];
        for (int i = 0; i < 20_000; i++) {
            int[] some = rng.choice(10, 3);
            assertThat(Arrays.stream(some).distinct().count()).isEqualTo(3);
            for (int s : some) counts[s]++;
        }
        assertThat(chiSquare(counts, 60_000)).isLessThan(27.9);
        assertThatThrownBy(() -> rng.choice(3, 4)).hasMessageContaining("4 of 3");
    }

    @Test
    void bernoulliHasItsRate() {
        float[] a = Rng.of(20).bernoulli(Tensor.zeros(100_000), 0.9, 2f).data();
        int ones = 0;
        for (float value : a) {
            assertThat(value == 0f || value == 2f).isTrue();
            if (value == 2f) ones++;
        }
        assertThat(ones / 100_000.0).isCloseTo(0.9, within(4 * Math.sqrt(0.09 / 100_000)));
        for (float value : Rng.of(1).bernoulli(Tensor.zeros(1000), 1, 3f).data()) assertThat(value).isEqualTo(3f);
        for (float value : Rng.of(1).bernoulli(Tensor.zeros(1000), 0, 3f).data()) assertThat(value).isZero();
    }

    @Test
    void stridedTensorsGetTheSameNumbersInRowMajorOrder() {
        Tensor plain = Rng.of(21).normal(Tensor.zeros(3, 5), 0f, 1f);
        Tensor view = Tensor.zeros(5, 3).t();
        Rng.of(21).normal(view, 0f, 1f);
        assertThat(view.toArray()).isEqualTo(plain.toArray());
    }
}
