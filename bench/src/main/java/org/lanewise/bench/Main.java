package org.lanewise.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks and reports them: JMH's own command line, with the allocation profiler and the machine's limits measured in
 * the same run, so that the report can say what share of them was reached.
 *
 * <pre>
 * java -jar bench/target/lanewise-bench.jar                      everything, with the peers if they are built in
 * java -jar bench/target/lanewise-bench.jar LayerNorm            one group
 * java -jar bench/target/lanewise-bench.jar LayerNorm -f 1       for a first look
 * </pre>
 *
 * <p>Each group's peers run right after it, in fewer forks: native code is not compiled anew in each. Beside JMH's results
 * (by default {@code runs/bench/jmh.json}, or {@code -rff FILE}) the table is left as {@code table.md} and
 * {@code table.json}; both are written again after each group.
 */
public final class Main {
    private static final Path RESULTS = Path.of("runs", "bench", "jmh.json");
    private static final int PEER_FORKS = 2;
    /** What says little beside its siblings, for those who ask for it. */
    private static final List<String> ON_REQUEST = List.of("\\.sgd$", "\\.logSoftmax$");
    private static final String LIMITS = "\\.LimitsBenchmark\\.";

    private final CommandLineOptions options;
    private final Path results;
    private final List<RunResult> finished = new ArrayList<>();

    /** @param options without regular expressions */
    private Main(CommandLineOptions options) {
        this.options = options;
        results = Path.of(options.getResult().orElse(RESULTS.toString())).toAbsolutePath();
    }

    public static void main(String[] args) throws Exception {
        var commandLine = new CommandLineOptions(args);
        if (commandLine.shouldHelp() || commandLine.shouldList() || commandLine.shouldListWithParams()) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        List<String> wanted = commandLine.getIncludes();
        String[] others = Stream.of(args).filter(arg -> !wanted.contains(arg)).toArray(String[]::new);
        Main run = new Main(new CommandLineOptions(others));
        if (wanted.isEmpty()) run.run(List.of(".*"), ON_REQUEST);
        else run.run(wanted, List.of());
    }

    private void run(List<String> wanted, List<String> unwanted) throws RunnerException, IOException {
        long begun = System.nanoTime();
        Files.createDirectories(results.getParent());
        Map<String, List<String>> groups = groups(wanted, unwanted);
        for (List<String> names : groups.values()) {
            run(names.stream().filter(name -> !isPeer(name)).toList(), 0);
            run(names.stream().filter(Main::isPeer).toList(), PEER_FORKS);
            write();
        }
        System.out.println();
        System.out.print(Report.of(List.of(results)));
        System.out.printf("%d minutes; table.md, table.json and %s are in %s%n",
                Math.round((System.nanoTime() - begun) / 6e10), results.getFileName(), results.getParent());
    }

    /** The benchmarks that the expressions fit, by what they measure; the limits first. */
    private Map<String, List<String>> groups(List<String> wanted, List<String> unwanted) {
        var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        BenchmarkList all = BenchmarkList.defaultList();
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (BenchmarkListEntry entry : all.find(silent, List.of(LIMITS), List.of())) add(entry, groups);
        List<String> excluded = new ArrayList<>(options.getExcludes());
        excluded.addAll(unwanted);
        excluded.add(LIMITS);
        for (BenchmarkListEntry entry : all.find(silent, wanted, excluded)) add(entry, groups);
        return groups;
    }

    private static void add(BenchmarkListEntry entry, Map<String, List<String>> groups) {
        groups.computeIfAbsent(Result.group(entry.getUserClassQName()), _ -> new ArrayList<>())
                .add(entry.getUsername());
    }

    private static boolean isPeer(String name) {
        return !Result.peer(name.substring(0, name.lastIndexOf('.'))).isEmpty();
    }

    /** @param forks of native code, with little to warm up, unless the command line says how many; 0 for what the benchmarks say */
    private void run(List<String> names, int forks) throws RunnerException {
        if (names.isEmpty()) return;
        OptionsBuilder builder = new OptionsBuilder();
        builder.parent(options).addProfiler(GCProfiler.class).shouldFailOnError(true);
        for (String name : names) builder.include("^" + Pattern.quote(name) + "$");
        if (forks > 0 && !options.getForkCount().hasValue()) builder.forks(forks);
        if (forks > 0 && !options.getWarmupIterations().hasValue()) builder.warmupIterations(1);
        finished.addAll(new Runner(builder.build()).run());
    }

    private void write() throws IOException {
        try (PrintStream out = new PrintStream(results.toFile(), StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(finished);
        }
        Files.writeString(results.resolveSibling("table.md"), Report.markdown(List.of(results)));
        Files.writeString(results.resolveSibling("table.json"), Report.json(List.of(results)));
    }
}
