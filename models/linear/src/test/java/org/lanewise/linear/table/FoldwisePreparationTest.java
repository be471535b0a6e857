package org.lanewise.linear.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.table.Preparation.Fill;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaPolicy;
import org.lanewise.tabular.transform.SimpleImputer;

/** What prepares columns is learnt from the training rows of each fold, and comes back to the same bits after a stop. */
class FoldwisePreparationTest {
    private static final int N = 200;

    @TempDir
    Path folder;

    /** A target of pure noise, a column with gaps, and one of about two rows for each of its categories. */
    private static Table noise() {
        SplittableRandom random = new SplittableRandom(3);
        double[] a = new double[N];
        double[] y = new double[N];
        String[] street = new String[N];
        for (int i = 0; i < N; i++) {
            a[i] = i % 3 == 0 ? Double.NaN : random.nextGaussian() + 0.01 * i;
            y[i] = random.nextGaussian();
            street[i] = "s" + random.nextInt(N / 2);
        }
        return Table.of(DoubleColumn.of("a", a), CategoricalColumn.ofTexts("street", street), DoubleColumn.of("y", y));
    }

    private static ColumnPreparation columns(Table table, Preparation how) {
        LinearConfig config = LinearConfig.defaults();
        ColumnRoles roles = ColumnRoles.target("y");
        Table predictors = roles.predictors(table);
        return new ColumnPreparation(Schema.of(predictors).apply(predictors, SchemaPolicy.defaults()).table(), how,
                TableTarget.decide(table, roles, config), null, config.seed());
    }

    @Test
    void aFoldFillsGapsWithTheMeanOfItsTrainingRows() {
        Table table = noise();
        double[] a = table.numbers("a");
        ColumnPreparation columns = columns(table, new Preparation(Fill.MEAN, true, 100));
        Set<Double> fills = new HashSet<>();
        for (Split.Fold fold : Split.folds(N, 4, 1)) {
            ColumnPreparation.Ready ready = columns.learn(fold.train());
            double mean = Arrays.stream(fold.train()).mapToDouble(i -> a[i]).filter(v -> !Double.isNaN(v)).average()
                    .orElseThrow();
            Table prepared = ready.transform().apply(columns.predictors());
            int gap = Arrays.stream(fold.test()).filter(i -> Double.isNaN(a[i])).findFirst().orElseThrow();
            assertThat(prepared.numbers("a")[gap]).isCloseTo(mean, within(1e-12));
            assertThat(prepared.numbers("a_missing")[gap]).isEqualTo(1);
            assertThat(ready.names()).contains("a_missing");
            fills.add(prepared.numbers("a")[gap]);
        }
        assertThat(fills).hasSize(4);
    }

    @Test
    void aRowOfWeightZeroTeachesNothing() {
        double[] weight = new double[N];
        Arrays.setAll(weight, i -> i < 50 ? 0 : 1);
        Table table = noise().with(DoubleColumn.of("w", weight));
        ColumnRoles roles = ColumnRoles.target("y").withWeight("w");
        LinearConfig config = LinearConfig.defaults();
        TableModel model = new LinearTrainer(config).train(table, roles, Map.of()).orElseThrow().model();
        Table rest = table.where(i -> i >= 50);
        double median = SimpleImputer.median(t -> List.of("a")).fit(rest, null).apply(table).numbers("a")[0];
        assertThat(model.transform().apply(roles.predictors(table)).numbers("a")[0]).isEqualTo(median);
    }

