package org.lanewise.boosting.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.survival.Survival;

/**
 * What is learnt: a number, which of some classes, the risk or the time of an event, or an order. Times that end without the
 * event are kept as negative labels.
 *
 * @param kind    of target
 * @param target  its column; empty if not known
 * @param event   the column that says whether the target is the time of an event; empty but for survival
 * @param classes the names of classes 0, 1, ...; of two classes the second is the one whose probability is predicted
 */
public record TableTarget(Kind kind, String target, String event, List<String> classes) {
    private static final int MOST_CLASSES = 1000;
    private static final int MOST_RELEVANT = 31;

    /** Kinds of target. */
    public enum Kind {
        /** A number. */
        REGRESSION,
        /** One of two classes. */
        BINARY,
        /** One of more classes. */
        MULTICLASS,
        /** The hazard of an event beside that of others (Cox). */
        SURVIVAL,
        /** The time of an event (accelerated failure time). */
        TIME,
        /** The order of the rows of a query. */
        RANKING
    }

    public TableTarget {
        classes = List.copyOf(classes);
    }

    /**
     * The target that columns and an objective ask for.
     *
     * @param objective {@code auto} or as of {@link Objective#parse}
     */
    public static TableTarget decide(Table table, ColumnRoles roles, String objective) {
        String name = objective.split(" ")[0];
        Kind kind = switch (name) {
            case "auto" -> roles.event() != null ? Kind.SURVIVAL : null;
            case "cox", "survival:cox" -> Kind.SURVIVAL;
            case "aft", "survival:aft" -> Kind.TIME;
            case "lambdarank", "lambdamart", "rank:ndcg" -> Kind.RANKING;
            case "binary", "logistic", "binary:logistic" -> Kind.BINARY;
            case "multiclass", "softmax", "multi:softprob", "multiclassova", "ova", "one_vs_all" -> Kind.MULTICLASS;
            default -> Kind.REGRESSION;
        };
        boolean timed = kind == Kind.SURVIVAL || kind == Kind.TIME;
        if (timed && roles.event() == null)
            throw new BadInputException("objective " + objective + " needs --event COL");
        if (!timed && roles.event() != null)
            throw new BadInputException("--event: objective " + objective + " is not for survival; cox and aft are");
        if (kind == Kind.RANKING && roles.group() == null)
            throw new BadInputException("objective " + objective + " needs --group COL, the query of each row");
        if (timed) return new TableTarget(kind, roles.target(), roles.event(), List.of());
        Column y = table.column(roles.target());
        boolean number = y.type().isNumeric() && !(y instanceof BooleanColumn);
        if (kind == Kind.REGRESSION || kind == Kind.RANKING || kind == null && number && !zeroAndOne(y))
            return new TableTarget(kind == null ? Kind.REGRESSION : kind, roles.target(), "", List.of());
        return classes(table, y, kind);
    }

    private static TableTarget classes(Table table, Column y, Kind kind) {
        complete(table, y.name());
        List<String> classes = classNames(y);
        if (classes.size() < 2 || kind == Kind.BINARY && classes.size() != 2 || classes.size() > MOST_CLASSES) {
            throw BadInputException.at(table.source()).column(y.name()).because(classes.size()
                    + " different value" + (classes.size() == 1 ? "; " : "s; ")
                    + (kind == Kind.BINARY ? "a binary objective needs 2" : "2 to " + MOST_CLASSES + " are needed"));
        }
        return new TableTarget(kind != null ? kind : classes.size() == 2 ? Kind.BINARY : Kind.MULTICLASS, y.name(), "",
                classes);
    }

    private static boolean zeroAndOne(Column y) {
        return Arrays.stream(y.numbers()).allMatch(v -> v == 0 || v == 1)
                && Arrays.stream(y.numbers()).distinct().count() == 2;
    }

