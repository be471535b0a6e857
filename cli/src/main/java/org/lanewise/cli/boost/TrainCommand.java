package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.boosting.format.ModelFile;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Schema;
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
    private Roles roles;

    @Option(names = "--objective", paramLabel = "NAME", description = "auto (by the target), regression, regression_l1, huber, quantile, poisson, gamma, tweedie, binary, cross_entropy, multiclass, multiclassova, cox (default: auto).")
    private String objective;

    @Option(names = "--test", paramLabel = "FILE", description = "Measure on this file; without it and --folds, on a share of the rows (setting testFraction).")
    private Path test;

    @Option(names = "--folds", paramLabel = "K", description = "Cross-validate, then train on all rows; the out-of-fold figures are called valid.")
    private Integer folds;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) {
        roles.check();
        BoostSettings settings = options.settings(BoostSettings.defaults()).flag("--objective", "objective", objective)
                .build();
        Table data = roles.read();
        if (folds != null && (folds < 2 || folds > data.rows()))
            throw CommandException.badInput("--folds " + folds + ": expected 2 to the number of rows");
        Task task = Task.of(data, roles.target(), roles.event(), settings.objective());
        Fitting fitting = new Fitting(settings, task, task.objective(settings.objective()), roles.features(data),
                labels(task, data), roles.weights(data), roles.groups(data));
        fitting.check();
        Schema schema = Schema.of(fitting.features()).relaxed();
        Table other = test == null ? null : BoostArtifact.read(test, schema);
        if (other != null) labels(task, other); // refused now rather than after the training
        int[][] parts = fitting.split(fitting.all(), test == null && folds == null ? settings.testFraction() : 0,
                settings.seed());
        Provenance provenance = Provenance.of("boost train").with("seed", settings.seed())
                .with("source", data.source()).with("rows", data.rows())
                .with("data", "sha256 " + DataFingerprint.of(data));
        try (RunDirectory run = RunDirectory.open(options.out(Path.of("runs", BoostCommand.NAME)))) {
            run.begin(settings, provenance, false);
            long begun = System.nanoTime();
            Map<String, Scores> scores = new LinkedHashMap<>();
            if (folds != null) scores.put("valid", crossValidate(fitting, console));
            console.note("training on " + parts[0].length + " rows, " + fitting.features().columns().size()
                    + " features");
            Fitting.Fitted fitted = fitting.fit(parts[0]);
            double seconds = (System.nanoTime() - begun) / 1e9;
            double[] constant = Scores.constant(task, fitting.labels(fitted.train()), fitting.weights(fitted.train()));
            BoostArtifact artifact = new BoostArtifact(fitted.model(), schema, task, roles.id(), constant,
                    origin(provenance, fitting, data));
            measure(scores, fitting, fitted, parts[1], constant);
            if (other != null) {
                BoostArtifact.Ready ready = artifact.ready(other, roles.named(), false);
                ready.issues().forEach(issue -> console.note(test + ": " + issue));
                scores.put("test", new Scores(task, Fitting.predict(fitted.model(), task, ready.features()),
                        labels(task, other), constant));
            }
            artifact.save(run.model());
            Map<String, Object> metrics = metrics(artifact, scores, settings.seed(), seconds);
            metrics.put("model", run.model().toString());
            run.writeMetrics(metrics);
            BoostReport report = new BoostReport(artifact, scores, metrics);
            Path page = run.writeReport(report.page("Boosted trees: training", data.source(), provenance));
            console.print(report.table().toText());
            console.print(String.format(Locale.ROOT, "%d trees in %.1f s; model: %s; report: %s",
                    fitted.model().bestRound() * fitted.model().scores(), seconds, run.model(), page));
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    /** The labels of a table, which must hold the target. */
    private double[] labels(Task task, Table table) {
        if (table.rows() == 0) throw BadInputException.at(table.source()).because("no rows");
        return task.labels(table);
    }

    private static Map<String, Object> origin(Provenance provenance, Fitting fitting, Table data) {
        Map<String, Object> origin = new LinkedHashMap<>(provenance.facts());
        origin.putAll(ModelFile.provenance(fitting.settings().params(fitting.objective(),
                fitting.settings().validFraction() > 0), DataFingerprint.of(data)));
        return origin;
    }

    /** Every row is predicted by a model that has not seen it. */
    private Scores crossValidate(Fitting fitting, Console console) {
        int k = fitting.objective().scores();
        double[] prediction = new double[fitting.label().length * k];
        try (Progress progress = console.progress("cross-validation", folds, "folds")) {
            int done = 0;
            for (Split.Fold fold : fitting.folds(folds)) {
                double[] p = fitting.predict(fitting.fit(fold.train()).model(), fold.test());
                for (int i = 0; i < fold.test().length; i++)
                    System.arraycopy(p, i * k, prediction, fold.test()[i] * k, k);
                progress.update(++done);
            }
        }
        return new Scores(fitting.task(), prediction, fitting.label(),
                Scores.constant(fitting.task(), fitting.label(), fitting.weight()));
    }

    private static void measure(Map<String, Scores> scores, Fitting fitting, Fitting.Fitted fitted, int[] test,
            double[] constant) {
        Map<String, int[]> parts = new LinkedHashMap<>();
        parts.put("train", fitted.train());
        if (!scores.containsKey("valid") && fitted.valid().length > 0) parts.put("valid", fitted.valid());
        if (test.length > 0) parts.put("test", test);
        parts.forEach((name, rows) -> scores.put(name,
                new Scores(fitting.task(), fitting.predict(fitted.model(), rows), fitting.labels(rows), constant)));
    }

    /** What {@code metrics.json} holds. */
    static Map<String, Object> metrics(BoostArtifact artifact, Map<String, Scores> scores, long seed, double seconds) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("target", artifact.task().target());
        metrics.put("objective", artifact.model().objective());
        if (!artifact.task().classes().isEmpty()) metrics.put("classes", artifact.task().classes());
        for (String part : List.of("train", "valid", "test")) {
            Scores s = scores.get(part);
            if (s == null) continue;
            Map<String, Object> block = s.figures();
            block.put("baseline", s.baseline());
            if (part.equals("test")) block.put("intervals", s.intervals(seed));
            metrics.put(part, block);
        }
        metrics.put("rounds", artifact.model().rounds());
        metrics.put("best_round", artifact.model().bestRound());
        metrics.put("leaves", BoostReport.leaves(artifact.model()));
        metrics.put("seconds", seconds);
        return metrics;
    }
}
