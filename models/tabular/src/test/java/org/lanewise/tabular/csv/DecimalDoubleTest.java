package org.lanewise.tabular.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** To the last bit what {@link Double#parseDouble} says. */
class DecimalDoubleTest {
    private static void same(long digits, int q) {
        double found = DecimalDouble.of(digits, q);
        assertThat(Double.doubleToRawLongBits(found)).as("%de%d", digits, q)
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(digits + "e" + q)));
    }

    @Test
    void randomNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 150_000; i++) {
            same(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63), random.nextInt(-80, 81));
        }
        NumberReader reader = new NumberReader();
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextInt(2) == 0
                    ? random.nextGaussian()
                    : Double.longBitsToDouble(random.nextLong() & ~(1L << 62) | 1L << 61);
            if (!Double.isFinite(value)) {
                continue;
            }
            char[] text = Double.toString(value).toCharArray();
            assertThat(reader.read(text, 0, text.length)).isEqualTo(NumberReader.Kind.REAL);
            assertThat(Double.doubleToRawLongBits(reader.value)).isEqualTo(Double.doubleToRawLongBits(value));
        }
    }

    /** Exactly half-way between two doubles, and one digit to either side. */
    @Test
    void halves() {
        SplittableRandom random = new SplittableRandom(2);
        int tried = 0;
        for (int i = 0; i < 200_000; i++) {
            double below = random.nextLong(1L << 52, 1L << 53) * Math.scalb(1.0, random.nextInt(-6, 8));
            BigDecimal half = new BigDecimal(below).add(new BigDecimal(Math.nextUp(below)))
                    .divide(BigDecimal.valueOf(2)).stripTrailingZeros();
            if (half.unscaledValue().bitLength() < 63) {
                long digits = half.unscaledValue().longValueExact();
                same(digits, -half.scale());
                same(digits - 1, -half.scale());
                same(digits + 1, -half.scale());
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(10_000);
    }

    @Test
    void edges() {
        for (int q = -80; q <= 80; q++) {
            same(1, q);
            same(5, q);
            same(Long.MAX_VALUE, q);
            same(1L << 53, q);
            same((1L << 53) + 1, q);
            same((1L << 54) - 1, q);
        }
        assertThat(DecimalDouble.of(0, 500)).isZero();
        assertThat(DecimalDouble.of(1, 81)).isNaN();
        assertThat(DecimalDouble.of(1, -81)).isNaN();
    }
}
