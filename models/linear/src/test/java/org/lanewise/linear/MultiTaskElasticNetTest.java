package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.JsonFiles;
import tools.jackson.databind.JsonNode;

/** Against scikit-learn (multi_task.py), against the net of one task, and the optimality conditions. */
class MultiTaskElasticNetTest {
    private static final JsonNode GOLDEN = Golden.read("multi_task.json");
    private static final int N = 60;
    private static final int P = 8;
    private static final double[] X = x(51, N, P);
    private static final double[][] Y = y(51, N, X);

    private static double[] x(long seed, int n, int p) {
        double[] x = PathData.uniforms(seed, n * p);
        for (int i = 0; i < n; i++) {
            x[n + i] = 0.7 * x[i] + 0.3 * x[n + i];
        }
        return x;
    }

    private static double[][] y(long seed, int n, double[] x) {
        double[] noise = PathData.uniforms(seed + 1, 3 * n);
        double[][] y = new double[3][n];
        for (int i = 0; i < n; i++) {
            y[0][i] = 3 * x[i] - 2 * x[2 * n + i] + 0.5 * noise[i];
            y[1][i] = 2 * x[i] + x[4 * n + i] + 5 + 0.5 * noise[n + i];
            y[2][i] = 0.5 * noise[2 * n + i];
        }
        return y;
    }

    private static ElasticNetParams.Builder raw(double l1Ratio) {
        return ElasticNetParams.builder(Family.gaussian()).l1Ratio(l1Ratio).standardize(false).tolerance(1e-15);
    }

    @Test
    void equalsScikitLearn() {
        same(GOLDEN.get("few"), ColumnStore.ofDoubles(N, X), Y);
        double[] wide = x(61, 40, 300);
        same(GOLDEN.get("many"), ColumnStore.ofDoubles(40, wide), y(61, 40, wide));
        List<MultiTaskElasticNet.Step> automatic = new MultiTaskElasticNet(
                raw(0.6).alphas(AlphaGrid.auto(5, 0.1)).build()).fitPath(ColumnStore.ofDoubles(N, X), Y);
        assertThat(automatic.stream().mapToDouble(MultiTaskElasticNet.Step::alpha).toArray())
                .containsExactly(JsonFiles.doubles(GOLDEN.get("automatic")), within(1e-12));
        assertThat(automatic.getFirst().df()).isZero();
    }

    private static void same(JsonNode cases, ColumnStore x, double[][] y) {
        for (JsonNode fit : cases) {
            List<MultiTaskElasticNet.Step> steps = new MultiTaskElasticNet(raw(fit.get("l1_ratio").asDouble())
                    .fitIntercept(fit.get("intercept").asBoolean()).alphas(JsonFiles.doubles(fit.get("alphas")))
                    .build()).fitPath(x, y);
            for (int k = 0; k < steps.size(); k++) {
                JsonNode golden = fit.get("fits").get(k);
                MultiTaskModel model = steps.get(k).model();
                assertThat(model.selected()).containsExactly(Golden.ints(golden.get("selected")));
                assertThat(steps.get(k).gap()).isBetween(0.0, 1e-15);
                for (int t = 0; t < 3; t++) {
                    assertThat(model.intercept(t)).isCloseTo(JsonFiles.doubles(golden.get("intercepts"))[t],
                            within(1e-6));
                    double[] b = model.coefficients(t);
                    assertThat(Arrays.stream(model.selected()).mapToDouble(j -> b[j]).toArray())
                            .containsExactly(JsonFiles.doubles(golden.get("coefficients").get(t)), within(1e-6));
                }
            }
        }
    }

