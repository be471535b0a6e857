package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Against the linear program, lad.py. */
class LeastAbsoluteDeviationTest {

    @Test
    void equalsTheLinearProgram() {
        for (JsonNode data : Golden.read("lad.json").get("cases")) {
            DesignMatrix x = Golden.columns(data);
            double[] y = JsonFiles.doubles(data.get("y"));
            LinearPredictor ours = LeastAbsoluteDeviation.defaults().fit(x, y);
            double[] fitted = ours.of(x);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += Math.abs(y[i] - fitted[i]);
            }
            assertThat(sum).isCloseTo(data.get("objective").asDouble(), withinPercentage(1e-7));
            assertThat(ours.coefficients()).containsExactly(JsonFiles.doubles(data.get("coefficients")), within(1e-5));
            assertThat(ours.intercept()).isCloseTo(data.get("intercept").asDouble(), within(1e-4));
        }
    }

    @Test
    void outliersDoNotMove() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a"), new double[] {1, 2, 3, 4, 5, 6, 7});
        LinearPredictor line = LeastAbsoluteDeviation.defaults().fit(x, new double[] {2, 4, 6, 8, 10, 1e6, 14});
        assertThat(line.coefficient("a")).isCloseTo(2, within(1e-9));
        assertThat(line.intercept()).isCloseTo(0, within(1e-8));
        assertThat(LeastAbsoluteDeviation.defaults().fit(x, new double[] {2, 4, 6, 8, 10, 12, 14}).coefficient("a"))
                .isCloseTo(2, within(1e-12));
        assertThatThrownBy(
                () -> LeastAbsoluteDeviation.defaults().fit(x, new double[] {2, 4, 6, 8, 10, 12, Double.NaN}))
                .isInstanceOf(BadInputException.class).hasMessage("row 7: the target is NaN");
    }
}
