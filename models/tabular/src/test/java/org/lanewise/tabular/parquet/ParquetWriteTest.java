package org.lanewise.tabular.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.FloatColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

class ParquetWriteTest {
    @TempDir
    Path folder;

    static Table mixed(int rows, long seed) {
        Rng rng = Rng.of(seed);
        double[] doubles = new double[rows];
        float[] floats = new float[rows];
        long[] longs = new long[rows];
        int[] ints = new int[rows];
        int[] codes = new int[rows];
        String[] few = new String[rows];
        String[] many = new String[rows];
        BitSet missing = new BitSet();
        BitSet flags = new BitSet();
        boolean hole = false;
        for (int i = 0; i < rows; i++) {
            hole ^= rng.nextInt(20) == 0; // Runs of both lengths: short ones are packed, long ones counted.
            missing.set(i, hole);
            doubles[i] = hole ? Double.NaN : rng.nextGaussian();
            floats[i] = rng.nextInt(9) == 0 ? Float.NaN : rng.nextFloat();
            longs[i] = rng.nextLong();
            ints[i] = rng.nextInt();
            flags.set(i, rng.nextInt(3) == 0);
            codes[i] = rng.nextInt(6) - 1;
            few[i] = hole ? null : "word" + rng.nextInt(11) + "é";
            many[i] = "text-" + rng.nextLong();
        }
        doubles[0] = Double.POSITIVE_INFINITY;
        return Table.of("", List.of(DoubleColumn.of("d", doubles), FloatColumn.of("f", floats),
                LongColumn.of("l", longs, missing), IntColumn.of("i", ints), IntColumn.of("j", ints, missing),
                BooleanColumn.of("b", rows, flags, missing),
                CategoricalColumn.of("c", List.of("z", "a", "m", "never", "k"), codes), TextColumn.of("few", few),
                TextColumn.of("many", many), DoubleColumn.of("none", filled(rows))));
    }

    private static double[] filled(int rows) {
        double[] all = new double[rows];
        Arrays.fill(all, Double.NaN);
        return all;
    }

    @Test
    void comesBackEqual() {
        for (int rows : new int[] {1, 2, 7, 8, 9, 1000, 70_000, 300_000}) {
            Table table = mixed(rows, rows);
            Path file = folder.resolve(rows + ".parquet");
            Parquet.write(file, table);
            assertThat(DataFingerprint.of(Parquet.read(file))).isEqualTo(DataFingerprint.of(table));
        }
    }

    @Test
    void categoriesKeepTheirLevels() {
        Path file = folder.resolve("c.parquet");
        Parquet.write(file, mixed(20, 1));
        CategoricalColumn back = (CategoricalColumn) Parquet.read(file).column("c");
        assertThat(back.levels()).containsExactly("z", "a", "m", "never", "k");
    }

    @Test
    void inPieces() {
        Table table = mixed(5000, 4);
        Path file = folder.resolve("p.parquet");
        int[] first = java.util.stream.IntStream.range(0, 1234).toArray();
        int[] second = java.util.stream.IntStream.range(1234, 5000).toArray();
        Parquet.write(file, List.of(table.take(first), table.take(second)));
        assertThat(DataFingerprint.of(Parquet.read(file))).isEqualTo(DataFingerprint.of(table));
        assertThatThrownBy(() -> Parquet.write(file, List.of(table, table.without("f"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Parquet.read(file).rows()).isEqualTo(5000); // What was there stays.
        assertThat(folder.toFile().list()).containsExactly("p.parquet");
    }

    @Test
    void sameTableSameBytes() throws Exception {
        Parquet.write(folder.resolve("a"), mixed(300, 2));
        Parquet.write(folder.resolve("b"), mixed(300, 2));
        assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(Files.readAllBytes(folder.resolve("b")));
    }

    @Test
    void noRowsAndNoColumns() {
        Path file = folder.resolve("e.parquet");
        Parquet.write(file, mixed(5, 1).take());
        assertThat(Parquet.read(file).rows()).isZero();
        assertThat(Parquet.read(file).names()).hasSize(10);
        assertThatThrownBy(() -> Parquet.write(file, List.of())).hasMessage("no table to write");
    }
}
