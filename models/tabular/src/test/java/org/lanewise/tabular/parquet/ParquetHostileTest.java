package org.lanewise.tabular.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;

/** Damaged and lying files: one clear line, no hang, no allocation on the word of a header. */
@Timeout(120)
class ParquetHostileTest {
    @TempDir
    Path folder;

    private void readsOrRefuses(byte[] content) throws Exception {
        Path file = folder.resolve("x.parquet");
        Files.write(file, content);
        try {
            Parquet.read(file, ParquetOptions.defaults());
        } catch (BadInputException e) {
            assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrow_zstd", "arrow_v2", "arrow_delta", "arrow_lz4", "arrow_gzip", "arrow_snappy",
            "arrow_none", "fastparquet"})
    void changedBytes(String name) throws Exception {
        byte[] content = Files.readAllBytes(ParquetReadTest.FOLDER.resolve(name + ".parquet"));
        Rng rng = Rng.of(name.hashCode());
        for (int round = 0; round < 150; round++) {
            byte[] changed = content.clone();
            for (int i = rng.nextInt(3); i >= 0; i--) {
                // Half of the changes hit the metadata at the end.
                int at = rng.nextInt(2) == 0
                        ? rng.nextInt(changed.length)
                        : changed.length - 1 - rng.nextInt(Math.min(2500, changed.length));
                changed[at] = rng.nextInt(3) == 0 ? (byte) 0xff : (byte) rng.nextInt();
            }
            readsOrRefuses(changed);
        }
    }

    /** Files of our own, whose pages differ from those of others. */
    @Test
    void changedBytesOfOurOwn() throws Exception {
        Path file = folder.resolve("own.parquet");
        Rng rng = Rng.of(3);
        double[] x = new double[500];
        String[] city = new String[500];
        for (int i = 0; i < x.length; i++) {
            x[i] = rng.nextInt(5) == 0 ? Double.NaN : rng.nextGaussian();
            city[i] = rng.nextInt(9) == 0 ? null : "city " + rng.nextInt(12);
        }
        Parquet.write(file, Table.of(DoubleColumn.of("x", x), TextColumn.of("city", city),
                CategoricalColumn.ofTexts("kind", city)));
        byte[] content = Files.readAllBytes(file);
        for (int round = 0; round < 400; round++) {
            byte[] changed = round % 4 == 0 ? Arrays.copyOf(content, rng.nextInt(content.length)) : content.clone();
            for (int i = rng.nextInt(4); i >= 0 && changed.length > 0; i--) {
                changed[rng.nextInt(changed.length)] = (byte) rng.nextInt();
            }
            readsOrRefuses(changed);
        }
    }

    @Test
    void cutShort() throws Exception {
        byte[] content = Files.readAllBytes(ParquetReadTest.FOLDER.resolve("arrow_odd.parquet"));
        for (int length = 0; length < content.length; length += 13) {
            byte[] cut = Arrays.copyOf(content, length);
            Path file = folder.resolve("cut.parquet");
            Files.write(file, cut);
            assertThatThrownBy(() -> Parquet.read(file)).isInstanceOf(BadInputException.class)
                    .hasMessageContaining("not a Parquet file");
        }
    }

    @Test
    void lyingFooter() throws Exception {
        Path file = folder.resolve("lie.parquet");
        byte[] lie = new byte[64];
        ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN).put("PAR1".getBytes()).position(56)
                .putInt(Integer.MAX_VALUE).put("PAR1".getBytes());
        Files.write(file, lie);
        assertThatThrownBy(() -> Parquet.read(file))
                .hasMessage(file + ": announces 2147483647 bytes of metadata in a file of 64");
        Files.writeString(file, "a,b\n1,2\n3,4\n5,6\n");
        assertThatThrownBy(() -> Parquet.read(file)).hasMessage(file + ": not a Parquet file, or cut short");
        assertThatThrownBy(() -> Parquet.read(folder)).hasMessage(folder + ": is a directory, not a file");
        assertThatThrownBy(() -> Parquet.read(folder.resolve("no"))).hasMessageEndingWith("no such file");
    }

    /** Metadata alone that announces 2^40 rows of one column in no bytes. */
    @Test
    void announcedRowsThatAreNotThere() throws Exception {
        long rows = 1L << 40;
        ThriftOutput meta = new ThriftOutput().i32(1, 1).structs(2, 2);
        meta.element().text(4, "root").i32(5, 1).end();
        meta.element().i32(1, 5).i32(3, 1).text(4, "x").end();
        meta.i64(3, rows).structs(4, 1).element().structs(1, 1).element().i64(2, 4).struct(3).i32(1, 5).i32s(2, 0)
                .texts(3, java.util.List.of("x")).i32(4, 0).i64(5, rows).i64(6, 0).i64(7, 0).i64(9, 4).end().end()
                .i64(2, 0).i64(3, rows).end();
        byte[] footer = meta.end().toByteArray();
        ByteBuffer file = ByteBuffer.allocate(footer.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        file.put("PAR1".getBytes()).put(footer).putInt(footer.length).put("PAR1".getBytes());
        Path path = folder.resolve("rows.parquet");
        Files.write(path, file.array());
        assertThatThrownBy(() -> Parquet.read(path)).isInstanceOf(BadInputException.class)
                .hasMessage(path + ": more rows than an array can hold; read it in chunks");
        assertThatThrownBy(() -> Parquet.chunks(path, ParquetOptions.defaults(), 2_000_000_000).next())
                .isInstanceOf(BadInputException.class).hasMessage(path
                        + ": column \"x\": row group 1: the pages hold fewer rows than the file announces");
    }
}
