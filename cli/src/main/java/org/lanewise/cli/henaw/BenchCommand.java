package org.lanewise.cli.henaw;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.metrics.Quantiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw bench}: how long a prediction takes, from measured values to figures, by the number of people at once. For
 * comparisons with other programs see the {@code bench} module.
 */
@Command(name = "bench", description = "Measures how long predictions take, by the number of people at once.")
public final class BenchCommand extends WorkCommand {
    private static final int FEWEST = 5;
    private static final int MOST = 200_000;

    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private CohortOptions cohort;

    @Option(names = "--sizes", paramLabel = "N", split = ",", defaultValue = "1,10,100,500,100000", description = "Numbers of people at once (default: ${DEFAULT-VALUE}).")
    private int[] sizes;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "2", description = "How long to measure each size, after as long a warm-up (default: ${DEFAULT-VALUE}).")
    private double seconds;

    /** For picocli. */
    public BenchCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        for (int size : sizes) {
            if (size < 1) throw CommandException.badInput("--sizes " + size + ": expected 1 or more");
        }
        HenawPredictor predictor = HenawPredictor.of(model.load());
        Cohort people = cohort.isGiven() ? cohort.read() : RepairedGenerator.generate(1000, 42);
        ConsoleTable table = ConsoleTable.of("people at once", "median", "95th percentile", "99th percentile",
                "people a second");
        Map<String, Object> tree = new LinkedHashMap<>();
        try (Progress progress = console.progress("measuring", sizes.length, "sizes")) {
            for (int k = 0; k < sizes.length; k++) {
                double[] micros = measure(predictor, people, sizes[k]);
                double median = Quantiles.median(micros);
                table.row(Quantity.count(sizes[k]), micro(median), micro(Quantiles.of(micros, 0.95)),
                        micro(Quantiles.of(micros, 0.99)),
                        Quantity.rate(sizes[k] / median * 1e6));
                Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("p50_us", median);
                figures.put("p95_us", Quantiles.of(micros, 0.95));
                figures.put("p99_us", Quantiles.of(micros, 0.99));
                figures.put("rows_per_second", sizes[k] / median * 1e6);
                tree.put(String.valueOf(sizes[k]), figures);
                progress.update(k + 1);
            }
        }
        console.print(table.toText());
        console.json(tree);
        return ExitCode.OK;
    }

    /** Microseconds of each call, after a warm-up as long as the measurement. */
    private double[] measure(HenawPredictor predictor, Cohort people, int size) {
        Cohort batch = people.select(IntStream.range(0, size).map(i -> i % people.size()).toArray());
        double[][] rows = new double[Math.min(size, people.size())][];
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            rows[i] = predictor.markers().stream().mapToDouble(marker -> people.value(marker, row)).toArray();
        }
        Runnable call = size == 1
                ? () -> predictor.predict(rows[0], people.age(0), people.sex(0))
                : () -> predictor.predict(batch);
        run(call);
        return run(call);
    }

    private double[] run(Runnable call) {
        double[] micros = new double[MOST];
        int n = 0;
        long begun = System.nanoTime();
        while (n < FEWEST || n < MOST && System.nanoTime() - begun < seconds * 1e9) {
            long start = System.nanoTime();
            call.run();
            micros[n++] = (System.nanoTime() - start) / 1e3;
        }
        return Arrays.copyOf(micros, n);
    }

    private static String micro(double micros) {
        return micros < 1000 ? Quantity.figure(micros, 1) + " us" : Quantity.figure(micros / 1000, 2) + " ms";
    }
}
