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

/**
 * What is learnt: a number, or which of some classes.
 *
 * @param kind    of target
 * @param target  its column
 * @param classes the names of classes 0, 1, ...; of two classes the second is the one whose probability is predicted
 */
record Task(Kind kind, String target, List<String> classes) {
    private static final int MOST_CLASSES = 1000;

    /** Kinds of target. */
    enum Kind {
        REGRESSION, BINARY, MULTICLASS
    }

    Task {
        classes = List.copyOf(classes);
    }

    /** The task that a column and an objective ask for. */
    static Task of(Table table, String target, String objective) {
        Column y = table.column(target);
        boolean number = y.type().isNumeric() && !(y instanceof BooleanColumn);
        Kind kind = switch (objective.split(" ")[0]) {
            case "binary", "logistic", "binary:logistic" -> Kind.BINARY;
            case "multiclass", "softmax", "multi:softprob", "multiclassova", "ova", "one_vs_all" -> Kind.MULTICLASS;
            case "auto" -> null;
            case "cox", "survival:cox", "aft", "survival:aft", "lambdarank", "lambdamart", "rank:ndcg" ->
                throw CommandException.badInput("objective " + objective
                        + " needs more than a target column; use the library for survival and ranking");
            default -> Kind.REGRESSION;
        };
        if (kind == Kind.REGRESSION || kind == null && number && !zeroAndOne(y)) {
            return new Task(Kind.REGRESSION, target, List.of());
        }
        List<String> classes = classes(y, number);
        if (classes.size() < 2 || kind == Kind.BINARY && classes.size() != 2 || classes.size() > MOST_CLASSES) {
            throw BadInputException.at(table.source()).column(target).because(classes.size() + " different values; "
                    + (kind == Kind.BINARY ? "a binary objective needs 2" : "2 to " + MOST_CLASSES + " are needed"));
        }
        return new Task(kind != null ? kind : classes.size() == 2 ? Kind.BINARY : Kind.MULTICLASS, target, classes);
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

    private List<String> shown() {
        List<String> some = new ArrayList<>(classes.subList(0, Math.min(10, classes.size())));
        if (classes.size() > 10) some.add("...");
        return some;
    }

    /** Class numbers for splits; null for numbers. */
    int[] strata(double[] labels) {
        return kind == Kind.REGRESSION ? null : Arrays.stream(labels).mapToInt(y -> (int) y).toArray();
    }
}