    /** Street means of all rows would predict noise they have seen; those of training rows cannot. */
    @Test
    void encodingsByTheTargetDoNotLeak() {
        Table table = noise();
        Preparation byTarget = new Preparation(Fill.MEDIAN, false, 10);
        LinearConfig config = LinearConfig.defaults().withPreparation(byTarget);
        LinearTrainer.Trained trained = new LinearTrainer(config).train(table, ColumnRoles.target("y"), Map.of())
                .orElseThrow();
        assertThat(trained.model().columns()).containsExactly("a", "street");
        Map<String, Object> valid = LinearMetrics.of(table, trained.heldOut(), trained.model()).tree();
        assertThat((double) valid.get("r2")).isLessThan(0.05);
        // The same columns with encodings that were learnt from every row look as if they worked.
        ColumnPreparation columns = columns(table, byTarget);
        double[] seen = columns.learn(IntStream.range(0, N).toArray()).transform()
                .apply(columns.predictors()).numbers("street");
        double[] y = table.numbers("y");
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < N; i++) {
            covariance += seen[i] * y[i];
            variance += seen[i] * seen[i];
        }
        double error = 0;
        double total = 0;
        for (int i = 0; i < N; i++) {
            error += Math.pow(y[i] - covariance / variance * seen[i], 2);
            total += y[i] * y[i];
        }
        assertThat(1 - error / total).isGreaterThan(0.3);
    }

    @Test
    void aStoppedTrainingGoesOnToTheSameBits() {
        Table table = noise();
        ColumnRoles roles = ColumnRoles.target("y");
        LinearTrainer plain = new LinearTrainer(LinearConfig.defaults().withPenalty(0.9, 1));
        LinearTrainer.Trained whole = plain.train(table, roles, Map.of()).orElseThrow();
        AtomicInteger asked = new AtomicInteger();
        assertThat(plain.checkpoints(folder).stopWhen(() -> asked.incrementAndGet() > 3).train(table, roles, Map.of()))
                .isEmpty();
        Map<Integer, Boolean> restored = new ConcurrentHashMap<>();
        LinearTrainer.Trained resumed;
        try (WorkerPool pool = WorkerPool.of(3)) {
            resumed = pool.call(() -> plain.checkpoints(folder)
                    .listener(fit -> restored.put(fit.fold(), fit.restored())).train(table, roles, Map.of())
                    .orElseThrow());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(Files.exists(folder.resolve("fold-0.safetensors"))).isTrue();
        assertThat(restored).hasSize(plain.totalPaths()).containsEntry(-1, true);
        assertThat(restored.values()).contains(false);
        assertThat(resumed.heldOut()).isDeepEqualTo(whole.heldOut());
        assertThat(resumed.cv().deviance()).containsExactly(whole.cv().deviance());
        assertThat(resumed.cv().standardError()).containsExactly(whole.cv().standardError());
        assertThat(resumed.model().model().coefficients()).containsExactly(whole.model().model().coefficients());
        assertThat(resumed.cv().path().steps().getLast()).usingRecursiveComparison()
                .isEqualTo(whole.cv().path().steps().getLast());
    }

    @Test
    void aDamagedCheckpointIsOneLine() throws Exception {
        Table table = noise();
        LinearTrainer trainer = new LinearTrainer(LinearConfig.defaults()).checkpoints(folder);
        trainer.train(table, ColumnRoles.target("y"), Map.of());
        Path file = folder.resolve("all.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 5, 60, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> trainer.train(table, ColumnRoles.target("y"), Map.of()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file + ": damaged, begin without --resume");
        }
        Files.write(file, whole);
        // Of a table with other columns.
        assertThatThrownBy(() -> trainer.train(table.without("street"), ColumnRoles.target("y"), Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file + ": damaged, begin without --resume");
    }

    @Test
    void offsetsAndWeights() {
        SplittableRandom random = new SplittableRandom(8);
        double[] x = random.doubles(N).toArray();
        double[] years = random.doubles(N, 1, 50).toArray();
        double[] count = new double[N];
        double[] weight = new double[N];
        for (int i = 0; i < N; i++) {
            double rate = years[i] * Math.exp(x[i] - 2);
            for (double t = 0; (t -= Math.log(random.nextDouble()) / rate) < 1;) {
                count[i]++;
            }
            weight[i] = 1 + i % 2;
        }
        Table table = Table.of(DoubleColumn.of("x", x),
                DoubleColumn.of("log_years", Arrays.stream(years).map(Math::log).toArray()),
                DoubleColumn.of("count", count), DoubleColumn.of("w", weight));
        ColumnRoles roles = ColumnRoles.target("count").withOffset("log_years").withWeight("w");
        LinearConfig config = new LinearConfig(LinearConfig.TargetFamily.POISSON, 1, 1, 60, 1e-4, List.of(), true, true,
                true,
                1e-6, 5, org.lanewise.linear.ElasticNetCv.AlphaRule.MIN, 1, Preparation.defaults(), 1);
        LinearTrainer.Trained trained = new LinearTrainer(config).train(table, roles, Map.of()).orElseThrow();
        assertThat(trained.model().model().coefficients()[0]).isCloseTo(1, within(0.15));
        double[] rate = trained.model().predict(table).means()[0];
        assertThat(rate[0] / years[0]).isCloseTo(Math.exp(x[0] - 2), within(0.1));
        double base = Arrays.stream(new int[] {0, 1}).mapToDouble(
                k -> (k + 1) * IntStream.range(0, N).filter(i -> i % 2 == k).mapToDouble(i -> count[i])
                        .sum())
                .sum()
                / IntStream.range(0, N).mapToDouble(i -> weight[i] * years[i]).sum();
        assertThat(trained.model().baseline()[0]).isCloseTo(base, within(1e-12));

        // A weight of 2 is the row twice.
        int[] twice = IntStream.range(0, N).flatMap(
                i -> IntStream.range(0, (int) weight[i]).map(_ -> i)).toArray();
        Map<String, Object> weighted = LinearMetrics.of(table, new double[][] {rate}, trained.model()).tree();
        Table repeated = table.take(twice).without("w");
        Map<String, Object> plain = LinearMetrics.of(repeated,
                new double[][] {Arrays.stream(twice).mapToDouble(i -> rate[i]).toArray()}, trained.model()).tree();
        assertThat(weighted).containsEntry("weighted", true);
        assertThat(plain).containsEntry("weighted", false);
        for (String name : LinearMetrics.shown(trained.model().model().family())) {
            assertThat((double) weighted.get(name)).as(name).isCloseTo((double) plain.get(name), within(1e-9));
        }
    }
}
