package org.lanewise.henaw.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;

class LabelConditionalIntervalsTest {
    /** A guess that shrinks towards 50, as every clock's does. */
    private static double[][] people(int n, long seed) {
        Rng rng = Rng.of(seed);
        double[][] out = new double[3][n];
        for (int i = 0; i < n; i++) {
            double age = 20 + Math.floor(60 * rng.nextDouble());
            double sex = rng.nextDouble() < .5 ? 0 : 1;
            out[0][i] = 50 + .4 * (age - 50) + 3 * sex + 7 * rng.nextGaussian();
            out[1][i] = age;
            out[2][i] = sex;
        }
        return out;
    }

    @Test
    void coverageHoldsInEveryDecadeAndSex() {
        double[][] fitted = people(8_000, 1);
        LabelConditionalIntervals intervals = LabelConditionalIntervals.fit(fitted[0], fitted[1], fitted[2], .9);
        double[][] fresh = people(20_000, 2);
        double[][] held = new double[2][6];
        double[][] all = new double[2][6];
        for (int i = 0; i < 20_000; i++) {
            LabelConditionalIntervals.Years y = intervals.of(fresh[0][i], fresh[2][i]);
            int decade = (int) (fresh[1][i] - 20) / 10;
            int sex = (int) fresh[2][i];
            all[sex][decade]++;
            held[sex][decade] += y.lower() <= fresh[1][i] && fresh[1][i] <= y.upper() ? 1 : 0;
        }
        for (int sex = 0; sex < 2; sex++)
            for (int decade = 0; decade < 6; decade++)
                assertThat(held[sex][decade] / all[sex][decade]).as("sex %d decade %d", sex, decade).isBetween(.86,
                        .94);
    }

    @Test
    void intervalsAreNeverEmptyAndWidenForUnknownSex() {
        double[][] fitted = people(3_000, 3);
        LabelConditionalIntervals intervals = LabelConditionalIntervals.fit(fitted[0], fitted[1], fitted[2], .9);
        for (double guess : new double[] {-200, 20, 50, 80, 300}) {
            LabelConditionalIntervals.Years f = intervals.of(guess, 0);
            LabelConditionalIntervals.Years any = intervals.of(guess, Double.NaN);
            assertThat(f.lower()).isLessThanOrEqualTo(f.upper());
            assertThat(any.lower()).isLessThanOrEqualTo(f.lower());
            assertThat(any.upper()).isGreaterThanOrEqualTo(f.upper());
            assertThat(intervals.stored().open().of(guess, 0)).isEqualTo(f);
        }
        assertThat(intervals.of(Double.NaN, 0).lower()).isNaN();
    }
}
