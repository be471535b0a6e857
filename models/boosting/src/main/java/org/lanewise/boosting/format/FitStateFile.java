package org.lanewise.boosting.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lanewise.boosting.EvaluationHistory;
import org.lanewise.boosting.FitState;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.tabular.BadInputException;

/**
 * A {@link FitState} in one file of doubles (safetensors), which appears whole or not at all.
 *
 * <pre>{@code
 * FitStateFile.save(round.state().get(), file);
 * BoostingModel model = new GradientBoosting(params).resumedFrom(FitStateFile.load(file)).fit(x, y, valid);
 * }</pre>
 */
public final class FitStateFile {
    /** Holds 1 if the fit has ended, else 0. */
    private static final String FORMAT = "lanewise-boosting-fit.1";
    private static final String SUM = "sum.";
    /** Followed by number, evaluation and metric, a line each. */
    private static final String CURVE = "curve\n";

    private FitStateFile() {}

    /**
     * Writes the file and the folder it is in.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void save(FitState state, Path file) {
        Map<String, double[]> arrays = new LinkedHashMap<>(TreeArrays.of(state.trees()));
        arrays.put("score", state.score());
        for (int e = 0; e < state.sums().size(); e++) arrays.put(SUM + e, state.sums().get(e));
        List<EvaluationHistory.Curve> curves = state.history().curves();
        for (int c = 0; c < curves.size(); c++)
            arrays.put(CURVE + c + "\n" + curves.get(c).evaluation() + "\n" + curves.get(c).metric(),
                    curves.get(c).values());
        arrays.put("weights", state.weights());
        arrays.put(FORMAT, new double[] {state.ended() ? 1 : 0});
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            SafeTensors.writeDoubles(file, arrays, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file that {@link #save} wrote.
     *
     * @throws BadInputException in one line, if it is missing, damaged or another kind of file
     */
    public static FitState load(Path file) {
        try {
            Map<String, double[]> arrays = SafeTensors.readDoubles(file);
            double[] ended = arrays.get(FORMAT);
            if (ended == null || ended.length != 1)
                throw BadInputException.at(file.toString()).because("not the checkpoint of a fit");
            List<double[]> sums = new ArrayList<>();
            while (arrays.containsKey(SUM + sums.size())) sums.add(arrays.get(SUM + sums.size()));
            return new FitState(TreeArrays.trees(arrays), arrays.getOrDefault("score", new double[0]), sums,
                    new EvaluationHistory(curves(arrays)), arrays.getOrDefault("weights", new double[0]),
                    ended[0] == 1);
        } catch (FileFormatException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw BadInputException.at(file.toString()).causedBy(e).because("damaged: " + e.getMessage());
        }
    }

    private static List<EvaluationHistory.Curve> curves(Map<String, double[]> arrays) {
        Map<Integer, EvaluationHistory.Curve> curves = new TreeMap<>();
        arrays.forEach((key, values) -> {
            if (!key.startsWith(CURVE)) return;
            String[] parts = key.split("\n", 4);
            if (parts.length < 4) throw new IllegalArgumentException("a curve without names");
            curves.put(Integer.valueOf(parts[1]), new EvaluationHistory.Curve(parts[2], parts[3], values));
        });
        return List.copyOf(curves.values());
    }
}
