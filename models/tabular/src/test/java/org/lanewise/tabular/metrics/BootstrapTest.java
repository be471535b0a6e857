package org.lanewise.tabular.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.survival.ConcordanceCounter;
import org.lanewise.tabular.survival.Survival;

class BootstrapTest {
    private static double mean(double[] values, int[] counts) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * values[i];
            n += counts[i];
        }
        return sum / n;
    }

    private static double[] noise(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @Test
    void theSpreadOfAMeanIsItsStandardError() {
        double[] values = noise(400, 1);
        double[] draws = Bootstrap.rows(400).withReplicates(4000).distribution(counts -> mean(values, counts))[0];
        double m = 0;
        double square = 0;
        for (double d : draws) {
            m += d / draws.length;
            square += d * d / draws.length;
        }
        assertThat(Math.sqrt(square - m * m)).isCloseTo(Math.sqrt(1 / 3.0 / 400), within(0.002));
        Interval interval = Bootstrap.rows(400).interval(counts -> mean(values, counts));
        assertThat(interval.estimate()).isCloseTo(RegressionMetrics.of(values, new double[400]).meanError(),
                within(1e-12));
        assertThat(interval.width()).isCloseTo(2 * 1.96 * Math.sqrt(1 / 3.0 / 400), within(0.012));
        assertThat(interval.contains(interval.estimate())).isTrue();
    }

    @Test
    void threadsDoNotMatterAndSeedsDo() throws Exception {
        double[] values = noise(50, 2);
        Bootstrap bootstrap = Bootstrap.rows(50).withReplicates(300).withSeed(9);
        double[][] results = new double[3][];
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                results[threads - 1] = pool.call(() -> bootstrap.distribution(counts -> mean(values, counts))[0]);
            }
        }
        assertThat(results[1]).containsExactly(results[0]);
        assertThat(results[2]).containsExactly(results[0]);
        assertThat(bootstrap.withSeed(10).distribution(counts -> mean(values, counts))[0]).isNotEqualTo(results[0]);
    }

    @Test
    void differencesArePaired() {
        double[] values = noise(100, 3);
        Interval shifted = Bootstrap.rows(100).difference(counts -> mean(values, counts) + 0.5,
                counts -> mean(values, counts));
        assertThat(shifted.estimate()).isCloseTo(0.5, within(1e-12));
        assertThat(shifted.width()).isLessThan(1e-12); // Unpaired it would be about 0.3.
    }

    @Test
    void groupsAreDrawnWhole() {
        String[] ids = {"a", "b", "a", "c", "b", "a"};
        Bootstrap.groups(ids).withReplicates(200).distribution(counts -> {
            assertThat(counts[0]).isEqualTo(counts[2]).isEqualTo(counts[5]);
            assertThat(counts[1]).isEqualTo(counts[4]);
            assertThat(counts[0] + counts[1] + counts[3]).isEqualTo(3);
            return 0;
        });
    }

    @Test
    void undefinedReplicatesAreLeftOutUnlessTheyAreMost() {
        double[] values = noise(20, 4);
        Interval interval = Bootstrap.rows(20).interval(counts -> counts[0] == 0 ? Double.NaN : mean(values, counts));
        assertThat(interval.lower()).isNotNaN().isLessThan(interval.upper());
        assertThatThrownBy(() -> Bootstrap.rows(20).interval(_ -> Double.NaN)).isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("undefined on 1000 of 1000");
    }

    @Test
    void concordanceFromCounts() {
        Random random = new Random(6);
        int n = 300;
        double[] time = random.doubles(n, 0, 10).toArray();
        double[] risk = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            risk[i] = -time[i] + 4 * random.nextGaussian();
            event[i] = random.nextInt(3) == 0;
        }
        ConcordanceCounter counter = ConcordanceCounter.harrell(Survival.of(time, event), risk);
        Interval c = Bootstrap.rows(n).withReplicates(400).interval(counter::index);
        assertThat(c.estimate()).isEqualTo(counter.count().index()).isBetween(0.6, 0.9);
        assertThat(c.lower()).isLessThan(c.estimate());
        assertThat(c.upper()).isGreaterThan(c.estimate());
        assertThat(c.width()).isBetween(0.03, 0.2);
    }
}
