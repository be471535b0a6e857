package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.linear.Family;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.io.DataFiles;
import org.lanewise.tabular.schema.SchemaPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code linear predict}: applies a model to a table.
 */
@Command(name = "predict", description = "Applies a model to a table.")
public final class PredictCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "runs/linear/predictions.csv", description = "Where the predictions go: CSV (also .gz) or Parquet (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--strict", description = "Refuse columns and categories that training did not have, instead of reporting them.")
    private boolean strict;

    /** For picocli. */
    public PredictCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        OutputFile.check("--out", out);
        TableModel loaded = model.load();
        Table table = model.read(loaded);
        TableModel.Predictions predictions = loaded.predict(table,
                strict ? SchemaPolicy.strict() : SchemaPolicy.defaults());
        predictions.issues().forEach(issue -> console.note(issue.toString()));
        DataFiles.write(out, output(table, loaded, predictions));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("rows", table.rows());
        summary.put("issues", predictions.issues().size());
        summary.put("file", out.toString());
        console.print("predicted " + table.rows() + " rows: " + out);
        console.json(summary);
        return ExitCode.OK;
    }

    private static Table output(Table table, TableModel model, TableModel.Predictions predictions) {
        List<Column> columns = new ArrayList<>();
        String id = model.roles().id();
        if (id != null && table.has(id)) columns.add(TextColumn.of(id, table.texts(id)));
        double[][] means = predictions.means();
        if (model.model().family() instanceof Family.Multinomial) {
            String[] likeliest = new String[table.rows()];
            for (int i = 0; i < likeliest.length; i++) {
                int best = 0;
                for (int k = 1; k < means.length; k++) best = means[k][i] > means[best][i] ? k : best;
                likeliest[i] = model.classes().get(best);
            }
            columns.add(TextColumn.of("prediction", likeliest));
            for (int k = 0; k < means.length; k++)
                columns.add(DoubleColumn.of("probability_" + model.classes().get(k), means[k]));
        } else {
            columns.add(DoubleColumn.of(switch (model.model().family()) {
                case Family.Binomial _ -> "probability";
                case Family.Cox _ -> "relative_hazard";
                default -> "prediction";
            }, means[0]));
        }
        return Table.of(table.source(), columns);
    }
}
