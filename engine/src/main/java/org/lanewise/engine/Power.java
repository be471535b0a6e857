package org.lanewise.engine;

/** Powers with one exponent for all elements. */
final class Power {

    private Power() {}

    static Tensor pow(Tensor a, float p) {
        if (p == 1f) return a.copy();
        if (p == 2f) return a.square();
        if (p == 0.5f) return a.sqrt();
        if (p == -1f) return a.reciprocal();
        if (p == 3f) return a.square().mul(a);
        // In double, then rounded. StrictMath and not Math: the intrinsic of Math.pow differs between JIT states.
        double exponent = p;
        return Elementwise.unary((_, x, xo, out, oo, n) -> {
            for (int i = 0; i < n; i++) out[oo + i] = (float) StrictMath.pow(x[xo + i], exponent);
        }, Parallel.COSTLY, a);
    }
}
