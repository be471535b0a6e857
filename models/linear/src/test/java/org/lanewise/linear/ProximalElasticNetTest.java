package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Against glmnet (elastic_net.R), scikit-learn and an ADMM written for the purpose (sparse_group.py), and by KKT conditions. */
class ProximalElasticNetTest {
    private static final JsonNode GLMNET = Golden.read("elastic_net.json");
    private static final JsonNode GROUPS = Golden.read("sparse_group.json");
    private static final ProximalElasticNet NET = ProximalElasticNet.defaults().withTies(Ties.BRESLOW)
            .withTolerance(1e-11);

    @Test
    void gaussianEqualsGlmnet() {
        JsonNode data = GLMNET.get("gaussian");
        double[] alphas = JsonFiles.doubles(data.get("alphas"));
        double[] y = JsonFiles.doubles(data.get("y"));
        for (JsonNode fit : data.get("fits")) {
            ProximalElasticNet net = NET.withL1Ratio(fit.get("l1_ratio").asDouble())
                    .withStandardize(fit.get("standardize").asBoolean());
            List<ElasticNetFit<LinearPredictor>> path = net.path(Golden.columns(data), y, null, alphas);
            for (int k = 0; k < alphas.length; k++) {
                assertThat(path.get(k).model().coefficients()).as(fit.toString())
                        .containsExactly(JsonFiles.doubles(fit.get("coefficients").get(k)), within(1e-6));
                assertThat(path.get(k).model().intercept()).isCloseTo(fit.get("intercepts").get(k).asDouble(),
                        within(1e-6));
            }
        }
    }

    @Test
    void coxEqualsGlmnet() {
        JsonNode data = GLMNET.get("cox");
        double[] alphas = JsonFiles.doubles(data.get("alphas"));
        for (JsonNode fit : data.get("fits")) {
            SurvivalRows rows = fit.get("weighted").asBoolean()
                    ? SurvivalRows.none().withWeights(JsonFiles.doubles(data.get("weights")))
                    : SurvivalRows.none();
            List<ElasticNetFit<CoxModel>> path = NET.withL1Ratio(fit.get("l1_ratio").asDouble()).coxPath(
                    Golden.columns(data),
                    Golden.outcome(data), rows, alphas);
            for (int k = 0; k < alphas.length; k++) {
                assertThat(path.get(k).model().coefficients()).as(fit.toString())
                        .containsExactly(JsonFiles.doubles(fit.get("coefficients").get(k)), within(1e-6));
            }
        }
    }

