package org.lanewise.tabular.resample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.BooleanColumn;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Conversions;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;

/**
 * Synthetic minority over-sampling (Chawla et al. 2002): an artificial row lies at a random place between a row of a rare class
 * and one of its k nearest neighbours of the same class. With columns of categories, text or booleans it is SMOTE-NC: a differing
 * category counts, squared, as the median over the numeric columns of the class's standard deviations, squared, and an artificial
 * row takes the most frequent category among the neighbours.
 *
 * <pre>{@code
 * for (Split.Fold fold : folds) {
 *     Resampled more = Smote.withSeed(1).balance(table.take(fold.train()), classesOf(fold.train())); // never the test rows
 * }
 * }</pre>
 *
 * Numeric columns come back as DOUBLE; scale them first, since distances are taken as they are. Missing values are refused.
 * Neighbours are found by comparing all pairs of a class: n^2 p steps.
 */
public final class Smote {
    private final int neighbours;
    private final double share;
    private final long seed;

    private Smote(int neighbours, double share, long seed) {
        this.neighbours = neighbours;
        this.share = share;
        this.seed = seed;
    }

    /** Five neighbours; every class becomes as large as the largest. */
    public static Smote withSeed(long seed) {
        return new Smote(5, 1, seed);
    }

    public Smote withNeighbours(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("one neighbour at least: " + k);
        }
        return new Smote(k, share, seed);
    }

    /**
     * @param changed
     *            0..1: how large every class becomes at least, as a share of the largest
     */
    public Smote withShare(double changed) {
        if (!(changed >= 0 && changed <= 1)) {
            throw new IllegalArgumentException("a share lies in 0..1: " + changed);
        }
        return new Smote(neighbours, changed, seed);
    }

    /**
     * Adds rows to the classes that are too small.
     *
     * @throws BadInputException
     *             if a value is missing or infinite, or a class that needs more rows has only one
     */
    public Resampled balance(Table train, int[] classes) {
        if (classes.length != train.rows()) {
            throw new IllegalArgumentException(classes.length + " classes for " + train.rows() + " rows");
        }
        List<double[]> numbers = new ArrayList<>();
        List<CategoricalColumn> categories = new ArrayList<>();
        for (Column column : train.columns()) {
            if (column.type().isNumeric() && column.type() != ColumnType.BOOLEAN) {
                numbers.add(finite(train, column));
            } else {
                categories.add(complete(train, column));
            }
        }
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int row = 0; row < classes.length; row++) {
            members.computeIfAbsent(classes[row], _ -> new ArrayList<>()).add(row);
        }
        int wanted = (int) Math.round(share * members.values().stream().mapToInt(List::size).max().orElse(0));
        List<double[]> newNumbers = new ArrayList<>();
        List<int[]> newCodes = new ArrayList<>();
        List<Integer> newClasses = new ArrayList<>();
        members.forEach((label, rows) -> {
            int missing = wanted - rows.size();
            if (missing > 0 && rows.size() < 2) {
                throw BadInputException.at(train.source()).row(rows.getFirst() + 1L)
                        .because("class " + label + " has this row only: there is no neighbour to go towards");
            }
            if (missing > 0) {
                ClassRows own = new ClassRows(numbers, categories, rows, neighbours);
                Rng rng = Rng.of(seed).stream(label);
                for (int i = 0; i < missing; i++) {
                    int from = rng.nextInt(rows.size());
                    int[] near = own.nearest(from);
                    int to = near[rng.nextInt(near.length)];
                    newNumbers.add(own.between(from, to, rng.nextDouble()));
                    newCodes.add(own.usual(near));
                    newClasses.add(label);
                }
            }
        });
        return join(train, classes, newNumbers, newCodes, newClasses);
    }

    private static double[] finite(Table train, Column column) {
        double[] values = column.numbers();
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw BadInputException.at(train.source()).row(row + 1L).column(column.name())
                        .because(Double.isNaN(values[row])
                                ? "missing; fill it first"
                                : "an infinite value has no neighbours");
            }
        }
        return values;
    }

    private static CategoricalColumn complete(Table train, Column column) {
        for (int row = 0; row < column.size(); row++) {
            if (column.isMissing(row)) {
                throw BadInputException.at(train.source()).row(row + 1L).column(column.name())
                        .because("missing; fill it first");
            }
        }
        return column instanceof CategoricalColumn c ? c : CategoricalColumn.ofTexts(column.name(), column.texts());
    }

    private static Resampled join(Table train, int[] classes, List<double[]> numbers, List<int[]> codes,
            List<Integer> labels) {
        int n = train.rows();
        int added = labels.size();
        List<Column> columns = new ArrayList<>();
        int number = 0;
        int category = 0;
        for (Column column : train.columns()) {
            if (column.type().isNumeric() && column.type() != ColumnType.BOOLEAN) {
                double[] all = Arrays.copyOf(column.numbers(), n + added);
                for (int i = 0; i < added; i++) {
                    all[n + i] = numbers.get(i)[number];
                }
                number++;
                columns.add(DoubleColumn.of(column.name(), all));
            } else {
                columns.add(longer(complete(train, column), column, codes, category++));
            }
        }
        int[] all = Arrays.copyOf(classes, n + added);
        for (int i = 0; i < added; i++) {
            all[n + i] = labels.get(i);
        }
        return new Resampled(Table.of(train.source(), columns), all, n);
    }

    private static Column longer(CategoricalColumn coded, Column column, List<int[]> codes, int place) {
        int n = column.size();
        int[] all = new int[n + codes.size()];
        Arrays.setAll(all, row -> row < n ? coded.code(row) : codes.get(row - n)[place]);
        CategoricalColumn longer = CategoricalColumn.of(column.name(), coded.levels(), all);
        if (column instanceof BooleanColumn) {
            boolean[] flags = new boolean[all.length];
            for (int row = 0; row < flags.length; row++) {
                flags[row] = longer.text(row).equals("true");
            }
            return BooleanColumn.of(column.name(), flags);
        }
        return column.type() == ColumnType.TEXT
                ? Conversions.convert(longer, ColumnType.TEXT)
                : longer;
    }
}
