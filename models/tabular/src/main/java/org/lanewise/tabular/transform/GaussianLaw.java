package org.lanewise.tabular.transform;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ArrayList;

/**
 * Mean and covariance of a multivariate normal law, fitted to incomplete rows by expectation-maximisation (Dempster, Laird and
 * Rubin 1977; Little and Rubin, chapter 11), and the conditional mean of what is missing given what is there.
 */
final class GaussianLaw {
    /** Keeps the covariance from being singular when columns repeat one another; columns are standardised. */
    private static final double RIDGE = 1e-6;

    private final double[] mean;
    private final double[][] covariance;

    GaussianLaw(double[] mean, double[][] covariance) {
        this.mean = mean;
        this.covariance = covariance;
    }

    double[] mean() {
        return mean;
    }

    double[][] covariance() {
        return covariance;
    }

    /**
     * @param rows
     *            NaN where missing; columns have mean about 0 and variance about 1
     * @param tolerance
     *            rounds end when no mean or covariance moves by more
     */
    static GaussianLaw fit(double[][] rows, int columns, int maxRounds, double tolerance) {
        double[][] start = new double[columns][columns];
        for (int j = 0; j < columns; j++) {
            start[j][j] = 1;
        }
        GaussianLaw law = new GaussianLaw(new double[columns], start);
        Map<BitSet, List<double[]>> patterns = patterns(rows);
        boolean complete = patterns.size() == 1 && patterns.keySet().iterator().next().isEmpty();
        for (int round = 0; round < (complete ? 1 : maxRounds); round++) {
            GaussianLaw next = law.next(patterns, rows.length);
            double moved = law.distance(next);
            law = next;
            if (moved <= tolerance) {
                break;
            }
        }
        return law;
    }

    /** Rows by which of their columns are missing, in order of first sight. */
    static Map<BitSet, List<double[]>> patterns(double[][] rows) {
        Map<BitSet, List<double[]>> patterns = new LinkedHashMap<>();
        for (double[] row : rows) {
            BitSet missing = new BitSet();
            for (int j = 0; j < row.length; j++) {
                missing.set(j, Double.isNaN(row[j]));
            }
            patterns.computeIfAbsent(missing, _ -> new ArrayList<>()).add(row);
        }
        return patterns;
    }

    private GaussianLaw next(Map<BitSet, List<double[]>> patterns, int n) {
        int p = mean.length;
        double[] sum = new double[p];
        double[][] products = new double[p][p];
        double[] filled = new double[p];
        patterns.forEach((missing, rows) -> {
            double[][] swept = swept(missing);
            for (double[] row : rows) {
                fill(row, missing, swept, filled);
                for (int j = 0; j < p; j++) {
                    sum[j] += filled[j];
                    for (int k = 0; k <= j; k++) {
                        products[j][k] += filled[j] * filled[k];
                    }
                }
            }
            for (int j = missing.nextSetBit(0); j >= 0; j = missing.nextSetBit(j + 1)) {
                for (int k = missing.nextSetBit(0); k >= 0 && k <= j; k = missing.nextSetBit(k + 1)) {
                    products[j][k] += rows.size() * swept[j][k]; // What the conditional mean leaves open.
                }
            }
        });
        for (int j = 0; j < p; j++) {
            sum[j] /= n;
            for (int k = 0; k <= j; k++) {
                products[j][k] = products[j][k] / n - sum[j] * sum[k] + (j == k ? RIDGE : 0);
                products[k][j] = products[j][k];
            }
        }
        return new GaussianLaw(sum, products);
    }

    private double distance(GaussianLaw other) {
        double most = 0;
        for (int j = 0; j < mean.length; j++) {
            most = Math.max(most, Math.abs(mean[j] - other.mean[j]));
            for (int k = 0; k <= j; k++) {
                most = Math.max(most, Math.abs(covariance[j][k] - other.covariance[j][k]));
            }
        }
        return most;
    }

    /**
     * The covariance swept on the columns that are there (Beaton 1964): entry [missing][present] is the regression of the one on the
     * other, [missing][missing] the covariance that is left.
     */
    double[][] swept(BitSet missing) {
        int p = mean.length;
        double[][] a = new double[p][];
        for (int j = 0; j < p; j++) {
            a[j] = covariance[j].clone();
        }
        for (int pivot = missing.nextClearBit(0); pivot < p; pivot = missing.nextClearBit(pivot + 1)) {
            double d = a[pivot][pivot];
            if (d < RIDGE / 2) {
                continue; // Rounding has used the column up: others say all that it says.
            }
            for (int j = 0; j < p; j++) {
                if (j != pivot) {
                    double factor = a[j][pivot] / d;
                    for (int k = 0; k < p; k++) {
                        a[j][k] -= k == pivot ? 0 : factor * a[pivot][k];
                    }
                    a[j][pivot] = factor;
                }
            }
            for (int k = 0; k < p; k++) {
                a[pivot][k] = k == pivot ? -1 / d : a[pivot][k] / d;
            }
        }
        return a;
    }

    /** Modifies {@code filled}: the row with conditional means in the place of NaN. */
    void fill(double[] row, BitSet missing, double[][] swept, double[] filled) {
        System.arraycopy(row, 0, filled, 0, row.length);
        for (int j = missing.nextSetBit(0); j >= 0; j = missing.nextSetBit(j + 1)) {
            double value = mean[j];
            for (int k = missing.nextClearBit(0); k < row.length; k = missing.nextClearBit(k + 1)) {
                value += swept[j][k] * (row[k] - mean[k]);
            }
            filled[j] = value;
        }
    }
}
