package org.lanewise.tabular.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

class TransformTest {
    @TempDir
    Path folder;

    private static final String[] CITIES = {"Ulm", "Bonn", "Graz", null, "Ulm", "Ulm", "Bonn", "Ulm"};

    private static Table people(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] x = new double[rows];
        double[] z = new double[rows];
        int[] age = new int[rows];
        BitSet unknown = new BitSet();
        String[] city = new String[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = rng.nextInt(5) == 0 ? Double.NaN : rng.nextGaussian();
            z[i] = rng.nextInt(7) == 0 ? Double.NaN : 3 - 2 * x[i] + rng.nextGaussian();
            age[i] = 20 + rng.nextInt(50);
            unknown.set(i, rng.nextInt(9) == 0);
            city[i] = CITIES[rng.nextInt(CITIES.length)];
        }
        return Table.of("people.csv", List.of(DoubleColumn.of("x", x), DoubleColumn.of("z", z),
                IntColumn.of("age", age, unknown), CategoricalColumn.ofTexts("city", city)));
    }

    private static Pipeline everything() {
        return Pipeline.of(SimpleImputer.median(ColumnChoice.named("age")).withIndicator(),
                ConditionalImputer.of(ColumnChoice.named("x", "z", "age")),
                SimpleImputer.mostFrequent(ColumnChoice.categorical()),
                Scaler.robust(ColumnChoice.named("age")), QuantileScaler.normal(ColumnChoice.named("z")),
                new Copy("city", "where"), new Copy("city", "town"), new Copy("city", "place"),
                TargetEncoder.of(ColumnChoice.named("where"), 3), OrdinalEncoder.of(ColumnChoice.named("town")),
                HashingEncoder.of(ColumnChoice.named("place"), 4), OneHotEncoder.of(ColumnChoice.categorical()));
    }

    /** The same column under another name, so that one table goes through every encoder. */
    private record Copy(String from, String to) implements Step {
        @Override
        public Transform fit(Table train, double[] target) {
            return Pipeline.of().fit(train, target);
        }

        @Override
        public Fitted fitApply(Table train, double[] target) {
            return new Fitted(fit(train, target), train.with(train.column(from).renamed(to)));
        }
    }

    @Test
    void aPipelineComesBackFromItsFileWithTheSameBits() {
        Table train = people(300, 1);
        Table copied = train.with(train.column("city").renamed("where")).with(train.column("city").renamed("town"))
                .with(train.column("city").renamed("place"));
        double[] target = IntStream.range(0, 300).mapToDouble(i -> i % 17).toArray();
        Fitted fitted = everything().fitApply(train, target);
        Path file = folder.resolve("transform.json");
        Transforms.write(file, fitted.transform());
        Transform back = Transforms.read(file);
        Table fresh = copied.take(5, 9, 2);
        assertThat(DataFingerprint.of(back.apply(fresh)))
                .isEqualTo(DataFingerprint.of(fitted.transform().apply(fresh)));
        assertThat(fitted.table().columns()).allMatch(c -> c.missingCount() == 0)
                .allMatch(c -> c.type().isNumeric());
        assertThat(fitted.table().names()).contains("age_missing", "city=Ulm", "hash_3", "where", "town");
        assertThat(JsonFiles.text(Transforms.tree(back)))
                .isEqualTo(JsonFiles.text(Transforms.tree(fitted.transform())));
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        Table train = people(30, 1);
        Path file = folder.resolve("t.json");
        for (Step step : List.of(Scaler.standard(ColumnChoice.named("x")), OneHotEncoder.of(ColumnChoice.named("city")),
                ConditionalImputer.of(ColumnChoice.named("x", "z")),
                QuantileScaler.uniform(ColumnChoice.named("x")))) {
            String text = JsonFiles.text(Transforms.tree(step.fit(train, null)));
            for (String broken : List.of(text.replace("\"x\"", "7"), text.replace("kind", "art"),
                    text.replaceFirst("\"levels\"|\"centre\"|\"quantiles\"", "\"other\""),
                    text.replace("\"format\" : 1", "\"format\" : 2"))) {
                Files.writeString(file, broken);
                if (!broken.equals(text)) {
                    assertThatThrownBy(() -> Transforms.read(file)).isInstanceOf(BadInputException.class)
                            .message().startsWith(file.toString()).doesNotContain("\n");
                }
            }
        }
        Files.writeString(file, "{\"kind\": \"magic\", \"format\": 1, \"state\": {}}");
        assertThatThrownBy(() -> Transforms.read(file)).hasMessage(file + ": \"magic\" is not a known transform");
    }

    @Test
    void whatATestRowHoldsNeverReachesTheTransform() {
        Table all = people(200, 2);
        int[] rows = IntStream.range(0, 150).toArray();
        double[] y = IntStream.range(0, 150).mapToDouble(i -> i % 5).toArray();
        Table train = all.take(rows);
        Step steps = Pipeline.of(ConditionalImputer.of(ColumnChoice.numeric()),
                TargetEncoder.of(ColumnChoice.categorical(), 1));
        String alone = JsonFiles.text(Transforms.tree(steps.fit(train, y)));
        assertThat(JsonFiles.text(Transforms.tree(steps.fit(train, y)))).isEqualTo(alone);
        // Each row's change is its own: one row at a time gives what the table gives.
        Transform fitted = steps.fit(train, y);
        Table together = fitted.apply(all);
        for (int row = 150; row < 160; row++) {
            Table single = fitted.apply(all.take(row));
            for (Column column : together.columns()) {
                assertThat(single.column(column.name()).number(0)).isEqualTo(column.number(row));
            }
        }
    }

    @Test
    void orderedTargetsKnowOnlyTheRowsBefore() {
        int n = 90;
        Rng rng = Rng.of(8);
        String[] city = IntStream.range(0, n).mapToObj(i -> i % 10 == 9 ? null : "c" + rng.nextInt(7))
                .toArray(String[]::new);
        Table train = Table.of(TextColumn.of("city", city));
        double[] y = IntStream.range(0, n).mapToDouble(_ -> rng.nextGaussian()).toArray();
        Fitted fitted = TargetEncoder.ordered(ColumnChoice.all(), 2, 5).withSmoothing(1.5).fitApply(train, y);
        double[] encoded = fitted.table().numbers("city");

        double[] expected = new double[n];
        int[][] place = new int[2][n];
        for (int o = 0; o < 2; o++) {
            int[] order = Rng.of(5).stream("ordered targets").stream(o).permutation(n);
            for (int k = 0; k < n; k++) {
                place[o][order[k]] = k;
                int row = order[k];
                int[] before = Arrays.copyOf(order, k);
                double prior = Arrays.stream(before).mapToDouble(i -> y[i]).average().orElse(0);
                double[] same = Arrays.stream(before).filter(i -> Objects.equals(city[i], city[row]))
                        .mapToDouble(i -> y[i]).toArray();
                expected[row] += (Arrays.stream(same).sum() + 1.5 * prior) / (same.length + 1.5) / 2;
            }
        }
        for (int row = 0; row < n; row++) {
            assertThat(encoded[row]).isCloseTo(expected[row], within(1e-12));
        }

        // Neither a row's own target nor that of a row after it in both orders matters.
        int changed = 17;
        double[] other = y.clone();
        other[changed] += 100;
        double[] after = TargetEncoder.ordered(ColumnChoice.all(), 2, 5).withSmoothing(1.5).fitApply(train, other)
                .table().numbers("city");
        for (int row = 0; row < n; row++) {
            if (place[0][row] <= place[0][changed] && place[1][row] <= place[1][changed]) {
                assertThat(after[row]).isEqualTo(encoded[row]);
            }
        }
        assertThat(after).isNotEqualTo(encoded);

        // Rows to come are encoded by all training rows, and so are saved.
        assertThat(fitted.transform().apply(train).numbers("city"))
                .isEqualTo(TargetEncoder.of(ColumnChoice.all(), 1).withSmoothing(1.5).fit(train, y).apply(train)
                        .numbers("city"));
        Transform back = Transforms.read(write(fitted.transform()));
        assertThat(back.apply(train).numbers("city")).isEqualTo(fitted.transform().apply(train).numbers("city"));
        double[] yes = Arrays.stream(y).map(v -> v > 0 ? 1 : 0).toArray();
        Table shares = TargetEncoder.ordered(ColumnChoice.all(), 3, 1).withClasses(2).fitApply(train, yes).table();
        assertThat(shares.names()).containsExactly("city_0", "city_1");
        assertThatThrownBy(() -> TargetEncoder.ordered(ColumnChoice.all(), 0, 1)).hasMessageContaining("one order");
    }

    private Path write(Transform transform) {
        Path file = folder.resolve("ordered.json");
        Transforms.write(file, transform);
        return file;
    }

    @Test
    void aRowsOwnTargetNeverReachesItsEncoding() {
        Table train = people(120, 3).select("city");
        Rng rng = Rng.of(4);
        double[] y = IntStream.range(0, 120).mapToDouble(_ -> rng.nextGaussian()).toArray();
        List<Split.Fold> folds = Split.folds(120, 4, 9);
        TargetEncoder encoder = TargetEncoder.of(ColumnChoice.all(), _ -> folds);
        double[] before = encoder.fitApply(train, y).table().numbers("city");
        for (Split.Fold fold : folds) {
            double[] changed = y.clone();
            Arrays.stream(fold.test()).forEach(row -> changed[row] += 100 * (row + 1));
            double[] after = encoder.fitApply(train, changed).table().numbers("city");
            for (int row : fold.test()) {
                assertThat(after[row]).isEqualTo(before[row]);
            }
        }
        // Encoded with its own target, noise looks like signal; out of fold it does not.
        Table ids = Table.of(TextColumn.of("id", IntStream.range(0, 120).mapToObj(i -> "p" + i / 2)
                .toArray(String[]::new)));
        double[] leaky = encoder.withSmoothing(0).fit(ids, y).apply(ids).numbers("id");
        double[] safe = encoder.withSmoothing(0).fitApply(ids, y).table().numbers("id");
        assertThat(correlation(leaky, y)).isGreaterThan(0.5);
        assertThat(correlation(safe, y)).isLessThan(0.2);
        assertThatThrownBy(() -> TargetEncoder.of(ColumnChoice.all(), _ -> folds.subList(0, 3)).fitApply(train, y))
                .hasMessageContaining("is tested by no fold");
    }

    private static double correlation(double[] a, double[] b) {
        double ma = Arrays.stream(a).average().orElseThrow();
        double mb = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void oneHot() {
        Table train = Table.of("t.csv",
                List.of(TextColumn.of("c", "b", "a", "b", null, "rare"), DoubleColumn.of("x", 1, 2, 3, 4, 5)));
        Table fresh = Table.of("f.csv", List.of(TextColumn.of("c", "a", "new", null)));
        Table plain = OneHotEncoder.of(ColumnChoice.categorical()).fitApply(train, null).table();
        assertThat(plain.names()).containsExactly("x", "c=a", "c=b", "c=rare", "c=");
        assertThat(plain.numbers("c=b")).containsExactly(1, 0, 1, 0, 0);
        assertThat(plain.numbers("c=")).containsExactly(0, 0, 0, 1, 0);
        Table coded = OneHotEncoder.of(ColumnChoice.categorical()).fit(train, null).apply(fresh);
        assertThat(coded.numbers("c=a")).containsExactly(1, 0, 0);
        assertThat(coded.numbers("c=")).containsExactly(0, 0, 1);
        Table few = OneHotEncoder.of(ColumnChoice.categorical()).withMinFrequency(2).withDropFirst().fit(train, null)
                .apply(fresh);
        assertThat(few.names()).containsExactly("c=(infrequent)", "c=");
        assertThat(few.numbers("c=(infrequent)")).containsExactly(1, 1, 0);
        Transform strict = OneHotEncoder.of(ColumnChoice.categorical()).withUnseen(Unseen.REFUSE).fit(train, null);
        assertThatThrownBy(() -> strict.apply(fresh)).isInstanceOf(BadInputException.class)
                .hasMessage("f.csv: row 2, column \"c\", value \"new\": did not occur in training");
    }

    @Test
    void ordinalKeepsTheOrderOfCategoriesAndOfNumbers() {
        Table train = Table.of(CategoricalColumn.of("cut", List.of("Fair", "Good", "Best"), new int[] {2, 0, 1, -1}),
                IntColumn.of("n", 10, 9, 100, 9));
        Table coded = OrdinalEncoder.of(ColumnChoice.all()).fitApply(train, null).table();
        assertThat(coded.numbers("cut")).containsExactly(2, 0, 1, Double.NaN);
        assertThat(coded.numbers("n")).containsExactly(1, 0, 2, 0);
        assertThat(OrdinalEncoder.of(ColumnChoice.named("cut")).fit(train, null)
                .apply(Table.of(TextColumn.of("cut", "Good", "?", null))).numbers("cut"))
                .containsExactly(1, Double.NaN, Double.NaN);
    }

    @Test
    void oddColumns() {
        Table odd = Table.of("odd.csv", List.of(DoubleColumn.of("none", Double.NaN, Double.NaN),
                DoubleColumn.of("same", 5, 5), DoubleColumn.of("big", 1, Double.POSITIVE_INFINITY)));
        ColumnChoice sound = ColumnChoice.named("none", "same");
        assertThat(SimpleImputer.mean(sound).fitApply(odd, null).table().numbers("none")).containsExactly(0, 0);
        assertThat(ConditionalImputer.of(sound).fitApply(odd, null).table().numbers("none")).containsExactly(0, 0);
        assertThat(Scaler.standard(sound).fitApply(odd, null).table().numbers("same")).containsExactly(0, 0);
        assertThat(QuantileScaler.uniform(sound).fitApply(odd, null).table().numbers("same")).containsExactly(0, 0);
        assertThatThrownBy(() -> Scaler.minMax(ColumnChoice.all()).fit(odd, null))
                .hasMessage("odd.csv: row 2, column \"big\", value \"Infinity\": an infinite value cannot be scaled");
        assertThatThrownBy(() -> SimpleImputer.constant(ColumnChoice.named("same"), "x").fit(odd, null))
                .isInstanceOf(BadInputException.class).hasMessageContaining("column \"same\", value \"x\"");
        Table one = odd.take(0);
        assertThat(QuantileScaler.uniform(sound).fitApply(one, null).table().numbers("same")).containsExactly(0);
        assertThat(Scaler.robust(sound).fitApply(one, null).table().numbers("same")).containsExactly(0);
    }

    @Test
    void conditionalMeansFollowTheOtherColumns() {
        Table train = people(2000, 5).select("x", "z");
        Table asked = Table.of(DoubleColumn.of("x", 1, Double.NaN, 0.5), DoubleColumn.of("z", Double.NaN, 7, 2));
        Table filled = ConditionalImputer.of(ColumnChoice.all()).fit(train, null).apply(asked);
        assertThat(filled.numbers("z")[0]).isCloseTo(1, within(0.15)); // z = 3 - 2 x + noise
        assertThat(filled.numbers("x")[1]).isLessThan(-1);
        assertThat(filled.numbers("x")[2]).isEqualTo(0.5);
    }

    @Test
    void imputersKeepTypesWhereTheyCan() {
        Table train = people(50, 6);
        Table filled = Pipeline.of(SimpleImputer.mostFrequent(ColumnChoice.named("age", "city")),
                SimpleImputer.constant(ColumnChoice.named("x"), "-1")).fitApply(train, null).table();
        assertThat(filled.column("age").type()).isEqualTo(ColumnType.INT);
        assertThat(filled.column("city").type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(filled.column("x").missingCount()).isZero();
        assertThat(SimpleImputer.mean(ColumnChoice.named("age")).fitApply(train, null).table().column("age").type())
                .isEqualTo(ColumnType.DOUBLE);
        assertThat(ColumnFilter.keep(ColumnChoice.numeric().except("x")).fitApply(train, null).table().names())
                .containsExactly("z", "age");
    }
}
