package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.HeightLabels;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.search.CodeSearch;
import org.lanewise.tabular.JsonFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight search}: looks for a code of small height.
 */
@Command(name = "search", description = "Looks for a whole matrix P of small m-height by annealing.")
public final class SearchCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Option(names = "--n", paramLabel = "N", defaultValue = "9", description = "Length (default: ${DEFAULT-VALUE}).")
    private int n;

    @Option(names = "--k", paramLabel = "K", defaultValue = "5", description = "Dimension (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--m", paramLabel = "M", description = "The height to make small (default: n - k).")
    private Integer m;

    @Option(names = "--bound", paramLabel = "B", defaultValue = "8", description = "Entries are -B to B (default: ${DEFAULT-VALUE}).")
    private int bound;

    @Option(names = "--starts", paramLabel = "N", defaultValue = "256", description = "Independent runs (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "20000", description = "Moves of each (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--hot", paramLabel = "T", defaultValue = "0.3", description = "First temperature, in log2 of the height (default: ${DEFAULT-VALUE}).")
    private double hot;

    @Option(names = "--cold", paramLabel = "T", defaultValue = "0.01", description = "Last temperature (default: ${DEFAULT-VALUE}).")
    private double cold;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "runs/mheight/search.json", description = "The best so far, kept up to date (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** For picocli. */
    public SearchCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        CodeSearch search = new CodeSearch(plan());
        OutputFile.check("--out", out);
        CodeSearch.Found found;
        boolean interrupted;
        try (Interruption interruption = Interruption.watch(options.quiet() ? null : System.err);
                Progress progress = console.progress("searching", (long) starts * steps, "codes")) {
            double[] least = {Double.POSITIVE_INFINITY};
            found = search.run(now -> {
                double height = now.p().length == 0 ? Double.POSITIVE_INFINITY : now.heights()[height() - 1];
                progress.update(now.codes(), "h" + height() + " " + HeightLabels.text(height));
                if (height < least[0]) {
                    least[0] = height;
                    JsonFiles.write(out, tree(now));
                }
            }, interruption);
            interrupted = interruption.requested();
        }
        if (found.p().length == 0) throw CommandException.failed("no code of finite height was found", null);
        JsonFiles.write(out, tree(found));
        console.print("h" + height() + " = " + HeightLabels.text(found.heights()[height() - 1]) + " after "
                + Quantity.count(found.codes()) + " codes: " + out + "\n\n" + text(found.p()));
        if (interrupted) throw CommandException.interrupted("interrupted; the best code found is in " + out);
        console.json(tree(found));
        return ExitCode.OK;
    }

    private int height() {
        return m == null ? n - k : m;
    }

    private CodeSearch.Plan plan() {
        try {
            return new CodeSearch.Plan(new CodeShape(n, k), height(), bound, starts, steps, hot, cold, seed);
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput(e.getMessage(), e);
        }
    }

    private Map<String, Object> tree(CodeSearch.Found found) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("n", n);
        tree.put("k", k);
        tree.put("m", height());
        tree.put("bound", bound);
        tree.put("mheight", found.heights()[height() - 1]);
        tree.put("heights", java.util.Arrays.stream(found.heights())
                .mapToObj(h -> Double.isInfinite(h) ? (Object) "inf" : (Object) h).toList());
        tree.put("p", found.p());
        tree.put("seed", seed);
        tree.put("start", found.start());
        tree.put("codes", found.codes());
        return tree;
    }

    private String text(double[] p) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < p.length; i++)
            text.append(String.format("%4d", (int) p[i])).append((i + 1) % (n - k) == 0 ? "\n" : "");
        return text.toString();
    }
}
