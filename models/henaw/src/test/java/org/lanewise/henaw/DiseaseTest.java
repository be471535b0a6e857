package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.henaw.synth.DiseaseLaw;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.metrics.RankedScores;

/** Both variants learn diseases from labels, some of which are missing. */
class DiseaseTest {
    private static final Cohort PEOPLE = masked(RepairedGenerator.withDiseases(3_000, 21));
    private static final EnsembleModel MODEL = (EnsembleModel) new HenawTrainer(config()).train(PEOPLE).orElseThrow();

    @TempDir
    Path folder;

    /** Nobody's dementia is known, of a third nobody knows diabetes. */
    private static Cohort masked(Cohort people) {
        double[] diabetes = people.disease(Disease.DIABETES);
        for (int i = 0; i < diabetes.length; i += 3)
            diabetes[i] = Double.NaN;
        double[] nothing = new double[people.size()];
        Arrays.fill(nothing, Double.NaN);
        return people.withDisease(Disease.DIABETES, diabetes).withDisease(Disease.DEMENTIA, nothing)
                .withOutcome(nothing, nothing);
    }

    private static HenawConfig config() {
        HenawConfig small = SmallModels.config();
        EnsembleConfig diseases = new EnsembleConfig(2, 4, 8, .1, SkipBasis.Kind.LINEAR, 12, 300, .03, .003, .01,
                new HierarchicalElasticNet(5e-3, 1e-3, 1e-3), false);
        return new HenawConfig(small.variant(), small.target(), List.of(), 3, 10, small.age(), small.mortality(),
                diseases, .9, 18, 79, small.published());
    }

    private static double auc(double[] score, double[] label) {
        boolean[] has = new boolean[label.length];
        for (int i = 0; i < has.length; i++)
            has[i] = label[i] == 1;
        return RankedScores.of(score, has).rocAuc();
    }

    @Test
    void knownDiseasesComeNearTheOracleAndUnknownOnesAreNotInvented() {
        assertThat(MODEL.diseases()).extracting(EnsembleModel.DiseasePart::disease)
                .containsExactly(Disease.CARDIOVASCULAR, Disease.DIABETES, Disease.CANCER);
        Cohort fresh = RepairedGenerator.withDiseases(8_000, 22);
        HenawPredictor.Details details = HenawPredictor.of(MODEL).details(fresh);
        assertThat(details.trained()).containsExactly(Disease.CARDIOVASCULAR, Disease.DIABETES, Disease.CANCER);
        details.diseases().forEach((disease, chance) -> {
            double[] label = fresh.disease(disease);
            double best = auc(DiseaseLaw.POPULATION.get(disease).oracle(fresh), label);
            assertThat((auc(chance, label) - .5) / (best - .5)).as(disease.label()).isGreaterThan(.85);
            // Chances, not only ranks: as many are ill as are expected.
            assertThat(Arrays.stream(chance).average().orElseThrow()).as(disease.label())
                    .isCloseTo(Arrays.stream(label).average().orElseThrow(), within(.03));
        });
    }

    @Test
    void evaluationSetsThemBesideAgeAndSex() {
        Cohort fresh = RepairedGenerator.withDiseases(2_000, 23);
        Map<?, ?> all = (Map<?, ?>) new HenawEvaluator(MODEL).replicates(30).timed(false).evaluate(fresh)
                .get("morbidity");
        assertThat(all).hasSize(3);
        Map<?, ?> diabetes = (Map<?, ?>) all.get("diabetes");
        assertThat((double) diabetes.get("auc")).isGreaterThan((double) diabetes.get("auc_age_sex") + .1)
                .isLessThan((double) diabetes.get("oracle_auc") + .01);
        assertThat((double) diabetes.get("brier")).isLessThan((double) diabetes.get("brier_age_sex"));
        assertThat(((double[]) diabetes.get("d_auc_ci"))[0]).isPositive();
    }

    @Test
    void aModelFileKeepsThem() {
        HenawArtifacts.save(MODEL, folder);
        HenawModel again = HenawArtifacts.load(folder);
        double[] before = HenawPredictor.of(MODEL).details(PEOPLE).diseases().get(Disease.CANCER);
        assertThat(HenawPredictor.of(again).details(PEOPLE).diseases().get(Disease.CANCER)).isEqualTo(before);
        assertThat(again.baselines().diseases().get(Disease.CANCER).apply(PEOPLE))
                .isEqualTo(MODEL.baselines().diseases().get(Disease.CANCER).apply(PEOPLE));
    }

    @Test
    void thePublishedHeadsThatHadLabelsAreTheOnesThatSpeak() {
        Cohort people = DiseaseLaw.label(PublishedGenerator.generate(1_000, 5), 5);
        double[] nothing = new double[people.size()];
        Arrays.fill(nothing, Double.NaN);
        Cohort some = people.withDisease(Disease.DEMENTIA, nothing);
        HenawModel model = new HenawTrainer(config().withVariant(HenawConfig.Variant.PUBLISHED)).train(some)
                .orElseThrow();
        HenawPredictor.Details details = HenawPredictor.of(model).details(people);
        assertThat(details.trained()).hasSize(3).doesNotContain(Disease.DEMENTIA);
        HenawArtifacts.save(model, folder);
        assertThat(((PublishedModel) HenawArtifacts.load(folder)).diseases())
                .isEqualTo(((PublishedModel) model).diseases());
    }
}
