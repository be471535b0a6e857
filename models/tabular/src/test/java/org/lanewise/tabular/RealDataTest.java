package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.csv.CsvOptions;
import org.lanewise.tabular.io.DataFiles;
import org.lanewise.tabular.parquet.Parquet;
import org.lanewise.tabular.schema.Schema;
import org.lanewise.tabular.schema.SchemaPolicy;
import org.lanewise.tabular.transform.ColumnChoice;
import org.lanewise.tabular.transform.ConditionalImputer;
import org.lanewise.tabular.transform.Fitted;
import org.lanewise.tabular.transform.OneHotEncoder;
import org.lanewise.tabular.transform.Pipeline;
import org.lanewise.tabular.transform.Scaler;
import org.lanewise.tabular.transform.TargetEncoder;
import org.lanewise.tabular.transform.Transforms;

/** Everything together on real files. */
class RealDataTest {
    @TempDir
    Path folder;

    /** Row and column counts and missing cells as pandas 3.0.6 finds them (missing is the empty field). */
    @ParameterizedTest
    @CsvSource({"diamonds, 53940, 10", "letter, 20000, 17", "income, 8993, 14", "spam, 4601, 58",
            "breast_cancer_wisconsin, 699, 10", "sk_breast_cancer, 569, 31", "sk_wine, 178, 14",
            "sk_diabetes, 442, 11", "flchain, 7874, 10", "rotterdam, 2982, 15", "mgus2, 1384, 11", "pbc, 418, 20"})
    void readsAndGoesThroughParquet(String name, int rows, int columns) {
        Table table = Csv.read(RealData.file(name + ".csv.gz"));
        assertThat(table.rows()).isEqualTo(rows);
        assertThat(table.names()).hasSize(columns);
        Path parquet = folder.resolve(name + ".parquet");
        DataFiles.write(parquet, table);
        assertThat(DataFingerprint.of(DataFiles.read(parquet))).isEqualTo(DataFingerprint.of(table));
        int seen = 0;
        try (TableChunks chunks = DataFiles.chunks(parquet, Map.of(), 997)) {
            for (Table chunk : chunks) {
                seen += chunk.rows();
            }
        }
        assertThat(seen).isEqualTo(rows);
    }

    @Test
    void aWholePreparationOnDiamonds() {
        Table all = Csv.read(RealData.file("diamonds.csv.gz"),
                CsvOptions.defaults().withType("cut", ColumnType.CATEGORICAL)
                        .withType("color", ColumnType.CATEGORICAL).withType("clarity", ColumnType.CATEGORICAL));
        Split.Parts parts = Split.Parts.of(Split.shuffled(all.rows(), 1, 0.7, 0.15, 0.15));
        Table train = all.take(parts.train());
        double[] price = train.numbers("price");
        Table x = train.without("price");
        Fitted fitted = Pipeline.of(TargetEncoder.of(ColumnChoice.named("clarity"), 7),
                OneHotEncoder.of(ColumnChoice.categorical()),
                Scaler.standard(ColumnChoice.ofType(ColumnType.DOUBLE))).fitApply(x, price);
        Path file = folder.resolve("t.json");
        Transforms.write(file, fitted.transform());
        Schema schema = Schema.of(x);
        Table test = schema.apply(all.take(parts.test()), SchemaPolicy.defaults()).table();
        Table ready = Transforms.read(file).apply(test);
        assertThat(ready.names()).isEqualTo(fitted.table().names()).contains("cut=Ideal", "color=J", "clarity");
        assertThat(Arrays.stream(fitted.table().numbers("carat")).average().orElseThrow()).isCloseTo(0, within(1e-10));
        assertThat(Arrays.stream(ready.numbers("carat")).average().orElseThrow()).isCloseTo(0, within(0.05));
        // Whatever the split, the encoded clarity is a mean price: standardised it stays inside a few deviations.
        assertThat(Arrays.stream(ready.numbers("clarity"))).allMatch(v -> Math.abs(v) < 6);
    }

    /** A file larger than memory goes from CSV to Parquet like this. */
    @Test
    void csvToParquetInPieces() {
        Path file = RealData.file("diamonds.csv.gz");
        Path parquet = folder.resolve("pieces.parquet");
        try (TableChunks pieces = DataFiles.chunks(file, Map.of("table", ColumnType.DOUBLE), 7000)) {
            Parquet.write(parquet, pieces);
        }
        Table all = Csv.read(file);
        Table back = DataFiles.read(parquet);
        assertThat(back.rows()).isEqualTo(all.rows());
        for (String name : all.names()) {
            assertThat(back.texts(name)).isEqualTo(all.texts(name));
        }
    }

    @Test
    void missingCreatinineFollowsTheOthers() {
        Table all = Csv.read(RealData.file("flchain.csv.gz"));
        Table filled = ConditionalImputer.of(ColumnChoice.named("age", "kappa", "lambda", "creatinine"))
                .fitApply(all, null).table();
        assertThat(all.column("creatinine").missingCount()).isPositive();
        assertThat(filled.column("creatinine").missingCount()).isZero();
        assertThat(Arrays.stream(filled.numbers("creatinine"))).allMatch(v -> v > 0 && v < 20);
    }

    @Test
    void stratifiedFoldsOfLetterHoldEveryClassAlike() {
        Table all = Csv.read(RealData.file("letter.csv.gz"));
        String[] letters = all.texts("lettr");
        List<String> levels = List.copyOf(new TreeSet<>(Arrays.asList(letters)));
        int[] classes = Arrays.stream(letters).mapToInt(levels::indexOf).toArray();
        for (Split.Fold fold : Split.stratifiedFolds(classes, 5, 3)) {
            Map<Integer, Long> counts = Arrays.stream(fold.test()).mapToObj(i -> classes[i])
                    .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
            for (int c = 0; c < 26; c++) {
                int wanted = c;
                double share = IntStream.of(classes).filter(v -> v == wanted).count() / 5.0;
                assertThat((double) counts.get(c)).isBetween(share - 1, share + 1);
            }
        }
    }
}
