package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.Map;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.henaw.HenawEvaluator;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.tabular.DataFingerprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw eval}: measures a model on people it has not seen, beside simpler models.
 */
@Command(name = "eval", description = "Measures a model on people it has not seen, beside simpler models.")
public final class EvalCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private CohortOptions cohort;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/henaw/eval", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--bootstrap", paramLabel = "N", defaultValue = "400", description = "Replicates behind every interval (default: ${DEFAULT-VALUE}).")
    private int replicates;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--no-timing", description = "Do not measure latency and throughput.")
    private boolean noTiming;

    @Option(names = "--markdown", description = "Print the tables as Markdown.")
    private boolean markdown;

    @Option(names = "--repaired-recipe", description = "The people come from henaw synth: show the best possible figures beside.")
    private boolean repairedRecipe;

    /** For picocli. */
    public EvalCommand() {}

    /** The settings, as kept in config.json. */
    private record Settings(String model, int bootstrap, long seed) {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        try (RunDirectory run = RunDirectory.open(out)) {
            HenawModel loaded = model.load();
            Cohort people = cohort.read();
            if (repairedRecipe) people = people.withSource(RepairedGenerator.SOURCE + ", " + people.source());
            Provenance provenance = Provenance.of("henaw eval").with("seed", seed).with("model", model.path())
                    .with("trained on", loaded.provenance().getOrDefault("data", "unknown"))
                    .with("source", people.source())
                    .with("data", "sha256 " + DataFingerprint.of(CohortWriter.table(people)));
            run.begin(new Settings(model.path().toString(), replicates, seed), provenance, false);
            Map<String, Object> metrics = new HenawEvaluator(loaded).replicates(replicates).seed(seed).timed(!noTiming)
                    .evaluate(people);
            run.writeMetrics(metrics);
            EvalReport report = new EvalReport(loaded, people, metrics);
            Path page = run.writeReport(report.page(provenance));
            report.tables().forEach((caption, table) -> console.print(markdown
                    ? "**" + caption + "**\n\n" + table.toMarkdown()
                    : caption + "\n\n" + table.toText() + "\n"));
            report.notes().forEach(note -> console.print("note: " + note));
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(metrics);
        }
        return ExitCode.OK;
    }
}
