package org.lanewise.cli.search;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.optim.search.Pruner;
import org.lanewise.optim.search.SearchException;
import org.lanewise.optim.search.SearchSpace;
import org.lanewise.optim.search.Study;
import org.lanewise.optim.search.StudyResult;
import org.lanewise.optim.search.Trial;
import org.lanewise.optim.search.TrialResult;

/**
 * Searches for better settings than those given, which are scored first and kept if nothing beats them. One trial runs at a
 * time and has all threads, so the same seed tries the same settings on any machine. Trials are kept in the run directory as
 * they end; a search that was interrupted goes on from there.
 *
 * {@snippet :
 * Searched<Config> found = new SettingsSearch<>(config, space, "log_loss", false, seed, dataFingerprint,
 *         (settings, reports) -> fit(settings, reports).logLoss()).run(options, run, console, interruption);
 * train(found.chosen());
 * }
 *
 * @param given       the settings that are tried first; dimensions of the space are names of its components, dotted for nested ones
 * @param space       what may change
 * @param metric      what a score is, for people
 * @param maximize    whether large scores are good
 * @param seed        of the search
 * @param fingerprint of data and metric; a stored search of another one is not resumed
 * @param scorer      judges settings
 * @param <R>         the settings
 */
public record SettingsSearch<R extends Record>(R given, SearchSpace space, String metric, boolean maximize, long seed,
        String fingerprint, Scorer<R> scorer) {

    /**
     * The part of a space that the command line leaves free.
     *
     * @param all      everything that may be searched
     * @param settings of the command
     * @return the dimensions that are not fixed
     * @throws CommandException if none is left
     */
    public static SearchSpace free(SearchSpace all, Settings<?> settings) {
        if (all.dimensions().stream().allMatch(d -> settings.isFixed(d.name())))
            throw CommandException.badInput("--search: the command line sets everything that could be searched");
        return all.without(settings::isFixed);
    }

    /**
     * Searches.
     *
     * @param options number of trials and the rest
     * @param run     where trials are kept, begun with {@code resume} or not
     * @param console for progress
     * @param stop    asked before and during each trial
     * @return what was found
     * @throws CommandException if it was stopped, or the stored trials are of another search
     * @throws Exception        of the scorer, at the given settings
     */
    public Searched<R> run(SearchOptions options, RunDirectory run, Console console, BooleanSupplier stop)
            throws Exception {
        try (Progress progress = console.progress("search", options.trials() + 1L, "settings")) {
            double before = scorer.score(given, (_, _) -> stopIf(stop));
            Best best = new Best(before);
            progress.update(1, best.toString());
            Study study = (maximize
                    ? Study.maximize(space, t -> score(t, stop))
                    : Study.minimize(space,
                            t -> score(t, stop)))
                    .trials(options.trials()).batch(1).seed(seed).sampler(options.sampler())
                    .store(run.search()).resume().fingerprint(fingerprint).stopWhen(stop).listener(trial -> {
                        best.see(trial);
                        progress.update(trial.number() + 2L, best.toString());
                    });
            Pruner pruner = options.pruner();
            if (pruner != null) study.pruner(pruner);
            StudyResult result = study.run();
            if (result.stopped()) throw new Stopped();
            return found(before, result);
        } catch (SearchException e) {
            if (Thread.interrupted() && stop.getAsBoolean()) throw interrupted(run);
            throw CommandException.badInput("--search: " + e.getMessage(), e);
        } catch (Stopped _) {
            throw interrupted(run);
        }
    }

    private static CommandException interrupted(RunDirectory run) {
        return CommandException.interrupted(
                "interrupted; the same command with --resume goes on with the search in " + run.path());
    }

    private double score(Trial trial, BooleanSupplier stop) throws Exception {
        try {
            return scorer.score(with(trial.values()), (step, value) -> {
                stopIf(stop);
                trial.report(step, value);
            });
        } catch (Stopped _) {
            throw new InterruptedException();
        }
    }

    private static void stopIf(BooleanSupplier stop) {
        if (stop.getAsBoolean()) throw new Stopped();
    }

    private R with(Map<String, Object> values) {
        Settings<R> settings = Settings.of(given);
        values.forEach((name, value) -> settings.flag("--search", name, value));
        return settings.build();
    }

    private Searched<R> found(double before, StudyResult result) {
        Optional<TrialResult> best = result.best().filter(trial -> better(trial.score(), before));
        R chosen = best.map(trial -> with(trial.values())).orElse(given);
        return new Searched<>(chosen, best.map(TrialResult::number).orElse(-1), before, result, space, metric);
    }

    private boolean better(double score, double than) {
        return maximize ? score > than : score < than;
    }

    /** The best score so far, of this process. */
    private final class Best {
        private double score;

        Best(double first) {
            score = first;
        }

        void see(TrialResult trial) {
            if (better(trial.score(), score)) score = trial.score(); // NaN is never better
        }

        @Override
        public String toString() {
            return "best " + metric + " " + Searched.figure(score);
        }
    }

    /** Leaves a trial when the run is to stop. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
