package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code linear eval}: measures a model on rows it has not seen, beside the model without predictors.
 */
@Command(name = "eval", description = "Measures a model on rows it has not seen, beside the model without predictors.")
public final class EvalCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/linear/eval", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** For picocli. */
    public EvalCommand() {}

    /** The settings, as kept in config.json. */
    private record Settings(String model, long seed) {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            TableModel loaded = model.load();
            Table table = model.read(loaded);
            Provenance provenance = Provenance.of("linear eval").with("seed", seed).with("model", model.path())
                    .with("trained on", loaded.provenance().getOrDefault("data", "unknown"))
                    .with("source", table.source()).with("data", "sha256 " + DataFingerprint.of(table));
            run.begin(new Settings(model.path().toString(), seed), provenance, false);
            TableModel.Predictions predictions = loaded.predict(table);
            predictions.issues().forEach(issue -> console.note(issue.toString()));
            Measured measured = new Measured(loaded).add("test", table, predictions.means(), seed);
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("family", loaded.model().family().toString());
            metrics.putAll(measured.blocks());
            run.writeMetrics(metrics);
            Path page = run.writeReport(new LinearReport(measured).evaluation(table, provenance));
            run.finish();
            console.print(measured.table().toText());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
