package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.autograd.Tape;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;
import org.lanewise.henaw.network.PackedEnsemble;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.BadInputException;

class HenawPredictorTest {
    private static final EnsembleModel MODEL = SmallModels.model();
    private static final HenawPredictor PREDICTOR = HenawPredictor.of(MODEL);
    private static final Cohort PEOPLE = RepairedGenerator.generate(700, 23);

    @TempDir
    Path folder;

    private static double[] values(Cohort people, int i) {
        return PREDICTOR.markers().stream().mapToDouble(m -> people.value(m, i)).toArray();
    }

    @Test
    void aPersonGetsTheSameBitsAloneAndInABatch() {
        double[] crp = PEOPLE.column(Marker.CRP);
        for (int i = 0; i < crp.length; i += 3)
            crp[i] = Double.NaN;
        Cohort people = PEOPLE.with(Map.of(Marker.CRP, crp));
        HenawPredictor.Batch batch = PREDICTOR.predict(people);
        for (int i = 0; i < people.size(); i++)
            assertThat(PREDICTOR.predict(values(people, i), people.age(i), people.sex(i))).isEqualTo(batch.row(i));
        HenawPredictor.Batch shifted = PREDICTOR.predict(people.where(i -> i >= 5));
        for (int i = 5; i < people.size(); i++)
            assertThat(shifted.row(i - 5)).isEqualTo(batch.row(i));
    }

    @Test
    void thePackedNetworkEqualsTheModule() {
        HenawFeatures features = MODEL.mortality().features();
        EnsembleConfig settings = MODEL.config().mortality();
        HenawNetwork network = new HenawNetwork(features, settings.embed(), settings.hidden(), 0, 1, Rng.of(1));
        network.loadStateDict(MODEL.mortality().members().get(1));
        network.eval();
        float[] expected;
        try (Tape tape = Tape.inference()) {
            expected = network
                    .forward(tape.constant(Tensor.of(features.write(PEOPLE), PEOPLE.size(), features.width())))
                    .value().toArray();
        }
        float[] packed = new PackedEnsemble(features, MODEL.mortality().members()).evaluate(PEOPLE)[1];
        for (int i = 0; i < packed.length; i++)
            assertThat(packed[i]).isCloseTo(expected[i], within(2e-5f));
    }

    @Test
    void nothingIsMadeUpForSomeoneOfWhomNothingIsKnown() {
        double[] nothing = new double[PREDICTOR.markers().size()];
        Arrays.fill(nothing, Double.NaN);
        HenawPredictor.Prediction p = PREDICTOR.predict(nothing, 50, 1);
        assertThat(p.filled()).isEqualTo(nothing.length);
        assertThat(p.risk()).isNaN();
        assertThat(p.biologicalAge()).isNaN();
        assertThat(p.guessedAge()).isNaN();
        assertThat(p.lower()).isNaN();
        double[] known = values(PEOPLE, 0);
        HenawPredictor.Prediction noAge = PREDICTOR.predict(known, Double.NaN, 1);
        assertThat(noAge.risk()).isNaN();
        assertThat(noAge.guessedAge()).isFinite();
        assertThat(PREDICTOR.predict(known, 50, Double.NaN).biologicalAge()).isFinite();
        assertThatThrownBy(() -> PREDICTOR.predict(new double[2], 50, 1)).hasMessageContaining("2 values for the 9");
    }

    @Test
    void theGuessedAgeNeverSeesAge() {
        double[] values = values(PEOPLE, 4);
        assertThat(PREDICTOR.predict(values, 41, 0).guessedAge())
                .isEqualTo(PREDICTOR.predict(values, 69, 0).guessedAge());
        assertThat(PREDICTOR.predict(values, 69, 0).risk()).isGreaterThan(PREDICTOR.predict(values, 41, 0).risk());
    }

    @Test
    void aSavedModelPredictsTheSameBits() {
        HenawArtifacts.save(MODEL, folder.resolve("model"));
        HenawModel loaded = HenawArtifacts.load(folder.resolve("model"));
        HenawPredictor.Batch a = PREDICTOR.predict(PEOPLE);
        HenawPredictor.Batch b = HenawPredictor.of(loaded).predict(PEOPLE);
        for (int i = 0; i < PEOPLE.size(); i++)
            assertThat(b.row(i)).isEqualTo(a.row(i));
        assertThat(loaded.config()).isEqualTo(MODEL.config());
        assertThat(loaded.provenance()).isEqualTo(MODEL.provenance());
        for (int k = 0; k < MODEL.baselines().clocks().size(); k++)
            assertThat(loaded.baselines().clocks().get(k).apply(PEOPLE))
                    .isEqualTo(MODEL.baselines().clocks().get(k).apply(PEOPLE));
    }

    @Test
    void everyDamageIsOneLineThatNamesTheFile() throws IOException {
        Path model = folder.resolve("model");
        HenawArtifacts.save(MODEL, model);
        Path weights = model.resolve("weights.safetensors");
        Path json = model.resolve("model.json");
        byte[] goodWeights = Files.readAllBytes(weights);
        String goodJson = Files.readString(json);

        Files.write(weights, Arrays.copyOf(goodWeights, goodWeights.length / 2));
        assertRefused(model, "weights.safetensors");
        Files.delete(weights);
        assertRefused(model, "weights.safetensors");
        Files.write(weights, goodWeights);
        for (String[] change : new String[][] {{"\"version\" : 1", "\"version\" : 9"},
                {"lanewise-henaw", "something-else"}, {"\"embed\" : 4", "\"embed\" : 5"},
                {"\"members\" : 2", "\"members\" : 3"}, {"\"crp\"", "\"sulphur\""}, {"\"lawMean\"", "\"lawMeen\""},
                {"\"sd\" : [", "\"sd\" : [ 1, "}, {"}", ""}}) {
            assertThat(goodJson).contains(change[0]);
            Files.writeString(json, goodJson.replace(change[0], change[1]), StandardCharsets.UTF_8);
            assertRefused(model, "model.json");
        }
        Files.delete(json);
        assertRefused(model, "no such file");
    }

    private static void assertRefused(Path model, String named) {
        assertThatThrownBy(() -> HenawArtifacts.load(model)).isInstanceOf(BadInputException.class)
                .hasMessageContaining(named).hasMessageNotContaining("\n");
    }
}
