package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.EnsembleModel;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawPredictor;
import org.lanewise.henaw.PublishedModel;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.LongColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;

/**
 * What is predicted of some people, as a table, as trees and as text.
 *
 * @param seconds that the prediction took in all
 */
record Predictions(HenawModel model, Cohort people, HenawPredictor.Batch batch, HenawPredictor.Details details,
        double seconds) {

    /** Writes JSON or CSV, by the file's name. */
    void write(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) JsonFiles.write(file, trees());
        else Csv.write(file, table());
    }

    /** The columns of the output; only those that the model has. */
    private Table table() {
        List<Column> columns = new ArrayList<>();
        columns.add(TextColumn.of("id", IntStream.range(0, people.size()).mapToObj(people::id).toArray(String[]::new)));
        columns.add(DoubleColumn.of("age", people.age()));
        columns.add(DoubleColumn.of("biological_age", batch.biologicalAge()));
        columns.add(DoubleColumn.of("gap", batch.gap()));
        switch (model) {
            case EnsembleModel ensemble -> {
                if (ensemble.hasMortality()) {
                    columns.add(DoubleColumn.of("risk", batch.risk()));
                    columns.add(DoubleColumn.of("log_hazard", batch.logHazard()));
                }
                columns.add(DoubleColumn.of("guessed_age", batch.guessedAge()));
                columns.add(DoubleColumn.of("guessed_age_sd", batch.guessedAgeSd()));
                columns.add(DoubleColumn.of("guessed_age_lower", batch.lower()));
                columns.add(DoubleColumn.of("guessed_age_upper", batch.upper()));
                columns.add(LongColumn.of("markers_filled", IntStream.of(batch.filled()).asLongStream().toArray()));
            }
            case PublishedModel published -> {
                if (published.hasMortality()) columns.add(DoubleColumn.of("mortality_score", batch.logHazard()));
            }
        }
        details.diseases().forEach((disease, probability) -> columns
                .add(DoubleColumn.of((details.trained().contains(disease) ? "" : "untrained_") + disease.label(),
                        probability)));
        details.weights().forEach((marker, weight) -> columns
                .add(DoubleColumn.of("weight_" + marker.shortName(), weight)));
        double[] ms = new double[people.size()];
        Arrays.fill(ms, 1e3 * seconds / people.size());
        columns.add(DoubleColumn.of("ms", ms));
        return Table.of(people.source(), columns);
    }

    /** One tree for each person. */
    List<Map<String, Object>> trees() {
        Table table = table();
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

    /** What a reader of the figures must know. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        long without = Arrays.stream(batch.biologicalAge()).filter(Double::isNaN).count();
        if (without > 0)
            notes.add(without + " of " + people.size() + " people got no biological age: too little is known");
        if (details.trained().size() < details.diseases().size()) notes.add(PublishedFaults.UNTRAINED);
        return notes;
    }

    /** The first person in words. */
    String text() {
        HenawPredictor.Prediction p = batch.row(0);
        StringBuilder text = new StringBuilder();
        line(text, "age", Quantity.figure(people.age(0), 1) + " years");
        line(text, "biological age", Quantity.figure(p.biologicalAge(), 1) + " years");
        switch (model) {
            case EnsembleModel ensemble -> {
                text(ensemble, p, text);
                details.diseases().forEach((disease, probability) -> line(text, disease.label(),
                        Quantity.figure(100 * probability[0], 1) + " %"));
            }
            case PublishedModel published -> {
                line(text, "gap", Quantity.figure(p.gap(), 1) + " years above the true age");
                if (published.hasMortality())
                    line(text, "mortality score", Quantity.figure(p.logHazard(), 3)
                            + " (log hazard, ranks people only)");
                details.diseases().forEach((disease, probability) -> line(text, disease.label(),
                        Quantity.figure(100 * probability[0], 1) + " %"));
                details.weights().forEach((marker, weight) -> line(text, "weight " + marker.shortName(),
                        Quantity.figure(weight[0], 3)));
            }
        }
        notes().forEach(note -> line(text, "note", note));
        return text.toString();
    }

    private static void text(EnsembleModel model, HenawPredictor.Prediction p, StringBuilder text) {
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
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-23s %s%n", name, value));
    }
}
