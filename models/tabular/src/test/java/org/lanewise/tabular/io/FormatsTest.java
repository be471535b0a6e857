package org.lanewise.tabular.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.SparseRows;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import org.lanewise.tabular.TextColumn;

/** NumPy and libsvm files of formats.py, and our own. */
class FormatsTest {
    private static final Path DATA = Path.of("../../src-test-data/tabular");

    @TempDir
    Path folder;

    @Test
    void numpyMatricesOfBothOrders() {
        Table c = NumpyFiles.read(DATA.resolve("matrix_c.npy"));
        Table f = NumpyFiles.read(DATA.resolve("matrix_f.npy"));
        assertThat(c.names()).containsExactly("x0", "x1", "x2");
        assertThat(c.rows()).isEqualTo(6);
        assertThat(DataFingerprint.of(f)).isEqualTo(DataFingerprint.of(c));
        Path back = folder.resolve("m.npy");
        NumpyFiles.write(back, c);
        assertThat(DataFingerprint.of(NumpyFiles.read(back))).isEqualTo(DataFingerprint.of(c));
    }

    @Test
    void numpyColumnsKeepTheirTypesAndEveryBit() {
        Table table = NumpyFiles.read(DATA.resolve("columns.npz"));
        assertThat(table.names()).containsExactly("d", "f", "l", "i", "b", "m0", "m1");
        assertThat(table.columns()).extracting(c -> c.type()).containsExactly(ColumnType.DOUBLE, ColumnType.FLOAT,
                ColumnType.LONG, ColumnType.INT, ColumnType.BOOLEAN, ColumnType.DOUBLE, ColumnType.DOUBLE);
        assertThat(table.texts("l")).containsExactly("9007199254740993", "-1", "7");
        assertThat(table.texts("f")).containsExactly("0.5", "1.0E30", "Infinity");
        assertThat(table.numbers("m1")).containsExactly(1, 3, 5);
        Path back = folder.resolve("t.npz");
        NumpyFiles.write(back, table);
        assertThat(DataFingerprint.of(NumpyFiles.read(back))).isEqualTo(DataFingerprint.of(table));
    }

    @Test
    void numpyRefusals() throws Exception {
        assertThatThrownBy(() -> NumpyFiles.write(folder.resolve("a.npy"), Table.of(TextColumn.of("t", "a"))))
                .hasMessage("column \"t\" holds text; NumPy files hold numbers");
        Path file = folder.resolve("x.npy");
        byte[] content = Files.readAllBytes(DATA.resolve("matrix_c.npy"));
        Files.write(file, java.util.Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> NumpyFiles.read(file)).isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(file.toString());
        Table uneven = Table.of(IntColumn.of("i", new int[2], BitSet.valueOf(new long[] {1})));
        NumpyFiles.write(folder.resolve("g.npz"), uneven);
        assertThat(NumpyFiles.read(folder.resolve("g.npz")).numbers("i")).containsExactly(Double.NaN, 0);
        assertThatThrownBy(() -> NumpyFiles.read(folder.resolve("none.npz"))).isInstanceOf(BadInputException.class)
                .hasMessageContaining("none.npz");
    }

    @Test
    void libsvm() throws Exception {
        LibSvm data = LibSvm.read(DATA.resolve("queries.svm"));
        Table dense = NumpyFiles.read(DATA.resolve("sparse.npy"));
        assertThat(data.label()).containsExactly(1, -1, 0.5, 2, 3, 1e-3);
        assertThat(data.query()).containsExactly(1, 1, 2, 2, 2, 5);
        for (int row = 0; row < 6; row++) {
            for (int j = 0; j < 3; j++) {
                assertThat(data.x().get(row, j)).isEqualTo(dense.numbers("x" + j)[row]);
            }
        }
        Path back = folder.resolve("b.svm");
        LibSvm.write(back, data);
        LibSvm again = LibSvm.read(back);
        assertThat(again.label()).containsExactly(data.label());
        assertThat(again.x().values()).containsExactly(data.x().values());
        assertThat(again.x().take(3, 0).get(1, 2)).isEqualTo(data.x().get(0, 2));
        Path packed = folder.resolve("b.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(back, out);
        }
        assertThat(LibSvm.read(packed).x().indices()).containsExactly(data.x().indices());
        byte[] cut = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(cut, cut.length / 2));
        assertThatThrownBy(() -> LibSvm.read(packed)).isInstanceOf(BadInputException.class)
                .hasMessageContaining("cut short or damaged");
    }

    @ParameterizedTest
    @CsvSource({"'1 2:3 2:4', '2:4', 'columns must rise, from 1'", "'1 0:3', '0:3', 'columns must rise, from 1'",
            "'one 1:2', 'one', 'not a number'", "'1 a:2', 'a:2', 'not a whole number before the colon or after qid'",
            "'1 1:x', '1:x', 'not a number'", "'1 12', '12', 'column:value is needed'",
            "'1 99999999999:1', '99999999999:1', 'the column is too large'"})
    void libsvmRefusals(String line, String value, String problem) throws Exception {
        Path file = folder.resolve("bad.svm");
        Files.writeString(file, "# first\n1 1:1\n" + line + "\n");
        assertThatThrownBy(() -> LibSvm.read(file)).isInstanceOf(BadInputException.class)
                .hasMessage(file + ": line 3, value \"" + value + "\": " + problem);
    }

    @Test
    void sparseRowsAreChecked() {
        assertThatThrownBy(() -> SparseRows.of(2, new int[] {0, 1}, new int[] {2}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SparseRows.of(2, new int[] {0, 2}, new int[] {1, 1}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SparseRows.of(2, new int[] {0, 0}, new int[0], new double[0]).get(0, 1)).isZero();
    }

    @Test
    void filesOfAnyFormatByTheirContent() {
        Table table = Table.of(DoubleColumn.of("d", 0.5, 2.5), FloatColumn.of("f", 1, 2), LongColumn.of("l", 1, 2),
                BooleanColumn.of("b", true, false));
        for (String name : List.of("t.parquet", "t.npz", "t.csv", "t.csv.gz")) {
            Path file = folder.resolve(name);
            DataFiles.write(file, table);
            Table back = DataFiles.read(file, Map.of("f", ColumnType.FLOAT));
            assertThat(DataFingerprint.of(back)).as(name).isEqualTo(DataFingerprint.of(table));
            if (!name.equals("t.npz")) {
                try (TableChunks chunks = DataFiles.chunks(file, Map.of("l", ColumnType.LONG), 1)) {
                    assertThat(chunks.next().numbers("l")).containsExactly(1);
                    assertThat(chunks.next().numbers("l")).containsExactly(2);
                    assertThat(chunks.hasNext()).isFalse();
                }
            }
        }
        assertThatThrownBy(() -> DataFiles.read(folder.resolve("nothing"))).isInstanceOf(BadInputException.class)
                .hasMessageEndingWith("no such file");
    }
}
