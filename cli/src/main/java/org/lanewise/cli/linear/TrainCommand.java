package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.table.LinearArtifacts;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearMetrics;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code linear train}: chooses alpha by cross-validation, fits, measures, and writes a run directory.
 */
@Command(name = "train", description = "Chooses alpha by cross-validation, fits a model and measures it.")
public final class TrainCommand extends WorkCommand {
    static final Path OUT = Path.of("runs", LinearCommand.NAME);
    /** What a model says of its making; not when and on how many threads, so that the same training gives the same file. */
    private static final List<String> KEPT = List.of("command", "seed", "source", "rows", "data", "version");

    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    @Option(names = "--test", paramLabel = "FILE", description = "A table that training must not see, to measure on.")
    private Path test;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) {
        LinearConfig config = data.applyTo(options.settings(LinearConfig.defaults())).build();
        try (RunDirectory run = RunDirectory.open(options.out(OUT))) {
            long begun = System.nanoTime();
            Table table = data.read();
            Table unseen = test == null ? null : data.read(test);
            Provenance provenance = Provenance.of("linear train").with("seed", config.seed())
                    .with("source", table.source()).with("rows", table.rows())
                    .with("data", "sha256 " + DataFingerprint.of(table));
            run.begin(config, provenance, false);
            Map<String, String> facts = new LinkedHashMap<>();
            provenance.facts().forEach((name, value) -> facts.put(name, String.valueOf(value)));
            facts.keySet().retainAll(KEPT);
            LinearTrainer.Trained trained = new LinearTrainer(config).train(table, data.roles(), facts);
            TableModel model = trained.model();
            Map<String, Object> metrics = metrics(trained, table, unseen);
            metrics.put("seconds", (System.nanoTime() - begun) / 1e9);
            LinearArtifacts.save(model, run.model());
            run.writeConfig(config, provenance);
            run.writeMetrics(metrics);
            Path page = run.writeReport(LinearReport.of(trained, table, metrics, provenance));
            run.finish();
            console.print(LinearReport.table(metrics, model.model().family()).toText());
            console.print("alpha " + Quantity.figure(model.alpha(), 6) + ", " + model.model().selected().length + " of "
                    + model.columns().size() + " coefficients; model: " + run.model());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> metrics(LinearTrainer.Trained trained, Table table, Table unseen) {
        TableModel model = trained.model();
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("family", model.model().family().toString());
        metrics.put("alpha", model.alpha());
        metrics.put("coefficients", model.model().selected().length);
        metrics.put("columns", model.columns().size());
        metrics.put("deviance_ratio", trained.cv().path().steps().get(trained.chosen()).devianceRatio());
        metrics.put("duality_gap", trained.cv().path().steps().get(trained.chosen()).gap());
        metrics.put("train", LinearMetrics.of(table, model.predict(table).means(), model));
        metrics.put("valid", LinearMetrics.of(table, trained.heldOut(), model));
        if (unseen != null) {
            metrics.put("test", LinearMetrics.of(unseen, model.predict(unseen).means(), model));
        }
        return metrics;
    }
}
