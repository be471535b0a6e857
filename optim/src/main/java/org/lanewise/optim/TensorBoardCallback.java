package org.lanewise.optim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes loss, learning rate, gradient norm and the epochs' metrics as TensorBoard scalars, and weights as histograms. */
public final class TensorBoardCallback implements Callback {

    private final Path directory;
    private final int everySteps;
    private TensorBoardWriter writer;

    /**
     * @param directory of the event files, made if needed
     * @param everySteps steps between two points of the training curves, >= 1
     */
    public TensorBoardCallback(Path directory, int everySteps) {
        if (everySteps < 1) throw new IllegalArgumentException("everySteps must be >= 1, not " + everySteps);
        this.directory = directory;
        this.everySteps = everySteps;
    }

    @Override
    public void onStart(TrainingLoop loop) {
        write(() -> {
            writer = TensorBoardWriter.open(directory);
            // Points that an interrupted run wrote after its last checkpoint are superseded.
            if (loop.step() > 0) writer.restartAt(loop.step() + 1);
        });
    }

    @Override
    public void afterStep(TrainingLoop loop) {
        if (loop.step() % everySteps != 0) return;
        write(() -> {
            writer.scalar("train/loss", loop.step(), loop.stepLoss());
            writer.scalar("train/learning_rate", loop.step(), loop.optimizer().learningRate());
            if (!Double.isNaN(loop.gradientNorm())) {
                writer.scalar("train/gradient_norm", loop.step(), loop.gradientNorm());
            }
        });
    }

    @Override
    public void afterEpoch(TrainingLoop loop) {
        write(() -> {
            for (var metric : loop.metrics().entrySet()) {
                writer.scalar("epoch/" + metric.getKey(), loop.step(), metric.getValue());
            }
            for (var parameter : loop.optimizer().parameters().entrySet()) {
                writer.histogram("weights/" + parameter.getKey(), loop.step(), parameter.getValue().value().toArray());
            }
            writer.flush();
        });
    }

    @Override
    public void onEnd(TrainingLoop loop) {
        write(writer::close);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void write(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write TensorBoard events: " + e.getMessage(), e);
        }
    }
}
