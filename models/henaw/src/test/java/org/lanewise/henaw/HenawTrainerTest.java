package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.henaw.synth.RepairedOracle;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.survival.Concordance;
import org.lanewise.tabular.survival.Survival;

class HenawTrainerTest {
    @TempDir
    Path folder;

    private static void assertSameBits(EnsembleModel a, EnsembleModel b) {
        assertSameBits(a.age().members(), b.age().members());
        assertSameBits(a.mortality().members(), b.mortality().members());
        HenawPredictor.Batch x = HenawPredictor.of(a).predict(SmallModels.PEOPLE);
        HenawPredictor.Batch y = HenawPredictor.of(b).predict(SmallModels.PEOPLE);
        assertThat(x.biologicalAge()).isEqualTo(y.biologicalAge());
        assertThat(x.lower()).isEqualTo(y.lower());
    }

    private static void assertSameBits(List<Map<String, Tensor>> a, List<Map<String, Tensor>> b) {
        assertThat(a).hasSameSizeAs(b);
        for (int k = 0; k < a.size(); k++)
            for (String name : a.get(k).keySet())
                assertThat(a.get(k).get(name).toArray()).as(name).isEqualTo(b.get(k).get(name).toArray());
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        EnsembleModel one;
        EnsembleModel three;
        try (WorkerPool pool = WorkerPool.of(1)) {
            one = pool.call(SmallModels::model);
        }
        try (WorkerPool pool = WorkerPool.of(3)) {
            three = pool.call(SmallModels::model);
        }
        assertSameBits(one, three);
    }

    @Test
    void aTrainingThatWasInterruptedEndsInTheSameBits() {
        EnsembleModel whole = SmallModels.model();
        int stops = 0;
        HenawModel resumed = null;
        while (resumed == null) {
            AtomicInteger asked = new AtomicInteger();
            resumed = new HenawTrainer(SmallModels.config()).checkpoints(folder)
                    .stopWhen(() -> asked.incrementAndGet() > 3).train(SmallModels.PEOPLE).orElse(null);
            assertThat(++stops).isLessThan(20);
        }
        assertThat(stops).isGreaterThan(2);
        assertSameBits(whole, (EnsembleModel) resumed);
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        EnsembleModel other = SmallModels.model(SmallModels.config().withSeed(4));
        assertThat(other.age().members().get(0).get("encode1").toArray())
                .isNotEqualTo(SmallModels.model().age().members().get(0).get("encode1").toArray());
    }

    @Test
    void evenASmallTrainingRanksDeathsAndCoversAges() {
        EnsembleModel model = SmallModels.model();
        Cohort fresh = RepairedGenerator.generate(3_000, 99);
        HenawPredictor.Batch batch = HenawPredictor.of(model).predict(fresh);
        Survival outcome = Survival.of(fresh.time(), fresh.event());
        double best = Concordance.harrell(outcome, RepairedOracle.biologicalAge(fresh), 10).index();
        double own = Concordance.harrell(outcome, batch.logHazard(), 10).index();
        assertThat((own - .5) / (best - .5)).isGreaterThan(.85);
        int held = 0;
        for (int i = 0; i < fresh.size(); i++)
            held += batch.lower()[i] <= fresh.age(i) && fresh.age(i) <= batch.upper()[i] ? 1 : 0;
        assertThat(held / 3_000.).isCloseTo(.9, within(.05));
        for (double risk : batch.risk())
            assertThat(risk).isBetween(0., 1.);
        assertThat(AgeBias.fit(batch.gap(), fresh.age()).slope()).isCloseTo(0, within(.06));
    }

