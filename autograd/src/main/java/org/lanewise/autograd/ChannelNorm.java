package org.lanewise.autograd;

import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Batch normalisation (Ioffe, Szegedy 2015) of [M, C] over the M rows: {@code y = h gamma + beta}, {@code h = (x - mean) r},
 * {@code r = 1 / sqrt(variance + eps)}. Backward:
 *
 * <pre>dbeta = sum g,  dgamma = sum g h,  dx = gamma r (g - dbeta / M - h dgamma / M)</pre>
 *
 * A task owns a block of channels and adds down the rows, in double: M is often large. Saved: x and the statistics.
 */
final class ChannelNorm {
    /** Channels per task: several cache lines, so that tasks rarely share one. */
    private static final int CHANNELS = 64;

    private ChannelNorm() {}

    /** {@code scale} is r. */
    private record Saved(Tensor x, Tensor gamma, float[] mean, float[] scale) {
    }

    private static final Rule<Saved> RULE = Rule.of("batchNorm", ChannelNorm::backward);

    static BatchNorm batchNorm(Variable x, Variable gamma, Variable beta, float eps) {
        if (x.rank() != 2 && x.rank() != 3) {
            throw ShapeException.of("batchNorm", x.shape(), "is neither [N, C] nor [N, C, L]");
        }
        for (Variable p : new Variable[] {gamma, beta}) {
            if (p.rank() != 1 || p.size(0) != x.size(1)) {
                throw ShapeException.of("batchNorm", x.shape(), p.shape(), "do not have the same channels");
            }
        }
        if (x.size(0) * (x.rank() == 3 ? x.size(2) : 1) < 2) {
            throw ShapeException.of("batchNorm", x.shape(), "has fewer than two elements per channel");
        }
        if (x.rank() == 2) return ofRows(x, gamma, beta, eps);
        Variable rows = x.permute(0, 2, 1).reshape(-1, x.size(1));
        BatchNorm result = ofRows(rows, gamma, beta, eps);
        Variable output = result.output().reshape(x.size(0), x.size(2), x.size(1)).permute(0, 2, 1);
        return new BatchNorm(output, result.mean(), result.variance(), result.count());
    }

    private static BatchNorm ofRows(Variable input, Variable gamma, Variable beta, float eps) {
        Tensor x = input.value().contiguous();
        Tensor y = Tensor.zeros(x.shape());
        int rows = x.size(0);
        int width = x.size(1);
        float[] means = new float[width];
        float[] variances = new float[width];
        float[] scales = new float[width];
        Saved saved = new Saved(x, gamma.value().contiguous(), means, scales);
        Tensor shift = beta.value().contiguous();
        Spread.blocks(width, CHANNELS, (first, n) -> {
            double[] mean = columnMeans(x, first, n);
            double[] variance = columnVariances(x, mean, first, n);
            for (int c = 0; c < n; c++) {
                means[first + c] = (float) mean[c];
                variances[first + c] = (float) variance[c];
                scales[first + c] = (float) (1 / Math.sqrt(variance[c] + eps));
            }
            normalise(saved, shift, y, first, n);
        });
        Variable output = input.tape().record(RULE, y, saved, input, gamma, beta);
        return new BatchNorm(output, Tensor.of(means, width), Tensor.of(variances, width), rows);
    }

    private static double[] columnMeans(Tensor x, int first, int n) {
        double[] sum = new double[n];
        float[] data = x.data();
        int rows = x.size(0);
        for (int row = 0; row < rows; row++) {
            int at = x.offset() + row * x.size(1) + first;
            for (int c = 0; c < n; c++) sum[c] += data[at + c];
        }
        for (int c = 0; c < n; c++) sum[c] /= rows;
        return sum;
    }

    private static double[] columnVariances(Tensor x, double[] mean, int first, int n) {
        double[] sum = new double[n];
        float[] data = x.data();
        int rows = x.size(0);
        for (int row = 0; row < rows; row++) {
            int at = x.offset() + row * x.size(1) + first;
            for (int c = 0; c < n; c++) {
                double d = data[at + c] - mean[c];
                sum[c] += d * d;
            }
        }
        for (int c = 0; c < n; c++) sum[c] /= rows;
        return sum;
    }

    private static void normalise(Saved s, Tensor beta, Tensor y, int first, int n) {
        float[] factor = factors(s, first, n);
        float[] x = s.x.data();
        float[] out = y.data();
        int width = s.x.size(1);
        int bo = beta.offset() + first;
        for (int row = 0; row < s.x.size(0); row++) {
            int xo = s.x.offset() + row * width + first;
            int yo = y.offset() + row * width + first;
            for (int c = 0; c < n; c++) {
                out[yo + c] = (x[xo + c] - s.mean[first + c]) * factor[c] + beta.data()[bo + c];
            }
        }
    }

    /** {@code gamma r}. */
    private static float[] factors(Saved s, int first, int n) {
        float[] factor = new float[n];
        for (int c = 0; c < n; c++) {
            factor[c] = s.gamma.data()[s.gamma.offset() + first + c] * s.scale[first + c];
        }
        return factor;
    }

    private static void backward(Saved s, Tensor gradient, InputGradients in) {
        Tensor g = in.dense(gradient);
        Tensor dx = in.wants(0) ? in.output(g) : null;
        float[] dGamma = new float[s.mean.length];
        float[] dBeta = new float[s.mean.length];
        Spread.blocks(dGamma.length, CHANNELS, (first, n) -> {
            sumColumns(s, g, dGamma, dBeta, first, n);
            if (dx != null) inputGradient(s, g, dGamma, dBeta, dx, first, n);
        });
        if (dx != null) in.give(0, dx);
        in.give(1, Tensor.of(dGamma, dGamma.length));
        in.give(2, Tensor.of(dBeta, dBeta.length));
    }

    private static void sumColumns(Saved s, Tensor gradient, float[] dGamma, float[] dBeta, int first, int n) {
        double[] sum = new double[n];
        double[] product = new double[n];
        float[] x = s.x.data();
        float[] g = gradient.data();
        int width = s.mean.length;
        for (int row = 0; row < s.x.size(0); row++) {
            int xo = s.x.offset() + row * width + first;
            int go = gradient.offset() + row * width + first;
            for (int c = 0; c < n; c++) {
                sum[c] += g[go + c];
                product[c] += (double) g[go + c] * (x[xo + c] - s.mean[first + c]);
            }
        }
        for (int c = 0; c < n; c++) {
            dBeta[first + c] = (float) sum[c];
            dGamma[first + c] = (float) (product[c] * s.scale[first + c]);
        }
    }

    private static void inputGradient(Saved s, Tensor gradient, float[] dGamma, float[] dBeta, Tensor dx, int first,
            int n) {
        int rows = s.x.size(0);
        int width = s.mean.length;
        float[] factor = factors(s, first, n);
        float[] meanG = new float[n];
        float[] slope = new float[n];
        for (int c = 0; c < n; c++) {
            meanG[c] = dBeta[first + c] / rows;
            slope[c] = s.scale[first + c] * (dGamma[first + c] / rows);
        }
        float[] x = s.x.data();
        float[] g = gradient.data();
        float[] out = dx.data();
        for (int row = 0; row < rows; row++) {
            int xo = s.x.offset() + row * width + first;
            int go = gradient.offset() + row * width + first;
            int oo = dx.offset() + row * width + first;
            for (int c = 0; c < n; c++) {
                out[oo + c] = factor[c] * (g[go + c] - meanG[c] - (x[xo + c] - s.mean[first + c]) * slope[c]);
            }
        }
    }
}
