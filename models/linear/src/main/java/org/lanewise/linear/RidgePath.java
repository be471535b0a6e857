package org.lanewise.linear;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.engine.Epilogue;
import org.lanewise.engine.Gemm;
import org.lanewise.engine.WorkerPool;

/**
 * The path of pure ridge regression with many columns, through its dual: with Z~ the standardised columns divided by the roots of their
 * penalty factors and multiplied by the roots of the row weights, the weighted residual s of the best fit solves
 *
 * <pre>(Z~Z~' + alpha I) s = alpha y~,   b = Z~'s / alpha</pre>
 *
 * The rows x rows matrix is made once, in single precision, and the system solved by conjugate gradients from the last alpha's
 * solution; what single precision gets wrong is found from the columns in double precision and solved for again, until the gap is small
 * enough.
 */
final class RidgePath implements SquaredLossPath {
    /** Beyond so many rows the matrix is too large. */
    static final int MOST_ROWS = 8192;
    private static final int BLOCK = 512;
    private static final int CHUNK = 64;
    private static final int MOST_ROUNDS = 60;
    private final ColumnStore x;
    private final Standardization z;
    private final double[] v;
    private final double[] residual;
    private final Penalty base;
    private final ElasticNetParams params;
    private final double[] root;
    private final float[] kernel;
    private final double nullLoss;

    /** As {@link GaussianPath}; see {@link #fits}. */
    RidgePath(ColumnStore x, Standardization z, double[] v, double[] residual, Penalty base, ElasticNetParams params) {
        this.x = x;
        this.z = z;
        this.v = v;
        this.residual = residual;
        this.base = base;
        this.params = params;
        int n = x.rows();
        root = new double[n];
        double square = 0;
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(v[i]);
            square += v[i] * residual[i] * residual[i];
        }
        nullLoss = square / 2;
        kernel = new float[n * n];
        float[] packed = new float[BLOCK * n];
        for (int start = 0; start < x.columns(); start += BLOCK) {
            int from = start;
            int count = Math.min(BLOCK, x.columns() - from);
            Standardization.forColumns(count, k -> pack(from + k, packed, k * n));
            Gemm.multiply(n, n, count, packed, 0, 1, n, packed, 0, n, 1, kernel, 0, n, true, Epilogue.NONE);
        }
    }

    /** Whether the problem is one for this solver: no l1 part, bounds or unpenalised columns, not too many rows. */
    static boolean fits(ElasticNetParams params, ColumnStore x) {
        if (params.l1Ratio() > 0 || params.lower().length > 0 || x.rows() > MOST_ROWS) {
            return false;
        }
        for (double f : params.penaltyFactors()) {
            if (f == 0) {
                return false;
            }
        }
        return true;
    }

    private boolean out(int j) {
        return z.square[j] == 0 || base.excludes(j);
    }

    private void pack(int j, float[] out, int at) {
        double[] values = new double[v.length];
        x.copy(j, 0, values.length, values, 0);
        double scale = out(j) ? 0 : 1 / (z.scale[j] * Math.sqrt(base.factor(j)));
        for (int i = 0; i < values.length; i++) {
            out[at + i] = (float) ((values[i] - z.mean[j]) * scale * root[i]);
        }
    }

    @Override
    public double nullLoss() {
        return nullLoss;
    }

    /** With l1Ratio 0 no alpha has all coefficients 0; that of 0.001 is taken, as glmnet does. */
    @Override
    public double alphaMax() {
        double[] u = new double[v.length];
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            u[i] = v[i] * residual[i];
            sum += u[i];
        }
        double total = sum;
        double[] slopes = new double[x.columns()];
        Standardization.forColumns(slopes.length, j -> slopes[j] = z.dot(x, j, u, total));
        return base.steepest(slopes) / 1e-3;
    }

    @Override
    public List<GaussianStep> fit(double[] alphas) {
        List<GaussianStep> steps = new ArrayList<>();
        double[] s = new double[v.length];
        for (int i = 0; i < s.length; i++) {
            s[i] = root[i] * residual[i];
        }
        SlopeCheck check = new SlopeCheck(x, z, Weights.equal(v), Math.sqrt(2 * nullLoss));
        double wanted = params.tolerance() * nullLoss;
        for (double alpha : alphas) {
            GaussianStep step = new GaussianStep(base.with(0, alpha));
            for (int round = 0;; round++) {
                coefficients(step, s, alpha);
                step.settle(x, z, v, residual);
                check.check(List.of(step));
                if (step.gap <= wanted) {
                    break;
                }
                if (round == MOST_ROUNDS) {
                    throw new ConvergenceException("ridge regression at alpha " + alpha + ": duality gap "
                            + step.gap / nullLoss + " of the null loss, " + params.tolerance() + " wanted");
                }
                double[] error = new double[s.length];
                for (int i = 0; i < s.length; i++) {
                    error[i] = root[i] > 0 ? alpha * (step.u[i] / root[i] - s[i]) : 0;
                }
                step.sweeps += solve(error, alpha, s);
            }
            step.slopes = null;
            step.u = null;
            steps.add(step);
        }
        return steps;
    }

    /** b = Z~'s / alpha, of the standardised columns. */
    private void coefficients(GaussianStep step, double[] s, double alpha) {
        double[] u = new double[s.length];
        double sum = 0;
        for (int i = 0; i < s.length; i++) {
            u[i] = root[i] * s[i];
            sum += u[i];
        }
        double total = sum;
        int[] column = java.util.stream.IntStream.range(0, x.columns()).filter(j -> !out(j)).toArray();
        double[] b = new double[column.length];
        Standardization.forColumns(b.length,
                k -> b[k] = z.dot(x, column[k], u, total) / (alpha * base.factor(column[k])));
        step.column = column;
        step.b = b;
    }

    /** Adds to s the solution of (kernel + alpha) d = right, to four digits; returns the iterations. */
    private int solve(double[] right, double alpha, double[] s) {
        double[] r = right.clone();
        double[] p = right.clone();
        double square = Dot.of(r, r);
        double enough = 1e-8 * square;
        int iteration = 0;
        for (; iteration < 10 * r.length && square > enough; iteration++) {
            double[] product = times(p, alpha);
            double step = square / Dot.of(p, product);
            Dot.addScaled(s, step, p);
            Dot.addScaled(r, -step, product);
            double next = Dot.of(r, r);
            for (int i = 0; i < p.length; i++) {
                p[i] = r[i] + next / square * p[i];
            }
            square = next;
        }
        return iteration;
    }

    private double[] times(double[] p, double alpha) {
        int n = p.length;
        double[] product = new double[n];
        WorkerPool.current().forEach((n + CHUNK - 1) / CHUNK, task -> {
            for (int i = task * CHUNK; i < Math.min(n, (task + 1) * CHUNK); i++) {
                product[i] = ColumnStore.KERNELS.dot(kernel, i * n, p, 0, n) + alpha * p[i];
            }
        });
        return product;
    }
}
