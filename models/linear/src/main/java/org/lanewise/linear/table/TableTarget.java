package org.lanewise.linear.table;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.lanewise.linear.Family;
import org.lanewise.linear.Response;
import org.lanewise.linear.SurvivalRows;
import org.lanewise.linear.Ties;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.survival.Survival;

/**
 * The target of a table as an elastic net sees it.
 *
 * @param family
 *            with the number of classes and so on
 * @param classes
 *            names of the classes in their order, the last of two being the one whose probability is predicted; empty for others
 * @param response
 *            numbers, classes or survival, with weights
 */
record TableTarget(Family family, List<String> classes, Response response) {

    /** Decides on the family and reads the target for it. */
    static TableTarget decide(Table table, ColumnRoles roles, LinearConfig config) {
        Column column = complete(table, roles.target());
        LinearConfig.TargetFamily wish = config.family();
        if (wish == LinearConfig.TargetFamily.AUTO) {
            wish = roles.event() != null ? LinearConfig.TargetFamily.COX : guess(column);
        }
        if ((wish == LinearConfig.TargetFamily.COX) != (roles.event() != null)) {
            throw BadInputException.at(table.source())
                    .because("the family cox and an event column go together, one without the other does not");
        }
        List<String> classes = switch (wish) {
            case BINOMIAL, MULTINOMIAL -> classes(column);
            default -> List.of();
        };
        if (wish == LinearConfig.TargetFamily.BINOMIAL && classes.size() != 2
                || wish == LinearConfig.TargetFamily.MULTINOMIAL && classes.size() < 2) {
            throw BadInputException.at(table.source()).column(roles.target()).because(
                    classes.size() + " different values; " + (classes.size() < 2 ? "two are" : "exactly two are")
                            + " needed for the family " + wish.name().toLowerCase(java.util.Locale.ROOT));
        }
        Family family = switch (wish) {
            case BINOMIAL -> Family.binomial();
            case MULTINOMIAL -> Family.multinomial(classes.size());
            case POISSON -> Family.poisson();
            case COX -> Family.cox(Ties.EFRON);
            case HUBER -> Family.huber(config.huberDelta());
            case GAUSSIAN, AUTO -> Family.gaussian();
        };
        return read(table, roles, family, classes);
    }

    /** Reads the target of another table for a family that is known. */
    static TableTarget read(Table table, ColumnRoles roles, Family family, List<String> classes) {
        Column column = complete(table, roles.target());
        Response response;
        if (family instanceof Family.Cox) {
            complete(table, roles.event());
            Survival outcome = Survival.of(table.numbers(roles.target()), table.numbers(roles.event()));
            response = Response.survival(outcome, SurvivalRows.none());
        } else if (!classes.isEmpty()) {
            double[] codes = new double[column.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = classes.indexOf(name(column, i));
                if (codes[i] < 0) {
                    throw BadInputException.at(table.source()).row(i + 1L).column(roles.target())
                            .value(name(column, i)).because("not a class of the model: " + classes);
                }
            }
            response = Response.of(codes);
        } else {
            response = Response.of(table.numbers(roles.target()));
        }
        if (roles.weight() != null) {
            response = response.withWeights(weights(table, complete(table, roles.weight())));
        }
        return new TableTarget(family, classes, response);
    }

    private static double[] weights(Table table, Column column) {
        double[] weights = table.numbers(column.name());
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(i + 1L).column(column.name())
                        .value(Double.toString(weights[i])).because("a weight must be finite and not negative");
            }
            total += weights[i];
        }
        if (!(total > 0)) {
            throw BadInputException.at(table.source()).column(column.name()).because("all weights are 0");
        }
        return weights;
    }

    private static LinearConfig.TargetFamily guess(Column column) {
        if (column.type() == ColumnType.BOOLEAN || !column.type().isNumeric()) {
            return classes(column).size() <= 2
                    ? LinearConfig.TargetFamily.BINOMIAL
                    : LinearConfig.TargetFamily.MULTINOMIAL;
        }
        for (int i = 0; i < column.size(); i++) {
            if (column.number(i) != 0 && column.number(i) != 1) {
                return LinearConfig.TargetFamily.GAUSSIAN;
            }
        }
        return LinearConfig.TargetFamily.BINOMIAL;
    }

    /** Numbers by size, anything else by character. */
    private static List<String> classes(Column column) {
        if (column.type().isNumeric() && column.type() != ColumnType.BOOLEAN) {
            double[] values = new double[column.size()];
            Arrays.setAll(values, column::number);
            return Arrays.stream(values).sorted().distinct().mapToObj(TableTarget::text).toList();
        }
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < column.size(); i++) {
            names.add(name(column, i));
        }
        return List.copyOf(names);
    }

    private static String name(Column column, int row) {
        return column.type().isNumeric() && column.type() != ColumnType.BOOLEAN
                ? text(column.number(row))
                : column.text(row);
    }

    /** Whole numbers without a point, so that 1 and 1.0 are one class. */
    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static Column complete(Table table, String name) {
        Column column = table.column(name);
        for (int i = 0; i < column.size(); i++) {
            if (column.isMissing(i)) {
                throw BadInputException.at(table.source()).row(i + 1L).column(name)
                        .because("missing, but needed of every row");
            }
        }
        return column;
    }
}
