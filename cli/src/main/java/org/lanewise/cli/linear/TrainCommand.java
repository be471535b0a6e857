package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.search.SearchOptions;
import org.lanewise.cli.search.Searched;
import org.lanewise.cli.search.SettingsSearch;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.table.LinearArtifacts;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code linear train}: chooses alpha by cross-validation, fits, measures, and writes a run directory.
 */
@Command(name = "train", description = "Chooses alpha by cross-validation, fits a model and measures it on rows held out, and on --test.")
public final class TrainCommand extends WorkCommand {
    static final Path OUT = Path.of("runs", LinearCommand.NAME);
    /** What a model says of its making; not when and on how many threads, so that the same training gives the same file. */
    private static final List<String> KEPT = List.of("command", "seed", "source", "rows", "data", "version", "kernels");

    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    @Mixin
    private SearchOptions search;

    @Option(names = "--test", paramLabel = "FILE", description = "A table that training must not see, to measure on.")
    private Path test;

    @Option(names = "--resume", description = "Go on with the interrupted training in --out.")
    private boolean resume;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        Settings<LinearConfig> settings = data.applyTo(options.settings(LinearConfig.defaults()));
        LinearConfig given = settings.build();
        boolean searching = search.isGiven();
        try (RunDirectory run = RunDirectory.open(options.out(OUT));
                Interruption stop = Interruption.watch(options.quiet() ? null : System.err)) {
            long begun = System.nanoTime();
            Table table = data.read();
            Table unseen = test == null ? null : data.read(test);
            Provenance provenance = data.provenance("linear train", table, given);
            run.begin(given, provenance, resume);
            Searched<LinearConfig> found = searching ? search(settings, table, provenance, run, console, stop) : null;
            LinearConfig config = found == null ? given : found.chosen();
            LinearTrainer.Trained trained = WatchedTraining.run(config, table, data.roles(), facts(provenance), run,
                    console, stop);
            Measured measured = new Measured(trained.model()).add("train", table,
                    trained.model().predict(table).means(), 0).add("valid", table, trained.heldOut(), config.seed());
            if (unseen != null)
                measured.add("test", unseen, predict(trained.model(), unseen, console), config.seed());
            Map<String, Object> metrics = facts(trained);
            metrics.putAll(measured.blocks());
            if (found != null) metrics.put("search", found.tree());
            metrics.put("seconds", (System.nanoTime() - begun) / 1e9);
            LinearArtifacts.save(trained.model(), run.model());
            metrics.put("model", run.model().toString());
            run.writeConfig(config, provenance);
            run.writeMetrics(metrics);
            HtmlReport report = new LinearReport(measured).training(trained, table, provenance);
            if (found != null) found.addTo(report);
            Path page = run.writeReport(report);
            run.finish();
            if (found != null) console.print(found.summary());
            console.print(measured.table().toText());
            if (LinearReport.endsTooEarly(trained)) console.note("note: " + LinearReport.TOO_EARLY);
            console.print("alpha " + LinearReport.number(trained.model().alpha()) + ", "
                    + trained.model().model().selected().length + " of " + trained.model().columns().size()
                    + " coefficients, in " + Quantity.duration((System.nanoTime() - begun) / 1e9) + "; model: "
                    + run.model());
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }

    private static double[][] predict(TableModel model, Table unseen, Console console) {
        TableModel.Predictions predictions = model.predict(unseen);
        predictions.issues().forEach(issue -> console.note(unseen.source() + ": " + issue));
        return predictions.means();
    }

    private Searched<LinearConfig> search(Settings<LinearConfig> settings, Table table, Provenance provenance,
            RunDirectory run, Console console, BooleanSupplier stop) throws Exception {
        LinearConfig given = settings.build();
        return new SettingsSearch<>(given,
                SettingsSearch.free(SearchSpaces.of(table, data.roles(), given), settings), "held-out deviance", false,
                given.seed(), provenance.facts().get("data") + ", " + given.folds() + " folds", (config, _) -> {
                    LinearTrainer.Trained trained = new LinearTrainer(config).train(table, data.roles(), Map.of())
                            .orElseThrow();
                    return trained.cv().deviance()[trained.chosen()];
                }).run(search, run, console, stop);
    }

    private static Map<String, String> facts(Provenance provenance) {
        Map<String, String> facts = new LinkedHashMap<>();
        provenance.facts().forEach((name, value) -> facts.put(name, String.valueOf(value)));
        facts.keySet().retainAll(KEPT);
        return facts;
    }

    private static Map<String, Object> facts(LinearTrainer.Trained trained) {
        TableModel model = trained.model();
        ElasticNetPath.Step step = trained.cv().path().steps().get(trained.chosen());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("family", model.model().family().toString());
        facts.put("alpha", model.alpha());
        facts.put("coefficients", step.df());
        facts.put("columns", model.columns().size());
        facts.put("deviance_ratio", step.devianceRatio());
        facts.put("duality_gap", step.gap());
        facts.put("held_out_deviance", trained.cv().deviance()[trained.chosen()]);
        return facts;
    }
}
