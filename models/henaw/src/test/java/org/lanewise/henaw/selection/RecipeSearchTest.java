package org.lanewise.henaw.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.BadInputException;

class RecipeSearchTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(900, 8);
    private static final List<Candidate> CANDIDATES = List.of(candidate(2, 4, 0), candidate(3, 4, 0),
            candidate(2, 4, .3));

    @TempDir
    Path folder;

    private static Candidate candidate(int members, int embed, double lasso) {
        return new Candidate("members " + members + ", embed " + embed + ", lasso " + lasso,
                new EnsembleConfig(members, embed, 4, .1, SkipBasis.Kind.LINEAR, 4, 100, .05, .003, .01,
                        new HierarchicalElasticNet(1e-3, lasso, 0), false));
    }

    private static RecipeSearch search() {
        return new RecipeSearch(CANDIDATES, 3, 2, 5);
    }

    private static Comparison run() {
        return search().run(PEOPLE, Marker.NINE, 10).orElseThrow();
    }

    private static void assertSame(Comparison a, Comparison b) {
        assertThat(a.tree()).usingRecursiveComparison().isEqualTo(b.tree());
    }

    @Test
    void scoresEveryCandidateBesideTheBaselinesOnTheSameFolds() {
        Comparison c = run();
        assertThat(c.candidates()).hasSize(3);
        assertThat(c.baselines()).containsOnlyKeys("Cox, age + sex + markers", "age + sex");
        double cox = FoldScores.mean(c.baselines().get("Cox, age + sex + markers").all());
        assertThat(cox).isBetween(.65, .85)
                .isNotEqualTo(FoldScores.mean(c.baselines().get("age + sex").all()));
        for (Comparison.Result r : c.candidates()) {
            assertThat(r.scores().all()).hasSize(6);
            assertThat(FoldScores.mean(r.scores().all())).isBetween(cox - .08, cox + .03);
        }
        Comparison.Result two = c.candidates().get(0);
        Comparison.Result three = c.candidates().get(1);
        assertThat(three.parameters()).isCloseTo(two.parameters() * 1.5, within(1e-6));
        assertThat(two.kept()).isEqualTo(1);
        assertThat(c.candidates().get(2).kept()).isLessThan(.8);
    }

    @Test
    void membersAreSharedBetweenCandidates() {
        // Two recipes, of three and two networks of four epochs, in six folds.
        assertThat(search().totalEpochs()).isEqualTo(6 * (3 + 2) * 4);
        AtomicInteger heard = new AtomicInteger();
        search().listener(heard::addAndGet).run(PEOPLE, Marker.NINE, 10);
        assertThat(heard.get()).isEqualTo(search().totalEpochs());
    }

    @Test
    void neitherThreadsNorInterruptionsChangeABit() throws Exception {
        Comparison whole;
        try (WorkerPool pool = WorkerPool.of(1)) {
            whole = pool.call(RecipeSearchTest::run);
        }
        Comparison resumed = null;
        int stops = 0;
        while (resumed == null) {
            AtomicInteger asked = new AtomicInteger();
            try (WorkerPool pool = WorkerPool.of(3)) {
                resumed = pool.call(() -> search().checkpoints(folder).stopWhen(() -> asked.incrementAndGet() > 60)
                        .run(PEOPLE, Marker.NINE, 10)).orElse(null);
            }
            assertThat(++stops).isLessThan(30);
        }
        assertThat(stops).isGreaterThan(1);
        assertSame(whole, resumed);
    }

    @Test
    void tooFewDeathsAreRefused() {
        assertThatThrownBy(() -> search().run(PEOPLE.where(i -> i < 60), Marker.NINE, 10))
                .isInstanceOf(BadInputException.class).hasMessageContaining("too few");
    }
}
