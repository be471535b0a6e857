package org.lanewise.cli.boost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.FitListener;
import org.lanewise.boosting.FitState;
import org.lanewise.boosting.format.FitStateFile;
import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.optim.TensorBoardWriter;

/**
 * Fits under watch: progress with the time left, TensorBoard events, and checkpoints, from which a fit goes on where it was.
 */
final class FitWatch implements AutoCloseable {
    /** Between checkpoints; a fit that takes less is sooner done again. */
    private static final long CHECKPOINT_NANOS = 15_000_000_000L;

    private final RunDirectory run;
    private final Console console;
    private final BooleanSupplier interruption;
    private final TensorBoardWriter board;

    FitWatch(RunDirectory run, Console console, BooleanSupplier interruption) throws IOException {
        this.run = run;
        this.console = console;
        this.interruption = interruption;
        this.board = TensorBoardWriter.open(run.tensorBoard());
    }

    /**
     * Fits, or goes on with the fit of the same name.
     *
     * @throws CommandException if it was interrupted
     */
    BoostingModel fit(BoostTrainer trainer, BoostTrainer.Prepared rows, String name) {
        Path file = run.checkpoint().resolve(name + ".safetensors");
        FitState from = Files.exists(file) ? FitStateFile.load(file) : null;
        try (Progress progress = console.progress(name, trainer.config().trees(), "rounds")) {
            if (from != null) progress.startAt(from.trees().size() / trainer.objective().scores());
            Watcher watcher = new Watcher(name, file, progress);
            BoostingModel model = trainer.fit(rows, watcher, from);
            if (watcher.stopped)
                throw CommandException.interrupted(
                        "interrupted; the same command with --resume goes on from the checkpoint in " + run.path());
            return model;
        }
    }

    /** One fit. */
    private final class Watcher implements FitListener {
        private final String name;
        private final Path file;
        private final Progress progress;
        private long saved = System.nanoTime();
        private boolean checkpointed;
        private boolean stopped;

        Watcher(String name, Path file, Progress progress) {
            this.name = name;
            this.file = file;
            this.progress = progress;
        }

        @Override
        public boolean afterRound(Round round) {
            Measured first = round.measured().isEmpty() ? null : round.measured().getFirst();
            progress.update(round.number(), first == null
                    ? ""
                    : first.evaluation() + " " + first.metric() + " "
                            + String.format(java.util.Locale.ROOT, "%.5g", first.value())
                            + (round.best() > 0 ? ", best round " + round.best() : ""));
            record(round);
            stopped = interruption.getAsBoolean();
            long now = System.nanoTime();
            if (stopped || now - saved > CHECKPOINT_NANOS) {
                save(round.state().get());
                flush();
                saved = System.nanoTime();
            }
            return !stopped;
        }

        private void record(Round round) {
            try {
                for (Measured m : round.measured())
                    board.scalar(name + "/" + m.metric() + "/" + m.evaluation(), round.number(), m.value());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write TensorBoard events", e);
            }
        }

        private void flush() {
            try {
                board.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write TensorBoard events", e);
            }
        }

        private void save(FitState state) {
            FitStateFile.save(state, file);
            checkpointed = true;
        }

        /** A long fit need not be done again if the run is interrupted later. */
        @Override
        public void ended(FitState state) {
            if (checkpointed) save(state);
        }
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
