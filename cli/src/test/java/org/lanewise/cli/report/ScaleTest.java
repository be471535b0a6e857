package org.lanewise.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class ScaleTest {
    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(scale::label).toList();
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(labels(Scale.linear(0.3, 9.7, 5, true))).containsExactly("0", "2", "4", "6", "8", "10");
        assertThat(labels(Scale.linear(-0.2, 0.27, 5, true))).containsExactly("\u22120.2", "\u22120.1", "0.0", "0.1",
                "0.2", "0.3");
        assertThat(labels(Scale.linear(0, 12000, 5, true))).contains("5\u202f000");
        assertThat(labels(Scale.linear(1e-5, 3e-5, 5, true))).contains("1.0e\u22125", "1.5e\u22125");
    }

    @Test
    void logarithmicTicksAreDecadesOrTheirParts() {
        assertThat(labels(Scale.logarithmic(1, 10_000))).containsExactly("1", "10", "100", "1\u202f000", "10\u202f000");
        assertThat(labels(Scale.logarithmic(0.5, 20))).containsExactly("0.5", "1", "2", "5", "10", "20");
    }

    @Test
    void positionsRunFromZeroToOne() {
        Scale linear = Scale.linear(0, 10, 5, true);
        assertThat(linear.position(0)).isZero();
        assertThat(linear.position(10)).isEqualTo(1);
        assertThat(Scale.logarithmic(1, 100).position(10)).isEqualTo(0.5);
    }

    @Test
    void aSingleValueAndNoValueStillGiveAnAxis() {
        assertThat(Scale.linear(5, 5, 5, true).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.linear(0, 0, 5, true).ticks()).hasSizeGreaterThan(1);
        assertThat(Scale.linear(Double.NaN, Double.NaN, 5, true).ticks()).hasSizeGreaterThan(1);
    }
}
