package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FmaPeakTest {
    @Test
    void measuresAPositiveFigure() {
        assertThat(FmaPeak.gigaflops(0.02)).isPositive().isFinite();
    }
}
