package org.lanewise.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.tabular.JsonFiles;

/**
 * Boosted trees and elastic nets beside LightGBM, XGBoost, glmnet and scikit-learn, everything in one command: times and their
 * ratios with accuracy beside them, on made-up data of several shapes and on measured data.
 *
 * <pre>
 * java -cp bench/target/lanewise-bench.jar org.lanewise.bench.LearnersComparison
 * java -cp bench/target/lanewise-bench.jar org.lanewise.bench.LearnersComparison quick shapes=recipe,2000x20000 peers=lightgbm,glmnet
 * </pre>
 *
 * Words: {@code boosting}, {@code elastic-net} and {@code measured} for a part (all without), {@code quick} for a tenth of the
 * rows, one repeat and no large measured sets. Options: shapes= and sets= choose made-up and measured data, peers= programs,
 * threads=2 those of boosted trees, fits=3 of each program, data= the folder of measured data, heap=8g (12g for
 * the widest), out=runs/bench.
 *
 * <p>Each part runs in a virtual machine of its own, which gives its memory back and compiles for nothing but itself. Programs
 * that are not installed are named and passed over. The report is written to {@code learners.md} and {@code learners.json}
 * after every part.
 */
public final class LearnersComparison {
    private static final List<String> NETS = List.of("2000x20000", "2000x200000", "100000x100");
    private static final List<String> TREES = List.of("lightgbm", "xgboost", "scikit-learn");
    private static final List<String> PATHS = List.of("glmnet", "scikit-learn");
    private static final List<String> SLOW_SETS = List.of("letter", "diamonds", "income");
    /** With this many columns there is no cross-validation: cv.glmnet copies the rows of every fold. */
    private static final int WIDE = 100_000;

    /** Runs a part. */
    interface Runner {
        /** The exit status of {@code main} of a class of this package. */
        int run(String type, List<String> arguments, String heap) throws Exception;
    }

    private final Options options;
    private final Runner runner;
    private final Path out;
    private final boolean quick;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, ResultTable> tables = new LinkedHashMap<>();

    private LearnersComparison(Options options, Runner runner) {
        this.options = options;
        this.runner = runner;
        out = Path.of(options.text("out", "runs/bench"));
        quick = options.words().contains("quick");
    }

    public static void main(String[] args) throws Exception {
        Options.run(() -> {
            boolean complete = run(LearnersComparison::process, args);
            if (!complete) System.exit(1);
            return null;
        });
    }

    /** Whether no part has failed. */
    static boolean run(Runner runner, String... args) throws Exception {
        Options options = Options.of(args, "shapes", "sets", "peers", "threads", "fits", "data", "heap", "out");
        for (String word : options.words())
            if (!List.of("quick", "boosting", "elastic-net", "measured").contains(word))
                throw new IllegalArgumentException(
                        "no part " + word + "; there are boosting, elastic-net, measured, and the word quick");
        return new LearnersComparison(options, runner).run();
    }

    private boolean run() throws Exception {
        Files.createDirectories(out);
        List<String> trees = available(TREES);
        List<String> paths = available(PATHS);
        boolean complete = true;
        if (wanted("boosting"))
            for (String shape : chosen("shapes", BoostingComparison.shapes())) complete &= boosting(shape, trees);
        if (wanted("elastic-net")) for (String shape : chosen("shapes", NETS)) complete &= elasticNet(shape, paths);
        if (wanted("measured")) {
            List<String> some = new ArrayList<>(trees);
            some.remove("scikit-learn");
            Map<String, RealDataSet> sets = new LinkedHashMap<>();
            for (RealDataSet set : RealDataSet.values()) sets.put(set.toString(), set);
            complete &= measured("RealDataComparison", sets, some, "repeats=" + (quick ? 1 : 3),
                    "threads=" + threads());
            Map<String, RealDataSet> nets = new LinkedHashMap<>();
            for (ElasticNetRealData.Net net : ElasticNetRealData.Net.values()) nets.put(net.toString(), net.set);
            some = new ArrayList<>(paths);
            some.remove("scikit-learn");
            complete &= measured("ElasticNetRealData", nets, some);
        }
        write();
        System.out.println();
        System.out.print(markdown());
        System.out.println("\nlearners.md and learners.json are in " + out.toAbsolutePath());
        return complete;
    }

    private boolean wanted(String part) {
        List<String> parts = options.words().stream().filter(word -> !word.equals("quick")).toList();
        return parts.isEmpty() || parts.contains(part);
    }

