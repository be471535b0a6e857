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
import org.lanewise.linear.table.LinearMetrics;
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

    /** For picocli. */
    public EvalCommand() {}

    /** The settings, as kept in config.json. */
    private record Settings(String model) {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            TableModel loaded = model.load();
            Table table = model.read(loaded);
            Provenance provenance = Provenance.of("linear eval").with("model", model.path())
                    .with("trained on", loaded.provenance().getOrDefault("data", "unknown"))
                    .with("source", table.source()).with("data", "sha256 " + DataFingerprint.of(table));
            run.begin(new Settings(model.path().toString()), provenance, false);
            TableModel.Predictions predictions = loaded.predict(table);
            predictions.issues().forEach(issue -> console.note(issue.toString()));
            Map<String, Object> metrics = new LinkedHashMap<>();
            metrics.put("family", loaded.model().family().toString());
            metrics.put("test", LinearMetrics.of(table, predictions.means(), loaded));
            run.writeMetrics(metrics);
            run.finish();
            console.print(LinearReport.table(metrics, loaded.model().family()).toText());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
