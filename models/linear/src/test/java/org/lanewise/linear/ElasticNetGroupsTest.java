package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Group penalties against an ADMM written for the purpose (sparse_group.py); what elastic nets have in common with other fits. */
class ElasticNetGroupsTest {
    private static final JsonNode GOLDEN = Golden.read("sparse_group.json");
    private static final DesignMatrix X = Golden.columns(GOLDEN);
    private static final double[] Y = JsonFiles.doubles(GOLDEN.get("y"));

    private static ElasticNetParams.Builder raw(Family family, double l1Ratio) {
        return ElasticNetParams.builder(family).standardize(false).l1Ratio(l1Ratio);
    }

    @Test
    void groupsEqualAnotherAlgorithm() {
        for (JsonNode fit : GOLDEN.get("group_fits")) {
            List<GroupPenalty> groups = new ArrayList<>();
            for (int g = 0; g < fit.get("groups").size(); g++) {
                List<Integer> columns = new ArrayList<>();
                fit.get("groups").get(g).forEach(name -> columns.add(X.names().indexOf(name.asString())));
                groups.add(new GroupPenalty(fit.get("weights").get(g).asDouble(),
                        columns.stream().mapToInt(j -> j).toArray()));
            }
            Response response = fit.get("weighted").asBoolean()
                    ? Response.of(Y).withWeights(JsonFiles.doubles(GOLDEN.get("weights")))
                    : Response.of(Y);
            LinearModel ours = new ElasticNet(raw(Family.gaussian(), fit.get("l1_ratio").asDouble())
                    .alphas(fit.get("alpha").asDouble()).tolerance(1e-11)
                    .groups(fit.get("group_penalty").asDouble(), groups.toArray(GroupPenalty[]::new)).build())
                    .fitPath(ColumnStore.of(X), response).model(0);
            double[] golden = JsonFiles.doubles(fit.get("coefficients"));
            assertThat(ours.coefficients()).containsExactly(golden, within(1e-8));
            for (int j = 0; j < golden.length; j++) {
                // What theirs leaves as rounding is exactly 0 here.
                assertThat(ours.coefficients()[j] == 0).isEqualTo(Math.abs(golden[j]) < 1e-10);
            }
        }
    }

    /** A group of one column with weight w is an l1 penalty of that column. */
    @Test
    void aGroupOfOneIsALassoForEveryFamily() {
        double[] event = PathData.map(PathData.target(null), v -> v > 0 ? 1 : 0);
        GroupPenalty[] single = new GroupPenalty[PathData.P];
        for (int j = 0; j < single.length; j++) {
            single[j] = GroupPenalty.of(j);
        }
        for (Family family : List.of(Family.binomial(), Family.poisson(), Family.huber(0.3))) {
            ElasticNetParams.Builder b = ElasticNetParams.builder(family).l1Ratio(0.5).tolerance(1e-10);
            double[] grouped = new ElasticNet(b.alphas(0.04).groups(0.02, single).build())
                    .fitPath(PathData.STORE, Response.of(event)).model(0).coefficients();
            // 0.04 * 0.5 + 0.02 on the absolute values, 0.04 * 0.5 on the squares
            double[] lasso = new ElasticNet(b.alphas(0.06).l1Ratio(0.04 / 0.06).groups(0).tolerance(1e-12).build())
                    .fitPath(PathData.STORE, Response.of(event)).model(0).coefficients();
            assertThat(grouped).as(family.toString()).containsExactly(lasso, within(1e-5));
        }
    }

