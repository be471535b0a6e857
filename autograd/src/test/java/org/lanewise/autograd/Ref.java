package org.lanewise.autograd;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The operations once more, in double and as plainly as can be: the reference path of the gradient checks. */
final class Ref {

    private Ref() {}

    static double[] map(double[] x, DoubleUnaryOperator f) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) y[i] = f.applyAsDouble(x[i]);
        return y;
    }

    static double[] zip(double[] a, double[] b, DoubleBinaryOperator f) {
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) y[i] = f.applyAsDouble(a[i], b[i]);
        return y;
    }

    static double sum(double... x) {
        double sum = 0;
        for (double v : x) sum += v;
        return sum;
    }

    /** Row-major strides read with broadcasting: {@code a} of {@code shape} as {@code out}. */
    static double[] expand(double[] a, int[] shape, int... out) {
        int n = 1;
        for (int size : out) n *= size;
        double[] y = new double[n];
        int lead = out.length - shape.length;
        for (int i = 0; i < n; i++) {
            int rest = i;
            int at = 0;
            int step = 1;
            for (int d = out.length - 1; d >= 0; d--) {
                int place = rest % out[d];
                rest /= out[d];
                if (d < lead) continue;
                if (shape[d - lead] != 1) at += place * step;
                step *= shape[d - lead];
            }
            y[i] = a[at];
        }
        return y;
    }

    /** {@code [outer, n, inner]} to {@code [outer, inner]}. */
    static double[] reduce(double[] x, int outer, int n, int inner, java.util.function.ToDoubleFunction<double[]> f) {
        double[] y = new double[outer * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                double[] row = new double[n];
                for (int j = 0; j < n; j++) row[j] = x[(o * n + j) * inner + i];
                y[o * inner + i] = f.applyAsDouble(row);
            }
        }
        return y;
    }

    /** {@code [outer, n, inner]} row by row along the middle. */
    static double[] rows(double[] x, int outer, int n, int inner, java.util.function.UnaryOperator<double[]> f) {
        double[] y = new double[x.length];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                double[] row = new double[n];
                for (int j = 0; j < n; j++) row[j] = x[(o * n + j) * inner + i];
                row = f.apply(row);
                for (int j = 0; j < n; j++) y[(o * n + j) * inner + i] = row[j];
            }
        }
        return y;
    }

    /** [m, k] by [k, n]. */
    static double[] matmul(double[] a, double[] b, int m, int k, int n) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) c[i * n + j] += a[i * k + l] * b[l * n + j];
            }
        }
        return c;
    }

    static double[] transpose(double[] a, int m, int n) {
        double[] t = new double[a.length];
        for (int i = 0; i < m; i++) for (int j = 0; j < n; j++) t[j * m + i] = a[i * n + j];
        return t;
    }

    static double logSumExp(double... x) {
        double max = Double.NEGATIVE_INFINITY;
        for (double v : x) max = Math.max(max, v);
        if (max == Double.NEGATIVE_INFINITY) return max;
        double sum = 0;
        for (double v : x) sum += Math.exp(v - max);
        return max + Math.log(sum);
    }

    static double[] softmax(double... x) {
        double total = logSumExp(x);
        return map(x, v -> total == Double.NEGATIVE_INFINITY ? 0 : Math.exp(v - total));
    }

    static double[] logSoftmax(double... x) {
        double total = logSumExp(x);
        return map(x, v -> v - total);
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** The error function by its series, or by the continued fraction of its complement for large arguments. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (a < 3) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 120; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.sqrt(Math.PI) * sum;
        }
        double fraction = 0;
        for (int n = 80; n > 0; n--) fraction = n / 2.0 / (a + fraction);
        double complement = Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + fraction);
        return Math.signum(x) * (1 - complement);
    }

    static double gelu(double x) {
        return x / 2 * (1 + erf(x / Math.sqrt(2)));
    }

    static double[] layerNorm(double[] x, double[] gamma, double[] beta, double eps) {
        int n = gamma.length;
        return rows(x, x.length / n, n, 1, row -> {
            double mean = sum(row) / n;
            double r = 1 / Math.sqrt(sum(map(row, v -> (v - mean) * (v - mean))) / n + eps);
            double[] y = new double[n];
            for (int i = 0; i < n; i++) y[i] = (row[i] - mean) * r * gamma[i] + beta[i];
            return y;
        });
    }
}
