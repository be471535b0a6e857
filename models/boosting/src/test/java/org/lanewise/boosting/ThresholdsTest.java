package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;

/** The answers to tests are those of comparing each value with each threshold. */
class ThresholdsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static List<double[]> thresholds() {
        Rng rng = Rng.of(1);
        List<double[]> all = new ArrayList<>();
        for (int count : new int[] {1, 2, 3, 7, 8, 255, 256, 5000}) {
            double[] even = new double[count];
            double[] skewed = new double[count];
            for (int i = 0; i < count; i++) {
                even[i] = rng.nextGaussian();
                skewed[i] = Math.exp(30 * rng.nextGaussian());
            }
            all.add(even);
            all.add(skewed);
        }
        all.add(new double[] {-INFINITY});
        all.add(new double[] {-INFINITY, -1, 0, 1, INFINITY});
        all.add(new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE});
        all.add(new double[] {0, Double.MIN_VALUE, 1e-300});
        all.add(new double[] {1, Math.nextUp(1.0), Math.nextDown(1.0), 1e18});
        return all;
    }

    @Test
    void everyTestIsAnswered() {
        Rng rng = Rng.of(2);
        for (double[] bounds : thresholds()) {
            TreeSet<Long> keys = new TreeSet<>();
            for (double b : bounds) keys.add(SortableBits.of(b));
            Thresholds t = new Thresholds(new Reading(0, RegressionTree.Missing.NAN, false), keys);
            double[] x = {Double.NaN, 0.0, -0.0, INFINITY, -INFINITY, Double.MAX_VALUE, -Double.MAX_VALUE,
                    Double.MIN_VALUE, 1e-300};
            int special = x.length;
            x = Arrays.copyOf(x, 61);
            for (int i = special; i < x.length; i++) {
                double near = bounds[rng.nextInt(bounds.length)];
                x[i] = switch (i % 4) {
                    case 0 -> near;
                    case 1 -> Math.nextUp(near);
                    case 2 -> Math.nextDown(near);
                    default -> rng.nextGaussian();
                };
            }
            long[] answers = new long[2 * t.count() + 5];
            Arrays.fill(answers, -1);
            t.answer(x, x.length, answers, 3);
            for (double b : bounds) {
                int at = 3 + t.indexOf(SortableBits.of(b));
                long expected = 0;
                for (int i = 0; i < x.length; i++) expected |= x[i] <= b ? 1L << i : 0;
                assertThat(answers[at]).isEqualTo(expected);
                assertThat(answers[at + t.count() + 1]).isEqualTo(expected | 1);
            }
        }
    }

    @Test
    void aBoundBelowAllLetsNothingPass() {
        Thresholds t = new Thresholds(new Reading(0, RegressionTree.Missing.NAN, true),
                new TreeSet<>(List.of(SortableBits.BELOW_ALL, SortableBits.of(1))));
        long[] answers = new long[6];
        t.answer(new double[] {-INFINITY, 1, 2, Double.NaN}, 4, answers, 0);
        assertThat(answers[0]).isZero();
        assertThat(answers[1]).isEqualTo(0b0011);
        assertThat(answers[3]).isEqualTo(0b1000);
        assertThat(answers[4]).isEqualTo(0b1011);
    }

    @Test
    void planesAreTheNumbersOfTheSetsThatRowsAreIn() {
        Rng rng = Rng.of(3);
        for (int count : new int[] {1, 2, 3, 5, 63, 64, 65, 256}) {
            long[] sets = new long[256];
            Arrays.fill(sets, -1); // beyond the count, what other trees left
            Arrays.fill(sets, 0, count, 0);
            int[] number = new int[64];
            for (int i = 0; i < 64; i++) {
                number[i] = i == 0 ? count - 1 : rng.nextInt(count);
                sets[number[i]] |= 1L << i;
            }
            long[] planes = new long[8];
            Arrays.fill(planes, -1);
            BitPlanes.ofSets(sets, count, planes);
            long[] words = new long[8];
            BitPlanes.transpose(planes, words);
            for (int i = 0; i < 64; i++) assertThat(BitPlanes.number(words, i)).isEqualTo(number[i]);
        }
    }
}
