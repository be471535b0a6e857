package org.lanewise.boosting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.boosting.LinearLeaves;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.survival.BrierScore;
import org.lanewise.tabular.survival.Survival;

class BoostTrainerTest {
    private static final int ROWS = 900;

    @TempDir
    private Path folder;

    private static BoostConfig config(String objective) {
        BoostConfig d = BoostConfig.defaults();
        return new BoostConfig(objective, d.mode(), 40, 0.1, 7, d.maxDepth(), d.bins(), 10, d.minSumHessian(), d.l1(),
                d.l2(), d.minGain(), d.maxDeltaStep(), d.pathSmooth(), d.growth(), LinearLeaves.none(), d.sampling(),
                d.featureFraction(),
                d.featureFractionByLevel(), d.featureFractionByNode(), d.extraTrees(), d.dart(), d.categorical(),
                d.monotone(), d.interactions(), d.scalePosWeight(), d.histogram(), d.histogramMegabytes(), 10, 0, 0.2,
                0.3, 3);
    }

    /** Queries of six documents in mixed order, relevance 0 to 3; times with events; weights 1 and 3. */
    private static Table table() {
        Rng rng = Rng.of(5);
        double[][] c = new double[6][ROWS];
        String[] query = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            c[0][i] = rng.nextGaussian();
            c[1][i] = rng.nextGaussian();
            double f = c[0][i] + 0.5 * c[1][i];
            c[2][i] = Math.clamp(Math.round(1.5 + f + 0.5 * rng.nextGaussian()), 0, 3);
            double time = Math.exp(1 - 0.8 * f + 0.5 * rng.nextGaussian());
            double end = 8 * rng.nextDouble() + 0.1;
            c[3][i] = Math.min(time, end);
            c[4][i] = time <= end ? 1 : 0;
            c[5][i] = i % 4 == 0 ? 3 : 1;
            query[i] = "q" + i % (ROWS / 6);
        }
        return Table.of("made", List.of(DoubleColumn.of("a", c[0]), DoubleColumn.of("b", c[1]),
                DoubleColumn.of("relevance", c[2]), DoubleColumn.of("time", c[3]), DoubleColumn.of("event", c[4]),
                DoubleColumn.of("w", c[5]), TextColumn.of("query", query)));
    }

    private static ColumnRoles roles(String target, String event, String weight, String group) {
        List<String> others = new java.util.ArrayList<>(List.of("relevance", "time", "event", "w", "query"));
        others.removeAll(Arrays.asList(target, event, weight, group));
        return new ColumnRoles(target, event, weight, group, null, others, List.of());
    }

    private record Result(TableModel model, BoostMetrics metrics, Map<String, Object> block) {
        double figure(String name) {
            return (Double) block.get(name);
        }

        double baseline(String name) {
            return ((Number) ((Map<?, ?>) block.get("baseline")).get(name)).doubleValue();
        }

        List<?> gain(String name) {
            return (List<?>) ((Map<?, ?>) block.get("gain")).get(name);
        }
    }

    private static Result train(String objective, ColumnRoles roles) {
        BoostTrainer trainer = BoostTrainer.of(config(objective), table(), roles);
        int[][] parts = trainer.split(trainer.all(), 0.3, 1);
        BoostTrainer.Prepared rows = trainer.prepare(parts[0]);
        TableModel model = trainer.model(trainer.fit(rows, _ -> true, null), rows, Map.of());
        BoostMetrics metrics = trainer.metrics(model.yardstick(), trainer.predict(model.model(), parts[1]), parts[1]);
        return new Result(model, metrics, metrics.block(true, 1));
    }

    @Test
    void ranksTheRowsOfAQueryHoweverTheFileIsOrdered() {
        Result r = train("lambdarank", roles("relevance", null, null, "query"));
        assertThat(r.figure("ndcg@5")).isGreaterThan(0.9);
        assertThat(r.baseline("ndcg@5")).isBetween(0.5, 0.8);
        assertThat((Double) r.gain("ndcg@5").getFirst()).isPositive();
        assertThatThrownBy(() -> BoostTrainer.of(config("lambdarank"), table(), roles("relevance", null, null, null)))
                .isInstanceOf(BadInputException.class).hasMessageContaining("--group");
        assertThatThrownBy(() -> BoostTrainer.of(config("lambdarank"), table(), roles("a", null, null, "query")))
                .isInstanceOf(BadInputException.class).hasMessageContaining("0 to 31");
    }

    @Test
    void predictsTimesBesideTheLikeliestOne() {
        Result r = train("aft distribution:normal scale:0.5", roles("time", "event", null, null));
        assertThat(r.figure("c_index")).isGreaterThan(0.75);
        assertThat(r.baseline("c_index")).isEqualTo(0.5);
        assertThat(r.figure("nloglik")).isLessThan(r.baseline("nloglik"));
        double best = r.model.yardstick().constant()[0];
        BoostTrainer all = BoostTrainer.of(config("aft distribution:normal scale:0.5"), table(),
                roles("time", "event", null, null));
        Target y = Target.of(TableTarget.survival(all.labels(all.all())));
        Metric loss = Metric.defaultFor(Objective.aft("normal", 0.5));
        Yardstick own = Yardstick.of(all.target(), all.objective(), all.labels(all.all()), null, null);
        double at = own.constant()[0];
        assertThat(at).isCloseTo(best, within(0.4 * best));
        for (double other : new double[] {0.97 * at, 1.03 * at})
            assertThat(loss.of(same(at), y)).isLessThan(loss.of(same(other), y));
    }

    private static double[] same(double value) {
        return IntStream.range(0, ROWS).mapToDouble(_ -> value).toArray();
    }

    @Test
    void hazardsBecomeRisksThatBeatTheCurveOfAll() {
        Result r = train("cox", roles("time", "event", null, null));
        Yardstick.Horizon horizon = r.model.yardstick().horizon();
        String brier = r.metrics.shown().get(1);
        assertThat(r.figure(brier)).isLessThan(0.9 * r.baseline(brier));
        // The same by the independent score of absolute risks.
        double[] risk = Arrays.stream(r.metrics.prediction()).map(p -> 1 - Math.exp(-horizon.hazard() * p)).toArray();
        Survival data = TableTarget.survival(r.metrics.label());
        assertThat(r.figure(brier)).isCloseTo(BrierScore.at(data, risk, horizon.time()).value(), within(1e-12));
        double[] flat = risk.clone();
        Arrays.fill(flat, horizon.risk());
        assertThat(r.baseline(brier)).isCloseTo(BrierScore.at(data, flat, horizon.time()).value(), within(1e-12));
        // Breslow's hazard makes the mean risk that of the curve, nearly.
        assertThat(Arrays.stream(risk).average().orElseThrow()).isCloseTo(horizon.risk(), within(0.06));
    }

    @Test
    void rowsCountByTheirWeightsAsIfTheyWereRepeated() {
        Result r = train("regression", roles("relevance", null, "w", null));
        int[] repeated = IntStream.range(0, r.metrics.label().length)
                .flatMap(i -> IntStream.range(0, (int) r.metrics.weight()[i]).map(_ -> i)).toArray();
        BoostMetrics expanded = new BoostMetrics(r.metrics.yardstick(),
                Arrays.stream(repeated).mapToDouble(i -> r.metrics.prediction()[i]).toArray(),
                Arrays.stream(repeated).mapToDouble(i -> r.metrics.label()[i]).toArray(), null, null);
        Map<String, Object> block = expanded.block(false, 1);
        for (String name : r.metrics.shown())
            assertThat(r.figure(name)).as(name).isCloseTo((Double) block.get(name), within(1e-12));
        BoostMetrics unweighted = new BoostMetrics(r.metrics.yardstick(), r.metrics.prediction(), r.metrics.label(),
                null, null);
        assertThat(r.figure("rmse")).isNotEqualTo(unweighted.block(false, 1).get("rmse"));
    }

    @Test
    void modelsAreReadBackWithWhatTheyExpect() {
        for (String objective : new String[] {"cox", "aft"}) {
            Result r = train(objective, roles("time", "event", "w", null));
            BoostArtifacts.save(r.model, folder);
            TableModel back = BoostArtifacts.load(folder);
            assertThat(back.target()).isEqualTo(r.model.target());
            assertThat(back.yardstick().horizon()).isEqualTo(r.model.yardstick().horizon());
            TableModel.Ready ready = back.ready(table(), List.of(), true);
            BoostMetrics metrics = back.metrics(ready, back.predict(ready));
            assertThat(metrics.weight()).hasSize(ROWS);
            assertThat(metrics.block(false, 1).keySet()).contains("c_index");
        }
    }
}
