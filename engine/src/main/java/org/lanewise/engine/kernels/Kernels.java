package org.lanewise.engine.kernels;

/**
 * The numerical inner loops, over contiguous float32 ranges.
 *
 * <p>A range is an array, an offset and the common length {@code n}; {@code out} may be the same range as an input, never
 * a partly overlapping one. Arguments are checked by the caller (the tensor operations), not here.
 *
 * <p>Every implementation gives the same bits for the same input: element-wise kernels because each element is one fixed
 * sequence of IEEE operations, reductions because they add in one fixed order, whatever the lane width.
 */
public interface Kernels {

    /** A short name for reports, such as {@code "vector-512"} or {@code "scalar"}. */
    String name();

    /** The width of a vector register as used, in bits; 32 for the scalar kernels. */
    int bits();

    /** The inner loops of matrix products. */
    GemmKernels gemm();

    /** The inner loops of small networks on columns of independent lanes. */
    ColumnKernels columns();

    /** Inner loops in double precision, for statistics. */
    DoubleKernels doubles();

    /** Inner loops in double precision over many small problems, a problem to a lane. */
    LaneKernels lanes();

    // --- element-wise, two operands: out[i] = a[i] op b[i]

    void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    void sub(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    void mul(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    void div(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    void min(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    void max(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    // --- element-wise with a scalar: out[i] = a[i] op s

    void addScalar(float[] a, int ao, float s, float[] out, int oo, int n);

    void mulScalar(float[] a, int ao, float s, float[] out, int oo, int n);

    /** {@code out[i] = s / a[i]}. */
    void scalarDiv(float s, float[] a, int ao, float[] out, int oo, int n);

    void minScalar(float[] a, int ao, float s, float[] out, int oo, int n);

    void maxScalar(float[] a, int ao, float s, float[] out, int oo, int n);

    /** {@code y[i] = fma(alpha, x[i], y[i])}; {@code y} is modified. */
    void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n);

    /** {@code out[i] = fma(a[i], b[i], c[i])}. */
    void fma(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n);

    // --- element-wise functions

    void exp(float[] a, int ao, float[] out, int oo, int n);

    void expm1(float[] a, int ao, float[] out, int oo, int n);

    void log(float[] a, int ao, float[] out, int oo, int n);

    void log1p(float[] a, int ao, float[] out, int oo, int n);

    void tanh(float[] a, int ao, float[] out, int oo, int n);

    void sigmoid(float[] a, int ao, float[] out, int oo, int n);

    void erf(float[] a, int ao, float[] out, int oo, int n);

    /** {@code log(1 + exp(a))}, without overflow. */
    void softplus(float[] a, int ao, float[] out, int oo, int n);

    /** {@code a / 2 * (1 + erf(a / sqrt 2))}. */
    void gelu(float[] a, int ao, float[] out, int oo, int n);

    /** {@code a * sigmoid(a)}. */
    void silu(float[] a, int ao, float[] out, int oo, int n);

    void relu(float[] a, int ao, float[] out, int oo, int n);

    void sqrt(float[] a, int ao, float[] out, int oo, int n);

    void abs(float[] a, int ao, float[] out, int oo, int n);

    void neg(float[] a, int ao, float[] out, int oo, int n);

    // --- derivatives: out[i] = g[i] * f'(.)

    /** From the result: {@code g * (1 - y * y)}. */
    void tanhGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n);

    /** From the result: {@code g * y * (1 - y)}. */
    void sigmoidGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n);

    /** From the input: {@code g * (Phi(x) + x * phi(x))}. */
    void geluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n);

    /** From the input: {@code g * s * (1 + x * (1 - s))}, {@code s = sigmoid(x)}. */
    void siluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n);

    /** From the input: {@code x > 0 ? g : 0}. */
    void reluGrad(float[] x, int xo, float[] g, int go, float[] out, int oo, int n);

    // --- reductions, in one fixed order

    float sum(float[] a, int ao, int n);

    float dot(float[] a, int ao, float[] b, int bo, int n);

    float sumSquares(float[] a, int ao, int n);

    /** {@code sum (a[i] - c)^2}. */
    float sumSquaredDeviations(float[] a, int ao, float c, int n);

    /** The largest element, NaN if any is NaN, -Infinity for n = 0. */
    float max(float[] a, int ao, int n);

    /** The smallest element, NaN if any is NaN, +Infinity for n = 0. */
    float min(float[] a, int ao, int n);

    // --- rows

    /** {@code out = exp(a - max a) / sum}; a row of only -Infinity gives zeros. */
    void softmax(float[] a, int ao, float[] out, int oo, int n);

    /** {@code sum exp(a[i] - shift)}, in the order of {@link #sum}. */
    float sumExp(float[] a, int ao, float shift, int n);

    /** {@code out = a - max a - log(sum exp(a - max a))}. */
    void logSoftmax(float[] a, int ao, float[] out, int oo, int n);

    /** {@code out = y * (g - sum(g * y))}, the derivative of softmax from its result. */
    void softmaxGrad(float[] y, int yo, float[] g, int go, float[] out, int oo, int n);

    /** {@code out = (x - mean) * rstd * gamma + beta}. */
    void normalise(float[] x, int xo, float mean, float rstd, float[] gamma, int gao, float[] beta, int beo,
            float[] out,
            int oo, int n);

    /**
     * The terms of a row of the backward pass of {@link #normalise}: {@code h = (x - mean) * rstd}, {@code u = g * gamma},
     * {@code gammaSums += g * h} and {@code betaSums += g}. The last four are modified.
     */
    void normaliseGradTerms(float[] x, int xo, float mean, float rstd, float[] g, int go, float[] gamma, int gao,
            float[] h, int ho, float[] u, int uo, float[] gammaSums, int gso, float[] betaSums, int bso, int n);

    /** Its result from them: {@code u = (u - meanUh * h - meanU) * rstd}; {@code u} is modified. */
    void normaliseGrad(float[] h, int ho, float meanU, float meanUh, float rstd, float[] u, int uo, int n);

    // --- optimiser steps; p and the state arrays are modified

    /** {@code v = mu * v + g + wd * p; p -= lr * (nesterov ? g + wd * p + mu * v : v)}. */
    void sgdStep(float[] p, float[] g, float[] v, int from, int n, float lr, float mu, float wd, boolean nesterov);

    /**
     * AdamW with decoupled decay: {@code p *= 1 - lr * wd; m, v = moments of g;
     * p -= stepSize * m / (sqrt(v) * rsqrtBias2 + eps)}, with {@code stepSize = lr / (1 - beta1^t)} and
     * {@code rsqrtBias2 = 1 / sqrt(1 - beta2^t)}. With {@code coupled} the decay is added to the gradient instead (Adam).
     */
    void adamStep(float[] p, float[] g, float[] m, float[] v, int from, int n, float lr, float stepSize, float beta1,
            float beta2, float rsqrtBias2, float eps, float wd, boolean coupled);
}
