package org.lanewise.tabular.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.metrics.Quantiles;
import org.lanewise.tabular.stats.Normal;
import tools.jackson.databind.JsonNode;

/**
 * The share of training values below a value, by linear interpolation between quantiles, or the standard normal deviate of that
 * share: 0..1 or about -5.2..5.2 whatever the law of the column, as scikit-learn's {@code QuantileTransformer}. Missing values
 * are left out of the learning and stay missing.
 */
public final class QuantileScaler implements Step {
    static final String KIND = "quantile-scaler";
    /** Where the normal deviate is cut off, so that the ends stay finite. */
    private static final double EDGE = 1e-7;

    private final ColumnChoice columns;
    private final int quantiles;
    private final boolean normal;

    private QuantileScaler(ColumnChoice columns, int quantiles, boolean normal) {
        this.columns = columns;
        this.quantiles = quantiles;
        this.normal = normal;
    }

    /** To 0..1, with 1,000 quantiles or as many as there are rows. */
    public static QuantileScaler uniform(ColumnChoice columns) {
        return new QuantileScaler(columns, 1000, false);
    }

    /** To a standard normal law. */
    public static QuantileScaler normal(ColumnChoice columns) {
        return new QuantileScaler(columns, 1000, true);
    }

    public QuantileScaler withQuantiles(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("two quantiles at least: " + count);
        }
        return new QuantileScaler(columns, count, normal);
    }

    @Override
    public Transform fit(Table train, double[] target) {
        List<Curve> curves = new ArrayList<>();
        for (String name : columns.of(train)) {
            double[] sorted = Scaler.present(train, name);
            double[] at = new double[Math.max(1, Math.min(quantiles, train.rows()))];
            Arrays.setAll(at, i -> sorted.length == 0
                    ? 0
                    : Quantiles.ofSorted(sorted, at.length == 1 ? 0.5 : (double) i / (at.length - 1)));
            curves.add(new Curve(name, at));
        }
        return new Learnt(List.copyOf(curves), normal);
    }

    static Transform restore(JsonNode state, String source) {
        State s = State.of(state, source);
        List<Curve> curves = new ArrayList<>();
        for (State c : s.objects("curves")) {
            double[] at = c.numbers("quantiles");
            boolean rising = at.length > 0 && Arrays.stream(at).allMatch(Double::isFinite);
            for (int i = 1; i < at.length; i++) {
                rising &= at[i - 1] <= at[i];
            }
            c.require(rising, "the quantiles of column \"" + c.text("column") + "\" do not rise");
            curves.add(new Curve(c.text("column"), at));
        }
        return new Learnt(List.copyOf(curves), s.flag("normal"));
    }

    private record Curve(String column, double[] quantiles) {
        /** The middle of the shares at which the quantiles reach a value: many quantiles may be equal. */
        double share(double x) {
            int last = quantiles.length - 1;
            if (x <= quantiles[0] && x < quantiles[last]) {
                return 0;
            }
            if (x >= quantiles[last]) {
                return x == quantiles[0] ? 0 : 1; // All quantiles equal: a constant column is 0.
            }
            return (left(x) + right(x)) / 2;
        }

        private double left(double x) {
            int upper = first(x, false); // The first quantile not below x.
            return quantiles[upper] == x ? place(upper) : between(upper, x);
        }

        private double right(double x) {
            int upper = first(x, true); // The first quantile above x.
            return quantiles[upper - 1] == x ? place(upper - 1) : between(upper, x);
        }

        private double place(int i) {
            return (double) i / (quantiles.length - 1);
        }

        private double between(int upper, double x) {
            double fraction = (x - quantiles[upper - 1]) / (quantiles[upper] - quantiles[upper - 1]);
            return place(upper - 1) + fraction / (quantiles.length - 1);
        }

        private int first(double x, boolean above) {
            int low = 0;
            int high = quantiles.length;
            while (low < high) {
                int middle = low + high >>> 1;
                if (above ? quantiles[middle] > x : quantiles[middle] >= x) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }
    }

    private record Learnt(List<Curve> curves, boolean normal) implements Transform {
        @Override
        public Table apply(Table table) {
            List<Column> changed = new ArrayList<>();
            for (Curve curve : curves) {
                double[] values = table.numbers(curve.column);
                for (int i = 0; i < values.length; i++) {
                    if (!Double.isNaN(values[i])) {
                        double share = curve.share(values[i]);
                        values[i] = normal ? Normal.quantile(Math.clamp(share, EDGE, 1 - EDGE)) : share;
                    }
                }
                changed.add(DoubleColumn.of(curve.column, values));
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
