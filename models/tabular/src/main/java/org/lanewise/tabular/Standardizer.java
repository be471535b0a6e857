package org.lanewise.tabular;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.metrics.Quantiles;

/**
 * Moves and scales columns as learnt from training rows: z = (x - centre) / scale. Missing values are left out of the learning
 * and stay missing. Immutable and thread-safe.
 *
 * <pre>{@code
 * Standardizer z = Standardizer.meanAndSd(train);
 * double[] row = z.apply(test.row(0));
 * }</pre>
 */
public final class Standardizer {
    private final List<String> names;
    private final double[] centre;
    private final double[] scale;

    private Standardizer(List<String> names, double[] centre, double[] scale) {
        this.names = List.copyOf(names);
        this.centre = centre;
        this.scale = scale;
    }

    /** From numbers learnt before, which are copied. */
    public static Standardizer of(List<String> names, double[] centre, double[] scale) {
        if (centre.length != names.size() || scale.length != names.size()
                || Arrays.stream(scale).anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException(
                    names + " with centres " + Arrays.toString(centre) + " and scales " + Arrays.toString(scale));
        }
        return new Standardizer(names, centre.clone(), scale.clone());
    }

    /** The mean, and the standard deviation with n - 1. A constant column has scale 1. */
    public static Standardizer meanAndSd(DesignMatrix train) {
        return learn(train, values -> {
            double mean = Arrays.stream(values).sum() / values.length;
            double square = 0;
            for (double v : values) {
                square += (v - mean) * (v - mean);
            }
            return new double[] {mean, values.length > 1 ? Math.sqrt(square / (values.length - 1)) : 0};
        });
    }

    /** The median, and the interquartile range over 1.349 (equal to the standard deviation for a normal law). */
    public static Standardizer robust(DesignMatrix train) {
        return learn(train, values -> {
            double spread = Quantiles.of(values, 0.75) - Quantiles.of(values, 0.25);
            return new double[] {Quantiles.median(values), spread / 1.3489795003921634};
        });
    }

    private interface Law {
        double[] centreAndScale(double[] present);
    }

    private static Standardizer learn(DesignMatrix train, Law law) {
        double[] centre = new double[train.columns()];
        double[] scale = new double[train.columns()];
        for (int j = 0; j < centre.length; j++) {
            double[] present = Arrays.stream(train.column(j)).filter(v -> !Double.isNaN(v)).toArray();
            if (present.length == 0) {
                throw BadInputException.at(train.source()).column(train.names().get(j))
                        .because("all values are missing");
            }
            double[] learnt = law.centreAndScale(present);
            centre[j] = learnt[0];
            scale[j] = learnt[1] > 1e-13 * Math.abs(learnt[0]) ? learnt[1] : 1;
            if (!Double.isFinite(learnt[0]) || !Double.isFinite(learnt[1])) {
                throw BadInputException.at(train.source()).column(train.names().get(j))
                        .because("holds infinite values");
            }
        }
        return new Standardizer(train.names(), centre, scale);
    }

    public List<String> names() {
        return names;
    }

    /** A copy. */
    public double[] centre() {
        return centre.clone();
    }

    /** A copy. */
    public double[] scale() {
        return scale.clone();
    }

    /** One row in the order of {@link #names}, as a new array. */
    public double[] apply(double... row) {
        if (row.length != centre.length) {
            throw new IllegalArgumentException(row.length + " values for the columns " + names);
        }
        double[] z = new double[row.length];
        Arrays.setAll(z, j -> (row[j] - centre[j]) / scale[j]);
        return z;
    }

    /** Every row; columns are found by name. */
    public DesignMatrix apply(DesignMatrix x) {
        DesignMatrix mine = x.select(names.toArray(String[]::new));
        double[][] columns = new double[centre.length][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = mine.column(j);
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] = (columns[j][i] - centre[j]) / scale[j];
            }
        }
        return DesignMatrix.ofColumns(names, columns);
    }
}
