package org.lanewise.cli.mheight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.training.Epoch;
import org.lanewise.optim.TensorBoardWriter;

/**
 * Listens to a training: moves the progress line, writes TensorBoard events, and keeps the metrics of every epoch of every network,
 * those before a resume included.
 */
final class TrainingCurves implements Consumer<Epoch>, AutoCloseable {
    private final Progress progress;
    private final TensorBoardWriter board;
    /** Values by epoch, by network and metric. */
    private final Map<String, Map<String, double[]>> curves = new LinkedHashMap<>();
    private int done;
    private int earlier;

    TrainingCurves(Progress progress, Path tensorBoard) throws IOException {
        this.progress = progress;
        board = TensorBoardWriter.open(tensorBoard);
    }

    @Override
    public void accept(Epoch epoch) {
        epoch.metrics().forEach((metric, value) -> {
            double[] values = curves.computeIfAbsent(epoch.network(), _ -> new LinkedHashMap<>())
                    .getOrDefault(metric, new double[0]);
            int known = values.length;
            values = Arrays.copyOf(values, epoch.number());
            Arrays.fill(values, known, values.length, Double.NaN); // what earlier epochs did not report
            values[epoch.number() - 1] = value;
            curves.get(epoch.network()).put(metric, values);
        });
        done++;
        if (epoch.earlier()) {
            progress.startAt(++earlier);
            return; // the events of the run before are still there
        }
        progress.update(done,
                epoch.network() + " log2-MSE " + Quantity.figure(epoch.metrics().get(Epoch.VALIDATION), 4));
        try {
            for (Map.Entry<String, Double> metric : epoch.metrics().entrySet())
                board.scalar(epoch.network() + "/" + metric.getKey(), epoch.number(), metric.getValue());
            board.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write TensorBoard events", e);
        }
    }

    /** Values by epoch, by network and metric. */
    Map<String, Map<String, double[]>> curves() {
        return curves;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
