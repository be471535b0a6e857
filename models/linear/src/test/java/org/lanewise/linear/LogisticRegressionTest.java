package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

class LogisticRegressionTest {
    private static boolean[] flags(double... y) {
        boolean[] flags = new boolean[y.length];
        for (int i = 0; i < y.length; i++) {
            flags[i] = y[i] == 1;
        }
        return flags;
    }

    @Test
    void agreesWithGlm() {
        JsonNode golden = Golden.read("logistic.json");
        LinearPredictor p = LogisticRegression.fit(Golden.columns(golden),
                flags(JsonFiles.doubles(golden.get("y"))));
        assertThat(p.intercept()).isCloseTo(golden.get("intercept").asDouble(), within(1e-6));
        assertThat(p.coefficients()).containsExactly(JsonFiles.doubles(golden.get("coefficients")), within(1e-7));
    }

    @Test
    void needsBothClassesAndAnOverlap() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("x"), new double[] {1, 2, 3, 4, 5, 6});
        assertThatThrownBy(() -> LogisticRegression.fit(x, flags(0, 0, 0, 0, 0, 0)))
                .isInstanceOf(BadInputException.class).hasMessageContaining("0 of 6");
        assertThatThrownBy(() -> LogisticRegression.fit(x, flags(0, 0, 0, 1, 1, 1)))
                .hasMessageContaining("separate");
    }
}
