package org.lanewise.tabular.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Golden;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import tools.jackson.databind.JsonNode;

/** Files of other writers, parquet/make.py. */
class ParquetReadTest {
    static final Path FOLDER = Path.of("../../src-test-data/tabular/parquet");
    private static final JsonNode EXPECTED = Golden.read("parquet/expected.json").get("columns");

    private static void asExpected(Table table, int from) {
        for (Column column : table.columns()) {
            JsonNode expected = EXPECTED.get(column.name());
            for (int row = 0; row < table.rows(); row++) {
                JsonNode cell = expected.get(from + row);
                assertThat(column.isMissing(row)).as("%s of row %d", column.name(), row).isEqualTo(cell.isNull());
                if (cell.isNull()) {
                    continue;
                }
                switch (column.type()) {
                    case DOUBLE -> assertThat(column.number(row)).isEqualTo(Double.parseDouble(cell.asString()));
                    case FLOAT -> assertThat((float) column.number(row)).isEqualTo(Float.parseFloat(cell.asString()));
                    case BOOLEAN -> assertThat(column.number(row)).isEqualTo(cell.asBoolean() ? 1 : 0);
                    default -> assertThat(column.text(row)).isEqualTo(cell.asString());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrow_none", "arrow_snappy", "arrow_gzip", "arrow_zstd", "arrow_lz4", "arrow_v2",
            "arrow_delta"})
    void arrow(String name) {
        Table table = Parquet.read(FOLDER.resolve(name + ".parquet"));
        assertThat(table.rows()).isEqualTo(500);
        assertThat(table.columns()).extracting(Column::type).containsExactly(ColumnType.FLOAT, ColumnType.DOUBLE,
                ColumnType.INT, ColumnType.LONG, ColumnType.INT, ColumnType.BOOLEAN, ColumnType.TEXT, ColumnType.TEXT,
                ColumnType.LONG, ColumnType.LONG, ColumnType.DOUBLE);
        asExpected(table, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polars", "duckdb", "fastparquet"})
    void otherWriters(String name) {
        Table table = Parquet.read(FOLDER.resolve(name + ".parquet"));
        assertThat(table.rows()).isEqualTo(500);
        asExpected(table.without(table.names().stream().filter(n -> !EXPECTED.has(n)).toArray(String[]::new)), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 199, 200, 500, 10_000})
    void chunksOfAnyLength(int rows) {
        int seen = 0;
        try (TableChunks chunks = Parquet.chunks(FOLDER.resolve("arrow_zstd.parquet"),
                ParquetOptions.defaults().withColumns("word", "f64", "flag"), rows)) {
            for (Table chunk : chunks) {
                assertThat(chunk.names()).containsExactly("word", "f64", "flag");
                assertThat(chunk.rows()).isEqualTo(Math.min(rows, 500 - seen));
                asExpected(chunk, seen);
                seen += chunk.rows();
            }
        }
        assertThat(seen).isEqualTo(500);
    }

    @Test
    void meanings() {
        Path file = FOLDER.resolve("arrow_odd.parquet");
        Table table = Parquet.read(file,
                ParquetOptions.defaults().withColumns("day", "when", "price", "half", "must"));
        assertThat(table.numbers("day")).containsExactly(0, 1, Double.NaN, 20000);
        assertThat(table.numbers("when")).containsExactly(0, 1, Double.NaN, 1.7e12);
        assertThat(table.numbers("price")).containsExactly(1.25, -3.5, Double.NaN, 99999999999.99);
        assertThat(table.numbers("half")).containsExactly(1.5, -0.25, 3, 65504);
        assertThat(table.column("half").type()).isEqualTo(ColumnType.FLOAT);
        assertThat(table.numbers("must")).containsExactly(new double[] {1.5, 2.5, 3.5, 4.5}, within(0.0));
        assertThatThrownBy(() -> Parquet.read(file)).isInstanceOf(BadInputException.class).hasMessage(file
                + ": column \"list.list.element\": holds lists, not single values (name the columns to read to leave it out)");
        assertThatThrownBy(() -> Parquet.read(file, ParquetOptions.defaults().withColumns("pair.a")))
                .hasMessageContaining("is nested in another");
        assertThatThrownBy(() -> Parquet.read(file, ParquetOptions.defaults().withColumns("x")))
                .hasMessageStartingWith(file + ": column \"x\": no such column; there are day, when, price");
    }

    @Test
    void noRows() {
        Table table = Parquet.read(FOLDER.resolve("arrow_no_rows.parquet"));
        assertThat(table.rows()).isZero();
        assertThat(table.names()).containsExactly("f64", "word");
        List<Table> pieces = new ArrayList<>();
        try (TableChunks chunks = Parquet.chunks(FOLDER.resolve("arrow_no_rows.parquet"), ParquetOptions.defaults(),
                10)) {
            chunks.forEach(pieces::add);
        }
        assertThat(pieces).hasSize(1);
    }

    @Test
    void declaredTypes() {
        Path file = FOLDER.resolve("arrow_snappy.parquet");
        Table table = Parquet.read(file, ParquetOptions.defaults().withColumns("word", "run", "small")
                .withType("word", ColumnType.CATEGORICAL).withType("run", ColumnType.FLOAT));
        assertThat(table.columns()).extracting(Column::type).containsExactly(ColumnType.CATEGORICAL, ColumnType.FLOAT,
                ColumnType.INT);
        assertThatThrownBy(() -> Parquet.read(file, ParquetOptions.defaults().withType("id", ColumnType.DOUBLE)))
                .isInstanceOf(BadInputException.class)
                .hasMessage(file + ": row 1, column \"id\", value \"person-00000\": cannot be read as double");
    }
}
