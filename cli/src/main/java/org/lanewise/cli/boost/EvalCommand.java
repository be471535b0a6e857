package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.tabular.DataFingerprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code boost eval}: measures a model on rows it has not seen.
 */
@Command(name = "eval", description = "Measures a model on rows it has not seen, beside predicting the same for every row.")
public final class EvalCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--target", paramLabel = "COL", description = "The truth (default: the column the model was trained on).")
    private String target;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/boost/eval", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** For picocli. */
    public EvalCommand() {}

    /** The settings, as kept in config.json. */
    private record Settings(String model, String target, long seed) {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        BoostArtifact artifact = model.load();
        Task task = target == null
                ? artifact.task()
                : new Task(artifact.task().kind(), target, artifact.task().event(), artifact.task().classes());
        if (task.target().isEmpty())
            throw CommandException.badInput("the model does not know its target; say --target COL");
        BoostArtifact.Ready ready = model.ready(artifact, console, task.target());
        double[] labels = task.labels(ready.table());
        Provenance provenance = Provenance.of("boost eval").with("seed", seed).with("model", model.path())
                .with("source", ready.table().source()).with("rows", labels.length)
                .with("data", "sha256 " + DataFingerprint.of(ready.table()));
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(new Settings(model.path().toString(), task.target(), seed), provenance, false);
            long begun = System.nanoTime();
            double[] prediction = Fitting.predict(artifact.model(), task, ready.features());
            double seconds = (System.nanoTime() - begun) / 1e9;
            double[] constant = artifact.constant().length > 0
                    ? artifact.constant()
                    : Scores.constant(task, labels, null);
            Map<String, Scores> scores = new LinkedHashMap<>();
            scores.put("test", new Scores(task, prediction, labels, constant));
            Map<String, Object> metrics = TrainCommand.metrics(artifact, scores, seed, seconds);
            run.writeMetrics(metrics);
            BoostReport report = new BoostReport(artifact, scores, metrics);
            Path page = run.writeReport(report.page("Boosted trees: evaluation", ready.table().source(), provenance));
            console.print(report.table().toText());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
