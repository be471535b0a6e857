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
        if (table.rows() == 0) {
            throw BadInputException.at(table.source()).because("no rows");
        }
        Column column = complete(table, roles.target());
        LinearConfig.TargetFamily wish = config.family();
        if (wish == LinearConfig.TargetFamily.AUTO) {
            wish = roles.event() != null ? LinearConfig.TargetFamily.COX : guess(table, column);
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
                    classes.size() + (classes.size() == 1 ? " value in all rows; " : " different values; ")
                            + (classes.size() < 2 ? "two are" : "exactly two are")
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
        TableTarget target = read(table, roles, family, classes);
        double[] y = target.response.y();
        if (target.strata() == null && y.length > 1 && Arrays.stream(y).allMatch(v -> v == y[0])) {
            throw BadInputException.at(table.source()).column(roles.target())
                    .because("the same value in every row: there is nothing to explain");
        }
        return target;
    }

    /** Reads the target of a table for a family that is known, with every weight, offset and event that has a role. */
    static TableTarget read(Table table, ColumnRoles roles, Family family, List<String> classes) {
        Column column = complete(table, roles.target());
        Response response = switch (family) {
            case Family.Cox _ -> survival(table, roles);
            case Family.Binomial _,Family.Multinomial _ -> Response.of(codes(table, column, classes));
            case Family.Poisson _ -> Response.of(finite(table, column, 0, "a count must be finite and not negative"));
            case Family.Gaussian _,Family.Huber _ -> Response.of(finite(table, column, -Double.MAX_VALUE,
                    "the target must be finite"));
        };
        if (roles.weight() != null) {
            response = response.withWeights(weights(table, complete(table, roles.weight())));
        }
        double[] offset = offset(table, roles);
        if (offset != null) {
            if (family instanceof Family.Multinomial) {
                throw BadInputException.at(table.source()).column(roles.offset())
                        .because("an offset does nothing in a multinomial model: it would be that of every class");
            }
            response = response.withOffset(offset);
        }
        return new TableTarget(family, classes, response);
    }

    /** How many linear predictors a row has. */
    int outputs() {
        return family instanceof Family.Multinomial m ? m.classes() : 1;
    }

    /** What folds should hold in equal shares: classes, events; null for numbers. */
    int[] strata() {
        return switch (family) {
            case Family.Binomial _,Family.Multinomial _ ->
                Arrays.stream(response.y()).mapToInt(v -> (int) v).toArray();
            case Family.Cox _ -> {
                int[] events = new int[response.rows()];
                Arrays.setAll(events, i -> response.survival().event(i) ? 1 : 0);
                yield events;
            }
            case Family.Gaussian _,Family.Huber _,Family.Poisson _ -> null;
        };
    }

    /** Null without that role. */
    static double[] offset(Table table, ColumnRoles roles) {
        return roles.offset() == null
                ? null
                : finite(table, complete(table, roles.offset()), -Double.MAX_VALUE, "an offset must be finite");
    }

    private static Response survival(Table table, ColumnRoles roles) {
        double[] time = finite(table, table.column(roles.target()), 0,
                "a survival time must be finite and not negative");
        double[] event = table.numbers(complete(table, roles.event()).name());
        double events = 0;
        for (int i = 0; i < event.length; i++) {
            if (event[i] != 0 && event[i] != 1) {
                throw BadInputException.at(table.source()).row(i + 1L).column(roles.event())
                        .value(table.column(roles.event()).text(i)).because("an event flag must be 0 or 1");
            }
            events += event[i];
        }
        if (events == 0) {
            throw BadInputException.at(table.source()).column(roles.event()).because("no row has an event");
        }
        return Response.survival(Survival.of(time, event), SurvivalRows.none());
    }

    private static double[] codes(Table table, Column column, List<String> classes) {
        double[] codes = new double[column.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = classes.indexOf(name(column, i));
            if (codes[i] < 0) {
                throw BadInputException.at(table.source()).row(i + 1L).column(column.name()).value(name(column, i))
                        .because("not a class of the model: " + classes);
            }
        }
        return codes;
    }

    private static double[] finite(Table table, Column column, double least, String problem) {
        double[] values = table.numbers(column.name());
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= least && values[i] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(i + 1L).column(column.name()).value(column.text(i))
                        .because(problem);
            }
        }
        return values;
    }

    private static double[] weights(Table table, Column column) {
        double[] weights = table.numbers(column.name());
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(i + 1L).column(column.name())
                        .value(column.text(i)).because("a weight must be finite and not negative");
            }
            total += weights[i];
        }
        if (!(total > 0)) {
            throw BadInputException.at(table.source()).column(column.name()).because("all weights are 0");
        }
        return weights;
    }

    private static LinearConfig.TargetFamily guess(Table table, Column column) {
        if (column.type() == ColumnType.BOOLEAN || !column.type().isNumeric()) {
            refuseMisspeltNumbers(table, column);
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

    /** A column of numbers becomes one of text by a single typing error, and would then have a class for every number. */
    private static void refuseMisspeltNumbers(Table table, Column column) {
        int numbers = 0;
        int other = -1;
        for (int i = 0; i < column.size(); i++) {
            try {
                Double.parseDouble(column.text(i));
                numbers++;
            } catch (NumberFormatException e) {
                other = other < 0 ? i : other;
            }
        }
        if (other >= 0 && 2L * numbers > column.size()) {
            throw BadInputException.at(table.source()).row(other + 1L).column(column.name()).value(column.text(other))
                    .because(
                            "not a number, though most values of the column are; if they are classes, name the family");
        }
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
