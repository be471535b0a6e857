package org.lanewise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks and reports them: JMH's own command line, with the allocation profiler, results as JSON, and the machine's
 * limits measured in the same run, so that the report can say what share of them was reached.
 *
 * <pre>
 * java -jar bench/target/lanewise-bench.jar LayerNorm            5 forks each, as a result should be given
 * java -jar bench/target/lanewise-bench.jar LayerNorm -f 1       for a first look
 * </pre>
 */
public final class Main {
    private static final Path RESULTS = Path.of("runs", "bench", "results.json");

    private Main() {}

    public static void main(String[] args) throws Exception {
        var commandLine = new CommandLineOptions(args);
        if (commandLine.shouldHelp() || commandLine.shouldList() || commandLine.shouldListWithParams()) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        Path results = Path.of(commandLine.getResult().orElse(RESULTS.toString())).toAbsolutePath();
        Files.createDirectories(results.getParent());
        OptionsBuilder builder = new OptionsBuilder();
        Options options = builder.parent(commandLine).addProfiler(GCProfiler.class)
                .include(LimitsBenchmark.class.getName()).resultFormat(ResultFormatType.JSON)
                .result(results.toString()).shouldFailOnError(true).build();
        new Runner(options).run();
        System.out.println();
        System.out.print(Report.of(List.of(results)));
        System.out.println("results: " + results);
    }
}
