package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.format.FitStateFile;
import org.lanewise.boosting.format.ModelFile;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.BadInputException;

/** What a listener is told, and fits that go on where others stopped. */
class FitListenerTest {
    private static final TestData TRAIN = TestData.binary(3_000, 10, 1).withMissing(13);
    private static final TestData VALID = TestData.binary(1_000, 10, 2);

    @TempDir
    private Path folder;

    private static BoostingParams params(String kind) {
        BoostingParams.Builder b = BoostingParams.builder(Objective.logistic()).trees(25).leaves(8).learningRate(0.3);
        return switch (kind) {
            case "plain" -> b.earlyStopping(4).build();
            case "bagging" ->
                b.sampling(new Sampling(Sampling.Method.BAGGING, 0.6, 3, 0.2, 0.1)).featureFraction(0.7).build();
            case "goss" -> b.sampling(Sampling.goss(0.2, 0.2)).build();
            case "dart" -> b.mode(BoostingParams.Mode.DART).dart(new Dart(0.4, 0.2, 50)).build();
            case "forest" ->
                b.mode(BoostingParams.Mode.RANDOM_FOREST).sampling(Sampling.bagging(0.5)).featureFraction(0.5).build();
            default -> BoostingParams.builder(Objective.softmax(3)).trees(12).leaves(5).earlyStopping(5).build();
        };
    }

    private static Target target(TestData data, String kind) {
        if (!kind.equals("classes")) return data.target();
        double[] y = data.label().clone();
        for (int i = 0; i < y.length; i += 3) y[i] = 2;
        return Target.of(y);
    }

    private static BoostingModel fit(GradientBoosting fit, String kind) {
        BinnedTable x = TRAIN.bins();
        return fit.fit(x, target(TRAIN, kind), Evaluation.on("valid", x.bin(VALID.x()), target(VALID, kind)),
                Evaluation.on("train", x, target(TRAIN, kind)));
    }

    private void assertSame(BoostingModel a, BoostingModel b) throws Exception {
        ModelFile.save(a, folder.resolve("a"), Map.of());
        ModelFile.save(b, folder.resolve("b"), Map.of());
        for (String name : new String[] {"trees.safetensors", "model.json"})
            assertThat(Files.readAllBytes(folder.resolve("b").resolve(name)))
                    .isEqualTo(Files.readAllBytes(folder.resolve("a").resolve(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "bagging", "goss", "dart", "forest", "classes"})
    void aResumedFitGivesTheSameBits(String kind) throws Exception {
        GradientBoosting boosting = new GradientBoosting(params(kind));
        BoostingModel whole = fit(boosting, kind);
        Path file = folder.resolve("fit.safetensors");
        for (int stop : new int[] {1, 5, whole.rounds()}) {
            fit(boosting.watchedBy(round -> {
                if (round.number() == stop) FitStateFile.save(round.state().get(), file);
                return round.number() < stop;
            }), kind);
            assertSame(whole, fit(boosting.resumedFrom(FitStateFile.load(file)), kind));
        }
    }

    @Test
    void aFitThatEndedHasNothingLeftToDo() throws Exception {
        List<FitState> ended = new ArrayList<>();
        FitListener keeper = new FitListener() {
            @Override
            public boolean afterRound(Round round) {
                return true;
            }

            @Override
            public void ended(FitState state) {
                ended.add(state);
            }
        };
        GradientBoosting boosting = new GradientBoosting(params("plain"));
        BoostingModel whole = fit(boosting.watchedBy(keeper), "plain");
        assertThat(ended).hasSize(1);
        BoostingModel again = fit(boosting.resumedFrom(ended.getFirst()).watchedBy(round -> {
            throw new AssertionError("a round after the end: " + round);
        }), "plain");
        assertSame(whole, again);
    }

    @Test
    void aListenerHearsEveryRoundOfEveryEvaluation() {
        Map<String, List<Double>> heard = new TreeMap<>();
        List<Integer> rounds = new ArrayList<>();
        BinnedTable x = TRAIN.bins();
        BoostingModel model = new GradientBoosting(params("plain")).watchedBy(round -> {
            rounds.add(round.number());
            assertThat(round.of()).isEqualTo(25);
            assertThat(round.best()).isBetween(1, round.number());
            round.measured().forEach(m -> heard
                    .computeIfAbsent(m.evaluation() + "/" + m.metric(), _ -> new ArrayList<>()).add(m.value()));
            return round.number() < 7;
        }).fit(x, TRAIN.target(), Evaluation.on("valid", x.bin(VALID.x()), VALID.target(), Metric.logLoss(),
                Metric.auc()), Evaluation.on("train", x, TRAIN.target()));
        assertThat(rounds).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(model.rounds()).isEqualTo(7);
        assertThat(heard.keySet()).containsExactly("train/logloss", "valid/auc", "valid/logloss");
        model.history().curves().forEach(c -> assertThat(heard.get(c.evaluation() + "/" + c.metric()))
                .containsExactlyElementsOf(Arrays.stream(c.values()).boxed().toList()));
    }

    @Test
    void anExceptionOfAListenerEndsTheFit() {
        assertThatThrownBy(() -> fit(new GradientBoosting(params("plain")).watchedBy(_ -> {
            throw new IllegalStateException("enough");
        }), "plain")).hasMessage("enough");
    }

    @Test
    void aStateOfAnotherFitOrADamagedFileIsRefused() throws Exception {
        List<FitState> states = new ArrayList<>();
        GradientBoosting boosting = new GradientBoosting(params("plain"));
        fit(boosting.watchedBy(round -> {
            states.add(round.state().get());
            return false;
        }), "plain");
        GradientBoosting resumed = boosting.resumedFrom(states.getFirst());
        BinnedTable x = VALID.bins();
        assertThatThrownBy(() -> resumed.fit(x, VALID.target(), Evaluation.on("valid", x, VALID.target())))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("another fit");
        BinnedTable same = TRAIN.bins();
        assertThatThrownBy(() -> resumed.fit(same, TRAIN.target(), Evaluation.on("valid", same, TRAIN.target())))
                .hasMessageContaining("evaluations");
        Path file = folder.resolve("x.safetensors");
        FitStateFile.save(states.getFirst(), file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        assertThatThrownBy(() -> FitStateFile.load(file)).isInstanceOf(BadInputException.class)
                .hasMessageContaining("x.safetensors");
    }
}
