package org.lanewise.linear;

import java.util.Arrays;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.KernelProvider;

/**
 * The second derivatives of the multinomial loss by all coefficients of a growing set of standardised columns: for columns i and m
 * and classes k and l
 *
 * <pre>sum_r v_r (mu_rk [k = l] - mu_rk mu_rl) z_ri z_rm</pre>
 *
 * less what the best intercepts take off it (a Schur complement). Entry {@code K i + k} is column i of class k. The matrices of the class
 * pairs are symmetric in the columns, so a quarter of the entries is computed, by blocks of rows in a fixed order.
 */
final class SoftmaxHessian extends GramMatrix {
    private static final DoubleKernels KERNELS = KernelProvider.get().doubles();
    /** Rows that are standardised at a time, and rows to an inner product, as for {@link DoubleGram}. */
    private static final int ROWS = 4096;
    private static final int PART = 512;
    /** A cache line, so that columns do not share sets of the caches. */
    private static final int LINE = 8;
    private final double[] v;
    private final double[][] mu;
    private final int classes;
    /** 1 if a column of ones stands before the others. */
    private final int ones;
    private double[][] g = {};
    /** Lower triangle of the intercepts' own derivatives, factored; the last intercept is fixed, since only differences matter. */
    private double[][] factor = {};
    /** For every entry, the solution of factor t = derivatives by it and the intercepts. */
    private double[][] t = {};

    /**
     * @param v
     *            weights of the rows
     * @param mu
     *            probabilities, by class, then row
     */
    SoftmaxHessian(ColumnStore x, Standardization z, double[] v, double[][] mu, boolean intercept) {
        super(x, z, v);
        this.v = v;
        this.mu = mu;
        classes = mu.length;
        ones = intercept ? 1 : 0;
    }

    @Override
    void subtract(int i, double step, double[] q) {
        KERNELS.axpy(-step, g[i], 0, q, 0, size * classes);
    }

    double diagonal(int i) {
        return g[i][i];
    }

    /** factor^-1 times the sums of the classes' u. */
    double[] reduced(double[] sums) {
        double[] y = Arrays.copyOf(sums, factor.length);
        forward(y);
        return y;
    }

    /** What the intercepts' best values take off the slope of an entry. */
    double offSlope(int i, double[] reduced) {
        double sum = 0;
        for (int k = 0; k < factor.length; k++) {
            sum += t[i][k] * reduced[k];
        }
        return sum;
    }

    /** The best steps of the intercepts when entries have moved; {@code reduced} is modified. */
    double[] interceptSteps(double[] reduced, double[] moved) {
        double[] steps = new double[classes];
        for (int i = 0; ones > 0 && i < size * classes; i++) {
            for (int k = 0; k < factor.length; k++) {
                reduced[k] -= t[i][k] * moved[i];
            }
        }
        for (int k = factor.length - 1; k >= 0; k--) {
            double sum = reduced[k];
            for (int l = k + 1; l < factor.length; l++) {
                sum -= factor[l][k] * steps[l];
            }
            steps[k] = sum / factor[k][k];
        }
        return steps;
    }

    @Override
    void compute(int from) {
        int begin = from == 0 ? 0 : from + ones;
        int total = size + ones;
        int first = begin / 4 * 4;
        int padded = (total + 3) / 4 * 4;
        double[][] pairs = new double[classes * (classes + 1) / 2][(padded - first) * padded];
        int stride = Math.min(ROWS, v.length) + LINE;
        double[] block = new double[Math.multiplyExact(padded, stride)];
        for (int start = 0; start < v.length; start += ROWS) {
            int at = start;
            int count = Math.min(ROWS, v.length - start);
            Standardization.forColumns(total, i -> standardised(i - ones, at, count, block, i * stride));
            WorkerPool.current().forEach(pairs.length, pair -> add(pair, block, stride, at, count, first, padded,
                    pairs[pair]));
        }
        grow();
        for (int pair = 0, k = 0; k < classes; k++) {
            for (int l = 0; l <= k; l++, pair++) {
                scatter(pairs[pair], k, l, begin, first, padded);
            }
        }
        if (ones > 0) {
            eliminate(from);
        }
    }

    private void standardised(int i, int from, int count, double[] out, int at) {
        if (i < 0) {
            Arrays.fill(out, at, at + count, 1);
            return;
        }
        int j = column[i];
        x.copy(j, from, count, out, at);
        double factorOf = z.square[j] == 0 ? 0 : 1 / z.scale[j];
        for (int r = 0; r < count; r++) {
            out[at + r] = (out[at + r] - z.mean[j]) * factorOf;
        }
    }

