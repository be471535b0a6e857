package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.RunOptions;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.linear.table.LinearTrainer;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.io.DataFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code linear path}: the coefficients for every alpha, as a table.
 */
@Command(name = "path", description = "Fits a model for every alpha and writes all their coefficients.")
public final class PathCommand extends WorkCommand {
    @Mixin
    private RunOptions options;

    @Mixin
    private DataOptions data;

    /** For picocli. */
    public PathCommand() {}

    @Override
    protected RunOptions options() { return options; }

    @Override
    protected int work(Console console) {
        LinearConfig config = data.applyTo(options.settings(LinearConfig.defaults())).build();
        Path file = options.out(Path.of("runs", LinearCommand.NAME, "path.csv"));
        OutputFile.check("--out", file);
        Table table = data.read();
        LinearTrainer trainer = new LinearTrainer(config);
        LinearTrainer.NamedPath fitted = trainer.path(table, data.roles());
        ElasticNetPath path = fitted.path();
        List<String> names = fitted.columns();
        ConsoleTable shown = ConsoleTable.of("alpha", "coefficients", "deviance ratio", "duality gap");
        List<Double> alphas = new ArrayList<>();
        List<Double> outputs = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (ElasticNetPath.Step step : path.steps()) {
            shown.row(Quantity.figure(step.alpha(), 6), step.df(), Quantity.figure(step.devianceRatio(), 4),
                    String.format(java.util.Locale.ROOT, "%.1e", step.gap()));
            LinearModel model = step.model();
            for (int k = 0; k < model.outputs(); k++) {
                add(alphas, outputs, columns, values, step.alpha(), k, "(intercept)", model.intercept(k));
                double[] b = model.coefficients(k);
                for (int j : model.selected())
                    add(alphas, outputs, columns, values, step.alpha(), k, names.get(j), b[j]);
            }
        }
        DataFiles.write(file, Table.of(DoubleColumn.of("alpha", numbers(alphas)),
                DoubleColumn.of("output", numbers(outputs)), TextColumn.of("column", columns.toArray(String[]::new)),
                DoubleColumn.of("coefficient", numbers(values))));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("alphas", path.alphas());
        summary.put("coefficients", path.steps().stream().mapToInt(ElasticNetPath.Step::df).toArray());
        summary.put("file", file.toString());
        console.print(shown.toText());
        console.print("coefficients: " + file);
        console.json(summary);
        return ExitCode.OK;
    }

    private static void add(List<Double> alphas, List<Double> outputs, List<String> columns, List<Double> values,
            double alpha, int output, String column, double value) {
        alphas.add(alpha);
        outputs.add((double) output);
        columns.add(column);
        values.add(value);
    }

    private static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(v -> v).toArray();
    }
}
