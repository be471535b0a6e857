package org.lanewise.tabular.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.lanewise.tabular.Golden;
import tools.jackson.databind.JsonNode;

/** Against R, distributions.R. */
class DistributionsTest {
    private static final JsonNode GOLDEN = Golden.read("distributions.json");

    @Test
    void equalR() {
        for (JsonNode row : GOLDEN.get("values")) {
            double[] a = Golden.doubles(row.get("arguments"));
            double ours = switch (row.get("function").asString()) {
                case "pnorm" -> Normal.cdf(a[0]);
                case "qnorm" -> Normal.quantile(a[0]);
                case "pchisq" -> Distributions.chiSquaredTail(a[0], a[1]);
                case "pt" -> Distributions.studentTwoSided(a[0], a[1]);
                case "qt" -> Distributions.studentTwoSidedQuantile(a[0], a[1]);
                case "pf" -> Distributions.fCdf(a[0], a[1], a[2]);
                case "qf" -> Distributions.fQuantile(a[0], a[1], a[2]);
                default -> throw new AssertionError(row);
            };
            assertThat(ours).as(row.toString()).isCloseTo(row.get("value").asDouble(), withinPercentage(1e-8));
        }
    }

    @Test
    void ends() {
        assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Normal.quantile(1.5)).isNaN();
        assertThat(Normal.cdf(0)).isEqualTo(0.5);
        assertThat(Distributions.fCdf(0, 2, 3)).isZero();
    }
}