    /** Adds a block of rows to the matrix of one pair of classes, in tiles of four by four. */
    private void add(int pair, double[] block, int stride, int start, int count, int first, int padded, double[] sum) {
        int k = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
        int l = pair - k * (k + 1) / 2;
        double[] w = new double[PART];
        double[] weighted = new double[4 * (PART + LINE)];
        double[] out = new double[16];
        for (int part = 0; part < count; part += PART) {
            int rows = Math.min(PART, count - part);
            weights(k, l, start + part, rows, w);
            for (int i = first; i < padded; i += 4) {
                for (int c = 0; c < 4; c++) {
                    int from = (i + c) * stride + part;
                    int to = c * (PART + LINE);
                    for (int r = 0; r < rows; r++) {
                        weighted[to + r] = w[r] * block[from + r];
                    }
                }
                for (int m = 0; m <= i; m += 4) {
                    KERNELS.dots(weighted, 0, PART + LINE, block, m * stride + part, stride, rows, out);
                    for (int c = 0; c < 16; c++) {
                        sum[(i + c / 4 - first) * padded + m + c % 4] += out[c];
                    }
                }
            }
        }
    }

    private void weights(int k, int l, int from, int rows, double[] w) {
        double[] a = mu[k];
        double[] b = mu[l];
        if (k == l) {
            for (int r = 0; r < rows; r++) {
                w[r] = v[from + r] * Math.max(a[from + r] * (1 - a[from + r]), GlmLoss.FLATTEST);
            }
        } else {
            for (int r = 0; r < rows; r++) {
                w[r] = -v[from + r] * a[from + r] * b[from + r];
            }
        }
    }

    private void grow() {
        int needed = size * classes;
        if (needed > g.length) {
            int capacity = Math.max(needed, Math.min(2 * g.length, x.columns() * classes));
            t = Arrays.copyOf(t, capacity);
            g = Arrays.copyOf(g, capacity);
            for (int i = 0; i < capacity; i++) {
                g[i] = g[i] == null ? new double[capacity] : Arrays.copyOf(g[i], capacity);
            }
        }
        for (int i = 0; i < needed; i++) {
            t[i] = t[i] == null ? new double[classes] : t[i];
        }
        if (factor.length == 0 && ones > 0) {
            factor = new double[classes - 1][classes - 1];
        }
    }

    private void scatter(double[] pair, int k, int l, int begin, int first, int padded) {
        for (int i = begin; i < size + ones; i++) {
            for (int m = 0; m <= i; m++) {
                double value = pair[(i - first) * padded + m];
                if (m >= ones) {
                    put(i - ones, k, m - ones, l, value);
                    put(i - ones, l, m - ones, k, value);
                } else if (i >= ones) {
                    t[(i - ones) * classes + k][l] = value;
                    t[(i - ones) * classes + l][k] = value;
                } else if (k < classes - 1) {
                    factor[k][l] = value;
                }
            }
        }
    }

    private void put(int i, int k, int m, int l, double value) {
        g[i * classes + k][m * classes + l] = value;
        g[m * classes + l][i * classes + k] = value;
    }

    private void eliminate(int from) {
        if (from == 0) {
            factorise();
        }
        for (int i = from * classes; i < size * classes; i++) {
            forward(t[i]);
        }
        for (int i = from * classes; i < size * classes; i++) {
            for (int m = 0; m <= i; m++) {
                g[i][m] -= offSlope(i, t[m]);
                g[m][i] = g[i][m];
            }
        }
    }

    /** Cholesky's factor, in place. */
    private void factorise() {
        for (int k = 0; k < factor.length; k++) {
            for (int l = 0; l <= k; l++) {
                double sum = factor[k][l];
                for (int c = 0; c < l; c++) {
                    sum -= factor[k][c] * factor[l][c];
                }
                // Probabilities of 0 and 1 leave no curvature but what rounding made of it.
                factor[k][l] = k == l ? Math.sqrt(Math.max(sum, GlmLoss.FLATTEST)) : sum / factor[l][l];
            }
        }
    }

    private void forward(double[] y) {
        for (int k = 0; k < factor.length; k++) {
            for (int l = 0; l < k; l++) {
                y[k] -= factor[k][l] * y[l];
            }
            y[k] /= factor[k][k];
        }
    }
}
