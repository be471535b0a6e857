package org.lanewise.mheight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.mheight.exact.CodeShape;

class CodeStreamTest {
    private static final CodeShape SHAPE = new CodeShape(9, 4);

    @Test
    void anyPartByAnyThreads() {
        CodeStream stream = new CodeStream(CodeLaw.D2, SHAPE, 5);
        double[] all = stream.take(0, 9000);
        double[] later;
        try (WorkerPool pool = WorkerPool.of(3)) {
            double[][] taken = new double[1][];
            pool.run(() -> taken[0] = stream.take(4000, 5000));
            later = taken[0];
        }
        assertThat(later).containsExactly(Arrays.copyOfRange(all, 4000 * 20, 9000 * 20));
        assertThat(new CodeStream(CodeLaw.D2, SHAPE, 6).take(0, 10)).isNotEqualTo(Arrays.copyOf(all, 200));
    }

    @Test
    void uniformReals() {
        double[] p = new CodeStream(CodeLaw.D1, SHAPE, 1).take(0, 5000);
        assertThat(Arrays.stream(p).min().orElseThrow()).isBetween(-100.0, -99.99);
        assertThat(Arrays.stream(p).average().orElseThrow()).isCloseTo(0, within(1.0));
        assertThat(Arrays.stream(p).map(x -> x * x).average().orElseThrow()).isCloseTo(1e4 / 3, within(50.0));
    }

    /** Quantiles of the scale for k = 4: 5 % 3, 25 % 8, 50 % 50, 75 % 95; whole numbers, no column of zeros. */
    @Test
    void scalesOfTheCourse() {
        int count = 5000;
        double[] p = new CodeStream(CodeLaw.D2, SHAPE, 1).take(0, count);
        double[] scale = new double[count];
        for (int i = 0; i < count; i++)
            for (int c = 0; c < 5; c++) {
                double column = 0;
                for (int r = 0; r < 4; r++) {
                    double x = p[i * 20 + r * 5 + c];
                    assertThat(x).isEqualTo(Math.rint(x));
                    column = Math.max(column, Math.abs(x));
                }
                assertThat(column).isPositive();
                scale[i] = Math.max(scale[i], column);
            }
        Arrays.sort(scale);
        assertThat(scale[count / 4]).isEqualTo(8);
        assertThat(scale[count / 2]).isBetween(44.0, 52.0);
        assertThat(scale[count * 3 / 4]).isBetween(85.0, 97.0);
    }
}
