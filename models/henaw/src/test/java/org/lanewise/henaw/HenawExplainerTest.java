package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.explanation.ShapleyValues;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.synth.RepairedGenerator;

class HenawExplainerTest {
    private static final double[] PERSON = {9, 48, 95, 41, 20, 14.5, 60, 30, 28};
    private static HenawModel mortality;
    private static HenawModel age;

    @BeforeAll
    static void train() {
        Cohort people = RepairedGenerator.generate(800, 3);
        HenawConfig defaults = HenawConfig.defaults();
        HenawConfig quick = defaults.withEnsembles(brief(defaults.age()), brief(defaults.mortality()));
        mortality = new HenawTrainer(quick).train(people).orElseThrow();
        age = new HenawTrainer(quick.withTarget(HenawConfig.Target.AGE)).train(people).orElseThrow();
    }

    private static EnsembleConfig brief(EnsembleConfig e) {
        return new EnsembleConfig(2, 4, 8, e.dropout(), e.basis(), 3, 200, e.skipRate(), e.deepRate(), e.decay(),
                e.net(), e.crossFit());
    }

    @Test
    void shapleyValuesFollowTheirDefinition() {
        // v = 2 a + 3 b + 4 a c: the product is shared.
        double[] v = new double[8];
        for (int s = 0; s < 8; s++)
            v[s] = 2 * (s & 1) + 3 * (s >> 1 & 1) + 4 * (s & 1) * (s >> 2 & 1);
        assertThat(ShapleyValues.of(v)).containsExactly(new double[] {4, 3, 2}, within(1e-12));
        assertThatThrownBy(() -> ShapleyValues.of(new double[6])).hasMessageContaining("6");
    }

    @Test
    void sharesAddUpToWhatIsUnusual() {
        for (HenawModel model : new HenawModel[] {mortality, age}) {
            HenawExplainer.Explanation e = HenawExplainer.of(model).explain(PERSON, 56, 1);
            double unusual = e.figure() - e.usual();
            assertThat(Math.abs(unusual)).isGreaterThan(.05);
            assertThat(sum(e.shapley())).isCloseTo(unusual, within(1e-9));
            assertThat(sum(e.systems())).isCloseTo(unusual, within(1e-9));
            assertThat(sum(e.integratedGradients()) + e.completenessGap()).isCloseTo(unusual, within(1e-9));
            assertThat(e.completenessGap()).isCloseTo(0, within(.01 * Math.abs(unusual)));
        }
    }

    @Test
    void explainsWhatThePredictorPredicts() {
        HenawPredictor predictor = HenawPredictor.of(mortality);
        assertThat(HenawExplainer.of(mortality).explain(PERSON, 56, 1).figure())
                .isCloseTo(predictor.predict(PERSON, 56, 1).logHazard(), within(1e-6));
    }

    @Test
    void anUnknownMarkerHasNoShare() {
        double[] values = PERSON.clone();
        values[5] = Double.NaN;
        HenawExplainer.Explanation e = HenawExplainer.of(mortality).explain(values, 56, 1);
        assertThat(e.shapley().get(Marker.RDW)).isCloseTo(0, within(1e-12));
        assertThat(e.shapley().get(Marker.CRP)).isNotEqualTo(0);
    }

    @Test
    void permutationHurtsMarkersThatMatter() {
        Cohort people = RepairedGenerator.generate(600, 4);
        HenawExplainer explainer = HenawExplainer.of(age);
        HenawPredictor predictor = HenawPredictor.of(age);
        Map<Marker, Double> loss = explainer.permutation(people, c -> {
            double[] guessed = predictor.predict(c).guessedAge();
            double error = 0;
            for (int i = 0; i < guessed.length; i++)
                error += Math.abs(guessed[i] - c.age(i)) / guessed.length;
            return -error;
        }, 2, 1);
        assertThat(loss.get(Marker.RDW)).isGreaterThan(.3);
        assertThat(loss).hasSize(9);
    }

    private static double sum(Map<?, Double> shares) {
        return shares.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
