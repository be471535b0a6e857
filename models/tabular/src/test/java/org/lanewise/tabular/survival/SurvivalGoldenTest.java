package org.lanewise.tabular.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.tabular.Golden;
import org.lanewise.tabular.metrics.Interval;
import tools.jackson.databind.JsonNode;

/** Against R's survival package, survival.R. */
class SurvivalGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("survival.json");
    private static final Offset<Double> CLOSE = within(1e-12);

    private static Survival outcomes(JsonNode data) {
        return Survival.of(Golden.doubles(data.get("time")), Golden.doubles(data.get("status")));
    }

    private static void same(Concordance ours, JsonNode theirs) {
        assertThat(ours.concordant()).isEqualTo(theirs.get("concordant").asDouble());
        assertThat(ours.discordant()).isEqualTo(theirs.get("discordant").asDouble());
        assertThat(ours.tied()).isEqualTo(theirs.get("tied").asDouble());
        if (theirs.has("index")) {
            assertThat(ours.index()).isCloseTo(theirs.get("index").asDouble(), CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coarse", "weighted", "lung", "timefix"})
    void concordance(String name) {
        JsonNode data = GOLDEN.get("concordance").get(name);
        Survival outcomes = outcomes(data);
        double[] risk = Golden.doubles(data.get("risk"));
        int[] strata = Golden.ints(data.get("strata"));
        int[] weight = Golden.ints(data.get("weight"));
        double horizon = data.get("horizon").asDouble();
        same(ConcordanceCounter.harrell(outcomes, risk).count(weight), data.get("harrell"));
        same(ConcordanceCounter.harrell(outcomes.censoredAt(horizon), risk).count(weight), data.get("harrell_horizon"));
        same(ConcordanceCounter.stratified(outcomes, risk, strata).count(weight), data.get("stratified"));
        if (Arrays.stream(weight).allMatch(w -> w == 1)) {
            same(Concordance.harrell(outcomes, risk), data.get("harrell"));
            same(Concordance.harrell(outcomes, risk, horizon), data.get("harrell_horizon"));
            same(Concordance.stratified(outcomes, risk, strata), data.get("stratified"));
            assertThat(Concordance.uno(outcomes, risk, Double.MAX_VALUE).index())
                    .isCloseTo(data.get("uno").asDouble(), CLOSE);
            assertThat(Concordance.uno(outcomes, risk, horizon).index())
                    .isCloseTo(data.get("uno_horizon").asDouble(), CLOSE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coarse", "weighted", "lung"})
    void curves(String name) {
        JsonNode data = GOLDEN.get("concordance").get(name);
        JsonNode golden = GOLDEN.get("curves").get(name);
        Survival outcomes = outcomes(data);
        double[] weight = Golden.doubles(data.get("weight"));
        KaplanMeier curve = KaplanMeier.of(outcomes, weight);
        NelsonAalen hazard = NelsonAalen.of(outcomes, weight);
        double[] times = Golden.doubles(golden.get("time"));
        assertThat(curve.curve().times()).containsExactly(times);
        for (int i = 0; i < times.length; i++) {
            Interval interval = curve.interval(times[i], 0.95);
            assertThat(curve.at(times[i])).isCloseTo(golden.get("survival").get(i).asDouble(), CLOSE);
            assertThat(curve.standardError(times[i])).isCloseTo(golden.get("std_err").get(i).asDouble(), CLOSE);
            assertThat(interval.lower()).isCloseTo(golden.get("lower").get(i).asDouble(), CLOSE);
            assertThat(interval.upper()).isCloseTo(golden.get("upper").get(i).asDouble(), CLOSE);
            assertThat(hazard.at(times[i])).isCloseTo(golden.get("cumhaz").get(i).asDouble(), CLOSE);
            assertThat(hazard.standardError(times[i])).isCloseTo(golden.get("std_chaz").get(i).asDouble(), CLOSE);
        }
        assertThat(curve.restrictedMean(5)).isCloseTo(golden.get("rmean").asDouble(), within(1e-10));
        KaplanMeier censoring = KaplanMeier.ofCensoring(outcomes);
        assertThat(censoring.curve().times()).containsExactly(Golden.doubles(golden.get("censor_time")));
        assertThat(censoring.curve().values()).containsExactly(Golden.doubles(golden.get("censor_survival")), CLOSE);
    }

    @Test
    void forecasts() {
        JsonNode golden = GOLDEN.get("forecast");
        Survival outcomes = outcomes(GOLDEN.get("concordance").get("coarse"));
        double[] risk = Golden.doubles(golden.get("risk"));
        double t = golden.get("t").asDouble();
        assertThat(CensoringWeights.at(outcomes, t)).containsExactly(Golden.doubles(golden.get("weight")), CLOSE);
        BrierScore brier = BrierScore.at(outcomes, risk, t);
        assertThat(brier.value()).isCloseTo(golden.get("brier").asDouble(), CLOSE);
        assertThat(brier.reference()).isCloseTo(golden.get("reference").asDouble(), CLOSE);
        RiskCalibration calibration = RiskCalibration.of(outcomes, risk, t);
        assertThat(calibration.line().slope()).isCloseTo(golden.get("slope").asDouble(), within(1e-9));
        assertThat(calibration.line().intercept()).isCloseTo(golden.get("intercept").asDouble(), within(1e-9));
        assertThat(calibration.line().inTheLarge()).isCloseTo(golden.get("in_the_large").asDouble(), within(1e-9));
        assertThat(calibration.expectedOverObserved()).isCloseTo(golden.get("expected_over_observed").asDouble(),
                CLOSE);
        assertThat(TimeDependentAuc.at(outcomes, risk, t)).isCloseTo(golden.get("auc").asDouble(), CLOSE);
    }
}
