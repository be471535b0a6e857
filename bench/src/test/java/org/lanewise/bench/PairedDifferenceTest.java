package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {

    /** By hand: mean 2.5, variance 5/3, t with 3 degrees of freedom 3.182446, half 3.182446 sqrt((1/4 + 1/4) 5/3). */
    @Test
    void theIntervalAllowsForSharedTrainingRows() {
        PairedDifference d = PairedDifference.of(new double[] {1, 2, 3, 4}, 0.25);
        assertThat(d.mean()).isEqualTo(2.5);
        assertThat(d.lower()).isCloseTo(-0.405164, within(1e-5));
        assertThat(d.upper()).isCloseTo(5.405164, within(1e-5));
    }

    @Test
    void theVerdictDependsOnTheDirection() {
        PairedDifference above = PairedDifference.of(new double[] {1, 1.1, 0.9}, 0.25);
        assertThat(above.verdict(true)).isEqualTo("better");
        assertThat(above.verdict(false)).isEqualTo("WORSE");
        PairedDifference below = PairedDifference.of(new double[] {-1, -1.1, -0.9}, 0.25);
        assertThat(below.verdict(true)).isEqualTo("WORSE");
        assertThat(below.verdict(false)).isEqualTo("better");
        assertThat(PairedDifference.of(new double[] {-1, 1, 0}, 0.25).verdict(true)).isEqualTo("same");
        assertThat(PairedDifference.of(new double[2], 0.25).verdict(true)).isEqualTo("same");
    }

    @Test
    void oneRoundHasNoInterval() {
        assertThatThrownBy(() -> PairedDifference.of(new double[] {1}, 0.25)).hasMessageContaining("2 rounds");
    }
}
