package org.lanewise.tabular.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Golden;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import tools.jackson.databind.JsonNode;

/** Transforms against scikit-learn and a plain expectation-maximisation, transforms.py. */
class TransformGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("transforms.json");

    private static Table table(JsonNode columns) {
        List<Column> all = new ArrayList<>();
        for (int j = 0; j < columns.size(); j++) {
            all.add(DoubleColumn.of("x" + j, Golden.doubles(columns.get(j))));
        }
        return Table.of("", all);
    }

    private static void same(Table ours, JsonNode theirs, Offset<Double> close) {
        for (int j = 0; j < theirs.size(); j++) {
            assertThat(ours.numbers("x" + j)).as("column %d", j).containsExactly(Golden.doubles(theirs.get(j)), close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard", "min_max", "robust", "quantile", "quantile_normal"})
    void scalers(String name) {
        Step step = switch (name) {
            case "standard" -> Scaler.standard(ColumnChoice.all());
            case "min_max" -> Scaler.minMax(ColumnChoice.all());
            case "robust" -> Scaler.robust(ColumnChoice.all());
            case "quantile" -> QuantileScaler.uniform(ColumnChoice.all()).withQuantiles(20);
            default -> QuantileScaler.normal(ColumnChoice.all()).withQuantiles(20);
        };
        Fitted fitted = step.fitApply(table(GOLDEN.get("train")), null);
        // The ends of the normal deviates differ by a rounding of 1e-7 in the share.
        Offset<Double> close = within(name.equals("quantile_normal") ? 1e-6 : 1e-11);
        same(fitted.table(), GOLDEN.get(name).get("train"), close);
        same(fitted.transform().apply(table(GOLDEN.get("fresh"))), GOLDEN.get(name).get("fresh"), close);
    }

    @Test
    void imputers() {
        Table train = table(GOLDEN.get("train"));
        Table gaps = Table.of("", IntStream.range(0, 4).mapToObj(j -> DoubleColumn.of("x" + j, Double.NaN)).toList());
        for (String name : List.of("mean", "median", "most_frequent")) {
            Step step = switch (name) {
                case "mean" -> SimpleImputer.mean(ColumnChoice.all());
                case "median" -> SimpleImputer.median(ColumnChoice.all());
                default -> SimpleImputer.mostFrequent(ColumnChoice.all());
            };
            Table filled = step.fit(train, null).apply(gaps);
            for (int j = 0; j < 4; j++) {
                assertThat(filled.numbers("x" + j)[0]).as(name + j)
                        .isCloseTo(GOLDEN.get(name).get(j).asDouble(), within(1e-12));
            }
        }
    }

    @Test
    void conditionalMeans() {
        Fitted fitted = ConditionalImputer.of(ColumnChoice.all()).withRounds(30, 0)
                .fitApply(table(GOLDEN.get("train")), null);
        same(fitted.table(), GOLDEN.get("conditional"), within(1e-9));
    }

    @Test
    void targetEncoding() {
        JsonNode golden = GOLDEN.get("target");
        Table train = Table.of(TextColumn.of("city", texts(golden.get("city"))));
        Table fresh = Table.of(TextColumn.of("city", texts(golden.get("fresh"))));
        double[] y = Golden.doubles(golden.get("y"));
        TargetEncoder encoder = TargetEncoder.of(ColumnChoice.all(), rows -> Split.folds(rows.rows(), 5, 1));
        assertThat(encoder.fit(train, y).apply(fresh).numbers("city"))
                .containsExactly(Golden.doubles(golden.get("auto")), within(1e-12));
        assertThat(encoder.withSmoothing(7.5).fit(train, y).apply(fresh).numbers("city"))
                .containsExactly(Golden.doubles(golden.get("fixed")), within(1e-12));
        double[] classes = Golden.doubles(golden.get("classes"));
        Table shares = encoder.withClasses(3).fit(train, classes).apply(fresh);
        assertThat(shares.names()).containsExactly("city_0", "city_1", "city_2");
        for (int c = 0; c < 3; c++) {
            assertThat(shares.numbers("city_" + c))
                    .containsExactly(Golden.doubles(golden.get("multiclass").get(c)), within(1e-12));
        }
        Table trained = encoder.withClasses(3).fitApply(train, classes).table();
        assertThat(trained.names()).containsExactly("city_0", "city_1", "city_2");
        for (int row = 0; row < trained.rows(); row++) {
            double sum = trained.numbers("city_0")[row] + trained.numbers("city_1")[row]
                    + trained.numbers("city_2")[row];
            assertThat(sum).isBetween(0.5, 1.5); // Each class has its own smoothing: about 1.
        }
    }

    @Test
    void hashing() {
        String[] city = texts(GOLDEN.get("target").get("city"));
        String[] code = IntStream.range(0, city.length).mapToObj(i -> Integer.toString(i % 7)).toArray(String[]::new);
        Table hashed = HashingEncoder.of(ColumnChoice.all(), 16)
                .fitApply(Table.of(TextColumn.of("city", city), TextColumn.of("code", code)), null).table();
        for (int row = 0; row < 20; row++) {
            for (int b = 0; b < 16; b++) {
                assertThat(hashed.numbers("hash_" + b)[row])
                        .isEqualTo(GOLDEN.get("hashed").get(row).get(b).asDouble());
            }
        }
    }

    private static String[] texts(JsonNode array) {
        String[] texts = new String[array.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = array.get(i).asString();
        }
        return texts;
    }
}
