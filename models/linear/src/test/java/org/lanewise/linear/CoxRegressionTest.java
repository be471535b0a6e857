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
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.survival.StepFunction;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Golden values of R's survival package, cox.R. */
class CoxRegressionTest {
    private static final JsonNode GOLDEN = Golden.read("cox.json").get("cox");

    private static SurvivalRows rows(JsonNode data) {
        SurvivalRows rows = SurvivalRows.none();
        rows = data.has("weights") ? rows.withWeights(JsonFiles.doubles(data.get("weights"))) : rows;
        rows = data.has("strata") ? rows.withStrata(Golden.ints(data.get("strata"))) : rows;
        return data.has("entry") ? rows.withEntry(JsonFiles.doubles(data.get("entry"))) : rows;
    }

    @ParameterizedTest
    @CsvSource({"lung,BRESLOW", "lung,EFRON", "weighted,BRESLOW", "weighted,EFRON", "strata,BRESLOW", "strata,EFRON",
            "truncated,BRESLOW", "truncated,EFRON", "ovarian,BRESLOW", "ovarian,EFRON", "flchain,BRESLOW",
            "flchain,EFRON"})
    void equalsR(String name, Ties ties) {
        JsonNode data = GOLDEN.get(name);
        JsonNode golden = data.get("fit").get(ties.name().toLowerCase(java.util.Locale.ROOT));
        CoxModel model = CoxRegression.defaults().withTies(ties).fit(Golden.columns(data), Golden.outcome(data),
                rows(data));
        assertThat(model.coefficients()).containsExactly(JsonFiles.doubles(golden.get("coefficients")), within(1e-9));
        assertThat(model.standardErrors()).containsExactly(JsonFiles.doubles(golden.get("standard_errors")),
                within(1e-9));
        assertThat(model.logLikelihood()).isCloseTo(golden.get("log_likelihood").asDouble(), within(1e-9));
        assertThat(model.nullLogLikelihood()).isCloseTo(golden.get("null_log_likelihood").asDouble(), within(1e-9));
        // R's baseline is at x = 0, ours at the means.
        double shift = Math.exp(model.linearPredictor().intercept());
        int[] strata = data.has("strata") ? new int[] {1, 2} : new int[] {0};
        for (int s = 0; s < strata.length; s++) {
            StepFunction ours = model.baseline(strata[s]);
            double[] hazard = JsonFiles.doubles(golden.get("baseline").get(s).get("hazard"));
            assertThat(ours.times()).containsExactly(JsonFiles.doubles(golden.get("baseline").get(s).get("time")));
            for (int i = 0; i < hazard.length; i++) {
                assertThat(ours.values()[i] * shift).isCloseTo(hazard[i], withinPercentage(1e-6));
            }
        }
    }

    @Test
    void risksEqualR() {
        JsonNode data = GOLDEN.get("lung");
        DesignMatrix x = Golden.columns(data);
        CoxModel model = CoxRegression.defaults().fit(x, Golden.outcome(data));
        double[] golden = JsonFiles.doubles(data.get("risk").get("value"));
        double[] ours = model.risks(x, data.get("risk").get("horizon").asDouble());
        for (int i = 0; i < golden.length; i++) {
            assertThat(ours[i]).isCloseTo(golden[i], within(1e-9));
            assertThat(model.risk(365, x.row(i))).isEqualTo(ours[i]);
        }
    }

    @Test
    void theRidgeEqualsR() {
        JsonNode data = GOLDEN.get("ovarian");
        CoxModel model = CoxRegression.defaults().withL2(data.get("l2").get("theta").asDouble()).fit(
                Golden.columns(data),
                Golden.outcome(data));
        assertThat(model.coefficients()).containsExactly(JsonFiles.doubles(data.get("l2").get("coefficients")),
                within(1e-8));
    }