    @Test
    void elasticNetEqualsScikitLearn() {
        double[] y = JsonFiles.doubles(GROUPS.get("y"));
        for (JsonNode fit : GROUPS.get("sklearn")) {
            LinearPredictor ours = NET.withStandardize(false).withAlpha(fit.get("alpha").asDouble())
                    .withL1Ratio(fit.get("l1_ratio").asDouble()).fit(Golden.columns(GROUPS), y).model();
            assertThat(ours.coefficients()).containsExactly(JsonFiles.doubles(fit.get("coefficients")), within(1e-8));
            assertThat(ours.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-8));
        }
    }

    @Test
    void groupsEqualAnotherAlgorithm() {
        double[] y = JsonFiles.doubles(GROUPS.get("y"));
        for (JsonNode fit : GROUPS.get("group_fits")) {
            List<GroupPenalty> groups = new ArrayList<>();
            for (int g = 0; g < fit.get("groups").size(); g++) {
                List<String> names = new ArrayList<>();
                fit.get("groups").get(g).forEach(name -> names.add(name.asString()));
                groups.add(new GroupPenalty("g" + g, names, fit.get("weights").get(g).asDouble()));
            }
            double[] weights = fit.get("weighted").asBoolean() ? JsonFiles.doubles(GROUPS.get("weights")) : null;
            ElasticNetFit<LinearPredictor> ours = NET.withStandardize(false).withL1Ratio(fit.get("l1_ratio").asDouble())
                    .withGroups(fit.get("group_penalty").asDouble(), groups.toArray(GroupPenalty[]::new))
                    .path(Golden.columns(GROUPS), y, weights, fit.get("alpha").asDouble()).getFirst();
            double[] golden = JsonFiles.doubles(fit.get("coefficients"));
            assertThat(ours.model().coefficients()).containsExactly(golden, within(1e-8));
            assertThat(ours.objective()).isCloseTo(fit.get("objective").asDouble(), within(1e-10));
            for (int j = 0; j < golden.length; j++) {
                // What theirs leaves as rounding is exactly 0 here.
                assertThat(ours.model().coefficients()[j] == 0).isEqualTo(Math.abs(golden[j]) < 1e-10);
            }
        }
    }

    @Test
    void withoutPenaltyItIsLeastSquaresAndCox() {
        double[] y = JsonFiles.doubles(GROUPS.get("y"));
        DesignMatrix x = Golden.columns(GROUPS);
        assertThat(NET.withAlpha(0).fit(x, y).model().coefficients())
                .containsExactly(LeastSquares.defaults().fit(x, y).predictor().coefficients(), within(1e-8));
        JsonNode lung = Golden.read("cox.json").get("cox").get("truncated");
        SurvivalRows rows = SurvivalRows.none().withWeights(JsonFiles.doubles(lung.get("weights")))
                .withStrata(Golden.ints(lung.get("strata")))
                .withEntry(JsonFiles.doubles(lung.get("entry")));
        for (Ties ties : Ties.values()) {
            CoxModel newton = CoxRegression.defaults().withTies(ties).fit(Golden.columns(lung), Golden.outcome(lung),
                    rows);
            CoxModel ours = NET.withTies(ties).coxPath(Golden.columns(lung), Golden.outcome(lung), rows, 0).getFirst()
                    .model();
            assertThat(ours.coefficients()).containsExactly(newton.coefficients(), within(1e-8));
            assertThat(ours.logLikelihood()).isCloseTo(newton.logLikelihood(), within(1e-9));
            assertThat(ours.nullLogLikelihood()).isCloseTo(newton.nullLogLikelihood(), within(1e-9));
            assertThat(ours.baseline(1).at(300)).isCloseTo(newton.baseline(1).at(300), within(1e-8));
        }
    }

    @Test
    void ridgeEqualsItsClosedFormAndCoxRidgeEqualsNewton() {
        double[] y = JsonFiles.doubles(GROUPS.get("y"));
        DesignMatrix x = Golden.columns(GROUPS);
        double alpha = 0.3;
        // (X'X/n + alpha I) b = X'y/n for one centred column.
        double[] a = x.column(0);
        double mean = Arrays.stream(a).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < a.length; i++) {
            xx += (a[i] - mean) * (a[i] - mean) / a.length;
            xy += (a[i] - mean) * y[i] / a.length;
        }
        assertThat(NET.withStandardize(false).withL1Ratio(0).withAlpha(alpha).fit(x.select("a"), y).model()
                .coefficient("a"))
                .isCloseTo(xy / (xx + alpha), within(1e-10));
        JsonNode ovarian = Golden.read("cox.json").get("cox").get("ovarian");
        double theta = ovarian.get("l2").get("theta").asDouble();
        CoxModel ridge = NET.withTies(Ties.EFRON).withStandardize(false).withL1Ratio(0).withTolerance(1e-10)
                .withAlpha(theta / Golden.columns(ovarian).rows())
                .fitCox(Golden.columns(ovarian), Golden.outcome(ovarian)).model();
        assertThat(ridge.coefficients()).containsExactly(JsonFiles.doubles(ovarian.get("l2").get("coefficients")),
                within(1e-7));
    }

    @Test
    void theKktConditionsHoldForMoreColumnsThanRows() {
        Random random = new Random(7);
        int n = 40;
        int p = 120;
        double[][] columns = new double[p][];
        List<String> names = new ArrayList<>();
        double[] y = new double[n];
        for (int j = 0; j < p; j++) {
            names.add("x" + j);
            columns[j] = random.doubles(n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                y[i] += j < 5 ? columns[j][i] : 0;
            }
        }
        DesignMatrix x = DesignMatrix.ofColumns(names, columns);
        double alpha = 0.02;
        double[] b = NET.withStandardize(false).withL1Ratio(0.8).withAlpha(alpha).fit(x, y).model().coefficients();
        LinearPredictor line = NET.withStandardize(false).withL1Ratio(0.8).withAlpha(alpha).fit(x, y).model();
        double[] fitted = line.of(x);
        int zeros = 0;
        for (int j = 0; j < p; j++) {
            double slope = 0;
            for (int i = 0; i < n; i++) {
                slope += columns[j][i] * (y[i] - fitted[i]) / n;
            }
            slope -= alpha * 0.2 * b[j];
            if (b[j] == 0) {
                zeros++;
                assertThat(Math.abs(slope)).isLessThanOrEqualTo(alpha * 0.8 + 1e-9);
            } else {
                assertThat(slope).isCloseTo(Math.copySign(alpha * 0.8, b[j]), within(1e-9));
            }
        }
        assertThat(zeros).isBetween(60, 115);
    }

    @Test
    void thePathStartsAtZero() {
        double[] y = JsonFiles.doubles(GROUPS.get("y"));
        DesignMatrix x = Golden.columns(GROUPS);
        double[] alphas = NET.alphas(x, y, null, 20, 1e-2);
        List<ElasticNetFit<LinearPredictor>> path = NET.path(x, y, null, alphas);
        assertThat(path.get(0).model().coefficients()).containsOnly(0);
        assertThat(path.get(1).model().coefficients()).isNotEqualTo(new double[x.columns()]);
        assertThat(alphas[19]).isCloseTo(alphas[0] / 100, within(1e-12));
        // Warm or cold, the solution is the same.
        assertThat(NET.withAlpha(alphas[19]).fit(x, y).model().coefficients())
                .containsExactly(path.get(19).model().coefficients(), within(1e-9));
        JsonNode lung = GLMNET.get("cox");
        double[] coxAlphas = NET.coxAlphas(Golden.columns(lung), Golden.outcome(lung), SurvivalRows.none(), 5, 0.1);
        List<ElasticNetFit<CoxModel>> coxPath = NET.coxPath(Golden.columns(lung), Golden.outcome(lung),
                SurvivalRows.none(),
                coxAlphas);
        assertThat(coxPath.get(0).model().coefficients()).containsOnly(0);
        assertThat(coxPath.get(1).model().coefficients()).isNotEqualTo(new double[6]);
    }

    @Test
    void refusalsAndEdges() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a", "k"), new double[] {1, 2, 4}, new double[] {5, 5, 5});
        double[] y = {1, 3, 2};
        assertThat(NET.fit(x, y).model().coefficient("k")).isZero();
        assertThat(NET.fit(x, new double[] {2, 2, 2}).model().coefficients()).containsExactly(0, 0);
        assertThatThrownBy(() -> NET.fit(DesignMatrix.ofColumns(List.of("a"), new double[] {1, Double.NaN, 2}), y))
                .isInstanceOf(BadInputException.class)
                .hasMessage("row 2, column \"a\": missing; elastic net needs complete data");
        assertThatThrownBy(() -> NET.withGroups(1, GroupPenalty.of("g", "a", "zz")).fit(x, y))
                .isInstanceOf(BadInputException.class)
                .hasMessage("column \"zz\": named by group \"g\" but not there");
        assertThatThrownBy(() -> NET.withMostSteps(1).withAlpha(1e-6).fit(Golden.columns(GROUPS),
                JsonFiles.doubles(GROUPS.get("y"))))
                .isInstanceOf(ConvergenceException.class).hasMessageContaining("KKT residual");
        assertThatThrownBy(() -> NET.withL1Ratio(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NET.fitCox(x, Survival.of(y, new boolean[3]))).isInstanceOf(BadInputException.class);
    }
}
