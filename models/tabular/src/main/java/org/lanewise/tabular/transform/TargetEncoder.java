package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.Table;
import tools.jackson.databind.JsonNode;

/**
 * The mean target of each value, drawn towards the mean of all rows, as a DOUBLE column of the same name:
 *
 * <pre>
 * (sum of the target over the value's n rows + m * mean of all) / (n + m)
 * </pre>
 *
 * with a fixed smoothing m, or by default with m = (variance inside the value) / (variance of all), an empirical Bayes estimate
 * (Micci-Barreca 2001), as scikit-learn's {@code TargetEncoder(smooth="auto")}. Missing is a value like any other; an unseen one,
 * missing or not, gets the mean of all.
 * <p>
 * A row that saw its own target here would leak it to the learner. So {@link #fitApply} encodes each training row by the rows of
 * the other folds only; {@link #fit} is for rows to come. {@link #ordered} encodes it by the rows before it in a random order
 * instead, as CatBoost does.
 *
 * <pre>{@code
 * TargetEncoder.of(ColumnChoice.named("city"), rows -> Split.groupedFolds(person, 5, 1))
 * }</pre>
 */
public final class TargetEncoder implements Step {
    static final String KIND = "target";
    private static final double AUTOMATIC = -1;

    private final ColumnChoice columns;
    private final Function<Table, List<Split.Fold>> folds;
    private final double smoothing;
    /** 0 for a target that is a number. */
    private final int classes;
    /** How training rows are encoded; {@code null} for by folds. */
    private final OrderedTargets ordered;

    private TargetEncoder(ColumnChoice columns, Function<Table, List<Split.Fold>> folds, double smoothing,
            int classes, OrderedTargets ordered) {
        this.columns = columns;
        this.folds = folds;
        this.smoothing = smoothing;
        this.classes = classes;
        this.ordered = ordered;
    }

    /** Five shuffled folds, automatic smoothing. */
    public static TargetEncoder of(ColumnChoice columns, long seed) {
        return of(columns, train -> Split.folds(train.rows(), 5, seed));
    }

    /**
     * @param folds
     *            of the training rows; together they test every row once
     */
    public static TargetEncoder of(ColumnChoice columns, Function<Table, List<Split.Fold>> folds) {
        return new TargetEncoder(columns, folds, AUTOMATIC, 0, null);
    }

    /**
     * Ordered target statistics (Prokhorenkova et al. 2018): a training row gets the mean of the rows of its value that come
     * before it in a random order, drawn towards the mean of all rows before it, which counts as one row ({@link
     * #withSmoothing} sets how many); several orders are averaged. So no row sees its own target, and a rare value is
     * as uncertain in training as it will be. For trees on columns of very many values.
     *
     * @param orders random orders to average over; 4 is usual
     */
    public static TargetEncoder ordered(ColumnChoice columns, int orders, long seed) {
        return new TargetEncoder(columns, null, 1, 0, new OrderedTargets(orders, seed));
    }

    /**
     * @param m
     *            how many rows the mean of all counts as; 0 is none
     */
    public TargetEncoder withSmoothing(double m) {
        if (!(m >= 0) || Double.isInfinite(m)) {
            throw new IllegalArgumentException("smoothing is not negative: " + m);
        }
        return new TargetEncoder(columns, folds, m, classes, ordered);
    }

    /**
     * For a target of classes 0 .. k - 1: the share of each class instead of the mean, in columns {@code name_0 .. name_<k - 1>} at
     * the end of the table; the chosen columns go.
     */
    public TargetEncoder withClasses(int k) {
        if (k < 2) {
            throw new IllegalArgumentException(k + " classes");
        }
        return new TargetEncoder(columns, folds, smoothing, k, ordered);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        check(train, target);
        List<Encoding> encodings = new ArrayList<>();
        for (String name : columns.of(train)) {
            encodings.addAll(learn(train.column(name), target));
        }
        return new Learnt(List.copyOf(encodings));
    }

    @Override
    public Fitted fitApply(Table train, double[] target) {
        check(train, target);
        return ordered != null ? fitApplyOrdered(train, target) : fitApplyFolds(train, target);
    }

    private Fitted fitApplyOrdered(Table train, double[] target) {
        List<Column> encoded = new ArrayList<>();
        for (String name : columns.of(train)) {
            Column column = train.column(name);
            List<String> levels = Levels.of(column);
            int[] slots = slots(new Levels(levels).codes(column), levels.size());
            for (int c = 0; c < Math.max(1, classes); c++) {
                encoded.add(DoubleColumn.of(classes == 0 ? name : name + "_" + c,
                        ordered.encode(slots, levels.size() + 1, oneOf(target, c), smoothing)));
            }
        }
        Learnt learnt = (Learnt) fit(train, target);
        return new Fitted(learnt, learnt.replace(train, encoded));
    }

    /** The target itself, or whether it is the class. */
    private double[] oneOf(double[] target, int own) {
        return classes == 0 ? target : Arrays.stream(target).map(y -> y == own ? 1 : 0).toArray();
    }

    /** Slot k of k levels is that of missing values. */
    private static int[] slots(int[] codes, int levels) {
        return Arrays.stream(codes).map(code -> code < 0 ? levels : code).toArray();
    }

