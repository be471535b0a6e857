package org.lanewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.IntColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.parquet.Parquet;

/**
 * How fast tables are read and written, beside the bare bytes of the same file (read once and every byte looked at; of gzip,
 * unpacked), which no reader can beat, and beside pandas if it is there. One thread; from and to the page cache.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx4g -cp bench/target/lanewise-bench.jar org.lanewise.bench.TableIoComparison \
 *     rows=500000 runs=5 python=/usr/bin/python3
 * </pre>
 *
 * The table has five columns of doubles with 16 or 17 digits, two of prices with two decimals, one of whole numbers, one of
 * categories, one of booleans; a twentieth of the values is missing. Speeds are megabytes of the CSV file in a second, for every
 * format, so that they compare.
 */
public final class TableIoComparison {
    private final Path folder;
    private final int runs;
    private final Map<String, Double> peer = new LinkedHashMap<>();

    private TableIoComparison(Path folder, int runs) {
        this.folder = folder;
        this.runs = runs;
    }

    public static void main(String[] args) throws Exception {
        Options.run(() -> {
            Options options = Options.of(args, "rows", "runs", "python", "result");
            Path folder = Files.createTempDirectory("lanewise-table-io");
            try {
                ResultTable.write(options.text("result", ""),
                        List.of(new TableIoComparison(folder, options.number("runs", 5))
                                .run(options.number("rows", 500_000), options.text("python", ""))));
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) Files.delete(file);
                }
                Files.delete(folder);
            }
            return null;
        });
    }

    private ResultTable run(int rows, String python) throws Exception {
        Table table = table(rows);
        Path csv = folder.resolve("t.csv");
        Path gz = folder.resolve("t.csv.gz");
        Path parquet = folder.resolve("t.parquet");
        double csvWrite = seconds(() -> write(() -> Csv.write(csv, table)));
        double gzWrite = seconds(() -> write(() -> Csv.write(gz, table)));
        double parquetWrite = seconds(() -> write(() -> Parquet.write(parquet, table)));
        double megabytes = Files.size(csv) / 1e6;
        String version = python.isEmpty() ? "pandas" : pandas(python);
        ResultTable out = new ResultTable(System.out, rows + " rows, " + Math.round(megabytes) + " MB of CSV",
                "work %s", "file MB %.1f", "bare bytes MB/s %.0f", "Lanewise MB/s %.0f", version + " MB/s %.0f",
                "ratio %.2f");
        add(out, "csv read", csv, megabytes, seconds(() -> scan(csv)), seconds(() -> Csv.read(csv)));
        add(out, "csv.gz read", gz, megabytes, seconds(() -> scan(gz)), seconds(() -> Csv.read(gz)));
        add(out, "parquet read", parquet, megabytes, seconds(() -> scan(parquet)),
                seconds(() -> Parquet.read(parquet)));
        Path zstd = folder.resolve("z.parquet");
        if (Files.exists(zstd))
            add(out, "zstd parquet read", zstd, megabytes, seconds(() -> scan(zstd)),
                    seconds(() -> Parquet.read(zstd)));
        add(out, "csv write", csv, megabytes, Double.NaN, csvWrite);
        add(out, "csv.gz write", gz, megabytes, Double.NaN, gzWrite);
        add(out, "parquet write", parquet, megabytes, Double.NaN, parquetWrite);
        return out;
    }

    private void add(ResultTable out, String work, Path file, double megabytes, double bare, double ours)
            throws IOException {
        double theirs = peer.getOrDefault(work, Double.NaN);
        out.add(work, Files.size(file) / 1e6, megabytes / bare, megabytes / ours, megabytes / theirs, theirs / ours);
    }

    private static Object write(Runnable writing) {
        writing.run();
        return null;
    }

    /** The median of some runs after two that are not counted. */
    private double seconds(Callable<?> work) throws Exception {
        double[] times = new double[runs];
        for (int run = -2; run < runs; run++) {
            long begun = System.nanoTime();
            work.call();
            if (run >= 0) times[run] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }

    /** Counts line ends, so that every byte is looked at. */
    private static int scan(Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int lines = 0;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    private static Table table(int rows) {
        Rng rng = Rng.of(1);
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < 7; j++) {
            double[] x = new double[rows];
            for (int i = 0; i < rows; i++) {
                double value = rng.nextGaussian();
                x[i] = rng.nextInt(20) == 0 ? Double.NaN : j < 5 ? value : Math.rint(1e4 + 1e5 * Math.abs(value)) / 100;
            }
            columns.add(DoubleColumn.of((j < 5 ? "x" : "price") + j, x));
        }
        int[] count = new int[rows];
        String[] city = new String[rows];
        boolean[] flag = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            count[i] = rng.nextInt(100_000);
            city[i] = rng.nextInt(20) == 0 ? null : "city " + rng.nextInt(200);
            flag[i] = rng.nextInt(2) == 0;
        }
        columns.add(IntColumn.of("count", count));
        columns.add(TextColumn.of("city", city));
        columns.add(BooleanColumn.of("flag", flag));
        return Table.of("generated", columns);
    }

    private String pandas(String python) throws IOException, InterruptedException {
        Path script = folder.resolve("table_io.py");
        try (InputStream in = TableIoComparison.class.getResourceAsStream("table_io.py")) {
            Files.write(script, in.readAllBytes());
        }
        Process process = new ProcessBuilder(python, script.toString(), folder.toString(), Integer.toString(runs))
                .redirectErrorStream(true).start();
        process.getOutputStream().close();
        String version = "pandas";
        StringBuilder said = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
                int at = line.lastIndexOf(' ');
                if (line.startsWith("version")) version = line.substring("version ".length());
                else if (at > 0) peer.put(line.substring(0, at), Double.valueOf(line.substring(at + 1)));
            }
        }
        if (process.waitFor() != 0) throw new IOException(python + " failed:\n" + said);
        return version;
    }
}
