package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Golden values of R's lm, cox.R. */
class LeastSquaresTest {
    private static final JsonNode GOLDEN = Golden.read("cox.json").get("least_squares");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void equalsR(boolean intercept) {
        JsonNode golden = GOLDEN.get(intercept ? "with_intercept" : "without");
        LeastSquaresFit fit = new LeastSquares(intercept).fit(Golden.columns(GOLDEN),
                JsonFiles.doubles(GOLDEN.get("y")),
                JsonFiles.doubles(GOLDEN.get("weights")));
        double[] coefficients = JsonFiles.doubles(golden.get("coefficients"));
        double[] errors = JsonFiles.doubles(golden.get("standard_errors"));
        double[] p = JsonFiles.doubles(golden.get("p"));
        int skip = intercept ? 1 : 0;
        assertThat(fit.predictor().coefficients()).containsExactly(Arrays.copyOfRange(coefficients, skip, skip + 3),
                within(1e-10));
        assertThat(fit.standardErrors()).containsExactly(Arrays.copyOfRange(errors, skip, skip + 3), within(1e-10));
        assertThat(fit.pValues()).containsExactly(Arrays.copyOfRange(p, skip, skip + 3), within(1e-10));
        assertThat(fit.predictor().intercept()).isCloseTo(intercept ? coefficients[0] : 0, within(1e-9));
        assertThat(fit.interceptStandardError()).isCloseTo(intercept ? errors[0] : 0, within(1e-9));
        assertThat(fit.residualSd()).isCloseTo(golden.get("sigma").asDouble(), within(1e-10));
        assertThat(fit.r2()).isCloseTo(golden.get("r2").asDouble(), within(1e-12));
        assertThat(fit.degreesOfFreedom()).isEqualTo(golden.get("df").asInt());
    }

    @Test
    void predictsByName() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a", "b"), new double[] {1, 2, 3, 5},
                new double[] {1, 0, 2, 1});
        double[] y = {2 * 1 - 3 * 1 + 10, 2 * 2 + 10, 2 * 3 - 6 + 10, 2 * 5 - 3 + 10};
        LinearPredictor line = LeastSquares.defaults().fit(x, y).predictor();
        assertThat(line.coefficients()).containsExactly(new double[] {2, -3}, within(1e-12));
        assertThat(line.intercept()).isCloseTo(10, within(1e-12));
        assertThat(line.at(7, 1)).isCloseTo(21, within(1e-11));
        DesignMatrix other = DesignMatrix.ofColumns(List.of("b", "junk", "a"), new double[] {1}, new double[] {9},
                new double[] {7});
        assertThat(line.of(other)[0]).isCloseTo(21, within(1e-11));
        assertThatThrownBy(() -> line.of(DesignMatrix.ofColumns(List.of("a"), new double[] {7})))
                .isInstanceOf(BadInputException.class).hasMessage("column \"b\": no such column; there are [a]");
    }

    @Test
    void hardScalesAreNoDependence() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("tiny", "huge"), new double[] {1e-12, 3e-12, 2e-12, 5e-12},
                new double[] {1e12, 1.1e12, 1.5e12, 0.9e12});
        double[] y = {1, 2, 3, 4.5};
        assertThat(LeastSquares.defaults().fit(x, y).predictor().coefficient("tiny")).isFinite().isPositive();
    }

    @Test
    void refusals() {
        LeastSquares ols = LeastSquares.defaults();
        double[] y = {1, 2, 3, 4};
        double[] a = {1, 4, 2, 3};
        assertThatThrownBy(() -> ols.fit(DesignMatrix.ofColumns(List.of("a", "b"), a, new double[] {2, 8, 4, 6}), y))
                .isInstanceOf(BadInputException.class).hasMessageContaining("a linear combination of other columns");
        assertThatThrownBy(() -> ols.fit(DesignMatrix.ofColumns(List.of("a", "b"), a, new double[] {7, 7, 7, 7}), y))
                .isInstanceOf(BadInputException.class).hasMessageStartingWith("column \"b\": constant");
        assertThatThrownBy(() -> ols.fit(DesignMatrix.ofColumns(List.of("a"), a), new double[] {1, Double.NaN, 2, 3}))
                .isInstanceOf(BadInputException.class).hasMessage("row 2: the target is NaN");
        assertThatThrownBy(() -> ols.fit(DesignMatrix.ofColumns(List.of("a"), new double[] {1}), new double[] {1}))
                .isInstanceOf(BadInputException.class).hasMessage("1 rows are too few for 2 coefficients");
        assertThat(new LeastSquares(false).fit(DesignMatrix.ofColumns(List.of("one"), new double[] {7, 7, 7, 7}), y)
                .predictor().coefficient("one")).isCloseTo(2.5 / 7, within(1e-14));
    }
}
