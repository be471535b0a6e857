package org.lanewise.henaw.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Fills missing markers with their conditional mean given everything known about the person, under a multivariate normal
 * law of markers and context fitted by expectation-maximisation (Little and Rubin, ch. 11). Nothing is drawn at random:
 * the same person always gets the same value, and networks are told which values were filled.
 *
 * <p>Rows are {@code [markers..., context...]}; the context (sex, age) is never missing. Immutable and thread-safe.
 */
final class ConditionalMeans {
    private static final int ROUNDS = 25;
    private static final double RIDGE = 1e-6;
    /** Regressions kept, a power of two; of two patterns that share a place the later one stays. */
    private static final int KEPT = 4096;

    private final int markers;
    private final double[] mean;
    private final double[][] covariance;
    private final AtomicReferenceArray<Regression> regressions = new AtomicReferenceArray<>(KEPT);

    /** Of the missing on the known, {@code b[missing][known]}; {@code mask} has a bit per missing marker. */
    private record Regression(long mask, int[] lost, int[] known, double[][] b) {}

    ConditionalMeans(int markers, double[] mean, double[][] covariance) {
        this.markers = markers;
        this.mean = mean.clone();
        this.covariance = covariance.clone();
    }

    /**
     * Fits mean and covariance.
     *
     * @param rows    one array per person, NaN where a marker is missing; not modified
     * @param markers how many leading columns are markers
     */
    static ConditionalMeans fit(double[][] rows, int markers) {
        int d = rows[0].length;
        double[] mean = new double[d];
        double[][] covariance = new double[d][d];
        start(rows, mean, covariance);
        Map<Long, List<double[]>> patterns = new HashMap<>();
        for (double[] row : rows)
            patterns.computeIfAbsent(missing(row, markers), _ -> new ArrayList<>()).add(row);
        if (patterns.size() == 1 && patterns.containsKey(0L))
            return complete(rows, markers, mean);
        ConditionalMeans law = new ConditionalMeans(markers, mean, covariance);
        for (int round = 0; round < ROUNDS; round++)
            law = law.next(patterns, rows.length);
        return law;
    }

    private static void start(double[][] rows, double[] mean, double[][] covariance) {
        int d = mean.length;
        for (int j = 0; j < d; j++) {
            double n = 0;
            double sum = 0;
            double squares = 0;
            for (double[] row : rows)
                if (!Double.isNaN(row[j])) {
                    n++;
                    sum += row[j];
                    squares += row[j] * row[j];
                }
            mean[j] = sum / n;
            covariance[j][j] = Math.max(squares / n - mean[j] * mean[j], RIDGE);
        }
    }

    private static ConditionalMeans complete(double[][] rows, int markers, double[] mean) {
        int d = mean.length;
        double[][] covariance = new double[d][d];
        for (double[] row : rows)
            accumulate(covariance, row, mean);
        return new ConditionalMeans(markers, mean, scaled(covariance, rows.length));
    }

    private ConditionalMeans next(Map<Long, List<double[]>> patterns, int n) {
        int d = mean.length;
        List<double[]> filled = new ArrayList<>(n);
        double[][] spread = new double[d][d];
        patterns.forEach((mask, rows) -> {
            for (double[] row : rows) {
                double[] copy = row.clone();
                fill(copy);
                filled.add(copy);
            }
            addResidual(mask, rows.size(), spread);
        });
        double[] newMean = new double[d];
        for (double[] row : filled)
            for (int j = 0; j < d; j++)
                newMean[j] += row[j] / n;
        for (double[] row : filled)
            accumulate(spread, row, newMean);
        return new ConditionalMeans(markers, newMean, scaled(spread, n));
    }

    private static void accumulate(double[][] into, double[] row, double[] mean) {
        for (int j = 0; j < mean.length; j++)
            for (int k = 0; k < mean.length; k++)
                into[j][k] += (row[j] - mean[j]) * (row[k] - mean[k]);
    }

    private static double[][] scaled(double[][] sums, double n) {
        for (int j = 0; j < sums.length; j++) {
            for (int k = 0; k < sums.length; k++)
                sums[j][k] /= n;
            sums[j][j] += RIDGE;
        }
        return sums;
    }

    /** Adds {@code count} times the covariance of the missing given the known. */
    private void addResidual(long mask, int count, double[][] into) {
        Regression regression = regression(mask);
        int[] lost = regression.lost;
        int[] known = regression.known;
        double[][] b = regression.b;
        for (int i = 0; i < lost.length; i++)
            for (int k = 0; k < lost.length; k++) {
                double explained = 0;
                for (int j = 0; j < known.length; j++)
                    explained += b[i][j] * covariance[known[j]][lost[k]];
                into[lost[i]][lost[k]] += count * (covariance[lost[i]][lost[k]] - explained);
            }
    }

    /** Replaces the NaNs of the row, in place. */
    void fill(double[] row) {
        long mask = missing(row, markers);
        if (mask == 0)
            return;
        Regression regression = regression(mask);
        int[] lost = regression.lost;
        int[] known = regression.known;
        double[][] b = regression.b;
        for (int i = 0; i < lost.length; i++) {
            double value = mean[lost[i]];
            for (int j = 0; j < known.length; j++)
                value += b[i][j] * (row[known[j]] - mean[known[j]]);
            row[lost[i]] = value;
        }
    }

    private Regression regression(long mask) {
        int place = (int) (mask ^ mask >>> 12) & KEPT - 1;
        Regression kept = regressions.get(place);
        if (kept != null && kept.mask == mask)
            return kept;
        int[] lost = indices(mask, true);
        int[] known = indices(mask, false);
        Regression solved = new Regression(mask, lost, known, solve(lost, known));
        regressions.set(place, solved);
        return solved;
    }

    private double[][] solve(int[] lost, int[] known) {
        DMatrixRMaj a = new DMatrixRMaj(known.length, known.length);
        DMatrixRMaj right = new DMatrixRMaj(known.length, lost.length);
        for (int j = 0; j < known.length; j++) {
            for (int k = 0; k < known.length; k++)
                a.set(j, k, covariance[known[j]][known[k]]);
            for (int i = 0; i < lost.length; i++)
                right.set(j, i, covariance[known[j]][lost[i]]);
        }
        CommonOps_DDRM.symmLowerToFull(a);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(known.length);
        if (!solver.setA(a))
            throw new IllegalArgumentException("The markers' covariance is singular: two columns say the same");
        DMatrixRMaj b = new DMatrixRMaj(known.length, lost.length);
        solver.solve(right, b);
        double[][] out = new double[lost.length][known.length];
        for (int i = 0; i < lost.length; i++)
            for (int j = 0; j < known.length; j++)
                out[i][j] = b.get(j, i);
        return out;
    }

    private int[] indices(long mask, boolean lost) {
        int[] out = new int[lost ? Long.bitCount(mask) : mean.length - Long.bitCount(mask)];
        int k = 0;
        for (int j = 0; j < mean.length; j++)
            if ((mask >> j & 1) == 1 == lost)
                out[k++] = j;
        return out;
    }

    private static long missing(double[] row, int markers) {
        long mask = 0;
        for (int j = 0; j < markers; j++)
            if (Double.isNaN(row[j]))
                mask |= 1L << j;
        return mask;
    }

    double[] mean() {
        return mean.clone();
    }

    double[][] covariance() {
        double[][] copy = new double[covariance.length][];
        for (int j = 0; j < copy.length; j++)
            copy[j] = covariance[j].clone();
        return copy;
    }
}
