package org.lanewise.mheight.data;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TableChunks;
import org.lanewise.tabular.io.DataFiles;
import org.lanewise.tabular.csv.Csv;

/** Labels a file of codes of any length, piece by piece. */
public final class LabelledFile {
    /** Rows in memory at a time; enough codes to keep every thread busy. */
    private static final int CHUNK = 50_000;

    /** Bytes of a file that is worth a warm-up. */
    private static final long LARGE = 4L << 20;

    private LabelledFile() {}

    /**
     * Writes the rows of a file with their heights as {@link HeightLabels} says.
     *
     * @param in       CSV, packed or not, or Parquet
     * @param out      CSV, packed if it ends in {@code .gz}; appears whole or not at all
     * @param labels   the heights; they count what was done
     * @param progress is told the rows read so far
     * @throws org.lanewise.tabular.BadInputException of one line, for whatever is wrong with the file
     */
    public static void write(Path in, Path out, HeightLabels labels, LongConsumer progress) {
        Map<String, ColumnType> types = types(in);
        try (TableChunks chunks = DataFiles.chunks(in, types, CHUNK)) {
            if (!warm(in, chunks, labels)) {
                Csv.write(out, labels.label(DataFiles.read(in, types), 0));
                return;
            }
            Csv.write(out, new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return chunks.hasNext();
                }

                @Override
                public Table next() {
                    Table labelled = labels.label(chunks.next(), labels.codes());
                    progress.accept(labels.codes());
                    return labelled;
                }
            });
        }
    }

    /** Reads the first rows, of a large file beside the warming up; whether there are any. */
    private static boolean warm(Path in, TableChunks chunks, HeightLabels labels) {
        boolean[] any = new boolean[1];
        boolean large = in.toFile().length() > LARGE;
        WorkerPool.current().forEach(large ? 2 : 1, task -> {
            if (task == 0)
                any[0] = chunks.hasNext();
            else
                labels.warmUp();
        });
        return any[0];
    }

    /**
     * Reads a whole file of codes, columns typed as {@link CodeTable} needs them.
     *
     * @throws org.lanewise.tabular.BadInputException of one line, for whatever is wrong with the file
     */
    public static Table read(Path in) {
        return DataFiles.read(in, types(in));
    }

    private static Map<String, ColumnType> types(Path in) {
        try (TableChunks first = DataFiles.chunks(in, Map.of(), 1)) {
            List<String> names = first.hasNext() ? first.next().names() : DataFiles.read(in).names();
            return CodeTable.types(names);
        }
    }
}