    @Test
    void withoutPenaltyItIsLeastSquaresAndCox() {
        ElasticNetParams.Builder none = raw(Family.gaussian(), 1).alphas(0).tolerance(1e-14);
        assertThat(new ElasticNet(none.build()).fitPath(ColumnStore.of(X), Response.of(Y)).model(0).coefficients())
                .containsExactly(LeastSquares.defaults().fit(X, Y).predictor().coefficients(), within(1e-7));
        JsonNode lung = Golden.read("cox.json").get("cox").get("truncated");
        DesignMatrix x = Golden.columns(lung);
        SurvivalRows rows = SurvivalRows.none().withWeights(JsonFiles.doubles(lung.get("weights")))
                .withStrata(Golden.ints(lung.get("strata"))).withEntry(JsonFiles.doubles(lung.get("entry")));
        for (Ties ties : Ties.values()) {
            CoxModel newton = CoxRegression.defaults().withTies(ties).fit(x, Golden.outcome(lung), rows);
            double[] b = new ElasticNet(ElasticNetParams.builder(Family.cox(ties)).alphas(0).tolerance(1e-12).build())
                    .fitPath(ColumnStore.of(x), Response.survival(Golden.outcome(lung), rows)).model(0).coefficients();
            assertThat(b).containsExactly(newton.coefficients(), within(1e-6));
            CoxModel ours = CoxModel.withCoefficients(x, Golden.outcome(lung), rows, ties, newton.coefficients());
            assertThat(ours.logLikelihood()).isCloseTo(newton.logLikelihood(), within(1e-9));
            assertThat(ours.nullLogLikelihood()).isCloseTo(newton.nullLogLikelihood(), within(1e-9));
            assertThat(ours.baseline(1).at(300)).isCloseTo(newton.baseline(1).at(300), within(1e-9));
        }
    }

    @Test
    void relaxedFitsAreLeastSquaresOfTheChosenColumns() {
        ElasticNet net = new ElasticNet(raw(Family.gaussian(), 1).alphas(0.5, 0.1).tolerance(1e-14).build());
        ElasticNetPath path = net.fitPath(ColumnStore.of(X), Response.of(Y));
        int[] chosen = path.model(1).selected();
        assertThat(chosen.length).isBetween(1, X.columns() - 1);
        double[] free = LeastSquares.defaults()
                .fit(X.select(java.util.Arrays.stream(chosen).mapToObj(X.names()::get).toArray(String[]::new)), Y)
                .predictor().coefficients();
        double[] relaxed = net.relaxed(ColumnStore.of(X), Response.of(Y), path, 0).model(1).selectedCoefficients();
        double[] half = net.relaxed(ColumnStore.of(X), Response.of(Y), path, 0.5).model(1).selectedCoefficients();
        assertThat(relaxed).containsExactly(free, within(1e-6));
        for (int k = 0; k < half.length; k++) {
            assertThat(half[k]).isCloseTo((free[k] + path.model(1).selectedCoefficients()[k]) / 2, within(1e-6));
        }
    }

    @Test
    void coxRidgeEqualsSurvivalsOwn() {
        JsonNode ovarian = Golden.read("cox.json").get("cox").get("ovarian");
        DesignMatrix x = Golden.columns(ovarian);
        double theta = ovarian.get("l2").get("theta").asDouble();
        double[] b = new ElasticNet(raw(Family.cox(Ties.EFRON), 0).alphas(theta / x.rows()).tolerance(1e-14).build())
                .fitPath(ColumnStore.of(x), Response.survival(Golden.outcome(ovarian))).model(0).coefficients();
        assertThat(b).containsExactly(JsonFiles.doubles(ovarian.get("l2").get("coefficients")), within(1e-6));
    }

    @Test
    void refusals() {
        ColumnStore x = ColumnStore.of(X);
        assertThatThrownBy(() -> new ElasticNet(raw(Family.gaussian(), 1).groups(1, GroupPenalty.of(0, 99)).build())
                .fitPath(x, Response.of(Y))).hasMessageContaining("column 99");
        assertThatThrownBy(() -> new ElasticNet(
                raw(Family.gaussian(), 1).alphas(1e-6).groups(1e-3, GroupPenalty.of(0, 1)).maxSweeps(1).build())
                .fitPath(x, Response.of(Y))).isInstanceOf(ConvergenceException.class)
                .hasMessageContaining("KKT residual");
        assertThatThrownBy(() -> GroupPenalty.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ElasticNet(raw(Family.cox(Ties.EFRON), 1).build()).fitPath(x,
                Response.survival(Survival.of(PathData.map(Y, Math::abs), new boolean[Y.length]))))
                .hasMessageContaining("no events");
        assertThatThrownBy(() -> new ElasticNet(raw(Family.binomial(), 1).build()).fitPath(x, Response.of(Y)))
                .hasMessageContaining("a binomial target must lie between 0.0 and 1.0");
    }
}
