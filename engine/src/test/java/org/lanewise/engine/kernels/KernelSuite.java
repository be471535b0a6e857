package org.lanewise.engine.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Every kernel as a function of one set of inputs, so that tests can run them all and compare bits. */
final class KernelSuite {
    static final int[] SIZES = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000};
    static final float[] SPECIALS = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f,
            Float.MIN_VALUE, -Float.MIN_VALUE, 3e-39f, -7e-40f, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE,
            88.72f, 88.73f, 88.8f, -87.4f, -103.9f, -104.1f, 1e-8f, -1e-8f, 0.6f, -0.6f, 0.95f, 0.949f, 9.1f, -17.5f};

    /** Inputs of one run; the kernels write to out, or to p, m and v in place. */
    static final class Data {
        final int n;
        final int ao;
        final int bo;
        final int oo;
        final float[] a;
        final float[] b;
        final float[] c;
        final float[] out;
        final float[] state;

        Data(int n, int ao, int bo, int oo, boolean specials, long seed) {
            this.n = n;
            this.ao = ao;
            this.bo = bo;
            this.oo = oo;
            SplittableRandom random = new SplittableRandom(seed);
            a = numbers(n + ao + 3, specials, random);
            b = numbers(n + bo + 3, specials, random);
            c = numbers(n + bo + 3, false, random);
            out = new float[n + oo + 3];
            java.util.Arrays.fill(out, 12345f);
            state = numbers(n + oo + 3, false, random);
            for (int i = 0; i < state.length; i++) state[i] = Math.abs(state[i]);
        }

        private static float[] numbers(int n, boolean specials, SplittableRandom random) {
            float[] x = new float[n];
            for (int i = 0; i < n; i++) {
                double scale = Math.scalb(1.0, random.nextInt(-6, 5));
                x[i] = (float) ((random.nextDouble() - 0.5) * scale);
                if (specials && random.nextInt(4) == 0) x[i] = SPECIALS[random.nextInt(SPECIALS.length)];
            }
            return x;
        }
    }

    /** One kernel: its name and how to run it; the bits to compare are in out and state. */
    record Case(String name, Run run) {}

    interface Run {
        void on(Kernels k, Data d);
    }

    private interface Unary {
        void on(Kernels k, float[] a, int ao, float[] out, int oo, int n);
    }

    private interface Binary {
        void on(Kernels k, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);
    }

    private interface WithScalar {
        void on(Kernels k, float[] a, int ao, float s, float[] out, int oo, int n);
    }

    private interface Reduce {
        float on(Kernels k, Data d);
    }

    static final List<Case> CASES = cases();

    private KernelSuite() {}

    private static List<Case> cases() {
        List<Case> list = new ArrayList<>();
        binary(list, "add", Kernels::add);
        binary(list, "sub", Kernels::sub);
        binary(list, "mul", Kernels::mul);
        binary(list, "div", Kernels::div);
        binary(list, "min", Kernels::min);
        binary(list, "max", Kernels::max);
        scalar(list, "addScalar", Kernels::addScalar);
        scalar(list, "mulScalar", Kernels::mulScalar);
        scalar(list, "minScalar", Kernels::minScalar);
        scalar(list, "maxScalar", Kernels::maxScalar);
        scalar(list, "scalarDiv", (k, a, ao, s, out, oo, n) -> k.scalarDiv(s, a, ao, out, oo, n));
        list.add(new Case("axpy", (k, d) -> k.axpy(-1.7f, d.a, d.ao, d.state, d.oo, d.n)));
        list.add(new Case("fma", (k, d) -> k.fma(d.a, d.ao, d.b, d.bo, d.c, d.bo, d.out, d.oo, d.n)));
        unary(list, "exp", Kernels::exp);
        unary(list, "expm1", Kernels::expm1);
        unary(list, "log", Kernels::log);
        unary(list, "log1p", Kernels::log1p);
        unary(list, "tanh", Kernels::tanh);
        unary(list, "sigmoid", Kernels::sigmoid);
        unary(list, "erf", Kernels::erf);
        unary(list, "softplus", Kernels::softplus);
        unary(list, "gelu", Kernels::gelu);
        unary(list, "silu", Kernels::silu);
        unary(list, "relu", Kernels::relu);
        unary(list, "sqrt", Kernels::sqrt);
        unary(list, "abs", Kernels::abs);
        unary(list, "neg", Kernels::neg);
        binary(list, "tanhGrad", Kernels::tanhGrad);
        binary(list, "sigmoidGrad", Kernels::sigmoidGrad);
        binary(list, "geluGrad", Kernels::geluGrad);
        binary(list, "siluGrad", Kernels::siluGrad);
        binary(list, "reluGrad", Kernels::reluGrad);
        reduce(list, "sum", (k, d) -> k.sum(d.a, d.ao, d.n));
        reduce(list, "dot", (k, d) -> k.dot(d.a, d.ao, d.b, d.bo, d.n));
        reduce(list, "sumSquares", (k, d) -> k.sumSquares(d.a, d.ao, d.n));
        reduce(list, "sumSquaredDeviations", (k, d) -> k.sumSquaredDeviations(d.a, d.ao, 0.3f, d.n));
        reduce(list, "maxOf", (k, d) -> k.max(d.a, d.ao, d.n));
        reduce(list, "minOf", (k, d) -> k.min(d.a, d.ao, d.n));
        reduce(list, "sumExp", (k, d) -> k.sumExp(d.a, d.ao, 0.7f, d.n));
        unary(list, "softmax", Kernels::softmax);
        unary(list, "logSoftmax", Kernels::logSoftmax);
        binary(list, "softmaxGrad", Kernels::softmaxGrad);
        list.add(new Case("normalise", (k, d) -> k.normalise(d.a, d.ao, 0.1f, 1.3f, d.b, d.bo, d.c, d.bo, d.out, d.oo,
                d.n)));
        list.add(new Case("normaliseGradTerms h, gammaSums", (k, d) -> k.normaliseGradTerms(d.a, d.ao, 0.1f, 1.3f, d.b,
                d.bo, d.c, d.bo, d.out, d.oo, tail(d.b, d), d.oo, d.state, d.oo, tail(d.c, d), d.oo, d.n)));
        list.add(new Case("normaliseGradTerms u, betaSums", (k, d) -> k.normaliseGradTerms(d.a, d.ao, 0.1f, 1.3f, d.b,
                d.bo, d.c, d.bo, tail(d.a, d), d.oo, d.out, d.oo, tail(d.c, d), d.oo, d.state, d.oo, d.n)));
        list.add(new Case("normaliseGrad",
                (k, d) -> k.normaliseGrad(d.a, d.ao, 0.2f, -0.4f, 1.3f, d.state, d.oo, d.n)));
        for (boolean flag : new boolean[] {false, true}) {
            list.add(new Case("sgdStep " + flag,
                    (k, d) -> k.sgdStep(d.out, tail(d.a, d), d.state, d.oo, d.n, 0.1f, 0.9f, 0.01f, flag)));
            list.add(new Case("adamStep " + flag, (k, d) -> k.adamStep(d.out, tail(d.a, d), tail(d.b, d), d.state, d.oo,
                    d.n, 1e-2f, 2e-2f, 0.9f, 0.999f, 1.5f, 1e-8f, 0.01f, flag)));
        }
        return list;
    }

    /** A copy long enough to be indexed like out. */
    private static float[] tail(float[] x, Data d) {
        return java.util.Arrays.copyOf(x, d.out.length);
    }

    private static void unary(List<Case> list, String name, Unary f) {
        list.add(new Case(name, (k, d) -> f.on(k, d.a, d.ao, d.out, d.oo, d.n)));
    }

    private static void binary(List<Case> list, String name, Binary f) {
        list.add(new Case(name, (k, d) -> f.on(k, d.a, d.ao, d.b, d.bo, d.out, d.oo, d.n)));
    }

    private static void scalar(List<Case> list, String name, WithScalar f) {
        list.add(new Case(name, (k, d) -> f.on(k, d.a, d.ao, -0.37f, d.out, d.oo, d.n)));
    }

    private static void reduce(List<Case> list, String name, Reduce f) {
        list.add(new Case(name, (k, d) -> d.out[0] = f.on(k, d)));
    }

    /** One number that changes with any bit any kernel writes; few sizes, because an interpreter runs it too. */
    static long hash(Kernels k) {
        long hash = 17;
        for (int n : new int[] {0, 1, 9, 17, 33, 64, 129, 200}) {
            for (int shift = 0; shift < 2; shift++) {
                for (Case c : CASES) {
                    Data d = new Data(n, 3 * shift, shift, 2 * shift, shift == 1, 1000L * n + shift);
                    c.run().on(k, d);
                    for (float x : d.out) hash = hash * 31 + Float.floatToIntBits(x);
                    for (float x : d.state) hash = hash * 31 + Float.floatToIntBits(x);
                }
            }
        }
        return hash;
    }

    /** Runs every kernel often enough for the optimising compiler. */
    static void warmUp(Kernels k) {
        for (Case c : CASES) {
            Data d = new Data(1000, 1, 2, 3, false, 5);
            for (int i = 0; i < 2000; i++) c.run().on(k, d);
        }
    }
}
