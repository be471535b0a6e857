package org.lanewise.engine.kernels;

import java.util.Arrays;

/** The readable reference: plain loops. Every other implementation must give the same bits. */
public final class ScalarKernels implements Kernels {
    /** The only instance; it has no state. */
    public static final ScalarKernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int bits() {
        return 32;
    }

    @Override
    public DoubleKernels doubles() {
        return ScalarDoubles.INSTANCE;
    }

    @Override
    public LaneKernels lanes() {
        return ScalarLanes.INSTANCE;
    }

    @Override
    public GemmKernels gemm() {
        return ScalarGemm.INSTANCE;
    }

    @Override
    public ColumnKernels columns() {
        return ScalarColumns.INSTANCE;
    }

    @Override
    public void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] + b[bo + i];
    }

    @Override
    public void sub(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] - b[bo + i];
    }

    @Override
    public void mul(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] * b[bo + i];
    }

    @Override
    public void div(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] / b[bo + i];
    }

    @Override
    public void min(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Math.min(a[ao + i], b[bo + i]);
    }

    @Override
    public void max(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Math.max(a[ao + i], b[bo + i]);
    }

    @Override
    public void addScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] + s;
    }

    @Override
    public void mulScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] * s;
    }

    @Override
    public void scalarDiv(float s, float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = s / a[ao + i];
    }

    @Override
    public void minScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Math.min(a[ao + i], s);
    }

    @Override
    public void maxScalar(float[] a, int ao, float s, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Math.max(a[ao + i], s);
    }

    @Override
    public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Fused.fma(alpha, x[xo + i], y[yo + i]);
    }

    @Override
    public void fma(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Fused.fma(a[ao + i], b[bo + i], c[co + i]);
    }

    @Override
    public void exp(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.exp(a[ao + i]);
    }

    @Override
    public void expm1(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.expm1(a[ao + i]);
    }

    @Override
    public void log(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.log(a[ao + i]);
    }

    @Override
    public void log1p(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.log1p(a[ao + i]);
    }

    @Override
    public void tanh(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.tanh(a[ao + i]);
    }

    @Override
    public void sigmoid(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.sigmoid(a[ao + i]);
    }

    @Override
    public void erf(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.erf(a[ao + i]);
    }

    @Override
    public void softplus(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.softplus(a[ao + i]);
    }

    @Override
    public void gelu(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.gelu(a[ao + i]);
    }

    @Override
    public void silu(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.silu(a[ao + i]);
    }

    @Override
    public void relu(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = FloatMath.relu(a[ao + i]);
    }

    @Override
    public void sqrt(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = (float) Math.sqrt(a[ao + i]);
    }

    @Override
    public void abs(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = Math.abs(a[ao + i]);
    }

    @Override
    public void neg(float[] a, int ao, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = -a[ao + i];
    }

    @Override
    public void tanhGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            float t = y[yo + i];
            out[oo + i] = g[go + i] * Fused.fma(-t, t, 1f);
        }
    }

    @Override
    public void sigmoidGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            float s = y[yo + i];
            out[oo + i] = g[go + i] * (s * (1f - s));
        }
    }

    @Override
    public void geluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = g[go + i] * FloatMath.geluSlope(x[xo + i]);
    }

    @Override
    public void siluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = g[go + i] * FloatMath.siluSlope(x[xo + i]);
    }

    @Override
    public void reluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) out[oo + i] = x[xo + i] > 0f ? g[go + i] : 0f;
    }

    @Override
    public float sum(float[] a, int ao, int n) {
        if (n < Reduction.SEQUENTIAL_BELOW) {
            float s = 0f;
            for (int i = 0; i < n; i++) s += a[ao + i];
            return s;
        }
        float[] lanes = Reduction.partial();
        Arrays.fill(lanes, 0f);
        for (int i = 0; i < n; i += Reduction.LANES) {
            int block = Math.min(Reduction.LANES, n - i);
            for (int j = 0; j < block; j++) lanes[j] += a[ao + i + j];
        }
        return Reduction.tree(lanes);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        if (n < Reduction.SEQUENTIAL_BELOW) {
            float s = 0f;
            for (int i = 0; i < n; i++) s = Fused.fma(a[ao + i], b[bo + i], s);
            return s;
        }
        float[] lanes = Reduction.partial();
        Arrays.fill(lanes, 0f);
        for (int i = 0; i < n; i += Reduction.LANES) {
            int block = Math.min(Reduction.LANES, n - i);
            for (int j = 0; j < block; j++) lanes[j] = Fused.fma(a[ao + i + j], b[bo + i + j], lanes[j]);
        }
        return Reduction.tree(lanes);
    }

    @Override
    public float sumSquares(float[] a, int ao, int n) {
        return dot(a, ao, a, ao, n);
    }

    @Override
    public float sumSquaredDeviations(float[] a, int ao, float c, int n) {
        if (n < Reduction.SEQUENTIAL_BELOW) {
            float s = 0f;
            for (int i = 0; i < n; i++) {
                float d = a[ao + i] - c;
                s = Fused.fma(d, d, s);
            }
            return s;
        }
        float[] lanes = Reduction.partial();
        Arrays.fill(lanes, 0f);
        for (int i = 0; i < n; i += Reduction.LANES) {
            int block = Math.min(Reduction.LANES, n - i);
            for (int j = 0; j < block; j++) {
                float d = a[ao + i + j] - c;
                lanes[j] = Fused.fma(d, d, lanes[j]);
            }
        }
        return Reduction.tree(lanes);
    }

    @Override
    public float max(float[] a, int ao, int n) {
        float m = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) m = Math.max(m, a[ao + i]);
        return m;
    }

    @Override
    public float min(float[] a, int ao, int n) {
        float m = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) m = Math.min(m, a[ao + i]);
        return m;
    }

    @Override
    public void softmax(float[] a, int ao, float[] out, int oo, int n) {
        float largest = max(a, ao, n);
        if (largest == Float.NEGATIVE_INFINITY) {
            Arrays.fill(out, oo, oo + n, 0f);
            return;
        }
        addScalar(a, ao, -largest, out, oo, n);
        exp(out, oo, out, oo, n);
        mulScalar(out, oo, 1f / sum(out, oo, n), out, oo, n);
    }

    @Override
    public float sumExp(float[] a, int ao, float shift, int n) {
        if (n < Reduction.SEQUENTIAL_BELOW) {
            float s = 0f;
            for (int i = 0; i < n; i++) s += FloatMath.exp(a[ao + i] - shift);
            return s;
        }
        float[] lanes = Reduction.partial();
        Arrays.fill(lanes, 0f);
        for (int i = 0; i < n; i += Reduction.LANES) {
            int block = Math.min(Reduction.LANES, n - i);
            for (int j = 0; j < block; j++) lanes[j] += FloatMath.exp(a[ao + i + j] - shift);
        }
        return Reduction.tree(lanes);
    }

    @Override
    public void logSoftmax(float[] a, int ao, float[] out, int oo, int n) {
        float largest = max(a, ao, n);
        float logSum = FloatMath.log(sumExp(a, ao, largest, n));
        for (int i = 0; i < n; i++) out[oo + i] = a[ao + i] - largest - logSum;
    }

    @Override
    public void softmaxGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n) {
        float inner = dot(y, yo, g, go, n);
        for (int i = 0; i < n; i++) out[oo + i] = y[yo + i] * (g[go + i] - inner);
    }

    @Override
    public void normalise(float[] x, int xo, float mean, float rstd, float[] gamma, int gao, float[] beta, int beo,
            float[] out, int oo, int n) {
        for (int i = 0; i < n; i++)
            out[oo + i] = Fused.fma((x[xo + i] - mean) * rstd, gamma[gao + i], beta[beo + i]);
    }

    @Override
    public void normaliseGradTerms(float[] x, int xo, float mean, float rstd, float[] g, int go, float[] gamma, int gao,
            float[] h, int ho, float[] u, int uo, float[] gammaSums, int gso, float[] betaSums, int bso, int n) {
        for (int i = 0; i < n; i++) {
            float gradient = g[go + i];
            float z = (x[xo + i] - mean) * rstd;
            h[ho + i] = z;
            u[uo + i] = gradient * gamma[gao + i];
            gammaSums[gso + i] = Fused.fma(gradient, z, gammaSums[gso + i]);
            betaSums[bso + i] += gradient;
        }
    }

    @Override
    public void normaliseGrad(float[] h, int ho, float meanU, float meanUh, float rstd, float[] u, int uo, int n) {
        for (int i = 0; i < n; i++) u[uo + i] = (Fused.fma(-meanUh, h[ho + i], u[uo + i]) - meanU) * rstd;
    }

    @Override
    public void sgdStep(float[] p, float[] g, float[] v, int from, int n, float lr, float mu, float wd,
            boolean nesterov) {
        for (int i = from; i < from + n; i++) {
            float d = Fused.fma(wd, p[i], g[i]);
            float u = Fused.fma(mu, v[i], d);
            v[i] = u;
            p[i] = Fused.fma(-lr, nesterov ? Fused.fma(mu, u, d) : u, p[i]);
        }
    }

    @Override
    public void adamStep(float[] p, float[] g, float[] m, float[] v, int from, int n, float lr, float stepSize,
            float beta1, float beta2, float rsqrtBias2, float eps, float wd, boolean coupled) {
        float keep = coupled ? 1f : 1f - lr * wd;
        float decay = coupled ? wd : 0f;
        float rest1 = 1f - beta1;
        float rest2 = 1f - beta2;
        for (int i = from; i < from + n; i++) {
            float d = Fused.fma(decay, p[i], g[i]);
            float first = Fused.fma(beta1, m[i], rest1 * d);
            float second = Fused.fma(beta2, v[i], rest2 * (d * d));
            m[i] = first;
            v[i] = second;
            float denominator = Fused.fma((float) Math.sqrt(second), rsqrtBias2, eps);
            p[i] = Fused.fma(-stepSize, first / denominator, p[i] * keep);
        }
    }
}