    @Test
    void unitsDoNotMatter() {
        JsonNode data = GOLDEN.get("lung");
        DesignMatrix x = Golden.columns(data);
        double[][] columns = new double[x.columns()][];
        double[] factors = {1e-9, 1e9, 1, 1e4};
        for (int j = 0; j < columns.length; j++) {
            columns[j] = x.column(j);
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] = columns[j][i] * factors[j] + 3 * factors[j];
            }
        }
        double[] plain = CoxRegression.defaults().fit(x, Golden.outcome(data)).coefficients();
        double[] scaled = CoxRegression.defaults().fit(DesignMatrix.ofColumns(x.names(), columns), Golden.outcome(data))
                .coefficients();
        for (int j = 0; j < plain.length; j++) {
            assertThat(scaled[j] * factors[j]).isCloseTo(plain[j], withinPercentage(1e-6));
        }
    }

    @Test
    void rowsOfWeightZeroAreNotThere() {
        JsonNode data = GOLDEN.get("ovarian");
        DesignMatrix x = Golden.columns(data);
        Survival y = Golden.outcome(data);
        double[] weights = new double[x.rows()];
        int[] kept = new int[20];
        for (int i = 0; i < 20; i++) {
            weights[i + 3] = 1;
            kept[i] = i + 3;
        }
        CoxModel all = CoxRegression.defaults().fit(x, y, SurvivalRows.none().withWeights(weights));
        CoxModel some = CoxRegression.defaults().fit(x.take(kept), y.take(kept));
        assertThat(all.coefficients()).containsExactly(some.coefficients(), within(1e-10));
        assertThat(all.baseline().values()).hasSameSizeAs(some.baseline().values());
    }

    @Test
    void badInputIsNamed() {
        double[] time = {1, 2, 3, 4, 5, 6};
        boolean[] event = {true, false, true, true, false, true};
        double[] ok = {1, 3, 2, 5, 1, 2};
        Survival y = Survival.of(time, event);
        CoxRegression cox = CoxRegression.defaults();
        assertThatThrownBy(() -> cox
                .fit(DesignMatrix.ofColumns(List.of("a", "b"), ok, new double[] {1, 2, Double.NaN, 0, 0, 1}), y))
                .isInstanceOf(BadInputException.class)
                .hasMessage("row 3, column \"b\": missing; Cox regression needs complete data");
        assertThatThrownBy(
                () -> cox.fit(DesignMatrix.ofColumns(List.of("a", "b"), ok, new double[] {.1, .1, .1, .1, .1, .1}), y))
                .isInstanceOf(BadInputException.class).hasMessageStartingWith("column \"b\": constant");
        double[] twice = java.util.Arrays.stream(ok).map(v -> 2 * v - 7).toArray();
        assertThatThrownBy(() -> cox.fit(DesignMatrix.ofColumns(List.of("a", "b"), ok, twice), y))
                .isInstanceOf(BadInputException.class)
                .hasMessage("column \"b\": a linear combination of other columns");
        assertThatThrownBy(() -> cox.fit(DesignMatrix.ofColumns(List.of("a"), ok), Survival.of(time, new boolean[6])))
                .isInstanceOf(BadInputException.class).hasMessageContaining("no events");
        assertThatThrownBy(
                () -> cox.fit(DesignMatrix.ofColumns(List.of("a"), ok), y,
                        SurvivalRows.none().withEntry(0, 0, 3, 0, 0, 0)))
                .isInstanceOf(BadInputException.class).hasMessageContaining("row 3, column \"entry\"");
        assertThat(cox.withL2(1).fit(DesignMatrix.ofColumns(List.of("a", "b"), ok, twice), y).coefficients())
                .hasSize(2);
    }

    @Test
    void separationIsReported() {
        Survival y = Survival.of(new double[] {1, 2, 3, 4, 5, 6},
                new boolean[] {true, true, true, false, false, false});
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a"), new double[] {6, 5, 4, 3, 2, 1});
        assertThatThrownBy(() -> CoxRegression.defaults().fit(x, y)).isInstanceOf(ConvergenceException.class)
                .hasMessageContaining("\"a\" grows without bound");
        assertThat(CoxRegression.defaults().withL2(0.1).fit(x, y).coefficient("a")).isPositive();
    }

    @Test
    void noColumnsGiveTheNelsonAalenHazard() {
        Survival y = Survival.of(new double[] {1, 2, 3}, new boolean[] {true, false, true});
        CoxModel model = CoxRegression.defaults()
                .fit(DesignMatrix.ofRows(List.of(), new double[0], new double[0], new double[0]), y);
        assertThat(model.baseline().values()).containsExactly(new double[] {1 / 3.0, 4 / 3.0}, within(1e-15));
    }

    @Test
    void recoversKnownHazardRatios() {
        Random random = new Random(3);
        int n = 4000;
        double[] a = random.doubles(n, -1, 1).toArray();
        double[] b = random.doubles(n, 0, 100).toArray();
        double[] time = new double[n];
        boolean[] event = new boolean[n];
        for (int i = 0; i < n; i++) {
            double t = -Math.log(random.nextDouble()) / Math.exp(0.8 * a[i] - 0.02 * b[i]);
            time[i] = Math.min(t, 3);
            event[i] = t < 3;
        }
        CoxModel model = CoxRegression.defaults().fit(DesignMatrix.ofColumns(List.of("a", "b"), a, b),
                Survival.of(time, event));
        assertThat(model.coefficient("a")).isCloseTo(0.8, within(3 * model.standardErrors()[0]));
        assertThat(model.coefficient("b")).isCloseTo(-0.02, within(3 * model.standardErrors()[1]));
        assertThat(model.likelihoodRatioPValue()).isLessThan(1e-20);
        assertThat(model.pValues()[0]).isLessThan(1e-10);
    }
}
