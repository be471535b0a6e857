package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Golden values of an independent optimisation, gompertz.py. */
class GompertzRegressionTest {
    private static final JsonNode GOLDEN = Golden.read("gompertz.json").get("cases");

    @ParameterizedTest
    @CsvSource({"rising,false", "flat,false", "truncated,false", "rising,true", "flat,true", "truncated,true"})
    void equalsTheIndependentOptimum(String name, boolean ridge) {
        JsonNode data = GOLDEN.get(name);
        JsonNode golden = ridge ? data.get("ridge").get("fit") : data.get("fit");
        SurvivalRows rows = SurvivalRows.none().withWeights(JsonFiles.doubles(data.get("weights")))
                .withEntry(JsonFiles.doubles(data.get("entry")));
        GompertzModel model = GompertzRegression.defaults().withL2(ridge ? data.get("ridge").get("l2").asDouble() : 0)
                .fit(Golden.columns(data), Golden.outcome(data), rows);
        assertThat(model.coefficients()).containsExactly(JsonFiles.doubles(golden.get("coefficients")), within(1e-7));
        assertThat(model.shape()).isCloseTo(golden.get("b").asDouble(), within(1e-8));
        assertThat(Math.log(model.rate()) + model.linearPredictor().intercept())
                .isCloseTo(golden.get("log_a").asDouble(), within(1e-6));
        assertThat(model.logLikelihood()).isCloseTo(golden.get("log_likelihood").asDouble(), within(1e-6));
        double[] errors = JsonFiles.doubles(golden.get("standard_errors"));
        for (int j = 0; j < errors.length; j++) {
            assertThat(model.standardErrors()[j]).isCloseTo(errors[j], withinPercentage(1e-3));
        }
        assertThat(model.shapeStandardError()).isCloseTo(golden.get("b_error").asDouble(), withinPercentage(1e-3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3, -0.6, -0.5, -0.1, -1e-9, 0, 1e-12, 0.2, 0.499, 0.501, 4})
    void momentsAreTheIntegrals(double b) {
        double t = 1.3;
        int steps = 20_000;
        for (int k = 0; k < 3; k++) {
            double sum = 0; // Simpson's rule.
            for (int i = 0; i <= steps; i++) {
                double s = t * i / steps;
                sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.pow(s, k) * Math.exp(b * s);
            }
            assertThat(GompertzLikelihood.moment(k, t, b)).isCloseTo(sum * t / steps / 3, withinPercentage(1e-9));
        }
    }

    @Test
    void publishedNumbersMakeAModel() {
        // The ten-year risk of Levine's phenotypic age: 1 - exp(-exp(xb) (exp(120 g) - 1) / g), g per month.
        double gamma = 0.0076927;
        GompertzModel model = GompertzModel.of(LinearPredictor.of(List.of("age"), -9, new double[] {0.08}), 1, gamma);
        double expected = 1 - Math.exp(-Math.exp(-9 + 0.08 * 60) * Math.expm1(120 * gamma) / gamma);
        assertThat(model.risk(120, 60)).isCloseTo(expected, within(1e-14));
        assertThat(model.risks(DesignMatrix.ofColumns(List.of("age"), new double[] {60}), 120)[0])
                .isEqualTo(model.risk(120, 60));
        double median = model.median(60);
        assertThat(model.risk(median, 60)).isCloseTo(0.5, within(1e-12));
        assertThat(model.hazard(7, 60)).isCloseTo(
                (model.cumulativeHazard(7.001, 60) - model.cumulativeHazard(6.999, 60)) / 0.002, within(1e-8));
        GompertzModel falling = GompertzModel.of(LinearPredictor.of(List.of(), 0, new double[0]), 0.1, -1);
        assertThat(falling.median()).isInfinite();
    }

    @Test
    void recoversTheLawItWasDrawnFrom() {
        Random random = new Random(4);
        int n = 5000;
        double[] age = random.doubles(n, 30, 80).toArray();
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            double rate = 5e-5 * Math.exp(0.09 * age[i]);
            double t = Math.log1p(0.09 * -Math.log(random.nextDouble()) / rate) / 0.09;
            time[i] = Math.min(t, 15);
            event[i] = t < 15;
        }
        GompertzModel model = GompertzRegression.defaults().fit(DesignMatrix.ofColumns(List.of("age"), age),
                Survival.of(time, event));
        assertThat(model.coefficient("age")).isCloseTo(0.09, within(3 * model.standardErrors()[0]));
        assertThat(model.shape()).isCloseTo(0.09, within(3 * model.shapeStandardError()));
    }

    @Test
    void refusals() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a"), new double[] {6, 5, 4, 3});
        GompertzRegression gompertz = GompertzRegression.defaults();
        assertThatThrownBy(() -> gompertz.fit(x, Survival.of(new double[] {1, 2, 3, 4}, new boolean[4])))
                .isInstanceOf(BadInputException.class).hasMessageContaining("needs events");
        assertThatThrownBy(
                () -> gompertz.fit(x, Survival.of(new double[] {5, 5, 5, 5}, new boolean[] {true, true, false, true})))
                .isInstanceOf(ConvergenceException.class);
        assertThatThrownBy(
                () -> gompertz.fit(x, Survival.of(new double[] {1, 2, 3, 4}, new boolean[] {true, true, true, true}),
                        SurvivalRows.none().withEntry(0, 0, 0, 5)))
                .isInstanceOf(BadInputException.class).hasMessageContaining("row 4, column \"entry\"");
    }
}
