package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import java.util.Arrays;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

import org.lanewise.engine.Scratch;
import org.lanewise.engine.kernels.ColumnKernels;
import org.lanewise.engine.kernels.DoubleKernels;
import org.lanewise.engine.kernels.FloatMath;
import org.lanewise.engine.kernels.GemmKernels;
import org.lanewise.engine.kernels.Kernels;
import org.lanewise.engine.kernels.LaneKernels;
import org.lanewise.engine.kernels.Reduction;
import org.lanewise.engine.kernels.ScalarKernels;

/**
 * The kernels on vectors of {@link Width#F}: a loop over whole vectors, then the scalar kernel for the rest.
 *
 * <p>The same IEEE operations per element as {@link ScalarKernels}, so the same bits. No masks and no gathers: they cost more
 * than the few scalar elements at the end.
 */
public final class VectorKernels implements Kernels {
    private static final ScalarKernels TAIL = ScalarKernels.INSTANCE;
    private static final GemmKernels GEMM = new VectorGemm();
    private static final ColumnKernels COLUMNS = new VectorColumns();
    private static final DoubleKernels DOUBLES = new VectorDoubles();
    private static final LaneKernels LANE_PROBLEMS = new VectorLanes();

    /** Called by name once the platform has been found fit. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector-" + F.vectorBitSize();
    }

    @Override
    public int bits() {
        return F.vectorBitSize();
    }

    @Override
    public DoubleKernels doubles() {
        return DOUBLES;
    }

    @Override
    public LaneKernels lanes() {
        return LANE_PROBLEMS;
    }

    @Override
    public GemmKernels gemm() {
        return GEMM;
    }

    @Override
    public ColumnKernels columns() {
        return COLUMNS;
    }

    @Override
    public void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.add(y).intoArray(out, oo + i);
        }
        TAIL.add(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void sub(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.sub(y).intoArray(out, oo + i);
        }
        TAIL.sub(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void mul(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.mul(y).intoArray(out, oo + i);
        }
        TAIL.mul(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void div(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.div(y).intoArray(out, oo + i);
        }
        TAIL.div(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void min(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.min(y).intoArray(out, oo + i);
        }
        TAIL.min(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void max(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.max(y).intoArray(out, oo + i);
        }
        TAIL.max(a, ao + end, b, bo + end, out, oo + end, n - end);
    }

    @Override
    public void addScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            x.add(s).intoArray(out, oo + i);
        }
        TAIL.addScalar(a, ao + end, s, out, oo + end, n - end);
    }

    @Override
    public void mulScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            x.mul(s).intoArray(out, oo + i);
        }
        TAIL.mulScalar(a, ao + end, s, out, oo + end, n - end);
    }

    @Override
    public void minScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            x.min(s).intoArray(out, oo + i);
        }
        TAIL.minScalar(a, ao + end, s, out, oo + end, n - end);
    }

    @Override
    public void maxScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            x.max(s).intoArray(out, oo + i);
        }
        TAIL.maxScalar(a, ao + end, s, out, oo + end, n - end);
    }

    @Override
    public void scalarDiv(float s, float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        FloatVector numerator = FloatVector.broadcast(F, s);
        for (int i = 0; i < end; i += LANES) {
            numerator.div(FloatVector.fromArray(F, a, ao + i)).intoArray(out, oo + i);
        }
        TAIL.scalarDiv(s, a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
        int end = F.loopBound(n);
        FloatVector factor = FloatVector.broadcast(F, alpha);
        for (int i = 0; i < end; i += LANES) {
            FloatVector sum = FloatVector.fromArray(F, y, yo + i);
            FloatVector.fromArray(F, x, xo + i).fma(factor, sum).intoArray(y, yo + i);
        }
        TAIL.axpy(alpha, x, xo + end, y, yo + end, n - end);
    }

    @Override
    public void fma(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector y = FloatVector.fromArray(F, b, bo + i);
            x.fma(y, FloatVector.fromArray(F, c, co + i)).intoArray(out, oo + i);
        }
        TAIL.fma(a, ao + end, b, bo + end, c, co + end, out, oo + end, n - end);
    }

    @Override
    public void exp(float[] a, int ao, float[] out, int oo, int n) {
        VectorExp.shifted(a, ao, 0f, out, oo, n);
    }

    @Override
    public void expm1(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorExp.expm1(a, ao, out, oo, end);
        TAIL.expm1(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void log(float[] a, int ao, float[] out, int oo, int n) {
        VectorLog.log(a, ao, out, oo, n);
    }

    @Override
    public void log1p(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorLog.log1p(a, ao, out, oo, end);
        TAIL.log1p(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void tanh(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorGates.tanh(a, ao, out, oo, end);
        TAIL.tanh(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void sigmoid(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorGates.sigmoid(a, ao, out, oo, end);
        TAIL.sigmoid(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void erf(float[] a, int ao, float[] out, int oo, int n) {
        VectorErf.erf(a, ao, out, oo, n);
    }

    @Override
    public void softplus(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorGates.softplus(a, ao, out, oo, end);
        TAIL.softplus(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void gelu(float[] a, int ao, float[] out, int oo, int n) {
        VectorErf.gelu(a, ao, out, oo, n);
    }

    @Override
    public void silu(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorGates.silu(a, ao, out, oo, end);
        TAIL.silu(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void relu(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            x.blend(0f, x.compare(LT, 0f)).intoArray(out, oo + i);
        }
        TAIL.relu(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void sqrt(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, ao + i).lanewise(VectorOperators.SQRT).intoArray(out, oo + i);
        }
        TAIL.sqrt(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void abs(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, ao + i).abs().intoArray(out, oo + i);
        }
        TAIL.abs(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void neg(float[] a, int ao, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector.fromArray(F, a, ao + i).neg().intoArray(out, oo + i);
        }
        TAIL.neg(a, ao + end, out, oo + end, n - end);
    }

    @Override
    public void tanhGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < end; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, y, yo + i);
            FloatVector.fromArray(F, g, go + i).mul(u.neg().fma(u, one)).intoArray(out, oo + i);
        }
        TAIL.tanhGrad(y, yo + end, g, go + end, out, oo + end, n - end);
    }

    @Override
    public void sigmoidGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < end; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, y, yo + i);
            FloatVector.fromArray(F, g, go + i).mul(u.mul(one.sub(u))).intoArray(out, oo + i);
        }
        TAIL.sigmoidGrad(y, yo + end, g, go + end, out, oo + end, n - end);
    }

    @Override
    public void geluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        VectorErf.geluGrad(x, xo, g, go, out, oo, n);
    }

    @Override
    public void siluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        VectorGates.siluGrad(x, xo, g, go, out, oo, end);
        TAIL.siluGrad(x, xo + end, g, go + end, out, oo + end, n - end);
    }

    @Override
    public void reluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        int end = F.loopBound(n);
        FloatVector zero = FloatVector.zero(F);
        for (int i = 0; i < end; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, x, xo + i);
            zero.blend(FloatVector.fromArray(F, g, go + i), u.compare(VectorOperators.GT, 0f)).intoArray(out, oo + i);
        }
        TAIL.reluGrad(x, xo + end, g, go + end, out, oo + end, n - end);
    }

    @Override
    public float sum(float[] a, int ao, int n) {
        if (n < Reduction.LANES) return TAIL.sum(a, ao, n);
        float[] lanes = Reduction.partial();
        if (VectorReductions.folds(n)) return VectorReductions.sum(a, ao, n, lanes);
        int end = n & -Reduction.LANES;
        for (int from = 0; from < Reduction.LANES; from += VectorReductions.PASS)
            VectorReductions.sum(a, ao, end, lanes, from);
        for (int i = end; i < n; i++) lanes[i - end] += a[ao + i];
        return Reduction.tree(lanes);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        if (n < Reduction.LANES) return TAIL.dot(a, ao, b, bo, n);
        float[] lanes = Reduction.partial();
        if (VectorReductions.folds(n)) return VectorReductions.dot(a, ao, b, bo, n, lanes);
        int end = n & -Reduction.LANES;
        for (int from = 0; from < Reduction.LANES; from += VectorReductions.PASS)
            VectorReductions.dot(a, ao, b, bo, end, lanes, from);
        for (int i = end; i < n; i++) lanes[i - end] = Math.fma(a[ao + i], b[bo + i], lanes[i - end]);
        return Reduction.tree(lanes);
    }

    @Override
    public float sumSquares(float[] a, int ao, int n) {
        return dot(a, ao, a, ao, n);
    }

    @Override
    public float sumSquaredDeviations(float[] a, int ao, float c, int n) {
        if (n < Reduction.LANES) return TAIL.sumSquaredDeviations(a, ao, c, n);
        float[] lanes = Reduction.partial();
        if (VectorReductions.folds(n)) return VectorReductions.sumSquaredDeviations(a, ao, c, n, lanes);
        int end = n & -Reduction.LANES;
        for (int from = 0; from < Reduction.LANES; from += VectorReductions.PASS)
            VectorReductions.sumSquaredDeviations(a, ao, c, end, lanes, from);
        for (int i = end; i < n; i++) {
            float d = a[ao + i] - c;
            lanes[i - end] = Math.fma(d, d, lanes[i - end]);
        }
        return Reduction.tree(lanes);
    }

    @Override
    public float max(float[] a, int ao, int n) {
        int end = n - n % VectorReductions.PASS;
        if (end == 0) return TAIL.max(a, ao, n);
        float[] lanes = Reduction.partial();
        VectorReductions.max(a, ao, end, lanes);
        float largest = VectorReductions.FOLDS ? VectorReductions.max16(lanes) : TAIL.max(lanes, 0, LANES);
        return end == n ? largest : Math.max(largest, TAIL.max(a, ao + end, n - end));
    }

    @Override
    public float min(float[] a, int ao, int n) {
        int end = n - n % VectorReductions.PASS;
        if (end == 0) return TAIL.min(a, ao, n);
        float[] lanes = Reduction.partial();
        VectorReductions.min(a, ao, end, lanes);
        return Math.min(TAIL.min(lanes, 0, LANES), TAIL.min(a, ao + end, n - end));
    }

    @Override
    public void softmax(float[] a, int ao, float[] out, int oo, int n) {
        float largest = max(a, ao, n);
        if (largest == Float.NEGATIVE_INFINITY) {
            Arrays.fill(out, oo, oo + n, 0f);
            return;
        }
        VectorExp.shifted(a, ao, largest, out, oo, n);
        mulScalar(out, oo, 1f / sum(out, oo, n), out, oo, n);
    }

    @Override
    public float sumExp(float[] a, int ao, float shift, int n) {
        if (n < Reduction.SEQUENTIAL_BELOW) return TAIL.sumExp(a, ao, shift, n);
        if (n <= VectorExp.BLOCK) {
            float[] block = Scratch.floats(Scratch.KERNEL, VectorExp.PAIR + VectorExp.BLOCK);
            VectorExp.shifted(a, ao, shift, block, VectorExp.PAIR, n);
            return sum(block, VectorExp.PAIR, n);
        }
        float[] lanes = Reduction.partial();
        Arrays.fill(lanes, 0f);
        VectorExp.addTo(lanes, a, ao, shift, n);
        return Reduction.tree(lanes);
    }

    @Override
    public void logSoftmax(float[] a, int ao, float[] out, int oo, int n) {
        float largest = max(a, ao, n);
        float logSum = FloatMath.log(sumExp(a, ao, largest, n));
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES)
            FloatVector.fromArray(F, a, ao + i).sub(largest).sub(logSum).intoArray(out, oo + i);
        for (int i = end; i < n; i++) out[oo + i] = a[ao + i] - largest - logSum;
    }

    @Override
    public void softmaxGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        float inner = dot(y, yo, g, go, n);
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector d = FloatVector.fromArray(F, g, go + i).sub(inner);
            FloatVector.fromArray(F, y, yo + i).mul(d).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) out[oo + i] = y[yo + i] * (g[go + i] - inner);
    }

    @Override
    public void normalise(float[] x, int xo, float mean, float rstd, float[] gamma, int gao, float[] beta, int beo,
            float[] out, int oo, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector z = FloatVector.fromArray(F, x, xo + i).sub(mean).mul(rstd);
            FloatVector scale = FloatVector.fromArray(F, gamma, gao + i);
            z.fma(scale, FloatVector.fromArray(F, beta, beo + i)).intoArray(out, oo + i);
        }
        TAIL.normalise(x, xo + end, mean, rstd, gamma, gao + end, beta, beo + end, out, oo + end, n - end);
    }

    @Override
    public void normaliseGradTerms(float[] x, int xo, float mean, float rstd, float[] g, int go, float[] gamma, int gao,
            float[] h, int ho, float[] u, int uo, float[] gammaSums, int gso, float[] betaSums, int bso, int n) {
        int end = F.loopBound(n);
        for (int i = 0; i < end; i += LANES) {
            FloatVector gradient = FloatVector.fromArray(F, g, go + i);
            FloatVector z = FloatVector.fromArray(F, x, xo + i).sub(mean).mul(rstd);
            z.intoArray(h, ho + i);
            gradient.mul(FloatVector.fromArray(F, gamma, gao + i)).intoArray(u, uo + i);
            gradient.fma(z, FloatVector.fromArray(F, gammaSums, gso + i)).intoArray(gammaSums, gso + i);
            FloatVector.fromArray(F, betaSums, bso + i).add(gradient).intoArray(betaSums, bso + i);
        }
        TAIL.normaliseGradTerms(x, xo + end, mean, rstd, g, go + end, gamma, gao + end, h, ho + end, u, uo + end,
                gammaSums, gso + end, betaSums, bso + end, n - end);
    }

    @Override
    public void normaliseGrad(float[] h, int ho, float meanU, float meanUh, float rstd, float[] u, int uo, int n) {
        int end = F.loopBound(n);
        FloatVector slope = FloatVector.broadcast(F, -meanUh);
        for (int i = 0; i < end; i += LANES) {
            FloatVector d = FloatVector.fromArray(F, h, ho + i).fma(slope, FloatVector.fromArray(F, u, uo + i));
            d.sub(meanU).mul(rstd).intoArray(u, uo + i);
        }
        TAIL.normaliseGrad(h, ho + end, meanU, meanUh, rstd, u, uo + end, n - end);
    }

    @Override
    public void sgdStep(float[] p, float[] g, float[] v, int from, int n, float lr, float mu, float wd,
            boolean nesterov) {
        int end = F.loopBound(n);
        FloatVector momentum = FloatVector.broadcast(F, mu);
        FloatVector decay = FloatVector.broadcast(F, wd);
        FloatVector rate = FloatVector.broadcast(F, -lr);
        for (int i = from; i < from + end; i += LANES) {
            FloatVector w = FloatVector.fromArray(F, p, i);
            FloatVector d = decay.fma(w, FloatVector.fromArray(F, g, i));
            FloatVector u = momentum.fma(FloatVector.fromArray(F, v, i), d);
            u.intoArray(v, i);
            FloatVector step = nesterov ? momentum.fma(u, d) : u;
            rate.fma(step, w).intoArray(p, i);
        }
        TAIL.sgdStep(p, g, v, from + end, n - end, lr, mu, wd, nesterov);
    }

    @Override
    public void adamStep(float[] p, float[] g, float[] m, float[] v, int from, int n, float lr, float stepSize,
            float beta1, float beta2, float rsqrtBias2, float eps, float wd, boolean coupled) {
        int end = F.loopBound(n);
        float keep = coupled ? 1f : 1f - lr * wd;
        FloatVector decay = FloatVector.broadcast(F, coupled ? wd : 0f);
        FloatVector b1 = FloatVector.broadcast(F, beta1);
        FloatVector b2 = FloatVector.broadcast(F, beta2);
        FloatVector bias = FloatVector.broadcast(F, rsqrtBias2);
        FloatVector epsilon = FloatVector.broadcast(F, eps);
        FloatVector rate = FloatVector.broadcast(F, -stepSize);
        for (int i = from; i < from + end; i += LANES) {
            FloatVector w = FloatVector.fromArray(F, p, i);
            FloatVector d = decay.fma(w, FloatVector.fromArray(F, g, i));
            FloatVector first = b1.fma(FloatVector.fromArray(F, m, i), d.mul(1f - beta1));
            FloatVector second = b2.fma(FloatVector.fromArray(F, v, i), d.mul(d).mul(1f - beta2));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector denominator = second.lanewise(VectorOperators.SQRT).fma(bias, epsilon);
            rate.fma(first.div(denominator), w.mul(keep)).intoArray(p, i);
        }
        TAIL.adamStep(p, g, m, v, from + end, n - end, lr, stepSize, beta1, beta2, rsqrtBias2, eps, wd, coupled);
    }
}