    /** In the order of numbers, or of the alphabet. */
    private static List<String> classNames(Column y) {
        if (!y.type().isNumeric() || y instanceof BooleanColumn)
            return List.copyOf(new TreeSet<>(Arrays.asList(y.texts())));
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

    /** The same with the truth in another column. */
    public TableTarget in(String column) {
        return new TableTarget(kind, column, event, classes);
    }

    /**
     * The objective in full.
     *
     * @param name {@code auto} for the usual one
     * @throws BadInputException if there is none of that name
     */
    public Objective objective(String name) {
        String text = name.equals("auto")
                ? switch (kind) {
                    case REGRESSION -> "regression";
                    case BINARY -> "binary";
                    case MULTICLASS -> "multiclass";
                    case SURVIVAL -> "cox";
                    case TIME -> "aft";
                    case RANKING -> "lambdarank";
                }
                : name;
        if (kind == Kind.MULTICLASS && !text.contains("num_class:")) text += " num_class:" + classes.size();
        try {
            return Objective.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--objective " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The target of every row: numbers, class numbers, relevances, or times, which are negative where there was no event.
     *
     * @throws BadInputException naming the row of one that is missing or not allowed
     */
    public double[] labels(Table table) {
        if (table.rows() == 0) throw BadInputException.at(table.source()).because("no rows");
        Column y = complete(table, target);
        return switch (kind) {
            case REGRESSION -> numbers(table, y, Double.NEGATIVE_INFINITY, "the target must be a finite number");
            case RANKING -> relevances(table, y);
            case SURVIVAL, TIME -> times(table, y);
            case BINARY, MULTICLASS -> classNumbers(table, y);
        };
    }

    private static Column complete(Table table, String name) {
        Column column = table.column(name);
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row))
                throw BadInputException.at(table.source()).row(row + 1L).column(name)
                        .because("the target is missing");
        }
        return column;
    }

    private static double[] numbers(Table table, Column y, double least, String problem) {
        if (y.type() == ColumnType.TEXT || y.type() == ColumnType.CATEGORICAL)
            throw BadInputException.at(table.source()).column(y.name()).because("holds text; a number is needed");
        double[] labels = y.numbers();
        for (int row = 0; row < labels.length; row++) {
            if (!(labels[row] >= least && Double.isFinite(labels[row]))) {
                throw BadInputException.at(table.source()).row(row + 1L).column(y.name())
                        .value(String.valueOf(y.text(row))).because(problem);
            }
        }
        return labels;
    }

    private static double[] relevances(Table table, Column y) {
        String problem = "a relevance must be a whole number from 0 to " + MOST_RELEVANT;
        double[] labels = numbers(table, y, 0, problem);
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] > MOST_RELEVANT || labels[row] != Math.rint(labels[row])) {
                throw BadInputException.at(table.source()).row(row + 1L).column(y.name())
                        .value(String.valueOf(y.text(row))).because(problem);
            }
        }
        return labels;
    }

    private double[] times(Table table, Column y) {
        double[] time = numbers(table, y, Double.MIN_VALUE, "a time must be positive and finite");
        double[] happened = table.numbers(event);
        for (int row = 0; row < time.length; row++) {
            if (happened[row] != 0 && happened[row] != 1) {
                throw BadInputException.at(table.source()).row(row + 1L).column(event)
                        .value(String.valueOf(table.column(event).text(row))).because("an event must be 0 or 1");
            }
            if (happened[row] == 0) time[row] = -time[row];
        }
        return time;
    }

    private double[] classNumbers(Table table, Column y) {
        double[] labels = new double[y.size()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = classes.indexOf(name(y, row));
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

    /** Whether labels are times. */
    public boolean timed() {
        return kind == Kind.SURVIVAL || kind == Kind.TIME;
    }

    /** The times behind labels. */
    public static Survival survival(double[] labels) {
        double[] time = new double[labels.length];
        boolean[] happened = new boolean[labels.length];
        for (int i = 0; i < time.length; i++) {
            time[i] = Math.abs(labels[i]);
            happened[i] = labels[i] > 0;
        }
        return Survival.of(time, happened);
    }

    /** Class numbers for splits, 1 for events; null for numbers. */
    public int[] strata(double[] labels) {
        return switch (kind) {
            case REGRESSION, RANKING -> null;
            case SURVIVAL, TIME -> Arrays.stream(labels).mapToInt(y -> y > 0 ? 1 : 0).toArray();
            case BINARY, MULTICLASS -> Arrays.stream(labels).mapToInt(y -> (int) y).toArray();
        };
    }

    /** Predictions as they are measured: those of one class against all others are made to sum to 1, in place. */
    double[] normalised(double[] p, Link link) {
        if (kind != Kind.MULTICLASS || link.form() != Link.Form.LOGISTIC) return p;
        int k = classes.size();
        for (int at = 0; at < p.length; at += k) {
            double sum = 0;
            for (int c = 0; c < k; c++) sum += p[at + c];
            for (int c = 0; c < k; c++) p[at + c] /= sum;
        }
        return p;
    }
}
