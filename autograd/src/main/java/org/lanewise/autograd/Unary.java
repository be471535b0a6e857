package org.lanewise.autograd;

import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Functions of each element. A rule saves the result where the derivative can be had from it (the operation that
 * uses the result usually keeps it anyway), else the argument.
 */
final class Unary {

    private Unary() {}

    /** {@code out = g * f'}, from the saved argument or result; {@code out} may be {@code g}. */
    @FunctionalInterface
    private interface Slope {
        void apply(Kernels kernels, float[] s, int so, float[] g, int go, float[] out, int oo, int n);
    }

    /** {@code g * f'} of one element. */
    @FunctionalInterface
    private interface Pointwise {
        float apply(float s, float g);
    }

    private record Power(Tensor x, float exponent) {
    }

    private record Limits(Tensor x, float lo, float hi) {
    }

    private static final float TWO_OVER_SQRT_PI = 1.1283791670955126f;

    private static final Rule<Tensor> EXP = rule("exp", Kernels::mul);
    private static final Rule<Tensor> EXPM1 = pointwise("expm1", (y, g) -> g * (y + 1f));
    private static final Rule<Tensor> LOG = Rule.of("log", (x, g, in) -> in.give(0, g.div(x)));
    private static final Rule<Tensor> LOG1P = pointwise("log1p", (x, g) -> g / (1f + x));
    private static final Rule<Tensor> TANH = rule("tanh", Kernels::tanhGrad);
    private static final Rule<Tensor> SIGMOID = rule("sigmoid", Kernels::sigmoidGrad);
    private static final Rule<Tensor> GELU = rule("gelu", Kernels::geluGrad);
    private static final Rule<Tensor> SILU = rule("silu", Kernels::siluGrad);
    private static final Rule<Tensor> RELU = rule("relu", Kernels::reluGrad);
    private static final Rule<Tensor> SQRT = pointwise("sqrt", (y, g) -> 0.5f * g / y);
    private static final Rule<Tensor> RSQRT = pointwise("rsqrt", (y, g) -> -0.5f * g * y * y * y);
    private static final Rule<Tensor> ABS = pointwise("abs", (x, g) -> x > 0 ? g : x < 0 ? -g : 0f * x);
    private static final Rule<Tensor> SQUARE = Rule.of("square", (x, g, in) -> in.give(0, g.mul(x).mul_(2f)));
    private static final Rule<Tensor> RECIPROCAL = pointwise("reciprocal", (y, g) -> -g * y * y);

    private static final Rule<Tensor> ERF = Rule.of("erf",
            (x, g, in) -> in.give(0, x.square().mul_(-1f).exp().mul_(TWO_OVER_SQRT_PI).mul(g)));

    private static final Rule<Tensor> SOFTPLUS = Rule.of("softplus", (x, g, in) -> in.give(0, x.sigmoid().mul(g)));

    private static final Rule<Power> POW = Rule.of("pow", (s, g, in) -> in.give(0,
            s.exponent == 0 ? Tensor.zeros(g.shape()) : s.x.pow(s.exponent - 1f).mul_(s.exponent).mul(g)));

    private static final Rule<Limits> CLAMP = Rule.of("clamp", (s, g, in) -> {
        Tensor inside = s.x.ge(s.lo).mul(s.x.le(s.hi));
        in.give(0, g.mul(inside));
    });

    private static Rule<Tensor> rule(String name, Slope slope) {
        return Rule.of(name, (saved, g, in) -> in.give(0, apply(slope, saved, g, in)));
    }

    private static Rule<Tensor> pointwise(String name, Pointwise slope) {
        return rule(name, (_, s, so, g, go, out, oo, n) -> {
            for (int i = 0; i < n; i++) out[oo + i] = slope.apply(s[so + i], g[go + i]);
        });
    }

    private static Tensor apply(Slope slope, Tensor saved, Tensor gradient, InputGradients in) {
        Tensor s = saved.contiguous();
        Tensor g = in.dense(gradient);
        Tensor out = in.output(g);
        Kernels kernels = KernelProvider.get();
        Spread.elements(g.numel(), (from, n) -> slope.apply(kernels, s.data(), s.offset() + from, g.data(),
                g.offset() + from, out.data(), out.offset() + from, n));
        return out;
    }

    static Variable exp(Variable x) {
        return fromResult(EXP, x, x.value().exp());
    }

    static Variable expm1(Variable x) {
        return fromResult(EXPM1, x, x.value().expm1());
    }

    static Variable log(Variable x) {
        return fromArgument(LOG, x, x.value().log());
    }

    static Variable log1p(Variable x) {
        return fromArgument(LOG1P, x, x.value().log1p());
    }

    static Variable tanh(Variable x) {
        return fromResult(TANH, x, x.value().tanh());
    }

    static Variable sigmoid(Variable x) {
        return fromResult(SIGMOID, x, x.value().sigmoid());
    }

    static Variable erf(Variable x) {
        return fromArgument(ERF, x, x.value().erf());
    }

    static Variable softplus(Variable x) {
        return fromArgument(SOFTPLUS, x, x.value().softplus());
    }

    static Variable gelu(Variable x) {
        return fromArgument(GELU, x, x.value().gelu());
    }

    static Variable silu(Variable x) {
        return fromArgument(SILU, x, x.value().silu());
    }

    /** The result is positive exactly where the argument is. */
    static Variable relu(Variable x) {
        return fromResult(RELU, x, x.value().relu());
    }

    static Variable sqrt(Variable x) {
        return fromResult(SQRT, x, x.value().sqrt());
    }

    static Variable rsqrt(Variable x) {
        return fromResult(RSQRT, x, x.value().rsqrt());
    }

    static Variable abs(Variable x) {
        return fromArgument(ABS, x, x.value().abs());
    }

    static Variable square(Variable x) {
        return fromArgument(SQUARE, x, x.value().square());
    }

    static Variable reciprocal(Variable x) {
        return fromResult(RECIPROCAL, x, x.value().reciprocal());
    }

    static Variable pow(Variable x, float exponent) {
        return x.tape().record(POW, x.value().pow(exponent), new Power(x.value(), exponent), x);
    }

    static Variable clamp(Variable x, float lo, float hi) {
        return x.tape().record(CLAMP, x.value().clamp(lo, hi), new Limits(x.value(), lo, hi), x);
    }

    private static Variable fromResult(Rule<Tensor> rule, Variable x, Tensor y) {
        return x.tape().record(rule, y, y, x);
    }

    private static Variable fromArgument(Rule<Tensor> rule, Variable x, Tensor y) {
        return x.tape().record(rule, y, x.value(), x);
    }
}
