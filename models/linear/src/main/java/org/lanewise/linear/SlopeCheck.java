package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;

/**
 * Looks at the slopes of all columns for several steps of a path in one pass over the data: the duality gap, the columns that the
 * working set lacks, the largest violation of the KKT conditions.
 * <p>
 * Of single-precision columns the pass is a matrix product in single precision. Its error is bounded: a chain of {@value #CHAIN}
 * fused multiply-adds is off by at most so many roundings of |x_j| |u|. Columns whose slope could reach the threshold by that
 * margin, and those in the model, are then done again in double precision, so gap and decisions are those of double precision.
 */
final class SlopeCheck {
    /** Length of the chains in {@link org.lanewise.engine.Gemm}, with those that add the chains. */
    private static final int CHAIN = 384 + 32;
    /** Fewer residuals are as fast in double precision: the time goes to reading the columns. */
    private static final int BATCH_FROM = 3;
    /** Matrix products of fewer rows than this are slower than of this many. */
    private static final int LEAST_ROWS = 9;
    private final ColumnStore x;
    private final Standardization z;
    private final double reach;
    private final boolean safe;
    /** |x_j| / scale_j. */
    private final double[] norm;
    private float[] residuals = {};
    private float[] products = {};

    SlopeCheck(ColumnStore x, Standardization z, boolean equalWeights, double reach) {
        this(x, z, equalWeights, reach, false);
    }

    /**
     * @param safe
     *            whether columns that are surely 0 are left out of later checks of the same step
     */
    SlopeCheck(ColumnStore x, Standardization z, boolean equalWeights, double reach, boolean safe) {
        this.safe = safe;
        this.x = x;
        this.z = z;
        this.reach = reach;
        norm = new double[x instanceof SinglePrecision ? x.columns() : 0];
        Standardization.forColumns(norm.length, j -> norm[j] = length(j, equalWeights) / z.scale[j]);
    }

    private double length(int j, boolean equalWeights) {
        if (equalWeights) { // Known already.
            return Math.sqrt(x.rows() * (z.square[j] * z.scale[j] * z.scale[j] + z.mean[j] * z.mean[j]));
        }
        double[] values = new double[x.rows()];
        x.copy(j, 0, values.length, values, 0);
        return Math.sqrt(Dot.of(values, values));
    }

    /** Fills in slopes, gap, KKT violation and wanted columns of each step, whose residuals are up to date. */
    void check(List<GaussianStep> steps) {
        List<GaussianStep> whole = steps.stream().filter(step -> step.survivors == null).toList();
        checkAll(whole);
        for (GaussianStep step : steps) {
            if (step.survivors != null) {
                again(step, step.survivors);
            }
        }
    }

    private void checkAll(List<GaussianStep> steps) {
        int p = x.columns();
        for (GaussianStep step : steps) {
            step.slopes = step.slopes == null ? new float[p] : step.slopes;
        }
        if (x instanceof SinglePrecision floats && steps.size() >= BATCH_FROM) {
            multiply(floats, steps);
            for (int k = 0; k < steps.size(); k++) {
                judge(steps.get(k), k * p);
            }
        } else {
            double[][] exact = new double[steps.size()][p];
            Standardization.forColumns(p, j -> {
                for (int k = 0; k < exact.length; k++) {
                    exact[k][j] = z.dot(x, j, steps.get(k).u, steps.get(k).sum);
                }
            });
            for (int k = 0; k < exact.length; k++) {
                judge(steps.get(k), exact[k]);
            }
        }
    }

    /** Looks at some columns again, in double precision. */
    private void again(GaussianStep step, int[] columns) {
        double[] exact = new double[columns.length];
        Standardization.forColumns(columns.length, k -> exact[k] = z.dot(x, columns[k], step.u, step.sum));
        judge(step, columns, exact);
    }

    private void multiply(SinglePrecision floats, List<GaussianStep> steps) {
        int n = x.rows();
        int count = Math.max(LEAST_ROWS, steps.size());
        if (residuals.length < count * n) {
            residuals = new float[count * n];
        }
        if (products.length < (long) count * x.columns()) {
            products = new float[Math.multiplyExact(count, x.columns())];
        }
        Arrays.fill(residuals, steps.size() * n, count * n, 0);
        for (int k = 0; k < steps.size(); k++) {
            double[] u = steps.get(k).u;
            for (int i = 0; i < n; i++) {
                residuals[k * n + i] = (float) u[i];
            }
        }
        floats.multiply(residuals, count, products);
    }

    private void judge(GaussianStep step, int from) {
        double length = Math.sqrt(Dot.of(step.u, step.u));
        double unit = CHAIN * 0x1p-24 * length;
        Penalty penalty = step.penalty;
        int p = x.columns();
        int[] close = new int[64];
        int count = 0;
        boolean[] inModel = new boolean[p];
        for (int j : step.column) {
            inModel[j] = true;
        }
        for (int j = 0; j < p; j++) {
            double slope = z.square[j] == 0 ? 0 : (products[from + j] - z.mean[j] * step.sum) / z.scale[j];
            step.slopes[j] = (float) slope;
            if (inModel[j] || penalty.free(j) || Math.abs(slope) + unit * norm[j] > penalty.threshold(j)) {
                if (count == close.length) {
                    close = Arrays.copyOf(close, 2 * count);
                }
                close[count++] = j;
            }
        }
        again(step, Arrays.copyOf(close, count));
    }

    private void judge(GaussianStep step, double[] exact) {
        int[] all = new int[exact.length];
        Arrays.setAll(all, j -> j);
        judge(step, all, exact);
    }

    private void judge(GaussianStep step, int[] columns, double[] exact) {
        Penalty penalty = step.penalty;
        DualityGap gap = new DualityGap(penalty, reach);
        int[] wanted = new int[columns.length];
        int count = 0;
        step.kkt = 0;
        double[] b = new double[x.columns()];
        for (int k = 0; k < step.column.length; k++) {
            b[step.column[k]] = step.b[k];
        }
        for (int k = 0; k < columns.length; k++) {
            int j = columns[k];
            step.slopes[j] = (float) exact[k];
            double bj = b[j];
            step.kkt = Math.max(step.kkt, penalty.violation(j, bj, exact[k]));
            if (bj != 0 || penalty.free(j) || penalty.wants(j, exact[k])) {
                gap.add(j, bj, exact[k]);
                if (bj == 0 && z.square[j] > 0) {
                    wanted[count++] = j;
                }
            }
        }
        step.wanted = Arrays.copyOf(wanted, count);
        step.gap = gap.squared(step.squaredResidual);
        if (safe) {
            step.survivors = survivors(step, b, gap.sphere(step.squaredResidual));
        }
        step.objective = step.squaredResidual / 2 + gap.penaltyValue();
    }

    /** The columns that may be other than 0 at the minimum, slopes being off by a rounding of single precision at most. */
    private int[] survivors(GaussianStep step, double[] b, DualityGap.Sphere sphere) {
        double unit = norm.length == 0 ? 0 : CHAIN * 0x1p-24 * Math.sqrt(Dot.of(step.u, step.u));
        int[] known = step.survivors;
        return java.util.stream.IntStream.range(0, known == null ? b.length : known.length)
                .map(k -> known == null ? k : known[k]).filter(j -> {
                    double g = Math.abs(step.slopes[j]) * (1 + 0x1p-23) + (norm.length == 0 ? 0 : unit * norm[j]);
                    return b[j] != 0 || !sphere.excludes(step.penalty, j, z.square[j], g);
                }).toArray();
    }
}
