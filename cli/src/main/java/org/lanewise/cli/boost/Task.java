package org.lanewise.cli.boost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.lanewise.boosting.objective.Objective;
import org.lanewise.cli.CommandException;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.survival.Survival;

/**
 * What is learnt: a number, which of some classes, or the risk of an event. Times that end without the event are kept as
 * negative labels.
 *
 * @param kind    of target
 * @param target  its column
 * @param event   the column that says whether the target is the time of an event; empty but for survival
 * @param classes the names of classes 0, 1, ...; of two classes the second is the one whose probability is predicted
 */
record Task(Kind kind, String target, String event, List<String> classes) {
    private static final int MOST_CLASSES = 1000;

    /** Kinds of target. */
    enum Kind {
        REGRESSION, BINARY, MULTICLASS, SURVIVAL
    }

    Task {
        classes = List.copyOf(classes);
    }

    /** @param event null but for survival */
    static Task of(Table table, String target, String event, String objective) {
        boolean cox = List.of("cox", "survival:cox").contains(objective);
        if (cox && event == null) throw CommandException.badInput("objective " + objective + " needs --event COL");
        if (event != null && !cox && !objective.equals("auto"))
            throw CommandException.badInput("--event: objective " + objective + " is not for survival; cox is");
        return event != null ? new Task(Kind.SURVIVAL, target, event, List.of()) : of(table, target, objective);
    }

    /** The task that a column and an objective ask for. */
    private static Task of(Table table, String target, String objective) {
        Column y = table.column(target);
        boolean number = y.type().isNumeric() && !(y instanceof BooleanColumn);
        Kind kind = switch (objective.split(" ")[0]) {
            case "binary", "logistic", "binary:logistic" -> Kind.BINARY;
            case "multiclass", "softmax", "multi:softprob", "multiclassova", "ova", "one_vs_all" -> Kind.MULTICLASS;
            case "auto" -> null;
            case "aft", "survival:aft", "lambdarank", "lambdamart", "rank:ndcg" ->
                throw CommandException.badInput("objective " + objective
                        + " needs more than a target column; it is offered by the library only");
            default -> Kind.REGRESSION;
        };
        if (kind == Kind.REGRESSION || kind == null && number && !zeroAndOne(y)) {
            return new Task(Kind.REGRESSION, target, "", List.of());
        }
        List<String> classes = classes(y, number);
        if (classes.size() < 2 || kind == Kind.BINARY && classes.size() != 2 || classes.size() > MOST_CLASSES) {
            throw BadInputException.at(table.source()).column(target).because(classes.size() + " different values; "
                    + (kind == Kind.BINARY ? "a binary objective needs 2" : "2 to " + MOST_CLASSES + " are needed"));
        }
        return new Task(kind != null ? kind : classes.size() == 2 ? Kind.BINARY : Kind.MULTICLASS, target, "",
                classes);
    }

    private static boolean zeroAndOne(Column y) {
        return Arrays.stream(y.numbers()).allMatch(v -> v == 0 || v == 1)
                && Arrays.stream(y.numbers()).distinct().count() == 2;
    }

    /** In the order of numbers, or of the alphabet. */
    private static List<String> classes(Column y, boolean number) {
        if (!number) return List.copyOf(new TreeSet<>(Arrays.asList(y.texts())));
        Integer[] order = new Integer[y.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(y.number(a), y.number(b)));
        Set<String> names = new LinkedHashSet<>();
        for (int row : order) names.add(name(y, row));
        return List.copyOf(names);
    }

    /** 1.0 and 1 are one class. */
    private static String name(Column y, int row) {
        if (y.type().isNumeric() && !(y instanceof BooleanColumn)) {
            double value = y.number(row);
            if (value == Math.rint(value) && Math.abs(value) < 1e15) return Long.toString((long) value);
        }
        return y.text(row);
    }

    /** The objective in full. */
    Objective objective(String name) {
        String text = name.equals("auto")
                ? switch (kind) {
                    case REGRESSION -> "regression";
                    case BINARY -> "binary";
                    case MULTICLASS -> "multiclass";
                    case SURVIVAL -> "cox";
                }
                : name;
        if (kind == Kind.MULTICLASS && !text.contains("num_class:")) text += " num_class:" + classes.size();
        try {
            return Objective.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput("--objective " + name + ": " + e.getMessage(), e);
        }
    }

    /** The target's numbers, or class numbers. */
    double[] labels(Table table) {
        Column y = table.column(target);
        if (kind == Kind.REGRESSION) {
            if (y.type() == ColumnType.TEXT || y.type() == ColumnType.CATEGORICAL)
                throw BadInputException.at(table.source()).column(target).because("holds text; a number is needed");
            double[] labels = y.numbers();
            for (int row = 0; row < labels.length; row++) {
                if (!Double.isFinite(labels[row])) {
                    throw BadInputException.at(table.source()).row(row + 1L).column(target)
                            .value(String.valueOf(y.text(row))).because("the target must be a finite number");
                }
            }
            return labels;
        }
        if (kind == Kind.SURVIVAL) return times(table, y);
        double[] labels = new double[y.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = y.isMissing(row) ? -1 : classes.indexOf(name(y, row));
            if (labels[row] < 0) {
                throw BadInputException.at(table.source()).row(row + 1L).column(target)
                        .value(String.valueOf(y.text(row)))
                        .because("not one of the model's classes: " + String.join(", ", shown()));
            }
        }
        return labels;
    }

    private double[] times(Table table, Column y) {
        double[] time = y.numbers();
        double[] happened = table.numbers(event);
        for (int row = 0; row < time.length; row++) {
            if (!(time[row] > 0 && time[row] < Double.POSITIVE_INFINITY)) {
                throw BadInputException.at(table.source()).row(row + 1L).column(target)
                        .value(String.valueOf(y.text(row))).because("a time must be positive");
            }
            if (happened[row] != 0 && happened[row] != 1) {
                throw BadInputException.at(table.source()).row(row + 1L).column(event)
                        .value(String.valueOf(table.column(event).text(row))).because("an event must be 0 or 1");
            }
            if (happened[row] == 0) time[row] = -time[row];
        }
        return time;
    }

    /** The times behind labels. */
    static Survival survival(double[] labels) {
        double[] time = new double[labels.length];
        boolean[] happened = new boolean[labels.length];
        for (int i = 0; i < time.length; i++) {
            time[i] = Math.abs(labels[i]);
            happened[i] = labels[i] > 0;
        }
        return Survival.of(time, happened);
    }

    private List<String> shown() {
        List<String> some = new ArrayList<>(classes.subList(0, Math.min(10, classes.size())));
        if (classes.size() > 10) some.add("...");
        return some;
    }

    /** Class numbers for splits, 1 for events; null for numbers. */
    int[] strata(double[] labels) {
        return switch (kind) {
            case REGRESSION -> null;
            case SURVIVAL -> Arrays.stream(labels).mapToInt(y -> y > 0 ? 1 : 0).toArray();
            default -> Arrays.stream(labels).mapToInt(y -> (int) y).toArray();
        };
    }
}
