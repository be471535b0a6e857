package org.lanewise.cli.henaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawTrainer;
import org.lanewise.optim.TensorBoardWriter;

/**
 * Listens to a training: moves the progress line, writes TensorBoard events, and keeps the loss of every epoch as the mean
 * over members. Called from several threads.
 */
final class TrainingCurves implements HenawTrainer.Listener, AutoCloseable {
    private final Progress progress;
    private final TensorBoardWriter board;
    private final Map<String, double[]> sums = new LinkedHashMap<>();
    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private int done;

    TrainingCurves(Progress progress, Path tensorBoard) throws IOException {
        this.progress = progress;
        this.board = TensorBoardWriter.open(tensorBoard);
    }

    @Override
    public synchronized void epoch(String ensemble, int member, int epoch, int epochs, double loss) {
        sums.computeIfAbsent(ensemble, _ -> new double[epochs])[epoch - 1] += loss;
        counts.computeIfAbsent(ensemble, _ -> new int[epochs])[epoch - 1]++;
        progress.update(++done, ensemble + " loss " + Quantity.figure(loss, 4));
        try {
            board.scalar(ensemble + "/member " + (member + 1) + "/loss", epoch, loss);
            board.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write TensorBoard events", e);
        }
    }

    /**
     * The mean loss of every epoch by ensemble; NaN for epochs before a run was resumed.
     */
    synchronized Map<String, double[]> curves() {
        Map<String, double[]> curves = new LinkedHashMap<>();
        sums.forEach((ensemble, sum) -> {
            double[] mean = new double[sum.length];
            Arrays.setAll(mean, epoch -> sum[epoch] / counts.get(ensemble)[epoch]);
            curves.put(ensemble, mean);
        });
        return curves;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
