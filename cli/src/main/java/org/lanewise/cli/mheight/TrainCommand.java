package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.MHeightArtifacts;
import org.lanewise.mheight.MHeightConfig;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.MHeightEvaluator;
import org.lanewise.mheight.MHeightModel;
import org.lanewise.mheight.MHeightTrainer;
import org.lanewise.mheight.training.Epoch;
import org.lanewise.mheight.training.TrainingCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight train}: trains a network on generated codes, measures it on fresh ones and writes a run directory.
 */
@Command(name = "train", description = "Trains a network on generated codes and measures it on fresh ones.")
public final class TrainCommand extends WorkCommand {
    private static final Path OUT = Path.of("runs", MHeightCommand.NAME);

    @Mixin
    private RunOptions options;

    @Option(names = "--variant", paramLabel = "NAME", description = "published-a, published-b, complexity-aware, t1 or t2 (default: t2).")
    private String variant;

    @Option(names = "--codes", paramLabel = "LAW", description = "d1: uniform reals; d2: whole numbers on the scales of the course's data (default: d1).")
    private String law;

    @Option(names = "--epochs", paramLabel = "N", description = "Of the published variants: passes at most.")
    private Integer epochs;

    @Option(names = "--steps", paramLabel = "N", description = "Of t1 and t2: steps.")
    private Integer steps;

    @Option(names = "--rows", paramLabel = "N", description = "Of the published variants: rows of each group.")
    private Integer rows;

    @Option(names = "--test", paramLabel = "N", defaultValue = "10000", description = "Fresh codes for each k to measure on (default: ${DEFAULT-VALUE}).")
    private int test;

    @Option(names = "--resume", description = "Go on with the interrupted training in --out.")
    private boolean resume;

    /** For picocli. */
    public TrainCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        if (test < 100) throw CommandException.badInput("--test " + test + ": expected 100 or more");
        MHeightConfig standard = MHeightConfig.defaults().withVariant(variant());
        MHeightConfig config = options.settings(standard).flag("--variant", "variant", variant)
                .flag("--codes", "law", law).flag("--epochs", "published.epochs", epochs)
                .flag("--rows", "published.rowsPerGroup", rows).flag("--steps", "stream.steps", steps).build();
        try (RunDirectory run = RunDirectory.open(options.out(OUT))) {
            Provenance provenance = Provenance.of("mheight train").with("seed", config.seed())
                    .with("codes", config.law().name());
            run.begin(config, provenance, resume);
            console.json(train(config, provenance, run, console));
        }
        return ExitCode.OK;
    }

    private MHeightConfig.Variant variant() {
        if (variant == null) return MHeightConfig.Variant.T2;
        return MHeightConfig.Variant.labelled(variant)
                .orElseThrow(() -> CommandException.badInput("--variant " + variant
                        + ": there are " + String.join(", ", Arrays.stream(MHeightConfig.Variant.values())
                                .map(MHeightConfig.Variant::label).toList())));
    }

    private Map<String, Object> train(MHeightConfig config, Provenance provenance, RunDirectory run, Console console)
            throws Exception {
        MHeightTrainer trainer = new MHeightTrainer(config).checkpoints(run.checkpoint());
        Optional<MHeightModel> model;
        Map<String, Map<String, double[]>> curves;
        try (Interruption interruption = Interruption.watch(options.quiet() ? null : System.err);
                Progress progress = console.progress("training", trainer.totalEpochs(), "epochs");
                TrainingCurves listener = new TrainingCurves(progress, run.tensorBoard())) {
            model = trainer.stopWhen(interruption).listener(listener).train();
            curves = listener.curves();
        }
        if (model.isEmpty())
            throw CommandException
                    .interrupted("interrupted; the same command with --resume goes on from the checkpoint in "
                            + run.path());
        TrainingCost cost = trainer.cost();
        StepReport step = StepReport.of(cost);
        MHeightArtifacts.save(model.get(), run.model());
        MHeightEvaluation result = new MHeightEvaluator(model.get()).evaluate(config.law(), test,
                config.seed());
        Map<String, Object> metrics = new LinkedHashMap<>(result.tree());
        metrics.put("variant", config.variant().label());
        metrics.put("parameters", model.get().parameterCount());
        metrics.put("training_seconds", cost.seconds());
        metrics.put("epochs", cost.epochs());
        metrics.put("steps", cost.steps());
        metrics.put("step", step.tree());
        double validation = curves.values().stream()
                .mapToDouble(c -> Arrays.stream(c.get(Epoch.VALIDATION)).min().orElse(Double.NaN)).average()
                .orElse(Double.NaN);
        metrics.put("validation_log2_mse", validation);
        EvalReport report = new EvalReport(model.get(), result);
        run.writeMetrics(metrics);
        run.writeReport(report.page(curves, provenance).paragraph(step.line()));
        RunPictures.write(run.path(), curves, report.points());
        run.finish();
        console.print(report.text());
        console.print("the best epoch's own validation: log2-MSE " + Quantity.figure(validation, 4)
                + (config.published().leak() && !config.variant().isStream()
                        ? ", of rows most of which are in training too: compare the figures above"
                        : ""));
        console.print(step.line());
        console.print("trained in " + Quantity.duration(cost.seconds()) + resumed(cost) + "; model: " + run.model());
        return metrics;
    }

    private static String resumed(TrainingCost cost) {
        return cost.earlierSeconds() == 0
                ? ""
                : ", " + Quantity.duration(cost.earlierSeconds()) + " of it before it was resumed";
    }
}
