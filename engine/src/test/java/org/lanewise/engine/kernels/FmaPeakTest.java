package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FmaPeakTest {
    @Test
    void measuresAPositiveFigure() {
        assertThat(FmaPeak.gigaflops(0.02)).isPositive().isFinite();
    }

    @Test
    void severalThreadsAreGivenAChainEach() {
        boolean[] given = new boolean[3];
        assertThat(FmaPeak.gigaflops(0.02, 3, (tasks, body) -> {
            for (int t = 0; t < tasks; t++) {
                given[t] = true;
                body.accept(t);
            }
        })).isPositive().isFinite();
        assertThat(given).containsOnly(true);
    }
}
