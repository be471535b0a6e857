package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.data.Cohort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw predict}: applies a model to a file, or to one person described by options.
 */
@Command(name = "predict", description = "Applies a model to a file of people, or to one person described by options.")
public final class PredictCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private PeopleOptions who;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the predictions go, as CSV, .csv.gz or .json "
            + "(default: runs/henaw/predictions.csv; for one person only the terminal).")
    private Path out;

    /** For picocli. */
    public PredictCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        boolean population = who.isFile();
        Path file = out == null && population ? Path.of("runs", HenawCommand.NAME, "predictions.csv") : out;
        if (file != null) OutputFile.check("--out", file);
        HenawPredictor predictor = HenawPredictor.of(model.load());
        Cohort people = who.read();
        long begun = System.nanoTime();
        HenawPredictor.Batch batch = predictor.predict(people);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Predictions predictions = new Predictions(predictor.model(), people, batch, predictor.details(people), seconds);
        if (file != null) predictions.write(file);
        if (population) {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("people", people.size());
            summary.put("seconds", seconds);
            summary.put("file", file.toString());
            console.print("predicted " + people.size() + " people in " + Quantity.duration(seconds) + ": " + file);
            predictions.notes().forEach(note -> console.print("note: " + note));
            console.json(summary);
        } else {
            console.print(predictions.text());
            console.json(predictions.trees().getFirst());
        }
        return ExitCode.OK;
    }
}
