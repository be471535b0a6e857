package org.lanewise.henaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortFormat;
import org.lanewise.henaw.data.CohortReader;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.published.PublishedConfig;
import org.lanewise.henaw.published.PublishedNetwork;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.BadInputException;

class PublishedVariantTest {
    private static final Cohort PEOPLE = PublishedGenerator.generate(10_000, 42).where(i -> i < 1600);
    private static final HenawConfig CONFIG = SmallModels.config().withVariant(HenawConfig.Variant.PUBLISHED);
    private static final Cohort HELD = new HenawTrainer(CONFIG).heldOut(PEOPLE);
    private static PublishedModel model;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        model = trained();
    }

    private static PublishedModel trained() {
        return (PublishedModel) new HenawTrainer(CONFIG).train(PEOPLE).orElseThrow();
    }

    @Test
    void itsSeedGivesItsBits() {
        assertThat(HELD.size()).isEqualTo(240);
        assertThat(HenawPredictor.of(trained()).predict(HELD).guessedAge())
                .isEqualTo(HenawPredictor.of(model).predict(HELD).guessedAge());
    }

    @Test
    void aTrainingThatWasInterruptedEndsInTheSameBits() {
        HenawModel resumed = null;
        int stops = 0;
        while (resumed == null) {
            AtomicInteger asked = new AtomicInteger();
            resumed = new HenawTrainer(CONFIG).checkpoints(folder).stopWhen(() -> asked.incrementAndGet() > 1)
                    .train(PEOPLE).orElse(null);
            assertThat(++stops).isLessThan(20);
        }
        assertThat(stops).isGreaterThan(2);
        assertThat(HenawPredictor.of(resumed).predict(HELD).logHazard())
                .isEqualTo(HenawPredictor.of(model).predict(HELD).logHazard());
    }

    @Test
    void survivesTheDisk() {
        HenawArtifacts.save(model, folder);
        HenawModel again = HenawArtifacts.load(folder);
        assertThat(again).isInstanceOf(PublishedModel.class);
        assertThat(again.hasMortality()).isTrue();
        HenawPredictor.Batch before = HenawPredictor.of(model).predict(HELD);
        HenawPredictor.Batch after = HenawPredictor.of(again).predict(HELD);
        assertThat(after.guessedAge()).isEqualTo(before.guessedAge());
        assertThat(after.logHazard()).isEqualTo(before.logHazard());
        assertThat(((PublishedModel) again).network().state().values().stream().mapToInt(t -> t.numel()).sum())
                .isGreaterThanOrEqualTo(PublishedNetwork.PARAMETERS);
    }

    @Test
    void damagedFoldersAreOneLine() throws Exception {
        HenawArtifacts.save(model, folder);
        Path weights = folder.resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
            Files.write(weights, Arrays.copyOf(whole, length));
            refused("weights.safetensors");
        }
        Files.write(weights, whole);
        Path json = folder.resolve("model.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replace("PUBLISHED", "REPAIRED"));
        refused("model.json");
        Files.writeString(json, text.replaceFirst("\"mean\"\\s*:\\s*\\[[^,]*,", "\"mean\":["));
        refused("model.json");
        Files.writeString(json, text.replaceFirst("\"sd\"\\s*:\\s*\\[[^,]*,", "\"sd\":[0.0,"));
        refused("model.json");
        Files.writeString(json, text.substring(0, text.length() / 2));
        refused("model.json");
        Path other = folder.resolve("other");
        HenawArtifacts.save(SmallModels.model(), other);
        Files.writeString(json, text);
        Files.copy(other.resolve("weights.safetensors"), weights, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        refused("weights of the published network");
    }

    private void refused(String part) {
        assertThatThrownBy(() -> HenawArtifacts.load(folder)).isInstanceOf(BadInputException.class)
                .hasMessageContaining(part).message().doesNotContain("\n");
    }

    @Test
    void onePersonIsPredictedAsInACrowdAndHolesStayHoles() {
        HenawPredictor predictor = HenawPredictor.of(model);
        double[] rdw = HELD.column(Marker.RDW);
        rdw[3] = Double.NaN;
        Cohort people = HELD.with(Map.of(Marker.RDW, rdw));
        HenawPredictor.Batch batch = predictor.predict(people);
        assertThat(batch.biologicalAge()[3]).isNaN();
        for (int i : new int[] {0, 1, 100, 239}) {
            double[] values = Marker.NINE.stream().mapToDouble(m -> people.value(m, i)).toArray();
            assertThat(predictor.predict(values, people.age(i), people.sex(i))).isEqualTo(batch.row(i));
        }
        assertThat(batch.gap()[0]).isEqualTo(batch.biologicalAge()[0] - people.age(0));
        assertThat(batch.risk()[0]).isNaN();
        HenawPredictor.Details details = predictor.details(people);
        assertThat(details.trained()).isEmpty();
        for (Disease disease : Disease.values())
            assertThat(details.diseases().get(disease)[0]).isBetween(0., 1.);
        assertThat(details.weights().values().stream().mapToDouble(w -> w[0]).sum()).isCloseTo(1, within(1e-5));
    }

    @Test
    void headsOfDiseasesLearnFromTheLabelsThatThereAre() {
        double[] label = new double[PEOPLE.size()];
        for (int i = 0; i < label.length; i++)
            label[i] = i % 10 == 0 ? Double.NaN : PEOPLE.value(Marker.RDW, i) > 13 ? 1 : 0;
        HenawConfig longer = new HenawConfig(CONFIG.variant(), CONFIG.target(), CONFIG.markers(), CONFIG.seed(),
                CONFIG.horizonYears(), CONFIG.age(), CONFIG.mortality(), CONFIG.diseases(), CONFIG.intervalLevel(),
                CONFIG.youngest(),
                CONFIG.oldest(), new PublishedConfig(40));
        PublishedModel labelled = (PublishedModel) new HenawTrainer(longer)
                .train(PEOPLE.withDisease(Disease.DIABETES, label)).orElseThrow();
        assertThat(labelled.diseases()).containsExactly(Disease.DIABETES);
        double share = Arrays.stream(label).filter(v -> v == 1).count() / (.9 * label.length);
        double mean = Arrays.stream(HenawPredictor.of(labelled).details(HELD).diseases().get(Disease.DIABETES))
                .average().orElseThrow();
        assertThat(mean).isCloseTo(share, within(.15));
    }

    @Test
    void saysWhichMarkerIsMissing() {
        double[] rdw = PEOPLE.column(Marker.RDW);
        rdw[3] = Double.NaN;
        assertThatThrownBy(() -> new HenawTrainer(CONFIG).train(PEOPLE.with(Map.of(Marker.RDW, rdw))))
                .isInstanceOf(BadInputException.class).hasMessageContaining("rdw").hasMessageContaining("4");
        Arrays.fill(rdw, Double.NaN);
        assertThatThrownBy(() -> HenawPredictor.of(model).predict(PEOPLE.with(Map.of(Marker.RDW, rdw))))
                .isInstanceOf(BadInputException.class).hasMessageContaining("rdw").hasMessageContaining("nine markers");
    }

    @Test
    void explanationsAddUp() {
        HenawExplainer explainer = HenawExplainer.of(model);
        double[] values = Marker.NINE.stream().mapToDouble(m -> HELD.value(m, 0)).toArray();
        HenawExplainer.Explanation e = explainer.explain(values, HELD.age(0), HELD.sex(0));
        assertThat(e.figure()).isCloseTo(HenawPredictor.of(model).predict(HELD).guessedAge()[0], within(1e-4));
        assertThat(e.shapley().values().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(e.figure() - e.usual(), within(1e-4));
        // A path on which the ratio keeps its limit .1 or 10 still jumps from the 1 it has at the average person.
        double[] usual = new double[9];
        for (int j = 0; j < 9; j++)
            usual[j] = model.network().mean()[j];
        usual[5] += 1;
        HenawExplainer.Explanation one = explainer.explain(usual, 60, 0);
        assertThat(one.integratedGradients().get(Marker.RDW))
                .isCloseTo(one.shapley().get(Marker.RDW), within(.02));
    }

    @Test
    @SuppressWarnings("unchecked")
    void isMeasuredLikeTheRepairedOneAndShowsItsFaults() {
        Map<String, Object> m = new HenawEvaluator(model).replicates(10).timed(false).evaluate(HELD);
        assertThat((Map<String, Object>) m.get("age")).containsKeys("mae", "median_guess_mae", "ols_mae", "mae_ci")
                .containsEntry("artefact_ceiling_mae", 4.37);
        Map<String, Object> mortality = (Map<String, Object>) m.get("mortality");
        assertThat((Map<String, Object>) mortality.get("all")).containsKeys("c", "c_age_sex", "c_cox");
        assertThat(mortality.get("calibration")).isNull();
        assertThat(m.get("intervals")).isNull();
        Map<String, Object> faults = (Map<String, Object>) m.get("faults");
        assertThat((Map<String, Object>) faults.get("marker_weights")).hasSize(9);
        assertThat((double) faults.get("largest_shift_without_age")).isNotNegative();
    }

    @Test
    void thePublishedRecipeIsKnownByItsPeopleWhereverTheyWereKept() {
        Path file = folder.resolve("renamed.csv");
        CohortWriter.write(file, PEOPLE);
        Cohort read = CohortReader.of(CohortFormat.CANONICAL).read(file);
        assertThat(PublishedGenerator.made(read)).isTrue();
        assertThat(PublishedGenerator.made(read.where(i -> i % 5 == 0))).isTrue();
        assertThat(PublishedGenerator.isPublishedFile(read)).isTrue();
        assertThat(PublishedGenerator.isPublishedFile(read.where(i -> i % 5 == 0))).isTrue();
        Cohort otherSlopes = PublishedGenerator.generate(1600, 9);
        assertThat(PublishedGenerator.made(otherSlopes)).isTrue();
        assertThat(PublishedGenerator.isPublishedFile(otherSlopes)).isFalse();
        assertThat(PublishedGenerator.made(RepairedGenerator.generate(2000, 1))).isFalse();
        List<Integer> nobody = List.of();
        assertThat(PublishedGenerator.made(PEOPLE.where(nobody::contains))).isFalse();
        double[] alive = new double[PEOPLE.size()];
        assertThat(PublishedGenerator.made(PEOPLE.withOutcome(PEOPLE.time(), alive))).isFalse();
    }
}