    /** Those of the names that the option asks for; all without it. */
    private List<String> chosen(String option, List<String> all) {
        List<String> asked = options.list(option, String.join(",", all));
        return all.stream().filter(asked::contains).toList();
    }

    private String threads() {
        return options.text("threads", "2");
    }

    /** The programs asked for that can run here; a note is left for others. */
    private List<String> available(List<String> programs) {
        List<String> there = new ArrayList<>();
        for (String name : chosen("peers", programs)) {
            try {
                if (name.equals("glmnet") && Interpreter.GLMNET.version().isEmpty())
                    throw new IllegalArgumentException(Interpreter.GLMNET.skipped());
                if (!name.equals("glmnet")) BoostingComparison.peer(name);
                there.add(name);
            } catch (IllegalArgumentException e) {
                note(e.getMessage());
            }
        }
        return there;
    }

    private void note(String text) {
        if (!notes.contains(text)) notes.add(text);
        System.out.println(text);
    }

    private boolean boosting(String shape, List<String> peers) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(shape, "threads=" + threads(), "peers=" + names(peers),
                "fits=" + options.text("fits", "3")));
        if (quick) {
            arguments.add("rows=" + BoostingProblem.Shape.valueOf(shape.toUpperCase(Locale.ROOT)).rows / 10);
            arguments.add("test=10000");
        }
        return part("BoostingComparison", arguments);
    }

    private boolean elasticNet(String shape, List<String> peers) throws Exception {
        int[] size = List.of(shape.split("x")).stream().mapToInt(Integer::parseInt).toArray();
        String scaled = quick ? size[0] / 10 + "x" + size[1] / 10 : shape;
        return part("ElasticNetComparison", List.of(scaled, "peers=" + names(peers),
                "fits=" + options.text("fits", "3"), "folds=" + (size[1] >= WIDE ? 0 : 5)),
                size[1] >= WIDE && !quick ? "12g" : "8g");
    }

    /** @param all the sets by the names they have there */
    private boolean measured(String type, Map<String, RealDataSet> all, List<String> peers, String... more)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        for (String name : chosen("sets", List.copyOf(all.keySet()))) {
            Path file = all.get(name).file(RealDataSet.folder(options));
            if (!Files.exists(file)) note(name + ": skipped, there is no " + file);
            else if (!quick || !SLOW_SETS.contains(name)) arguments.add(name);
        }
        if (arguments.isEmpty()) return true;
        arguments.addAll(List.of("data=" + RealDataSet.folder(options), "peers=" + names(peers)));
        arguments.addAll(List.of(more));
        return part(type, arguments);
    }

    private static String names(List<String> peers) {
        return peers.isEmpty() ? "none" : String.join(",", peers);
    }

    private boolean part(String type, List<String> arguments) throws Exception {
        return part(type, arguments, "8g");
    }

    private boolean part(String type, List<String> arguments, String heap) throws Exception {
        Path result = Files.createTempFile("lanewise-bench", ".json");
        try {
            List<String> all = new ArrayList<>(arguments);
            all.add("result=" + result);
            int status = runner.run(type, all, options.text("heap", heap));
            if (status != 0) {
                note(type + " " + String.join(" ", arguments) + ": failed with exit status " + status);
                return false;
            }
            for (ResultTable table : ResultTable.read(result)) {
                tables.merge(table.title(), table, ResultTable::append);
            }
        } finally {
            Files.delete(result);
            write();
        }
        return true;
    }

    /** In a virtual machine of its own with the class path of this one. */
    private static int process(String type, List<String> arguments, String heap) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Xmx" + heap, "-cp", System.getProperty("java.class.path"),
                LearnersComparison.class.getPackageName() + "." + type));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private String markdown() {
        String head = "## Learners beside their peers\n\n" + machine().entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue() + "  \n").collect(Collectors.joining())
                + "ratio: the program's time over ours, above 1 ours is faster\n";
        return head + tables.values().stream().map(ResultTable::markdown).collect(Collectors.joining())
                + (notes.isEmpty()
                        ? ""
                        : "\n" + notes.stream().map(n -> "- " + n + "\n").collect(Collectors.joining()));
    }

    private static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("date", LocalDate.now().toString());
        machine.put("processor", processor());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("java", Runtime.version().toString());
        return machine;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // Not Linux.
        }
    }

    private void write() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine());
        all.put("tables", tables.values().stream().map(ResultTable::json).toList());
        all.put("notes", notes);
        JsonFiles.write(out.resolve("learners.json"), all);
        byte[] text = markdown().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(out.resolve("learners.md"), stream -> stream.write(text));
    }
}
