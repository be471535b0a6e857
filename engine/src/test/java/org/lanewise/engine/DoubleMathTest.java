package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoubleMathTest {

    /** StrictMath is fdlibm itself. */
    @Test
    void withinAnUlpOfStrictMath() {
        Rng rng = Rng.of(1);
        for (int i = 0; i < 200_000; i++) {
            double x = Math.scalb(1 + rng.nextDouble(), rng.nextInt(2000) - 1000);
            check("log", x, DoubleMath.log(x), StrictMath.log(x));
            double y = 1 + (rng.nextDouble() - 0.5) * Math.scalb(1.0, -rng.nextInt(40));
            check("log", y, DoubleMath.log(y), StrictMath.log(y));
            double z = (rng.nextDouble() - 0.5) * Math.scalb(1399.0, -rng.nextInt(30));
            check("exp", z, DoubleMath.exp(z), StrictMath.exp(z));
        }
        assertThat(DoubleMath.log(1)).isZero();
        assertThat(DoubleMath.exp(0)).isEqualTo(1);
    }

    private static void check(String what, double x, double actual, double expected) {
        if (Math.abs(actual - expected) > 1.01 * Math.ulp(expected)) {
            throw new AssertionError(what + "(" + x + ") is " + actual + ", not " + expected);
        }
    }

    @Test
    void powersAreCorrectToAnUlp() {
        float[] x = Rng.of(2).uniform(Tensor.zeros(5000), 0f, 100f).data();
        for (float p : new float[] {0.3f, -0.7f, 2.5f, 7f, -3f, 17.3f, 0f}) {
            float[] y = Tensor.of(x).pow(p).data();
            for (int i = 0; i < x.length; i++) {
                double expected = StrictMath.pow(x[i], p);
                if (Math.abs(y[i] - (float) expected) > Math.ulp((float) expected)) {
                    throw new AssertionError(x[i] + " ^ " + p + " is " + y[i] + ", not " + expected);
                }
            }
        }
        float[] special = {0f, -0f, -2f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
                1e38f};
        for (float p : new float[] {0.3f, -0.7f, 5f, -3f, 0f, Float.NaN, Float.POSITIVE_INFINITY, 1e30f}) {
            float[] y = Tensor.of(special).pow(p).data();
            for (int i = 0; i < y.length; i++) {
                assertThat(Float.compare(y[i], (float) StrictMath.pow(special[i], p))).as(special[i] + " ^ " + p)
                        .isZero();
            }
        }
    }
}
