package org.lanewise.optim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.WorkerPool;

class StudyTest {

    private static final SearchSpace SPACE = SearchSpace.builder().logReal("rate", 1e-4, 1).integer("depth", 1, 12)
            .category("kind", "plain", "a \"quoted\"\nname").real("drop", 0, 0.5).onlyIf("kind", "plain").build();

    @TempDir
    private Path directory;

    private static double loss(Trial trial) {
        double rate = Math.log10(trial.real("rate")) + 2;
        double depth = (trial.integer("depth") - 5) / 4.0;
        return rate * rate + depth * depth + (trial.has("drop") ? trial.real("drop") : 0.3);
    }

    private static double train(Trial trial) {
        if (trial.number() % 7 == 3) throw new IllegalStateException("bad\nluck");
        for (int step = 1; step <= 20; step++) trial.report(step, loss(trial) + 1.0 / step);
        return loss(trial);
    }

    private static Study study(int trials) {
        return Study.minimize(SPACE, StudyTest::train).trials(trials).seed(7).pruner(MedianPruner.defaults());
    }

    private static double mean(Sampler sampler, SearchSpace space, Objective objective) {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            sum += Study.minimize(space, objective).sampler(sampler).seed(seed).trials(60).run().best().orElseThrow()
                    .score();
        }
        return sum / 20;
    }

    @Test
    void tpeFindsBetterValuesThanRandomSearch() {
        SearchSpace branin = SearchSpace.builder().real("x", -5, 10).real("y", 0, 15).build();
        Objective f = t -> {
            double x = t.real("x");
            double a = t.real("y") - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887;
        };
        assertThat(mean(TpeSampler.defaults(), branin, f))
                .isLessThan(0.7 * mean(new RandomSampler(), branin, f));
        assertThat(mean(TpeSampler.defaults(), SPACE, StudyTest::loss))
                .isLessThan(0.7 * mean(new RandomSampler(), SPACE, StudyTest::loss));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameTrials() {
        StudyResult[] results = new StudyResult[2];
        for (int i = 0; i < 2; i++) {
            int at = i;
            try (WorkerPool pool = WorkerPool.of(i == 0 ? 1 : 4)) {
                pool.run(() -> results[at] = study(50).run());
            }
        }
        assertThat(results[1]).isEqualTo(results[0]);
        for (TrialResult.State state : TrialResult.State.values()) assertThat(results[0].count(state)).isPositive();
        assertThat(results[0].best().orElseThrow().score()).isEqualTo(results[0].trials().stream()
                .filter(t -> t.state() == TrialResult.State.COMPLETE).mapToDouble(TrialResult::score).min()
                .orElseThrow());
        assertThat(results[0].trials().get(3).reason()).isEqualTo("IllegalStateException: bad luck");
    }

    @Test
    void resumedAfterStopsAndACutLineItEndsAsTheUninterruptedOne() throws Exception {
        Path file = directory.resolve("search.jsonl");
        StudyResult whole = study(40).run();
        for (int stop : new int[] {5, 18, 30}) {
            var begun = new AtomicInteger(Files.exists(file) ? (int) Files.readString(file).lines().count() - 1 : 0);
            StudyResult part = study(40).store(file).resume().stopWhen(() -> begun.getAndIncrement() >= stop).run();
            assertThat(part.stopped()).isTrue();
            assertThat(part.trials()).hasSizeLessThan(40);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        }
        assertThat(study(40).store(file).resume().run()).isEqualTo(whole);
        assertThat(Study.minimize(SPACE, t -> {
            throw new AssertionError("all trials are stored");
        }).trials(40).seed(7).pruner(MedianPruner.defaults()).store(file).resume().run()).isEqualTo(whole);
        assertThat(study(53).store(file).resume().run()).isEqualTo(study(53).run());
        assertThat(study(40).store(file).resume().run()).isEqualTo(whole);
    }

    @Test
    void prunersGiveBadTrialsUpEarlyAndKeepTheBest() {
        for (Pruner pruner : List.of(MedianPruner.defaults(), SuccessiveHalvingPruner.defaults())) {
            for (boolean maximize : new boolean[] {false, true}) {
                double sign = maximize ? -1 : 1;
                Objective objective = t -> {
                    for (int s = 1; s <= 32; s++) t.report(s, sign * (t.real("x") + 1.0 / s));
                    return sign * t.real("x");
                };
                SearchSpace line = SearchSpace.builder().real("x", 0, 1).build();
                StudyResult result = (maximize ? Study.maximize(line, objective) : Study.minimize(line, objective))
                        .sampler(new RandomSampler()).pruner(pruner).trials(60).run();
                double best = result.trials().stream().mapToDouble(t -> (double) t.values().get("x")).min()
                        .orElseThrow();
                assertThat(result.best().orElseThrow().values()).containsEntry("x", best);
                assertThat(result.count(TrialResult.State.PRUNED)).isGreaterThan(15);
                assertThat(result.trials().stream().mapToInt(t -> t.reports().size()).sum())
                        .isLessThan(60 * 32 * 3 / 4);
            }
        }
    }

    @Test
    void successiveHalvingComparesAtRungs() {
        var earlier = new ArrayList<TrialResult>();
        for (int i = 0; i < 7; i++) {
            earlier.add(new TrialResult(i, Map.of("x", 0.0), TrialResult.State.COMPLETE, i,
                    List.of(new TrialResult.Report(1, i), new TrialResult.Report(3, 10 + i)), ""));
        }
        var history = new History(earlier, false);
        var pruner = new SuccessiveHalvingPruner(1, 4); // two of eight pass the rung at 1, and nobody has come to the one at 4
        assertThat(pruner.prunes(List.of(new TrialResult.Report(1, 0.5)), history)).isFalse();
        assertThat(pruner.prunes(List.of(new TrialResult.Report(1, 1.5)), history)).isTrue();
        assertThat(pruner.prunes(List.of(new TrialResult.Report(1, 0.5), new TrialResult.Report(3, 99)), history))
                .isFalse();
        assertThat(pruner.prunes(List.of(new TrialResult.Report(1, 0.5), new TrialResult.Report(4, 99)), history))
                .isFalse();
    }

    @Test
    void drawsStayInsideTheSpaceAndConditionsHold() {
        for (Sampler sampler : List.of(new RandomSampler(), TpeSampler.defaults())) {
            SearchSpace space = SearchSpace.builder().logInteger("n", 1, 3).integer("one", 4, 4).category("a", "x", "y")
                    .category("b", "u", "v").onlyIf("a", "y").logReal("c", 1e-3, 2).onlyIf("b", "v").build();
            StudyResult result = Study.minimize(space, t -> t.integer("n") + (t.has("c") ? t.real("c") : 1))
                    .sampler(sampler).trials(80).run();
            assertThat(result.trials()).allSatisfy(t -> {
                assertThat((int) t.values().get("n")).isBetween(1, 3);
                assertThat(t.values()).containsEntry("one", 4);
                assertThat(t.values().containsKey("b")).isEqualTo("y".equals(t.values().get("a")));
                assertThat(t.values().containsKey("c")).isEqualTo("v".equals(t.values().get("b")));
                if (t.values().get("c") instanceof Double c) assertThat(c).isBetween(1e-3, 2.0);
            });
            assertThat(result.trials().stream().map(t -> t.values().get("n")).distinct()).hasSize(3);
        }
    }

    @Test
    void scoresAndReportsThatAreNotNumbersFailTheirTrial() {
        StudyResult result = Study.maximize(SPACE, t -> {
            if (t.number() == 1) t.report(2, Double.NaN);
            if (t.number() == 2) t.real("depth");
            return t.number() == 0 ? Double.POSITIVE_INFINITY : t.number();
        }).trials(4).run();
        assertThat(result.trials()).extracting(TrialResult::reason).satisfiesExactly(
                r -> assertThat(r).isEqualTo("the score is Infinity"), r -> assertThat(r).contains("step 2 is NaN"),
                r -> assertThat(r).contains("no Double 'depth'"), r -> assertThat(r).isEmpty());
        assertThat(result.best().orElseThrow().number()).isEqualTo(3);
        assertThat(Study.minimize(SPACE, _ -> Double.NaN).trials(30).run().best()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json\n", "{}\n", "{\"format\":\"lanewise.search.9\"}\n", "no line end", "\u0000\n"})
    void aFileThatIsNotASearchIsRefusedAndKept(String content) throws Exception {
        Path file = directory.resolve("other");
        Files.writeString(file, content);
        assertThatThrownBy(() -> study(4).store(file).resume().run()).isInstanceOf(SearchException.class)
                .hasMessageStartingWith(file.toString()).hasMessageNotContaining("\n");
        assertThat(file).hasContent(content);
    }

    @Test
    void damagedOrForeignSearchesAreRefused() throws Exception {
        Path file = directory.resolve("search.jsonl");
        study(6).store(file).run();
        String good = Files.readString(file);
        assertThatThrownBy(() -> study(6).store(file).run()).hasMessageEndingWith("resume it or choose another file");
        assertThatThrownBy(() -> study(6).seed(8).store(file).resume().run()).hasMessageContaining("another seed, 7");
        assertThatThrownBy(() -> study(6).fingerprint("x").store(file).resume().run())
                .hasMessageContaining("another fingerprint");
        Map<String, String> damages = Map.of("\"rate\":", "\"rat\":", "\"trial\":1,", "\"trial\":0,", "\"depth\":",
                "\"depth\":1", "\"complete\"", "\"done\"", "\"score\":", "\"score\":NaN", "\"score\":-",
                "\"score\":1e999,\"score\":", "\"reports\":[[1,", "\"reports\":[[2147483648,", "}\n", "\n");
        damages.forEach((from, to) -> {
            if (!good.contains(from)) return;
            write(file, good.replaceFirst(Pattern.quote(from), to));
            assertThatThrownBy(() -> study(6).store(file).resume().run()).as(from)
                    .isInstanceOf(SearchException.class).hasMessageStartingWith(file.toString());
        });
        write(file, good);
        assertThatThrownBy(
                () -> study(12).store(file).resume().listener(_ -> study(6).store(file).resume().run()).run())
                .hasMessageContaining("in use");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void impossibleSpacesAreRefused() {
        SearchSpace.Builder b = SearchSpace.builder();
        assertThatThrownBy(b::build).hasMessageContaining("empty");
        assertThatThrownBy(() -> b.real("a", 1, 1)).hasMessageContaining("a: no range 1.0 .. 1.0");
        assertThatThrownBy(() -> b.real("a", 0, Double.NaN)).hasMessageContaining("no range");
        assertThatThrownBy(() -> b.logInteger("a", 0, 5)).hasMessageContaining("starts above 0, not at 0");
        assertThatThrownBy(() -> b.category("a", "x", "x")).hasMessageContaining("different choices");
        b.category("a", "x", "y").real("r", 0, 1);
        assertThatThrownBy(() -> b.real("r", 0, 1)).hasMessageContaining("already");
        assertThatThrownBy(() -> b.onlyIf("a", "z")).hasMessageContaining("not [z]");
        assertThatThrownBy(() -> b.onlyIf("r", "x")).hasMessageContaining("not a category declared before");
    }

    @Test
    void aSpaceCanBeMadeSmaller() {
        assertThat(SPACE.without(name -> name.equals("rate")).dimensions()).extracting(Dimension::name)
                .containsExactly("depth", "kind", "drop");
        assertThatThrownBy(() -> SPACE.without(name -> name.equals("kind"))).hasMessageContaining("drop depends");
        assertThatThrownBy(() -> SPACE.without(_ -> true)).hasMessageContaining("empty");
    }
}