    @Test
    void eightThousandPeopleTeachNearlyAllThatCanBeKnownOfRisk() {
        HenawConfig defaults = HenawConfig.defaults().withSeed(2);
        EnsembleConfig a = defaults.age();
        HenawConfig config = defaults.withEnsembles(
                new EnsembleConfig(2, 2, 4, 0, SkipBasis.Kind.LINEAR, 1, 4_000, a.skipRate(), a.deepRate(), 0, a.net(),
                        true),
                defaults.mortality());
        HenawModel model = new HenawTrainer(config).train(RepairedGenerator.generate(8_000, 2)).orElseThrow();
        Cohort fresh = RepairedGenerator.generate(20_000, 1_002);
        Survival outcome = Survival.of(fresh.time(), fresh.event());
        double best = Concordance.harrell(outcome, RepairedOracle.biologicalAge(fresh), 10).index();
        double own = Concordance.harrell(outcome, HenawPredictor.of(model).predict(fresh).logHazard(), 10).index();
        assertThat((own - .5) / (best - .5)).isGreaterThan(.96);
    }

    @Test
    void withoutOutcomesAnAgeModelIsTrainedAndMortalityIsRefused() {
        Cohort blind = SmallModels.PEOPLE.withOutcome(nothing(), nothing());
        HenawModel model = new HenawTrainer(SmallModels.config()).train(blind).orElseThrow();
        assertThat(model.hasMortality()).isFalse();
        HenawPredictor.Prediction p = HenawPredictor.of(model).predict(blind).row(0);
        assertThat(p.risk()).isNaN();
        assertThat(p.biologicalAge()).isEqualTo(p.guessedAge());
        HenawConfig strict = SmallModels.config().withTarget(HenawConfig.Target.MORTALITY);
        assertThatThrownBy(() -> new HenawTrainer(strict).train(blind)).isInstanceOf(BadInputException.class)
                .hasMessageContaining("needs time and event");
    }

    private static double[] nothing() {
        double[] column = new double[SmallModels.PEOPLE.size()];
        java.util.Arrays.fill(column, Double.NaN);
        return column;
    }

    @Test
    void tooFewPeopleAreRefused() {
        assertThatThrownBy(() -> new HenawTrainer(SmallModels.config()).train(SmallModels.PEOPLE.where(i -> i < 60)))
                .isInstanceOf(BadInputException.class).hasMessageContaining("training needs 100");
    }

    @Test
    void aStrongPenaltyDropsMarkersFromTheLinearPath() {
        HenawConfig c = SmallModels.config();
        EnsembleConfig m = c.mortality();
        HenawConfig strong = c.withEnsembles(c.age(), new EnsembleConfig(m.members(), m.embed(), m.hidden(),
                m.dropout(), m.basis(), 12, 200, m.skipRate(), m.deepRate(), m.decay(),
                new HierarchicalElasticNet(0, .05, .05), false));
        Map<Marker, Double> kept = SmallModels.model(strong).selected(true);
        assertThat(kept.values().stream().mapToDouble(Double::doubleValue).sum()).isLessThan(7.5);
        assertThat(SmallModels.model().selected(true).values().stream().mapToDouble(Double::doubleValue).sum())
                .isGreaterThan(8);
    }

    @Test
    void theElasticNetMakesExactZerosOfCoefficientsAndWholeMarkers() {
        float[] w = {.5f, .001f, -.3f, .0004f, -.0003f, .02f};
        int[] groups = {0, 0, 0, 1, 1, -1};
        double[] step = {.1, .1, .1, .1, .1, .1};
        new HierarchicalElasticNet(0, .02, .01).proximal(w, groups, step);
        assertThat(w[1]).isZero();
        assertThat(w[3]).isZero();
        assertThat(w[4]).isZero();
        assertThat(w[5]).isEqualTo(.02f);
        // Soft threshold .002, then the group shrinks by 1 - .1 * .01 * sqrt(3) / norm.
        double norm = Math.hypot(.498, .298);
        assertThat(w[0]).isCloseTo((float) (.498 * (1 - .001 * Math.sqrt(3) / norm)), within(1e-6f));
        float[] whole = {.004f, .004f};
        new HierarchicalElasticNet(0, .01, .1).proximal(whole, new int[] {0, 0}, new double[] {.1, .1});
        assertThat(whole).containsExactly(0, 0);
    }
}
