package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.format.ModelFile;
import org.lanewise.boosting.table.BoostArtifacts;
import org.lanewise.boosting.table.BoostConfig;
import org.lanewise.boosting.table.BoostMetrics;
import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.search.SearchOptions;
import org.lanewise.cli.search.Searched;
import org.lanewise.cli.search.SettingsSearch;
import org.lanewise.cli.terminal.Console;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code boost train}: trains on a table, measures on rows the training has not seen, and writes a run directory.
 */
@Command(name = "train", description = "Trains on a table and measures on rows kept out (or on --test, or by --folds).")
public final class TrainCommand extends WorkCommand {
    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    @Mixin
    private SearchOptions search;

    @Option(names = "--objective", paramLabel = "NAME", description = "auto (by the target), regression, regression_l1, huber, quantile, poisson, gamma, tweedie, binary, cross_entropy, multiclass, multiclassova, cox, aft, lambdarank (default: auto).")
    private String objective;

    @Option(names = "--test", paramLabel = "FILE", description = "Measure on this file; without it and --folds, on a share of the rows (setting testFraction).")
    private Path test;

    @Option(names = "--folds", paramLabel = "K", description = "Cross-validate, then train on all rows; the out-of-fold figures are called valid.")
    private Integer folds;

    @Option(names = "--linear", paramLabel = "WHEN", defaultValue = "auto", description = "Measure an elastic net on the same rows: auto (if it is quick), always or never (default: ${DEFAULT-VALUE}).")
    private LinearBaseline.When linear;

    @Option(names = "--resume", description = "Go on with the interrupted training in --out.")
    private boolean resume;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    /** What a training is about. */
    private record Job(BoostTrainer trainer, Table table, Table other, int[][] parts, Provenance provenance) {}

    @Override
    protected int work(Console console) throws Exception {
        Settings<BoostConfig> settings = options.settings(BoostConfig.defaults()).flag("--objective", "objective",
                objective);
        BoostConfig config = settings.build();
        boolean searching = search.isGiven();
        data.roles();
        Table table = data.read();
        BoostTrainer trainer = BoostTrainer.of(config, table, data.roles());
        if (folds != null) trainer.folds(folds); // refused now rather than later
        Table other = test == null ? null : TableModel.read(test, trainer.schema());
        if (other != null) trainer.target().labels(other);
        int[][] parts = trainer.split(trainer.all(), test == null && folds == null ? config.testFraction() : 0,
                config.seed());
        String fingerprint = "sha256 " + DataFingerprint.of(table);
        Provenance provenance = Provenance.of("boost train").with("seed", config.seed())
                .with("source", table.source()).with("rows", table.rows()).with("data", fingerprint);
        SettingsSearch<BoostConfig> plan = searching
                ? BoostSearch.of(trainer, settings, parts[0], folds, fingerprint)
                : null;
        try (RunDirectory run = RunDirectory.open(options.out(Path.of("runs", BoostCommand.NAME)));
                Interruption interruption = Interruption.watch(options.quiet() ? null : System.err)) {
            run.begin(config, provenance, resume);
            Searched<BoostConfig> found = null;
            if (plan != null) {
                found = plan.run(search, run, console, interruption);
                trainer = trainer.with(found.chosen());
                provenance.with("search", search.toString());
                console.print(found.summary());
            }
            console.json(train(new Job(trainer, table, other, parts, provenance), found, run, console, interruption));
        }
        return ExitCode.OK;
    }

