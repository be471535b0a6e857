package org.lanewise.autograd;

import org.lanewise.engine.RowNormalisation;
import org.lanewise.engine.Scratch;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Normalisation of rows: {@code y = (x - m) r gamma + beta}, over the trailing dimensions that {@code gamma} has.
 *
 * <p>Layer normalisation (Ba, Kiros, Hinton 2016): m is the row's mean, {@code r = 1 / sqrt(variance + eps)}. Root mean
 * square normalisation (Zhang, Sennrich 2019): m = 0, {@code r = 1 / sqrt(mean of squares + eps)}. With
 * {@code h = (x - m) r} and {@code u = g gamma} both give
 *
 * <pre>dx = r (u - [mean u] - h mean(u h)),  dgamma = sum over rows of g h,  dbeta = sum over rows of g</pre>
 *
 * where [mean u] belongs to layer normalisation alone. Saved: x, and m and r of each row.
 */
final class RowNorm {
    /** Rows whose parameter gradients are summed by one task; a constant, so that sums do not depend on threads. */
    private static final int MIN_BLOCK = 32;
    /** Elements that one thread normalises in the time it takes to wake another, about 15 us. */
    private static final int ALONE = 1 << 16;

    private RowNorm() {}

    private record Saved(Tensor x, Tensor gamma, float[] mean, float[] scale, boolean centred) {
    }

    private static final Rule<Saved> LAYER_NORM = Rule.of("layerNorm", RowNorm::backward);
    private static final Rule<Saved> RMS_NORM = Rule.of("rmsNorm", RowNorm::backward);

    static Variable layerNorm(Variable x, Variable gamma, Variable beta, float eps) {
        return forward("layerNorm", LAYER_NORM, x, gamma, beta, eps, true);
    }

    static Variable rmsNorm(Variable x, Variable gamma, float eps) {
        return forward("rmsNorm", RMS_NORM, x, gamma, null, eps, false);
    }

    private static Variable forward(String op, Rule<Saved> rule, Variable input, Variable gammaVar, Variable betaVar,
            float eps, boolean centred) {
        check(op, input, gammaVar);
        if (betaVar != null) check(op, input, betaVar);
        Tensor x = input.value().contiguous();
        Tensor gamma = gammaVar.value().contiguous();
        Tensor beta = betaVar == null ? Tensor.zeros(gamma.shape()) : betaVar.value().contiguous();
        int n = gamma.numel();
        int rows = n == 0 ? 0 : x.numel() / n;
        Tensor y = Tensor.zeros(x.shape());
        float[] mean = new float[rows];
        float[] scale = new float[rows];
        var norm = new RowNormalisation(gamma.data(), gamma.offset(), beta.data(), beta.offset(), n, eps, centred);
        int block = (long) rows * n <= ALONE ? rows : Spread.rowsPerTask(n);
        Spread.blocks(rows, block, (first, count) -> norm.apply(x.data(), x.offset() + first * n, y.data(),
                y.offset() + first * n, count, mean, scale, first));
        Saved saved = new Saved(x, gamma, mean, scale, centred);
        return input.tape().record(rule, y, saved, input, gammaVar, betaVar);
    }

    private static void check(String op, Variable x, Variable parameter) {
        int lead = x.rank() - parameter.rank();
        boolean fits = lead >= 0;
        for (int d = 0; fits && d < parameter.rank(); d++) fits = x.size(lead + d) == parameter.size(d);
        if (!fits) {
            throw ShapeException.of(op, x.shape(), parameter.shape(), "do not end alike");
        }
    }

    private static void backward(Saved s, Tensor gradient, InputGradients in) {
        int n = s.gamma.numel();
        int rows = s.mean.length;
        Tensor g = in.dense(gradient);
        Tensor dx = in.wants(0) ? in.output(g) : null;
        boolean wantsGamma = in.wants(1);
        boolean wantsBeta = s.centred && in.wants(2);
        int block = Math.max(Spread.rowsPerTask(n), Math.max(MIN_BLOCK, (rows + 63) / 64));
        int blocks = rows == 0 ? 0 : (rows - 1) / block + 1;
        float[] gammaSums = new float[blocks * n];
        float[] betaSums = new float[blocks * n];
        Spread.blocks(rows, block, (first, count) -> {
            int sums = first / block * n;
            for (int row = first; row < first + count; row++) {
                backwardRow(s, g, dx, row, gammaSums, betaSums, sums);
            }
        });
        if (dx != null) in.give(0, dx);
        if (wantsGamma) addBlocks(gammaSums, n, in.accumulator(1));
        if (wantsBeta) addBlocks(betaSums, n, in.accumulator(2));
    }

    private static void backwardRow(Saved s, Tensor gradient, Tensor dx, int row, float[] gammaSums, float[] betaSums,
            int sums) {
        Kernels kernels = KernelProvider.get();
        int n = s.gamma.numel();
        float[] h = Scratch.floats(Scratch.USER_0, 2 * n);
        float[] u = dx == null ? h : dx.data();
        int uo = dx == null ? n : dx.offset() + row * n;
        kernels.normaliseGradTerms(s.x.data(), s.x.offset() + row * n, s.mean[row], s.scale[row], gradient.data(),
                gradient.offset() + row * n, s.gamma.data(), s.gamma.offset(), h, 0, u, uo, gammaSums, sums, betaSums,
                sums, n);
        if (dx == null) return;
        float meanU = s.centred ? kernels.sum(u, uo, n) / n : 0f;
        float meanUh = kernels.dot(u, uo, h, 0, n) / n;
        kernels.normaliseGrad(h, 0, meanU, meanUh, s.scale[row], u, uo, n);
    }

    private static void addBlocks(float[] sums, int n, Tensor to) {
        Kernels kernels = KernelProvider.get();
        for (int at = 0; at < sums.length; at += n) {
            kernels.add(sums, at, to.data(), to.offset(), to.data(), to.offset(), n);
        }
    }
}
