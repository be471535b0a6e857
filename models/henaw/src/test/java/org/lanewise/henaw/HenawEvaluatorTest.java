package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;

class HenawEvaluatorTest {
    private static final HenawModel MODEL = SmallModels.model();

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> tree, String... path) {
        Map<String, Object> here = tree;
        for (String key : path)
            here = (Map<String, Object>) here.get(key);
        return here;
    }

    private static double number(Map<String, Object> tree, String key) {
        return ((Number) tree.get(key)).doubleValue();
    }

    @Test
    void aRepairedCohortIsMeasuredAgainstBaselinesAndOracle() {
        Cohort fresh = RepairedGenerator.generate(1_500, 5);
        Map<String, Object> m = new HenawEvaluator(MODEL).replicates(40).timed(false).evaluate(fresh);
        assertThat(m.keySet()).contains("n", "age", "mortality", "intervals", "latency_us", "rows_per_second");
        assertThat(number(at(m, "age"), "mae")).isGreaterThan(number(at(m, "age"), "oracle_mae") * .98)
                .isLessThan(number(at(m, "age"), "median_guess_mae"));
        Map<String, Object> all = at(m, "mortality", "all");
        assertThat(number(all, "c")).isGreaterThan(number(all, "c_age_sex")).isLessThan(.9);
        assertThat(all.get("c_phenoage")).isNull();
        assertThat(number(all, "d_age_sex")).isCloseTo(number(all, "c") - number(all, "c_age_sex"), within(1e-12));
        assertThat(number(at(m, "mortality"), "oracle_c")).isGreaterThan(number(all, "c_age_sex"));
        assertThat(number(at(m, "intervals"), "coverage90")).isBetween(.8, .97);
        assertThat(number(at(m, "retest", "measured"), "icc_age_adjusted")).isBetween(.5, 1.);
        assertThat(number(at(m, "mortality", "calibration"), "slope")).isBetween(.4, 3.);
        assertThat(m.get("latency_us")).isNull();
    }

    @Test
    void whatTheDataDoNotAllowIsNull() {
        Cohort fresh = RepairedGenerator.generate(300, 6);
        double[] nan = new double[300];
        java.util.Arrays.fill(nan, Double.NaN);
        Map<String, Object> m = new HenawEvaluator(MODEL).replicates(20).timed(false)
                .evaluate(fresh.withOutcome(nan, nan));
        assertThat(m.get("mortality")).isNull();
        assertThat(m.get("n")).isEqualTo(300);
    }

    @Test
    void coinFlipsStayCoinFlips() {
        Cohort all = PublishedGenerator.generate(10_000, 42).where(i -> i < 4_000);
        HenawConfig age = SmallModels.config().withTarget(HenawConfig.Target.AGE);
        HenawModel model = new HenawTrainer(age).train(all.where(i -> i < 2_500)).orElseThrow();
        Map<String, Object> m = new HenawEvaluator(model).replicates(20).timed(false)
                .evaluate(all.where(i -> i >= 2_500));
        assertThat(number(at(m, "mortality", "all"), "c")).isBetween(.44, .56);
        assertThat(at(m, "age")).containsEntry("artefact_ceiling_mae", PublishedGenerator.ARTEFACT_CEILING_MAE);
        assertThat(number(at(m, "age"), "mae")).isBetween(4.37, 7.);
    }

    @Test
    void shuffledAgesLeaveNothingToLearn() {
        Cohort people = SmallModels.PEOPLE;
        int[] order = org.lanewise.engine.Rng.of(1).permutation(people.size());
        double[] shuffled = new double[people.size()];
        for (int i = 0; i < shuffled.length; i++)
            shuffled[i] = people.age(order[i]);
        Cohort.Builder canary = Cohort.builder("shuffled ages", people.size()).age(shuffled).sex(people.sex());
        for (Marker m : people.present())
            canary.marker(m, people.column(m));
        HenawModel model = new HenawTrainer(SmallModels.config()).train(canary.build()).orElseThrow();
        Map<String, Object> m = new HenawEvaluator(model).replicates(20).timed(false)
                .evaluate(RepairedGenerator.generate(800, 8));
        assertThat(number(at(m, "age"), "r")).isBetween(-.3, .3);
    }
}