    private Map<String, Object> train(Job job, Searched<BoostConfig> found, RunDirectory run, Console console,
            Interruption interruption) throws Exception {
        BoostTrainer trainer = job.trainer;
        long begun = System.nanoTime();
        double[] heldOut;
        BoostTrainer.Prepared rows;
        BoostingModel fitted;
        try (FitWatch watch = new FitWatch(run, console, interruption)) {
            heldOut = folds == null ? null : crossValidate(trainer, watch);
            rows = trainer.prepare(job.parts[0]);
            console.note("training on " + rows.train().length + " rows, " + trainer.features().columns().size()
                    + " features");
            fitted = watch.fit(trainer, rows, "training");
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        TableModel model = trainer.model(fitted, rows, origin(job));
        Map<String, BoostMetrics> scores = measure(job, model, rows, heldOut, console);
        Map<String, Object> metrics = BoostReport.metrics(model, scores, trainer.config().seed(),
                folds == null ? "test" : "valid");
        if (found != null) metrics.put("search", found.tree());
        compare(job, scores, metrics, console);
        metrics.put("seconds", seconds);
        metrics.put("model", run.model().toString());
        BoostArtifacts.save(model, run.model());
        run.writeConfig(trainer.config(), job.provenance);
        run.writeMetrics(metrics);
        BoostReport report = new BoostReport(model, scores, metrics);
        Path page = run.writeReport(report.page("Boosted trees: training", job.table.source(), job.provenance, found));
        run.finish();
        console.print(report.table().toText());
        console.print(String.format(Locale.ROOT, "%d trees in %.1f s; model: %s; report: %s",
                fitted.bestRound() * fitted.scores(), seconds, run.model(), page));
        return metrics;
    }

    private static Map<String, Object> origin(Job job) {
        Map<String, Object> origin = new LinkedHashMap<>(job.provenance.facts());
        BoostTrainer trainer = job.trainer;
        origin.putAll(ModelFile.provenance(trainer.config().params(trainer.objective(),
                trainer.config().validFraction() > 0), DataFingerprint.of(job.table)));
        return origin;
    }

    /** Every row is predicted by a model that has not seen it. */
    private double[] crossValidate(BoostTrainer trainer, FitWatch watch) {
        int k = trainer.objective().scores();
        double[] prediction = new double[trainer.all().length * k];
        int number = 1;
        for (Split.Fold fold : trainer.folds(folds)) {
            BoostingModel model = watch.fit(trainer, trainer.prepare(fold.train()),
                    "fold " + number++ + " of " + folds);
            double[] p = trainer.predict(model, fold.test());
            for (int i = 0; i < fold.test().length; i++)
                System.arraycopy(p, i * k, prediction, fold.test()[i] * k, k);
        }
        return prediction;
    }

    private Map<String, BoostMetrics> measure(Job job, TableModel model, BoostTrainer.Prepared rows, double[] heldOut,
            Console console) {
        BoostTrainer trainer = job.trainer;
        Map<String, int[]> parts = new LinkedHashMap<>();
        parts.put("train", rows.train());
        if (heldOut == null && rows.valid().length > 0) parts.put("valid", rows.valid());
        if (job.parts[1].length > 0) parts.put("test", job.parts[1]);
        Map<String, BoostMetrics> scores = new LinkedHashMap<>();
        parts.forEach((name, part) -> scores.put(name,
                trainer.metrics(model.yardstick(), trainer.predict(model.model(), part), part)));
        if (heldOut != null) scores.put("valid", trainer.metrics(model.yardstick(), heldOut, trainer.all()));
        if (job.other != null) {
            TableModel.Ready ready = model.ready(job.other, List.of(), false);
            ready.issues().forEach(issue -> console.note(test + ": " + issue));
            scores.put("test", model.metrics(ready, model.predict(ready)));
        }
        return scores;
    }

    /** Puts the figures of an elastic net beside ours, on the rows that tell most. */
    private void compare(Job job, Map<String, BoostMetrics> scores, Map<String, Object> metrics, Console console) {
        String part = scores.containsKey("test") ? "test" : "valid";
        if (part.equals("valid") && folds == null) return;
        try {
            LinearBaseline net = LinearBaseline.of(linear, job.trainer, job.table, data.roles(), job.parts[0]);
            if (net == null) return;
            double[] theirs = part.equals("valid")
                    ? net.heldOut()
                    : net.predict(job.other != null ? job.other : job.trainer.features().take(job.parts[1]));
            @SuppressWarnings("unchecked") // what metrics() makes
            Map<String, Object> block = (Map<String, Object>) metrics.get(part);
            block.put("linear", scores.get(part).against(theirs, job.trainer.config().seed()));
        } catch (RuntimeException e) {
            if (linear == LinearBaseline.When.ALWAYS)
                throw CommandException.failed("--linear: " + e.getMessage(), e);
            console.note("no linear model to compare with: " + e.getMessage());
        }
    }
}