    private Fitted fitApplyFolds(Table train, double[] target) {
        List<Split.Fold> rounds = folds.apply(train);
        requireEachRowOnce(rounds, train.rows());
        List<Encoding> last = List.of();
        List<Column> encoded = new ArrayList<>();
        for (String name : columns.of(train)) {
            Column column = train.column(name);
            double[][] values = new double[Math.max(1, classes)][train.rows()];
            for (Split.Fold fold : rounds) {
                last = learn(column.take(fold.train()),
                        Arrays.stream(fold.train()).mapToDouble(row -> target[row]).toArray());
                Column tested = column.take(fold.test());
                for (int c = 0; c < values.length; c++) {
                    double[] here = last.get(c).apply(tested);
                    for (int i = 0; i < here.length; i++) {
                        values[c][fold.test()[i]] = here[i];
                    }
                }
            }
            for (int c = 0; c < values.length; c++) {
                encoded.add(DoubleColumn.of(last.get(c).output, values[c]));
            }
        }
        Learnt learnt = (Learnt) fit(train, target);
        return new Fitted(learnt, learnt.replace(train, encoded));
    }

    private static void requireEachRowOnce(List<Split.Fold> rounds, int rows) {
        boolean[] done = new boolean[rows];
        for (Split.Fold fold : rounds) {
            for (int row : fold.test()) {
                if (done[row]) {
                    throw new IllegalArgumentException("row " + (row + 1) + " is tested by two folds");
                }
                done[row] = true;
            }
        }
        for (int row = 0; row < rows; row++) {
            if (!done[row]) {
                throw new IllegalArgumentException("row " + (row + 1) + " is tested by no fold");
            }
        }
    }

    private void check(Table train, double[] target) {
        if (target == null || target.length != train.rows() || target.length == 0) {
            throw new IllegalArgumentException(
                    "a target encoding needs a target for each of " + train.rows() + " rows");
        }
        for (int row = 0; row < target.length; row++) {
            if (!Double.isFinite(target[row])) {
                throw BadInputException.at(train.source()).row(row + 1L).value(Double.toString(target[row]))
                        .because("the target of a target encoding must be finite");
            }
            if (classes > 0 && !(target[row] >= 0 && target[row] < classes && target[row] == Math.rint(target[row]))) {
                throw BadInputException.at(train.source()).row(row + 1L).value(Double.toString(target[row]))
                        .because("is not one of the classes 0 to " + (classes - 1));
            }
        }
    }

    /** One encoding, or one for each class. */
    private List<Encoding> learn(Column column, double[] target) {
        if (classes == 0) {
            return List.of(learn(column, target, column.name()));
        }
        List<Encoding> encodings = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            encodings.add(learn(column, oneOf(target, c), column.name() + "_" + c));
        }
        return encodings;
    }

    private Encoding learn(Column column, double[] target, String output) {
        List<String> levels = Levels.of(column);
        int[] slot = slots(new Levels(levels).codes(column), levels.size());
        double mean = Arrays.stream(target).sum() / target.length;
        double variance = Arrays.stream(target).map(y -> (y - mean) * (y - mean)).sum() / target.length;
        int slots = levels.size() + 1;
        double[] n = new double[slots];
        double[] sum = new double[slots];
        for (int row = 0; row < slot.length; row++) {
            n[slot[row]]++;
            sum[slot[row]] += target[row];
        }
        double[] inside = new double[slots];
        for (int row = 0; row < slot.length; row++) {
            double off = target[row] - sum[slot[row]] / n[slot[row]];
            inside[slot[row]] += off * off / n[slot[row]];
        }
        double[] values = new double[slots];
        Arrays.setAll(values, i -> {
            // A constant target leaves nothing to weigh by: its mean is everyone's.
            double m = smoothing != AUTOMATIC ? smoothing : variance == 0 ? 0 : inside[i] / variance;
            return n[i] == 0 ? mean : (sum[i] + m * mean) / (n[i] + m);
        });
        return new Encoding(column.name(), output, levels, Arrays.copyOf(values, slots - 1), values[slots - 1], mean);
    }

    static Transform restore(JsonNode state, String source) {
        List<Encoding> encodings = new ArrayList<>();
        for (State s : State.of(state, source).objects("encodings")) {
            Encoding encoding = new Encoding(s.text("column"), s.text("output"), s.texts("levels"), s.numbers("values"),
                    s.number("missing"), s.number("mean"));
            s.require(encoding.values.length == encoding.levels.size(), "column \"" + encoding.column + "\": "
                    + encoding.values.length + " values for " + encoding.levels.size() + " levels");
            encodings.add(encoding);
        }
        return new Learnt(List.copyOf(encodings));
    }

    private record Encoding(String column, String output, List<String> levels, double[] values, double missing,
            double mean) {
        double[] apply(Column given) {
            int[] codes = new Levels(levels).codes(given);
            double[] encoded = new double[codes.length];
            Arrays.setAll(encoded, row -> switch (codes[row]) {
                case Levels.MISSING -> missing;
                case Levels.UNSEEN -> mean;
                default -> values[codes[row]];
            });
            return encoded;
        }
    }

    private record Learnt(List<Encoding> encodings) implements Transform {
        @Override
        public Table apply(Table table) {
            List<Column> encoded = new ArrayList<>();
            for (Encoding encoding : encodings) {
                encoded.add(DoubleColumn.of(encoding.output, encoding.apply(table.column(encoding.column))));
            }
            return replace(table, encoded);
        }

        /** The table with these in the place of what they were made of. */
        Table replace(Table table, List<Column> encoded) {
            String[] gone = encodings.stream().filter(e -> !e.output.equals(e.column)).map(Encoding::column).distinct()
                    .toArray(String[]::new);
            return table.without(gone).with(encoded);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Object state() {
            return this;
        }
    }
}
