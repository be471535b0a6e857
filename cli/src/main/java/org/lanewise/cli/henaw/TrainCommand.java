package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.henaw.HenawArtifacts;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.HenawEvaluator;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawTrainer;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.selection.Comparison;
import org.lanewise.henaw.selection.RecipeSearch;
import org.lanewise.tabular.DataFingerprint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw train}: trains a model and writes a run directory.
 */
@Command(name = "train", description = "Trains a model, on a file or on generated people.")
public final class TrainCommand extends WorkCommand {
    static final Path OUT = Path.of("runs", HenawCommand.NAME);

    @Mixin
    private RunOptions options;

    @Mixin
    private CohortOptions cohort;

    @Mixin
    private SubsetOptions subset;

    @Mixin
    private CompareOptions compare;

    @Option(names = "--target", paramLabel = "NAME", description = "mortality, age, or auto: mortality where there are outcomes (default: auto).")
    private String target;

    @Option(names = "--variant", paramLabel = "NAME", description = "repaired or published (default: repaired).")
    private String variant;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data, of all networks.")
    private Integer epochs;

    @Option(names = "--members", paramLabel = "N", description = "Networks in each ensemble.")
    private Integer members;

    @Option(names = "--recipe", paramLabel = "NAME", description = "Without --data: the generator, repaired or published (default: that of the variant).")
    private Recipe recipe;

