package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.published.PublishedEvaluator;
import org.lanewise.henaw.published.PublishedModel;
import org.lanewise.henaw.published.PublishedTrainer;
import org.lanewise.optim.Callback;
import org.lanewise.optim.ProgressCallback;
import org.lanewise.optim.TensorBoardCallback;
import org.lanewise.optim.TrainingLoop;

/**
 * {@code henaw train --variant published}: trains the network as it was published and measures it on the last rows of the
 * file, as was done then.
 */
final class PublishedTraining {
    private final long seed;
    private final int epochs;
    private final boolean quiet;

    /** @param epochs null for the published number */
    PublishedTraining(long seed, Integer epochs, boolean quiet) {
        this.seed = seed;
        this.epochs = epochs == null ? PublishedTrainer.EPOCHS : epochs;
        this.quiet = quiet;
    }

    Map<String, Object> run(Cohort people, Provenance provenance, RunDirectory run, Console console) throws Exception {
        Map<String, double[]> curves = new LinkedHashMap<>();
        Optional<PublishedModel> trained;
        try (Interruption interruption = Interruption.watch(quiet ? null : System.err);
                Progress progress = console.progress("training", 0, "steps")) {
            trained = new PublishedTrainer(seed, epochs).checkpoints(run.checkpoint()).stopWhen(interruption)
                    .callback(watcher(progress, run.tensorBoard(), curves)).train(people);
        }
        if (trained.isEmpty()) {
            throw CommandException
                    .interrupted("interrupted; the same command with --resume goes on from the checkpoint in "
                            + run.path());
        }
        PublishedModel model = trained.get();
        model.save(run.model());
        Cohort heldOut = PublishedTrainer.heldOut(people);
        Map<String, Object> metrics = PublishedEvaluator.of(model, PublishedTrainer.trainedOn(people))
                .evaluate(heldOut);
        metrics.put("model", run.model().toString());
        run.writeMetrics(metrics);
        Path page = run.writeReport(PublishedReport.of("HENAW as published: training", model, heldOut, metrics, curves)
                .provenance(provenance.facts()));
        run.finish();
        console.print(PublishedReport.table(metrics).toText());
        console.print("report: " + page.toAbsolutePath().normalize());
        return metrics;
    }

    /** Progress, TensorBoard events and the curves of the report, from one place in the loop. */
    private static Callback watcher(Progress progress, Path tensorBoard, Map<String, double[]> curves) {
        List<Callback> watchers = List.of(new ProgressCallback((done, total, message) -> {
            progress.total(total);
            progress.update(done, message);
        }), new TensorBoardCallback(tensorBoard, 1));
        return new Callback() {
            @Override
            public void onStart(TrainingLoop loop) {
                watchers.forEach(watcher -> watcher.onStart(loop));
            }

            @Override
            public void afterStep(TrainingLoop loop) {
                watchers.forEach(watcher -> watcher.afterStep(loop));
            }

            @Override
            public void afterEpoch(TrainingLoop loop) {
                watchers.forEach(watcher -> watcher.afterEpoch(loop));
                curves.clear();
                for (String name : loop.metrics().keySet()) {
                    curves.put(name, loop.history().stream().mapToDouble(epoch -> epoch.get(name)).toArray());
                }
            }

            @Override
            public void onEnd(TrainingLoop loop) {
                watchers.forEach(watcher -> watcher.onEnd(loop));
            }
        };
    }
}