    @Test
    void oneTaskIsTheElasticNet() {
        ElasticNetParams params = ElasticNetParams.builder(Family.gaussian()).l1Ratio(0.6).tolerance(1e-14)
                .penaltyFactors(1, 0, 2, 1, 0.5, 1, Double.POSITIVE_INFINITY, 0.5).alphas(AlphaGrid.auto(6, 0.05))
                .build();
        ElasticNetPath one = new ElasticNet(params).fitPath(PathData.STORE,
                Response.of(PathData.target(null)).withWeights(PathData.WEIGHTS));
        List<MultiTaskElasticNet.Step> steps = new MultiTaskElasticNet(params).fitPath(PathData.STORE,
                PathData.WEIGHTS, new double[][] {PathData.target(null)});
        for (int k = 0; k < 6; k++) {
            assertThat(steps.get(k).model().coefficients(0)).containsExactly(one.model(k).coefficients(),
                    within(1e-6));
            assertThat(steps.get(k).model().intercept(0)).isCloseTo(one.model(k).intercept(), within(1e-6));
            assertThat(steps.get(k).devianceRatio()).isCloseTo(one.steps().get(k).devianceRatio(), within(1e-9));
        }
    }

    @Test
    void theGapBoundsTheDistanceFromTheMinimumAndThreadsDoNotMatter() throws Exception {
        double[] wide = x(61, 40, 300);
        double[][] y = y(61, 40, wide);
        ColumnStore store = ColumnStore.ofDoubles(40, wide);
        MultiTaskElasticNet rough = new MultiTaskElasticNet(raw(0.5).alphas(0.05).tolerance(1e-2).build());
        MultiTaskElasticNet exact = new MultiTaskElasticNet(raw(0.5).alphas(0.05).build());
        MultiTaskElasticNet.Step first = rough.fitPath(store, y).getFirst();
        MultiTaskElasticNet.Step best = exact.fitPath(store, y).getFirst();
        double nullLoss = objective(wide, y, new MultiTaskModel(300, means(y), new int[0], new double[3][0]));
        double above = (objective(wide, y, first.model()) - objective(wide, y, best.model())) / nullLoss;
        assertThat(above).isBetween(1e-12, first.gap());
        for (int threads = 1; threads <= 3; threads += 2) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                MultiTaskElasticNet.Step again = pool.call(() -> exact.fitPath(store, y)).getFirst();
                assertThat(again.model().coefficients(1)).containsExactly(best.model().coefficients(1));
                assertThat(again.gap()).isEqualTo(best.gap());
            }
        }
    }

    private static double[] means(double[][] y) {
        return Arrays.stream(y).mapToDouble(t -> Arrays.stream(t).average().orElseThrow()).toArray();
    }

    private static double objective(double[] x, double[][] y, MultiTaskModel model) {
        int n = y[0].length;
        double[][] fit = model.predict(ColumnStore.ofDoubles(n, x));
        double loss = 0;
        for (int t = 0; t < y.length; t++) {
            for (int i = 0; i < n; i++) {
                loss += (y[t][i] - fit[t][i]) * (y[t][i] - fit[t][i]) / (2 * n);
            }
        }
        double penalty = 0;
        for (int j = 0; j < model.columns(); j++) {
            double square = 0;
            for (int t = 0; t < y.length; t++) {
                square += model.coefficients(t)[j] * model.coefficients(t)[j];
            }
            penalty += 0.5 * Math.sqrt(square) + 0.25 * square;
        }
        return loss + 0.05 * penalty;
    }

    @Test
    void edges() {
        MultiTaskElasticNet net = new MultiTaskElasticNet(raw(1).build());
        ColumnStore x = ColumnStore.ofDoubles(N, X);
        assertThatThrownBy(() -> net.fitPath(x)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no targets");
        assertThatThrownBy(() -> net.fitPath(x, new double[] {1, 2})).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 target values for 60 rows");
        assertThatThrownBy(() -> net.fitPath(x, new double[N])).isInstanceOf(BadInputException.class)
                .hasMessageContaining("no column explains anything");
        assertThatThrownBy(() -> new MultiTaskElasticNet(ElasticNetParams.builder(Family.binomial()).build()))
                .isInstanceOf(IllegalArgumentException.class);
        MultiTaskModel model = new MultiTaskElasticNet(raw(1).alphas(0.1).build()).fitPath(x, Y[0], new double[N])
                .getFirst().model();
        assertThat(model.selected()).isNotEmpty();
        assertThat(model.coefficients(1)).containsOnly(0);
    }
}
