package org.lanewise.tabular.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

class CsvWriteTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenReadsBackTheSame() {
        BitSet missing = new BitSet();
        missing.set(1);
        Table table = Table.of(DoubleColumn.of("x", 0.1, Double.NaN, -1.0 / 3, 1e-320, Double.POSITIVE_INFINITY),
                LongColumn.of("n", new long[] {Long.MIN_VALUE, 0, 3, 4, 5}, missing),
                BooleanColumn.of("b", true, false, true, true, false),
                TextColumn.of("plain, \"odd\"", "a,b", "say \"x\"", "two\nlines", null, "NA"),
                TextColumn.of("e", "é", " pad ", "NaN", "x", null));
        for (String name : new String[] {"t.csv", "t.csv.gz"}) {
            Path file = folder.resolve(name);
            Csv.write(file, table);
            Table back = Csv.read(file);
            assertThat(DataFingerprint.of(back)).isEqualTo(DataFingerprint.of(table));
            assertThat(back.texts("e")).containsExactly("é", " pad ", "NaN", "x", null);
        }
    }

    @Test
    void everyDoubleSurvives() {
        Random random = new Random(2);
        double[] values = new double[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian();
        }
        Path file = folder.resolve("d.csv");
        Csv.write(file, Table.of(DoubleColumn.of("x", values)));
        assertThat(Csv.read(file).numbers("x")).containsExactly(values);
    }

    @Test
    void tablesFollowEachOtherUnderOneHeader() throws IOException {
        Path file = folder.resolve("parts.csv");
        Table one = Table.of(DoubleColumn.of("x", 1, 2));
        Csv.write(file, java.util.List.of(one, one.take(), one.take(1)).iterator());
        assertThat(Files.readString(file)).isEqualTo("x\n1\n2\n2\n");
        assertThatThrownBy(() -> Csv.write(folder.resolve("other.csv"),
                java.util.List.of(one, one.renamed("x", "y")).iterator())).hasMessageContaining("[x] and [y]");
        assertThat(folder.resolve("other.csv")).doesNotExist();
    }

    @Test
    void aLoneColumnKeepsItsMissingRows() throws IOException {
        Path file = folder.resolve("one.csv");
        Csv.write(file, Table.of(DoubleColumn.of("x", 1, Double.NaN, 3)));
        assertThat(Csv.read(file).numbers("x")).containsExactly(1, Double.NaN, 3);
        assertThat(Files.readString(file)).isEqualTo("x\n1\n\"\"\n3\n");
    }

    @Test
    void nothingIsLeftBehindWhenWritingFails() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");
        Path into = notAFolder.resolve("t.csv");
        assertThatThrownBy(() -> Csv.write(into, Table.of(DoubleColumn.of("x", 1))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(into + ": cannot be written");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(notAFolder);
        }
    }
}
