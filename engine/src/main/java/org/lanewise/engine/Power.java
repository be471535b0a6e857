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
        double exponent = p;
        return Elementwise.unary((_, x, xo, out, oo, n) -> {
            for (int i = 0; i < n; i++) out[oo + i] = (float) pow(x[xo + i], exponent);
        }, Parallel.COSTLY, a);
    }

    /** In double, to be rounded to float: the error of the product of exponent and logarithm is far below a float's ulp. */
    private static double pow(float x, double p) {
        if (x > 0f && x < Float.POSITIVE_INFINITY) {
            double y = p * DoubleMath.log(x);
            if (Math.abs(y) < 700) return DoubleMath.exp(y);
        }
        return StrictMath.pow(x, p); // zeros, negative numbers, NaN, infinities, overflow
    }
}
