package org.lanewise.cli.mheight;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.HeightLabels;
import org.lanewise.mheight.data.LabelledFile;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight exact}: the heights of the codes in a file, or of one code given by options.
 */
@Command(name = "exact", description = "Computes m-heights exactly, of a file of codes or of one code given by options.")
public final class ExactCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private CodeOptions code;

    @Option(names = "--in", paramLabel = "FILE", description = "Codes as CSV or Parquet: n, k, m (empty for all), p0, p1, ... (P row by row); other columns are kept.")
    private Path in;

    @Option(names = "--out", paramLabel = "FILE", description = "The same rows with a column mheight, 'inf' where infinite; packed if it ends in .gz "
            + "(default: runs/mheight/exact.csv).")
    private Path out;

    /** For picocli. */
    public ExactCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (in == null && !code.isGiven()) throw CommandException.badInput("--in FILE or --p NUMBERS is missing");
        if (in != null && code.isGiven())
            throw CommandException.badInput("--in and --p (with --n, --k, --m) exclude each other");
        if (in == null) return one(console);
        Path file = out == null ? Path.of("runs", MHeightCommand.NAME, "exact.csv") : out;
        checkFiles(in, file);
        HeightLabels done = HeightLabels.exact();
        try (Progress progress = console.progress("solving", 0, "codes")) {
            LabelledFile.write(in, file, done, progress::update);
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", file.toString());
        summary.put("codes", done.codes());
        summary.put("heights", done.heights());
        summary.put("infinite", done.infinite());
        summary.put("solver_seconds", done.sourceSeconds());
        summary.put("matrices_per_second", done.codes() / done.sourceSeconds());
        console.print(Quantity.count(done.codes()) + " codes, " + Quantity.count(done.heights()) + " heights, "
                + Quantity.count(done.infinite()) + " of them infinite: " + file);
        console.print("solver: " + Quantity.duration(done.sourceSeconds())
                + (done.codes() == 0 ? "" : ", " + Quantity.rate(done.codes() / done.sourceSeconds())));
        console.json(summary);
        return ExitCode.OK;
    }

    /** That the output can be written and is not the input. */
    static void checkFiles(Path in, Path out) {
        OutputFile.check("--out", out);
        try {
            if (Files.exists(out) && Files.exists(in) && Files.isSameFile(out, in))
                throw CommandException.badInput("--out " + out + " is the file of --in");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** With --m the number alone, else a line for each height. */
    private int one(Console console) {
        if (out != null) throw CommandException.badInput("--out is for --in; the heights of --p go to standard output");
        CodeShape shape = code.shape();
        double[] p = code.entries(shape);
        Integer wanted = code.height(shape);
        double[] heights = ExactSolver.of(shape).heights(p);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("n", shape.n());
        tree.put("k", shape.k());
        List<Object> list = new ArrayList<>();
        for (int m = 1; m <= shape.parity(); m++) {
            String text = HeightLabels.text(heights[m - 1]);
            list.add(Double.isInfinite(heights[m - 1]) ? text : (Object) heights[m - 1]);
            if (wanted == null)
                console.print("h" + m + " " + text);
            else
                if (wanted == m) console.print(text);
        }
        if (wanted == null)
            tree.put("heights", list);
        else {
            tree.put("m", wanted);
            tree.put("mheight", list.get(wanted - 1));
        }
        console.json(tree);
        return ExitCode.OK;
    }
}
