package org.lanewise.cli.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.schema.Field;
import org.lanewise.tabular.schema.SchemaPolicy;

/**
 * The coefficients of a model, for people: of which column and level, for one unit and for one standard deviation.
 */
final class CoefficientTable {
    private static final int MOST = 60;

    private final TableModel model;
    private final double[] spread;

    /** @param training rows that the spreads are taken from */
    CoefficientTable(TableModel model, Table training) {
        this.model = model;
        Table ready = model.transform().apply(
                model.schema().apply(model.roles().predictors(training), SchemaPolicy.defaults()).table());
        spread = model.columns().stream().mapToDouble(name -> deviation(ready.numbers(name))).toArray();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    }

    /** The standard deviation of each column of the model in the training rows. */
    double[] spread() { return spread; }

    /** What a coefficient of 1 does, as a factor; null where it adds. */
    private String ratio() {
        return switch (model.model().family()) {
            case Family.Binomial _ -> "odds ratio";
            case Family.Poisson _ -> "rate ratio";
            case Family.Cox _ -> "hazard ratio";
            default -> null;
        };
    }

    /** Those furthest from 0 for one standard deviation come first. */
    ConsoleTable table() {
        return model.model().outputs() == 1 ? ofOne() : ofClasses();
    }

    private ConsoleTable ofOne() {
        LinearModel m = model.model();
        double[] b = m.coefficients();
        List<String> header = new ArrayList<>(List.of("column", "level", "unit", "coefficient for a unit",
                "standard deviation", "coefficient for one"));
        if (ratio() != null) header.add(ratio() + " for one");
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        List<Object> first = new ArrayList<>(
                List.of("(intercept)", "", "", LinearReport.number(m.intercept()), "", ""));
        if (ratio() != null) first.add("");
        table.row(first.toArray());
        order(new double[][] {b}).forEach(j -> {
            Name name = name(model.columns().get(j));
            List<Object> row = new ArrayList<>(List.of(name.column, name.level, name.unit, LinearReport.number(b[j]),
                    LinearReport.number(spread[j]), LinearReport.number(b[j] * spread[j])));
            if (ratio() != null) row.add(LinearReport.number(Math.exp(b[j] * spread[j])));
            table.row(row.toArray());
        });
        return table;
    }

    private ConsoleTable ofClasses() {
        LinearModel m = model.model();
        double[][] b = IntStream.range(0, m.outputs()).mapToObj(m::coefficients).toArray(double[][]::new);
        List<String> header = new ArrayList<>(List.of("column", "level", "unit", "standard deviation"));
        header.addAll(model.classes());
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        List<Object> first = new ArrayList<>(List.of("(intercept)", "", "", ""));
        for (int k = 0; k < b.length; k++) first.add(LinearReport.number(m.intercept(k)));
        table.row(first.toArray());
        order(b).forEach(j -> {
            Name name = name(model.columns().get(j));
            List<Object> row = new ArrayList<>(List.of(name.column, name.level, name.unit,
                    LinearReport.number(spread[j])));
            for (double[] own : b) row.add(LinearReport.number(own[j]));
            table.row(row.toArray());
        });
        return table;
    }

    private List<Integer> order(double[][] b) {
        return Arrays.stream(model.model().selected()).boxed()
                .sorted(Comparator.comparingDouble(
                        j -> -spread[j] * Arrays.stream(b).mapToDouble(v -> Math.abs(v[j])).max().orElse(0)))
                .limit(MOST).toList();
    }

    /** How many there are, and how many are shown. */
    String caption() {
        int all = model.model().selected().length;
        return (all > MOST ? "The " + MOST + " largest of " + all + " coefficients" : "All coefficients other than 0")
                + (model.model().outputs() == 1 ? "" : ", for one unit, by class")
                + ". A unit of a number is 1; of a level, being of that level instead of none.";
    }

    private record Name(String column, String level, String unit) {}

    /** Takes the names apart that encoding made. */
    private Name name(String name) {
        for (Field field : model.schema().fields()) {
            boolean category = field.type() == ColumnType.CATEGORICAL || field.type() == ColumnType.TEXT;
            if (name.equals(field.name()))
                return field.type() == ColumnType.BOOLEAN
                        ? new Name(name, "true", "level")
                        : new Name(name, category ? "(mean target)" : "", category ? "of the target" : "1");
            if (category && name.startsWith(field.name() + "="))
                return new Name(field.name(), name.substring(field.name().length() + 1), "level");
            if (category && name.startsWith(field.name() + "_") && model.model().outputs() > 1)
                return new Name(field.name(), "(share of a class)", "1");
            if (name.equals(field.name() + "_missing")) return new Name(field.name(), "(missing)", "level");
        }
        return new Name(name, "", "1");
    }
}
