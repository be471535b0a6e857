package org.lanewise.tabular.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.parquet.Parquet;

/** Files whose values need three times the heap are written and read in pieces. */
@Timeout(120)
class ChunkMemoryTest {
    private static final int PIECE = 10_000;
    private static final int PIECES = 200;
    private static final int HEAP_MB = 32;

    @TempDir
    Path folder;

    /** 2 million rows of 48 bytes at least. */
    private static Iterator<Table> pieces() {
        return IntStream.range(0, PIECES).mapToObj(ChunkMemoryTest::piece).iterator();
    }

    private static Table piece(int number) {
        double[] x = new double[PIECE];
        String[] text = new String[PIECE];
        for (int i = 0; i < PIECE; i++) {
            x[i] = number + i % 8 / 8.0;
            text[i] = "t" + i % 100;
        }
        return Table.of(DoubleColumn.of("a", x), DoubleColumn.of("b", x), DoubleColumn.of("c", x),
                DoubleColumn.of("d", x), DoubleColumn.of("e", x), TextColumn.of("text", text));
    }

    /** Runs in a virtual machine of its own. */
    static final class Pass {
        private Pass() {
        }

        public static void main(String[] args) {
            Path folder = Path.of(args[0]);
            Csv.write(folder.resolve("t.csv.gz"), pieces());
            Parquet.write(folder.resolve("t.parquet"), ChunkMemoryTest::pieces);
            for (String name : new String[] {"t.csv.gz", "t.parquet"}) {
                long rows = 0;
                double sum = 0;
                try (TableChunks chunks = DataFiles.chunks(folder.resolve(name), Map.of(), PIECE)) {
                    for (Table chunk : chunks) {
                        rows += chunk.rows();
                        sum += chunk.column("b").number(0);
                    }
                }
                System.out.println(name + " " + rows + " " + sum);
            }
        }
    }

    @Test
    void memoryIsBoundedByThePiece() throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Pass.class.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
        long sum = (long) PIECES * (PIECES - 1) / 2;
        assertThat(Files.readAllLines(log)).contains("t.csv.gz " + PIECE * PIECES + " " + (double) sum,
                "t.parquet " + PIECE * PIECES + " " + (double) sum);
    }
}
