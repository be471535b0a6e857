package org.lanewise.tabular.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.MetricSet;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.BadInputException;

class SurvivalTest {
    private static final boolean[] BOTH = {true, false};

    @Test
    void badTimesAreNamed() {
        assertThatThrownBy(() -> Survival.of(new double[] {1, Double.NaN}, BOTH)).isInstanceOf(BadInputException.class)
                .hasMessage("row 2, column \"time\", value \"NaN\": a survival time must be finite and not negative");
        assertThatThrownBy(() -> Survival.of(new double[] {1, -1}, BOTH)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> Survival.of(new double[] {1}, BOTH)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Survival.of(new double[] {1, 2}, new double[] {1, 2}))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("an event flag must be 0 or 1");
    }

    @Test
    void timesThatDifferByRoundingTie() {
        Survival data = Survival.of(new double[] {0.1 + 0.2, 0.3, 0.31}, new boolean[] {true, true, false});
        assertThat(data.times()).containsExactly(0.3, 0.3, 0.31);
        assertThat(Survival.of(new double[] {0, 0}, BOTH).times()).containsExactly(0, 0);
    }

    @Test
    void theHorizonCensors() {
        Survival cut = Survival.of(new double[] {1, 5, 5, 7}, new boolean[] {true, true, false, true}).censoredAt(5);
        assertThat(cut.times()).containsExactly(1, 5, 5, 5);
        assertThat(cut.events()).containsExactly(true, true, false, false);
    }

    @Test
    void stepsAreRightContinuous() {
        StepFunction step = StepFunction.of(1, new double[] {2, 4}, new double[] {0.5, 0.25});
        assertThat(step.at(1.9)).isEqualTo(1);
        assertThat(step.at(2)).isEqualTo(0.5);
        assertThat(step.before(2)).isEqualTo(1);
        assertThat(step.at(3)).isEqualTo(0.5);
        assertThat(step.before(4)).isEqualTo(0.5);
        assertThat(step.at(9)).isEqualTo(0.25);
        assertThat(step.integral(0, 5)).isEqualTo(2 + 1 + 0.25);
        assertThat(step.integral(3, 3.5)).isEqualTo(0.25);
    }

    @Test
    void kaplanMeierThatReachesZero() {
        KaplanMeier curve = KaplanMeier.of(Survival.of(new double[] {1, 2}, new boolean[] {true, true}));
        assertThat(curve.at(2)).isZero();
        assertThat(curve.standardError(2)).isZero();
        assertThat(curve.median()).isEqualTo(1);
        assertThat(KaplanMeier.of(Survival.of(new double[] {1, 2}, new boolean[2])).median()).isNaN();
    }

