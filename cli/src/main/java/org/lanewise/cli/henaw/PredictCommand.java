package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;
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
    private CohortOptions cohort;

    @Mixin
    private PersonOptions person;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the predictions go, as CSV, .csv.gz or .json "
            + "(default: runs/henaw/predictions.csv; for one person only the terminal).")
    private Path out;

    /** For picocli. */
    public PredictCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (cohort.isGiven() == person.isGiven()) {
            throw CommandException.badInput("say --data FILE, or --age, --sex and --marker of one person");
        }
        Path file = out == null && cohort.isGiven() ? Path.of("runs", HenawCommand.NAME, "predictions.csv") : out;
        if (file != null) OutputFile.check("--out", file);
        HenawPredictor predictor = HenawPredictor.of(model.load());
        Cohort people = cohort.isGiven() ? cohort.read() : person.person();
        long begun = System.nanoTime();
        HenawPredictor.Batch batch = predictor.predict(people);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (file != null) write(file, people, batch, predictor.model());
        if (person.isGiven()) {
            console.print(text(people, batch.row(0), predictor.model()));
            console.json(trees(people, batch, predictor.model()).getFirst());
        } else {
            Map<String, Object> summary = new LinkedHashMap<>();
            summary.put("people", people.size());
            summary.put("seconds", seconds);
            summary.put("file", file.toString());
            console.print("predicted " + people.size() + " people in " + Quantity.duration(seconds) + ": " + file);
            console.json(summary);
        }
        return ExitCode.OK;
    }

    private static void write(Path file, Cohort people, HenawPredictor.Batch batch, HenawModel model) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
            JsonFiles.write(file, trees(people, batch, model));
        else
            Csv.write(file, table(people, batch, model));
    }

    /** The columns of the output; those of the risk only if the model has one. */
    private static Table table(Cohort people, HenawPredictor.Batch batch, HenawModel model) {
        List<Column> columns = new ArrayList<>();
        columns.add(TextColumn.of("id", IntStream.range(0, people.size()).mapToObj(people::id).toArray(String[]::new)));
        columns.add(DoubleColumn.of("age", people.age()));
        columns.add(DoubleColumn.of("biological_age", batch.biologicalAge()));
        columns.add(DoubleColumn.of("gap", batch.gap()));
        if (model.hasMortality()) {
            columns.add(DoubleColumn.of("risk", batch.risk()));
            columns.add(DoubleColumn.of("log_hazard", batch.logHazard()));
        }
        columns.add(DoubleColumn.of("guessed_age", batch.guessedAge()));
        columns.add(DoubleColumn.of("guessed_age_sd", batch.guessedAgeSd()));
        columns.add(DoubleColumn.of("guessed_age_lower", batch.lower()));
        columns.add(DoubleColumn.of("guessed_age_upper", batch.upper()));
        columns.add(LongColumn.of("markers_filled", IntStream.of(batch.filled()).asLongStream().toArray()));
        return Table.of(people.source(), columns);
    }

    private static List<Map<String, Object>> trees(Cohort people, HenawPredictor.Batch batch, HenawModel model) {
        Table table = table(people, batch, model);
        List<Map<String, Object>> trees = new ArrayList<>();
        for (int row = 0; row < table.rows(); row++) {
            Map<String, Object> tree = new LinkedHashMap<>();
            for (Column column : table.columns()) {
                tree.put(column.name(), column instanceof TextColumn ? column.text(row) : column.number(row));
            }
            trees.add(tree);
        }
        return trees;
    }

    private static String text(Cohort people, HenawPredictor.Prediction p, HenawModel model) {
        StringBuilder text = new StringBuilder();
        line(text, "age", Quantity.figure(people.age(0), 1) + " years");
        line(text, "biological age", Quantity.figure(p.biologicalAge(), 1) + " years");
        line(text, "gap", Quantity.figure(p.gap(), 1) + " years above what is usual at this age");
        if (model.hasMortality()) {
            line(text, "risk", Quantity.figure(100 * p.risk(), 1) + " % of dying within "
                    + Quantity.figure(model.config().horizonYears(), 0) + " years");
        }
        line(text, "guessed age", Quantity.figure(p.guessedAge(), 1) + " years from markers and sex alone, "
                + Quantity.figure(100 * model.config().intervalLevel(), 0) + " % interval "
                + Quantity.figure(p.lower(), 1)
                + " to " + Quantity.figure(p.upper(), 1));
        if (p.filled() > 0)
            line(text, "note", p.filled() + " markers of the model were not measured and filled by their expectation");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-15s %s%n", name, value));
    }
}
