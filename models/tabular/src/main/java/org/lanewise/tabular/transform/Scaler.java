package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.Quantiles;
import tools.jackson.databind.JsonNode;

/**
 * z = (x - centre) / scale, column by column, as DOUBLE columns. Missing values are left out of the learning and stay missing; a
 * constant column has scale 1, one without values centre 0.
 */
public final class Scaler implements Step {
    static final String KIND = "scaler";

    private final ColumnChoice columns;
    private final Law law;

    private interface Law {
        /** Centre and scale of values in rising order. */
        double[] of(double[] sorted);
    }

    private Scaler(ColumnChoice columns, Law law) {
        this.columns = columns;
        this.law = law;
    }

    /** Mean, and standard deviation over n (not n - 1), as scikit-learn's {@code StandardScaler}. */
    public static Scaler standard(ColumnChoice columns) {
        return new Scaler(columns, sorted -> {
            double mean = Arrays.stream(sorted).sum() / sorted.length;
            double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
            return new double[] {mean, Math.sqrt(squares / sorted.length)};
        });
    }

    /** Least value, and range: 0..1 on the training rows. */
    public static Scaler minMax(ColumnChoice columns) {
        return new Scaler(columns,
                sorted -> new double[] {sorted[0], sorted[sorted.length - 1] - sorted[0]});
    }

    /** Median, and interquartile range. */
    public static Scaler robust(ColumnChoice columns) {
        return new Scaler(columns, sorted -> new double[] {Quantiles.ofSorted(sorted, 0.5),
                Quantiles.ofSorted(sorted, 0.75) - Quantiles.ofSorted(sorted, 0.25)});
    }

    @Override
    public Transform fit(Table train, double[] target) {
        List<String> names = columns.of(train);
        double[] centre = new double[names.size()];
        double[] scale = new double[names.size()];
        Arrays.fill(scale, 1);
        for (int j = 0; j < centre.length; j++) {
            double[] sorted = present(train, names.get(j));
            if (sorted.length > 0) {
                double[] learnt = law.of(sorted);
                centre[j] = learnt[0];
                scale[j] = learnt[1] > 1e-13 * Math.abs(learnt[0]) ? learnt[1] : 1;
            }
        }
        return new Learnt(List.copyOf(names), centre, scale);
    }

    /** The values that are there, in rising order; infinite ones are refused. */
    static double[] present(Table table, String name) {
        double[] all = table.numbers(name);
        for (int row = 0; row < all.length; row++) {
            if (Double.isInfinite(all[row])) {
                throw BadInputException.at(table.source()).row(row + 1L).column(name)
                        .value(Double.toString(all[row])).because("an infinite value cannot be scaled");
            }
        }
        return Arrays.stream(all).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    static Transform restore(JsonNode state, String source) {
        State s = State.of(state, source);
        Learnt learnt = new Learnt(s.texts("columns"), s.numbers("centre"), s.numbers("scale"));
        s.require(learnt.centre.length == learnt.columns.size() && learnt.scale.length == learnt.columns.size(),
                "centre, scale and columns differ in length");
        return learnt;
    }

    private record Learnt(List<String> columns, double[] centre, double[] scale) implements Transform {
        @Override
        public Table apply(Table table) {
            List<Column> changed = new ArrayList<>();
            for (int j = 0; j < centre.length; j++) {
                double[] values = table.numbers(columns.get(j));
                for (int i = 0; i < values.length; i++) {
                    values[i] = (values[i] - centre[j]) / scale[j];
                }
                changed.add(DoubleColumn.of(columns.get(j), values));
            }
            return table.with(changed);
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
