package org.lanewise.linear.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.linear.Family;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.io.DataFiles;

/** From tables with gaps and categories to models on disk. */
class LinearTrainerTest {
    private static final int N = 240;
    private static final Table TABLE = table();

    @TempDir
    Path folder;

    /** y = 2 a - b + (3 in the south) + noise of sd 0.5; every tenth b is missing; u is noise. */
    private static Table table() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] x = new double[3][N];
        double[] y = new double[N];
        String[] region = new String[N];
        String[] person = new String[N];
        for (int i = 0; i < N; i++) {
            for (double[] column : x) {
                column[i] = random.nextGaussian();
            }
            region[i] = List.of("north", "south", "west").get(random.nextInt(3));
            person[i] = "p" + i / 4;
            y[i] = 2 * x[0][i] - x[1][i] + (region[i].equals("south") ? 3 : 0) + 0.5 * random.nextGaussian();
            x[1][i] = i % 10 == 0 ? Double.NaN : x[1][i];
        }
        double[] event = Arrays.stream(y).map(v -> v > -1 ? 1 : 0).toArray();
        double[] time = Arrays.stream(y).map(v -> Math.exp(-v)).toArray();
        String[] third = Arrays.stream(y).mapToObj(v -> v < 0 ? "low" : v < 2 ? "middle" : "top")
                .toArray(String[]::new);
        return Table.of(DoubleColumn.of("a", x[0]), DoubleColumn.of("b", x[1]), DoubleColumn.of("u", x[2]),
                CategoricalColumn.ofTexts("region", region), TextColumn.of("person", person),
                DoubleColumn.of("y", y), DoubleColumn.of("time", time), DoubleColumn.of("event", event),
                TextColumn.of("third", third));
    }

    private static LinearTrainer.Trained train(ColumnRoles roles, String... drop) {
        return new LinearTrainer(LinearConfig.defaults()).train(TABLE.without(drop), roles, Map.of("seed", "1"))
                .orElseThrow();
    }

    @Test
    void thePathEndsWhereTheShapeOfTheTableSays() {
        Table few = TABLE.without("time", "event", "third", "person", "region");
        double[] alphas = new LinearTrainer(LinearConfig.defaults()).path(few, ColumnRoles.target("y")).path().alphas();
        assertThat(alphas[alphas.length - 1] / alphas[0]).isCloseTo(1e-4, within(1e-12));
    }

    @Test
    void numbers() {
        LinearTrainer.Trained trained = train(ColumnRoles.target("y").withGroup("person"), "time", "event",
                "third");
        TableModel model = trained.model();
        assertThat(model.columns()).containsExactly("a", "b", "u", "region=north", "region=south", "region=west");
        assertThat(model.model().coefficients()[0]).isCloseTo(2, within(0.15));
        Map<String, Object> valid = LinearMetrics.of(TABLE, trained.heldOut(), model).tree();
        assertThat((double) valid.get("rmse")).isBetween(0.45, 0.8);
        assertThat((double) ((Map<?, ?>) valid.get("baseline")).get("rmse")).isGreaterThan(2);
        // A held-out prediction is worse than one of a row that was trained on, on average.
        assertThat((double) valid.get("rmse"))
                .isGreaterThan(
                        (double) LinearMetrics.of(TABLE, model.predict(TABLE).means(), model).tree().get("rmse"));
    }

    @Test
    void classesAndSurvival() {
        LinearTrainer.Trained classes = train(ColumnRoles.target("third"), "y", "time", "event", "person");
        assertThat(classes.model().classes()).containsExactly("low", "middle", "top");
        assertThat((double) LinearMetrics.of(TABLE, classes.heldOut(), classes.model()).tree().get("accuracy"))
                .isGreaterThan(0.75);
        LinearTrainer.Trained binary = train(ColumnRoles.target("event"), "y", "time", "third", "person");
        assertThat(binary.model().model().family()).isEqualTo(Family.binomial());
        assertThat((double) LinearMetrics.of(TABLE, binary.heldOut(), binary.model()).tree().get("roc_auc"))
                .isGreaterThan(0.9);
        LinearTrainer.Trained cox = train(ColumnRoles.target("time").withEvent("event"), "y", "third", "person");
        Map<String, Object> survival = LinearMetrics.of(TABLE, cox.heldOut(), cox.model()).tree();
        assertThat((double) survival.get("c_index")).isGreaterThan(0.85);
        assertThat((double) ((Map<?, ?>) survival.get("baseline")).get("c_index")).isEqualTo(0.5);
    }

    @Test
    void aModelComesBackFromItsFolderAndKeepsItsSchema() throws Exception {
        for (ColumnRoles roles : List.of(ColumnRoles.target("y").withId("person"),
                ColumnRoles.target("third").withId("person"),
                ColumnRoles.target("time").withEvent("event").withId("person"))) {
            List<String> drop = new ArrayList<>(List.of("y", "time", "event", "third"));
            drop.remove(roles.target());
            drop.remove(roles.event());
            TableModel model = train(roles, drop.toArray(String[]::new)).model();
            LinearArtifacts.save(model, folder);
            TableModel back = LinearArtifacts.load(folder);
            assertThat(back.predict(TABLE).means()).isDeepEqualTo(model.predict(TABLE).means());
            assertThat(back.baseline()).isEqualTo(model.baseline());
            assertThat(back.provenance()).containsEntry("seed", "1");
        }
        TableModel model = LinearArtifacts.load(folder);
        assertThatThrownBy(() -> model.predict(TABLE.without("a"))).isInstanceOf(BadInputException.class)
                .hasMessageContaining("column \"a\": needed by the model");
        String[] region = new String[N];
        Arrays.fill(region, "moon");
        TableModel.Predictions odd = model
                .predict(TABLE.without("region").with(CategoricalColumn.ofTexts("region", region)));
        assertThat(odd.issues()).anySatisfy(issue -> assertThat(issue.toString()).contains("moon"));
    }

    @Test
    void damagedModelsAreOneLine() throws Exception {
        TableModel model = train(ColumnRoles.target("y").withId("person"), "time", "event", "third").model();
        LinearArtifacts.save(model, folder);
        Path file = folder.resolve("model.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"version\" : 1", "\"version\" : 9"));
        assertThatThrownBy(() -> LinearArtifacts.load(folder)).isInstanceOf(BadInputException.class)
                .hasMessageContaining("format version 9 is newer");
        for (String name : List.of("columns", "classes", "roles", "config", "baseline", "schema", "transform",
                "family", "alpha")) {
            Files.writeString(file, text.replaceFirst("\n  \"" + name + "\"", "\n  \"x" + name + "\""));
            assertThatThrownBy(() -> LinearArtifacts.load(folder)).as(name).isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file + ": damaged: ").message().doesNotContain("\n");
        }
        Files.writeString(file, text.replace("\"l1Ratio\" : 0.5", "\"l1Ratio\" : 5"));
        assertThatThrownBy(() -> LinearArtifacts.load(folder)).isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file + ": damaged: ");
        for (int length = 0; length < text.length(); length += 97) {
            Files.writeString(file, text.substring(0, length));
            assertThatThrownBy(() -> LinearArtifacts.load(folder)).isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith(file.toString()).message().doesNotContain("\n");
        }
        Files.writeString(file, text);
        Path weights = folder.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 3] ^= 1;
        Files.write(weights, bytes);
        assertThatThrownBy(() -> LinearArtifacts.load(folder)).isInstanceOf(BadInputException.class)
                .hasMessage(weights + ": damaged, or of another model than the model.json beside it");
        Files.delete(weights);
        assertThatThrownBy(() -> LinearArtifacts.load(folder)).hasMessage(weights + ": no such file");
    }

    /** A folder of format version 1, see make.sh beside it. */
    @Test
    void modelsOfTheFirstFormatAreRead() {
        Path golden = Path.of("../../src-test-data/linear/model_v1");
        TableModel model = LinearArtifacts.load(golden);
        double[][] shares = model.predict(DataFiles.read(golden.resolve("rows.csv"))).means();
        Table expected = DataFiles.read(golden.resolve("predictions.csv"));
        for (int k = 0; k < 3; k++) {
            assertThat(shares[k]).containsExactly(expected.numbers("probability_" + model.classes().get(k)),
                    within(1e-12));
        }
    }

    @Test
    void badTargetsAreNamed() {
        LinearTrainer trainer = new LinearTrainer(LinearConfig.defaults());
        assertThatThrownBy(() -> trainer.train(TABLE, ColumnRoles.target("b"), Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessage("row 1, column \"b\": missing, but needed of every row");
        assertThatThrownBy(() -> trainer.train(TABLE.select("y"), ColumnRoles.target("y"), Map.of()))
                .hasMessage("no columns are left to predict from");
        assertThatThrownBy(() -> trainer.train(TABLE.where(i -> i < 3), ColumnRoles.target("y"), Map.of()))
                .isInstanceOf(BadInputException.class).hasMessage("3 rows are too few for 5 folds");
        assertThatThrownBy(() -> trainer.train(TABLE, ColumnRoles.target("y").withWeight("a"), Map.of()))
                .isInstanceOf(BadInputException.class).hasMessageContaining("a weight must be finite and not negative");
        assertThatThrownBy(() -> trainer.train(TABLE, ColumnRoles.target("nosuch"), Map.of()))
                .isInstanceOf(BadInputException.class).hasMessageContaining("no such column");
    }
}