    @Option(names = "--people", paramLabel = "N", defaultValue = ""
            + Recipe.DEFAULT_PEOPLE, description = "Without --data: how many people to generate (default: ${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--resume", description = "Go on with the interrupted training in --out.")
    private boolean resume;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        HenawConfig config = settings().build();
        RecipeSearch search = compare.isGiven() ? compare.search(this::settings) : null;
        if (search != null
                && (config.target() == HenawConfig.Target.AGE || config.variant() != HenawConfig.Variant.REPAIRED)) {
            throw CommandException.badInput("--folds compares settings of the mortality ensemble, which "
                    + "--target age and --variant published do not train");
        }
        if (subset.holdsOut() && config.variant() != HenawConfig.Variant.REPAIRED) {
            throw CommandException
                    .badInput("--holdout: the published variant keeps out the last 15 % of the rows itself");
        }
        try (RunDirectory run = RunDirectory.open(options.out(OUT))) {
            Cohort everybody = cohort.isGiven() ? cohort.read() : recipe(config).generate(people, config.seed());
            SubsetOptions.Parts parts = subset.split(everybody, config.seed());
            Cohort cohortRead = parts.training();
            Provenance provenance = Provenance.of("henaw train").with("seed", config.seed())
                    .with("source", cohortRead.source()).with("people", cohortRead.size())
                    .with("data", "sha256 " + DataFingerprint.of(CohortWriter.table(cohortRead)));
            run.begin(config, provenance, resume);
            console.json(train(config, search, parts, provenance, run, console));
        }
        return ExitCode.OK;
    }

    private Recipe recipe(HenawConfig config) {
        if (recipe != null) return recipe;
        return config.variant() == HenawConfig.Variant.PUBLISHED ? Recipe.PUBLISHED : Recipe.REPAIRED;
    }

    private Settings<HenawConfig> settings() {
        Settings<HenawConfig> settings = options.settings(HenawConfig.defaults())
                .flag("--target", "target", target).flag("--variant", "variant", variant);
        for (String ensemble : new String[] {"age", "mortality"}) {
            settings.flag("--epochs", ensemble + ".epochs", epochs).flag("--members", ensemble + ".members", members);
        }
        subset.applyTo(settings);
        return settings.flag("--epochs", "published.epochs", epochs);
    }

    private Map<String, Object> train(HenawConfig begunWith, RecipeSearch search, SubsetOptions.Parts parts,
            Provenance provenance, RunDirectory run, Console console) throws Exception {
        Cohort cohortRead = parts.training();
        long begun = System.nanoTime();
        Comparison comparison = search == null ? null : compare(begunWith, search, cohortRead, run, console);
        HenawConfig config = comparison == null
                ? begunWith
                : begunWith.withEnsembles(begunWith.age(), comparison.chosen().candidate().settings());
        HenawTrainer trainer = new HenawTrainer(config).checkpoints(run.checkpoint());
        Optional<HenawModel> model;
        List<TrainingCurves.Curve> curves;
        try (Interruption interruption = Interruption.watch(options.quiet() ? null : System.err);
                Progress progress = console.progress("training", trainer.totalEpochs(cohortRead), "epochs");
                TrainingCurves listener = new TrainingCurves(progress, run.tensorBoard())) {
            model = trainer.stopWhen(interruption).listener(listener).train(cohortRead);
            curves = listener.curves();
        }
        if (model.isEmpty()) throw interrupted(run);
        HenawArtifacts.save(model.get(), run.model());
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("n", cohortRead.size());
        metrics.put("target", model.get().hasMortality() ? "mortality" : "age");
        metrics.put("seconds", seconds);
        Map<String, Object> losses = new LinkedHashMap<>();
        curves.stream().filter(c -> c.metric().equals("train_loss")).forEach(c -> losses.put(c.ensemble(), c.last()));
        metrics.put("training_loss", losses);
        metrics.put("model", run.model().toString());
        if (comparison != null) metrics.put("cross_validation", comparison.tree());
        Cohort held = parts.held() != null ? parts.held() : trainer.heldOut(cohortRead);
        if (held.size() > 0) metrics.put("holdout", measure(model.get(), held, provenance, run, console));
        run.writeConfig(config, provenance);
        run.writeMetrics(metrics);
        run.writeReport(TrainReport.of(model.get(), cohortRead, curves, seconds, comparison, provenance));
        run.finish();
        console.print(String.format(Locale.ROOT, "trained on %d people in %.1f s; model: %s", cohortRead.size(),
                seconds, run.model()));
        return metrics;
    }

    /** Cross-validates, and says what was chosen. */
    private Comparison compare(HenawConfig config, RecipeSearch search, Cohort people, RunDirectory run,
            Console console)
            throws Exception {
        HenawTrainer trainer = new HenawTrainer(config);
        Optional<Comparison> comparison;
        try (Interruption interruption = Interruption.watch(options.quiet() ? null : System.err);
                Progress progress = console.progress("cross-validation", search.totalEpochs(), "epochs")) {
            AtomicLong done = new AtomicLong();
            comparison = search.checkpoints(run.checkpoint()).stopWhen(interruption)
                    .listener(epochs -> progress.update(done.addAndGet(epochs), ""))
                    .run(trainer.followed(people), trainer.markers(people), config.horizonYears());
        }
        if (comparison.isEmpty()) throw interrupted(run);
        console.print(ComparisonTable.caption(comparison.get()) + "\n\n"
                + ComparisonTable.of(comparison.get()).toText());
        return comparison.get();
    }

    /** Measures on the people who were kept out, by {@code --holdout} or by the variant itself, with the same files as {@code henaw eval}. */
    private Map<String, Object> measure(HenawModel model, Cohort held, Provenance provenance, RunDirectory run,
            Console console) {
        Map<String, Object> metrics = new HenawEvaluator(model).timed(false).evaluate(held);
        EvalReport report = new EvalReport(model, held, metrics);
        try (RunDirectory holdout = RunDirectory.open(run.path().resolve("holdout"))) {
            holdout.writeMetrics(metrics);
            holdout.writeReport(report.page(provenance));
        }
        report.tables().forEach((caption, table) -> console.print(caption + "\n\n" + table.toText() + "\n"));
        report.notes().forEach(note -> console.print("note: " + note));
        return metrics;
    }

    private static CommandException interrupted(RunDirectory run) {
        return CommandException
                .interrupted("interrupted; the same command with --resume goes on from the checkpoint in "
                        + run.path());
    }
}
