package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortReader;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;

/** A shortened training on NHANES III, tested on the continuous waves: far from the best, but beyond age and sex. */
class NhanesModelTest {
    private static HenawConfig shortened() {
        HenawConfig d = HenawConfig.defaults();
        EnsembleConfig age = new EnsembleConfig(2, 4, 16, .1, SkipBasis.Kind.HINGES, 6, 512, .01, .004, .01,
                d.age().net(), true);
        EnsembleConfig mortality = new EnsembleConfig(2, 4, 16, .1, SkipBasis.Kind.LINEAR, 10, 1024, .03,
                .004, .01, d.mortality().net(), false);
        return d.withEnsembles(age, mortality);
    }

    @Test
    @SuppressWarnings("unchecked")
    void riskRanksNewWavesBetterThanAgeAndSexAndIntervalsCover() {
        Cohort iii = CohortReader.nhanes().read(NhanesData.file("nhanes3.csv.gz"));
        Cohort iv = CohortReader.nhanes().read(NhanesData.file("nhanes4.csv.gz"));
        HenawModel model = new HenawTrainer(shortened()).train(iii).orElseThrow();
        Map<String, Object> m = new HenawEvaluator(model).replicates(20).timed(false).evaluate(iv);
        Map<String, Object> mortality = (Map<String, Object>) m.get("mortality");
        Map<String, Object> all = (Map<String, Object>) mortality.get("all");
        Map<String, Object> middle = (Map<String, Object>) mortality.get("age_40_70");
        // The people and the rivals' figures are those of the published comparison.
        assertThat(all).containsEntry("n", 9_778).containsEntry("deaths", 1_159);
        assertThat(middle).containsEntry("n", 4_744).containsEntry("deaths", 397);
        assertThat((double) all.get("c_age_sex")).isBetween(.8364, .8366);
        assertThat((double) all.get("c_phenoage")).isBetween(.8488, .8490);
        assertThat((double) all.get("c_cox")).isBetween(.851, .8525);
        assertThat((double) all.get("c")).isGreaterThan(.845);
        assertThat((double) middle.get("c")).isGreaterThan(.70);
        Map<String, Object> intervals = (Map<String, Object>) m.get("intervals");
        assertThat((double) intervals.get("coverage90")).isBetween(.87, .93);
        Map<String, Object> age = (Map<String, Object>) m.get("age");
        assertThat((double) age.get("mae")).isLessThan((double) age.get("ols_mae"));
    }
}