    /** The pair rules spelled out, against the tree. */
    @Test
    void countsEqualAllPairs() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            int n = 1 + random.nextInt(40);
            double[] time = new double[n];
            boolean[] event = new boolean[n];
            double[] risk = new double[n];
            int[] weight = new int[n];
            int[] stratum = new int[n];
            for (int i = 0; i < n; i++) {
                time[i] = random.nextInt(8);
                event[i] = random.nextInt(3) > 0;
                risk[i] = random.nextInt(6) - 2.5;
                weight[i] = random.nextInt(4);
                stratum[i] = random.nextInt(3);
            }
            double[] expected = new double[3];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean comparable = event[i] && (time[j] > time[i] || time[j] == time[i] && !event[j]);
                    if (comparable && stratum[i] == stratum[j]) {
                        int kind = risk[i] > risk[j] ? 0 : risk[i] < risk[j] ? 1 : 2;
                        expected[kind] += weight[i] * weight[j];
                    }
                }
            }
            Concordance counted = ConcordanceCounter.stratified(Survival.of(time, event), risk, stratum).count(weight);
            assertThat(new double[] {counted.concordant(), counted.discordant(), counted.tied()})
                    .containsExactly(expected);
        }
    }

    @Test
    void noPairsGiveNaN() {
        assertThat(Concordance.harrell(Survival.of(new double[] {1, 2}, new boolean[2]), new double[] {1, 2}).index())
                .isNaN();
        assertThat(Concordance.harrell(Survival.of(new double[0], new boolean[0]), new double[0]).index()).isNaN();
    }

    @Test
    void aNaNRiskIsRefused() {
        assertThatThrownBy(
                () -> Concordance.harrell(Survival.of(new double[] {1}, new boolean[1]), new double[] {Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("the risk of row 1 is NaN");
    }

    /** Uno's weights under counts are those of the data with rows repeated. */
    @Test
    void unoUnderCountsEqualsRepeatedRows() {
        Random random = new Random(8);
        double[] time = random.doubles(50, 0, 10).toArray();
        boolean[] event = new boolean[50];
        double[] risk = random.doubles(50).toArray();
        int[] counts = new int[50];
        for (int i = 0; i < 50; i++) {
            time[i] = Math.ceil(time[i]);
            event[i] = random.nextBoolean();
            counts[i] = random.nextInt(3);
        }
        int[] repeated = java.util.stream.IntStream.range(0, 50)
                .flatMap(i -> java.util.stream.IntStream.generate(() -> i).limit(counts[i])).toArray();
        Survival data = Survival.of(time, event);
        double[] repeatedRisk = Arrays.stream(repeated).mapToDouble(i -> risk[i]).toArray();
        assertThat(ConcordanceCounter.uno(data, risk).index(counts))
                .isCloseTo(ConcordanceCounter.uno(data.take(repeated), repeatedRisk).count().index(), within(1e-13));
    }

    @Test
    void withoutCensoringBrierIsTheMeanSquare() {
        Survival data = Survival.of(new double[] {1, 2, 3, 4}, new boolean[] {true, true, true, true});
        BrierScore score = BrierScore.at(data, new double[] {0.9, 0.5, 0.5, 0.2}, 2);
        assertThat(score.value()).isCloseTo((0.01 + 0.25 + 0.25 + 0.04) / 4, within(1e-15));
        assertThat(score.reference()).isCloseTo(0.25, within(1e-15));
        double[][] risks = {{0.9, 0.5, 0.5, 0.2}, {0.9, 0.5, 0.5, 0.2}};
        assertThat(BrierScore.integrated(data, new double[] {2, 2.5}, risks).value()).isCloseTo(score.value(),
                within(1e-15));
        assertThatThrownBy(() -> BrierScore.at(data, new double[] {1.1, 0, 0, 0}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1: 1.1 is not a risk between 0 and 1");
    }

    @Test
    void calibrationGroupsKeepEqualForecastsTogether() {
        Survival data = Survival.of(new double[] {1, 2, 3, 4, 5, 6},
                new boolean[] {true, false, true, true, false, true});
        RiskCalibration calibration = RiskCalibration.of(data, new double[] {0.1, 0.1, 0.1, 0.1, 0.6, 0.7}, 5, 3);
        assertThat(calibration.groups()).extracting(RiskCalibration.Group::size).containsExactly(4, 2);
        RiskCalibration.Group low = calibration.groups().getFirst();
        assertThat(low.forecast()).isCloseTo(0.1, within(1e-15));
        assertThat(low.events()).isEqualTo(3);
        assertThat(low.observed().estimate()).isCloseTo(1 - 0.75 * 0.5 * 0, within(1e-15));
    }

    @Test
    void measuresWithIntervals() {
        Rng rng = Rng.of(8);
        double[] time = new double[200];
        double[] risk = new double[200];
        boolean[] event = new boolean[200];
        for (int i = 0; i < time.length; i++) {
            risk[i] = rng.nextGaussian();
            time[i] = Math.exp(-risk[i] + rng.nextGaussian());
            event[i] = rng.nextInt(3) > 0;
        }
        Survival data = Survival.of(time, event);
        MetricSet set = SurvivalMetrics.of(data, risk, 1, 2.5);
        Map<String, Double> values = set.values();
        assertThat(values).containsOnlyKeys("c_index", "c_index@1", "uno_c@1", "c_index@2.5", "uno_c@2.5");
        assertThat(values.get("c_index")).isEqualTo(Concordance.harrell(data, risk).index());
        assertThat(values.get("uno_c@2.5")).isCloseTo(Concordance.uno(data, risk, 2.5).index(), within(1e-12));
        Interval interval = set.intervals(Bootstrap.rows(200).withReplicates(200)).get("c_index");
        assertThat(interval.lower()).isGreaterThan(0.5);
        assertThat(interval.contains(values.get("c_index"))).isTrue();
    }
}
