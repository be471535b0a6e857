package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.Map;

import org.lanewise.boosting.table.BoostMetrics;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
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
        TableModel loaded = model.load();
        if (loaded.target().target().isEmpty())
            throw CommandException.badInput("the model does not know its target; say --target COL");
        if (loaded.target().timed() && loaded.target().event().isEmpty())
            throw CommandException.badInput("the model does not know which times are events; say --event COL");
        Table rows = model.read(loaded);
        loaded.target().labels(rows); // refused before anything is said of the features
        TableModel.Ready ready = model.ready(loaded, rows, console);
        long begun = System.nanoTime();
        double[] prediction = loaded.predict(ready);
        double seconds = (System.nanoTime() - begun) / 1e9;
        BoostMetrics measured = loaded.metrics(ready, prediction);
        Provenance provenance = Provenance.of("boost eval").with("seed", seed).with("model", model.path())
                .with("source", ready.table().source()).with("rows", ready.table().rows())
                .with("data", "sha256 " + DataFingerprint.of(ready.table()));
        try (RunDirectory run = RunDirectory.open(out)) {
            run.begin(new Settings(model.path().toString(), loaded.target().target(), seed), provenance, false);
            Map<String, BoostMetrics> scores = Map.of("test", measured);
            Map<String, Object> metrics = BoostReport.metrics(loaded, scores, seed, "test");
            metrics.put("seconds", seconds);
            run.writeMetrics(metrics);
            BoostReport report = new BoostReport(loaded, scores, metrics);
            Path page = run.writeReport(
                    report.page("Boosted trees: evaluation", ready.table().source(), provenance, null));
            console.print(report.table().toText());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
