package org.lanewise.cli.henaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.training.Epoch;
import org.lanewise.optim.TensorBoardWriter;

/**
 * Listens to a training: moves the progress line, writes TensorBoard events, and keeps the metrics of every epoch as the mean
 * over members, those before a resume included. Called from several threads.
 */
final class TrainingCurves implements Consumer<Epoch>, AutoCloseable {
    private final Progress progress;
    private final TensorBoardWriter board;
    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private int done;
    private int earlier;

    /**
     * A metric by epoch.
     *
     * @param ensemble whose
     * @param metric   such as {@code train_loss}
     * @param mean     over the members
     */
    record Curve(String ensemble, String metric, double[] mean) {
        double last() { return mean[mean.length - 1]; }
    }

    private record Key(String ensemble, String metric) {}

    private record Sum(double[] sum, int[] count) {
        double[] mean() {
            double[] mean = new double[sum.length];
            Arrays.setAll(mean, epoch -> sum[epoch] / count[epoch]);
            return mean;
        }
    }

    TrainingCurves(Progress progress, Path tensorBoard) throws IOException {
        this.progress = progress;
        this.board = TensorBoardWriter.open(tensorBoard);
    }

    @Override
    public synchronized void accept(Epoch epoch) {
        epoch.metrics().forEach((metric, value) -> {
            Sum sum = sums.computeIfAbsent(new Key(epoch.ensemble(), metric),
                    _ -> new Sum(new double[epoch.of()], new int[epoch.of()]));
            sum.sum[epoch.number() - 1] += value;
            sum.count[epoch.number() - 1]++;
        });
        done++;
        if (epoch.earlier()) {
            progress.startAt(++earlier);
            return; // The events of the run before are still there.
        }
        progress.update(done, epoch.ensemble() + " loss " + Quantity.figure(epoch.metrics().get("train_loss"), 4));
        try {
            for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
                board.scalar(epoch.ensemble() + "/member " + (epoch.member() + 1) + "/" + metric.getKey(),
                        epoch.number(), metric.getValue());
            }
            board.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write TensorBoard events", e);
        }
    }

    /** The metrics of every epoch. */
    synchronized List<Curve> curves() {
        List<Curve> curves = new ArrayList<>();
        sums.forEach((key, sum) -> curves.add(new Curve(key.ensemble, key.metric, sum.mean())));
        return curves;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
