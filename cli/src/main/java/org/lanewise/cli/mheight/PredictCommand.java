package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.MHeightPredictor;
import org.lanewise.mheight.data.HeightLabels;
import org.lanewise.mheight.data.LabelledFile;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight predict}: what a network says about the codes in a file, or about one code beside its exact heights.
 */
@Command(name = "predict", description = "Predicts heights with a trained network, of a file of codes or of one code given by options.")
public final class PredictCommand extends WorkCommand {
    private static final String COLUMN = "mheight_predicted";

    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private CodeOptions code;

    @Option(names = "--in", paramLabel = "FILE", description = "Codes as for mheight exact.")
    private Path in;

    @Option(names = "--out", paramLabel = "FILE", description = "The same rows with a column mheight_predicted (default: runs/mheight/predictions.csv).")
    private Path out;

    /** For picocli. */
    public PredictCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (in != null && code.isGiven())
            throw CommandException.badInput("--in and --p (with --n, --k, --m) exclude each other");
        return in == null ? one(console) : file(console);
    }

    private int file(Console console) {
        Path file = out == null ? Path.of("runs", MHeightCommand.NAME, "predictions.csv") : out;
        ExactCommand.checkFiles(in, file);
        MHeightPredictor predictor = MHeightPredictor.of(model.load());
        HeightLabels done = new HeightLabels(COLUMN, (shape, p, count) -> {
            float[] log2 = predictor.log2Heights(shape, p, count);
            double[] heights = new double[log2.length];
            for (int i = 0; i < heights.length; i++) heights[i] = Math.pow(2, log2[i]);
            return heights;
        });
        try (Progress progress = console.progress("predicting", 0, "codes")) {
            LabelledFile.write(in, file, done, progress::update);
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput(in + ": " + e.getMessage(), e);
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", file.toString());
        summary.put("codes", done.codes());
        summary.put("heights", done.heights());
        summary.put("matrices_per_second", done.codes() / done.sourceSeconds());
        console.print("predicted " + Quantity.count(done.heights()) + " heights of " + Quantity.count(done.codes())
                + " codes: " + file);
        console.json(summary);
        return ExitCode.OK;
    }

    private int one(Console console) {
        if (out != null) throw CommandException.badInput("--out is for --in; the heights of --p go to standard output");
        CodeShape shape = code.shape();
        double[] p = code.entries(shape);
        Integer wanted = code.height(shape);
        MHeightPredictor predictor = MHeightPredictor.of(model.load());
        float[] log2;
        try {
            log2 = predictor.log2Heights(shape, p, 1);
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput("--p: " + e.getMessage(), e);
        }
        double[] exact = ExactSolver.of(shape).heights(p);
        ConsoleTable table = ConsoleTable.of("m", "predicted", "exact");
        List<Object> list = new ArrayList<>();
        for (int m = 1; m <= shape.parity(); m++) {
            if (wanted != null && wanted != m || Float.isNaN(log2[m - 1])) continue;
            double height = Math.pow(2, log2[m - 1]);
            table.row(m, Quantity.figure(height, 3), HeightLabels.text(exact[m - 1]));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("m", m);
            one.put("log2_predicted", log2[m - 1]);
            one.put("predicted", height);
            one.put("mheight", Double.isInfinite(exact[m - 1]) ? (Object) "inf" : (Object) exact[m - 1]);
            list.add(one);
        }
        if (list.isEmpty()) throw CommandException.badInput("--m " + wanted + ": the model was not trained on it");
        console.print(table.toText());
        console.json(Map.of("heights", list));
        return ExitCode.OK;
    }
}
