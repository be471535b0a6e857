package org.lanewise.tabular.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.survival.Survival;
import org.lanewise.tabular.survival.SurvivalMetrics;

/** A whole weight is the row so many times; intervals of two sets and their difference come from the same resamples. */
class WeightedMetricsTest {
    private static final int N = 80;
    private static final Rng RNG = Rng.of(7);
    private static final double[] P = IntStream.range(0, N).mapToDouble(_ -> RNG.nextDouble()).toArray();
    private static final double[] Y = IntStream.range(0, N).mapToDouble(i -> P[i] + RNG.nextGaussian() / 3).toArray();
    private static final double[] WEIGHT = IntStream.range(0, N).mapToDouble(_ -> RNG.nextInt(4)).toArray();
    private static final int[] REPEATED = IntStream.range(0, N)
            .flatMap(i -> IntStream.range(0, (int) WEIGHT[i]).map(_ -> i)).toArray();

    private static double[] repeated(double[] values) {
        return Arrays.stream(REPEATED).mapToDouble(i -> values[i]).toArray();
    }

    private static void same(MetricSet weighted, MetricSet repeated) {
        Map<String, Double> expected = repeated.values();
        assertThat(weighted.values()).hasSameSizeAs(expected);
        weighted.values().forEach((name, value) -> assertThat(value).as(name)
                .isCloseTo(expected.get(name), within(1e-12 * Math.max(1, Math.abs(expected.get(name))))));
    }

    @Test
    void aWeightIsARepetition() {
        same(MetricSet.regression(P, Y, WEIGHT), MetricSet.regression(repeated(P), repeated(Y)));
        boolean[] positive = new boolean[N];
        boolean[] positives = new boolean[REPEATED.length];
        int[] classes = new int[N];
        double[] shares = new double[3 * N];
        for (int i = 0; i < N; i++) {
            positive[i] = Y[i] > 0.5;
            classes[i] = Y[i] < 0.3 ? 0 : Y[i] < 0.6 ? 1 : 2;
            double[] own = {1 - P[i] / 2 - 0.2, P[i] / 2, 0.2};
            System.arraycopy(own, 0, shares, 3 * i, 3);
        }
        double[] manyShares = new double[3 * REPEATED.length];
        for (int i = 0; i < REPEATED.length; i++) {
            positives[i] = positive[REPEATED[i]];
            System.arraycopy(shares, 3 * REPEATED[i], manyShares, 3 * i, 3);
        }
        same(MetricSet.binary(P, positive, WEIGHT), MetricSet.binary(repeated(P), positives));
        same(MetricSet.multiclass(shares, 3, classes, WEIGHT),
                MetricSet.multiclass(manyShares, 3, Arrays.stream(REPEATED).map(i -> classes[i]).toArray()));
        Survival outcome = Survival.of(Arrays.stream(Y).map(v -> Math.rint(10 + 5 * v)).toArray(), positive);
        same(SurvivalMetrics.weighted(outcome, P, WEIGHT, 15),
                SurvivalMetrics.of(outcome.take(REPEATED), repeated(P), 15));
        assertThatThrownBy(() -> MetricSet.regression(P, Y, new double[N - 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onePassGivesWhatThreeGive() {
        MetricSet mine = MetricSet.regression(P, Y);
        MetricSet theirs = MetricSet.regression(new double[N], Y);
        Bootstrap bootstrap = Bootstrap.rows(N).withReplicates(50).withSeed(3);
        MetricSet.Comparison both = mine.compare(theirs, bootstrap);
        assertThat(both.own()).isEqualTo(mine.intervals(bootstrap));
        assertThat(both.other()).isEqualTo(theirs.intervals(bootstrap));
        Interval gain = bootstrap.difference(
                c -> RegressionLosses.meanAbsoluteError(P, Y, Arrays.stream(c).asDoubleStream().toArray()),
                c -> RegressionLosses.meanAbsoluteError(new double[N], Y, Arrays.stream(c).asDoubleStream().toArray()));
        assertThat(both.difference().get("mae").lower()).isCloseTo(gain.lower(), within(1e-12));
        assertThat(both.difference().get("mae").upper()).isCloseTo(gain.upper(), within(1e-12));
    }

    /** One positive row among few: most resamples of two rows lack one class or the other. */
    @Test
    void whatMostResamplesLackIsLeftOut() {
        Map<String, Interval> intervals = MetricSet.binary(new double[] {0.2, 0.7}, new boolean[] {false, true})
                .intervals(Bootstrap.rows(2).withReplicates(101).withSeed(5));
        assertThat(intervals).containsKey("brier").doesNotContainKey("roc_auc");
    }
}
