package org.lanewise.cli.linear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.FitListener;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.optim.TensorBoardWriter;
import org.lanewise.tabular.Table;

/**
 * A training with what the user sees of it: progress, TensorBoard events, checkpoints to resume from.
 */
final class WatchedTraining implements FitListener {
    private final Progress progress;
    private final TensorBoardWriter board;

    private WatchedTraining(Progress progress, TensorBoardWriter board) {
        this.progress = progress;
        this.board = board;
    }

    /**
     * Trains in a run directory.
     *
     * @param facts kept with the model
     * @param stop  asked before every path
     * @throws CommandException if it was stopped
     */
    static LinearTrainer.Trained run(LinearConfig config, Table table, ColumnRoles roles, Map<String, String> facts,
            RunDirectory run, Console console, BooleanSupplier stop) throws IOException {
        LinearTrainer trainer = new LinearTrainer(config).checkpoints(run.checkpoint()).stopWhen(stop);
        Optional<LinearTrainer.Trained> trained;
        try (Progress progress = console.progress("training", trainer.totalPaths(), "paths");
                TensorBoardWriter board = TensorBoardWriter.open(run.tensorBoard())) {
            WatchedTraining watch = new WatchedTraining(progress, board);
            trained = trainer.listener(watch).train(table, roles, facts);
            if (trained.isPresent()) watch.summary(trained.get().cv());
        }
        return trained.orElseThrow(() -> CommandException
                .interrupted("interrupted; the same command with --resume goes on from the checkpoint in "
                        + run.path()));
    }

    @Override
    public synchronized void fitted(Fit fit) {
        if (fit.restored()) {
            progress.startAt(fit.done());
            return; // The events of the run before are still there.
        }
        progress.update(fit.done(), fit.fold() < 0 ? "all rows" : "fold " + (fit.fold() + 1));
        if (fit.round() == null) return;
        try {
            double[] deviance = fit.round().deviance();
            for (int k = 0; k < deviance.length; k++)
                board.scalar("deviance/fold " + (fit.fold() + 1), k, deviance[k]);
            board.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write TensorBoard events", e);
        }
    }

    /** Along the path; a step is the place of its alpha. */
    private void summary(ElasticNetCv.Result cv) throws IOException {
        for (int k = 0; k < cv.path().size(); k++) {
            board.scalar("deviance/held out", k, cv.deviance()[k]);
            board.scalar("path/alpha", k, cv.path().steps().get(k).alpha());
            board.scalar("path/coefficients", k, cv.path().steps().get(k).df());
            board.scalar("path/deviance ratio", k, cv.path().steps().get(k).devianceRatio());
        }
    }
}
