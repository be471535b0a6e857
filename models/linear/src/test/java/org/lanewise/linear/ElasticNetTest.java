package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Split;

/** Optimality conditions, storage forms, threads, edges. */
class ElasticNetTest {
    private static final int N = PathData.WIDE_N;
    private static final int P = PathData.WIDE_P;
    private static final double[] Y = PathData.wideTarget(null);

    private static ElasticNetParams.Builder wide(double l1Ratio) {
        return ElasticNetParams.builder(Family.gaussian()).l1Ratio(l1Ratio).alphas(AlphaGrid.auto(30, 0.02))
                .tolerance(1e-6);
    }

    /** g_j = x_j'(y - fit)/n, checked against the conditions by plain loops. */
    private static double worstViolation(double[] x, int n, double[] y, LinearModel model, double l1, double l2) {
        double worst = 0;
        double[] b = model.coefficients();
        for (int j = 0; j < b.length; j++) {
            double slope = -l2 * b[j];
            for (int i = 0; i < n; i++) {
                double fit = model.intercept();
                for (int k : model.selected()) {
                    fit += x[k * n + i] * b[k];
                }
                slope += x[j * n + i] * (y[i] - fit) / n;
            }
            worst = Math.max(worst, b[j] == 0 ? Math.abs(slope) - l1 : Math.abs(slope - Math.copySign(l1, b[j])));
        }
        return worst;
    }

    @Test
    void theKktConditionsHoldAlongThePath() {
        ElasticNetParams params = wide(0.8).standardize(false).tolerance(1e-14).build();
        ElasticNetPath path = new ElasticNet(params).fitPath(ColumnStore.ofDoubles(N, PathData.WIDE), Response.of(Y));
        for (int k : new int[] {1, 10, 20, 29}) {
            double alpha = path.alphas()[k];
            assertThat(worstViolation(PathData.WIDE, N, Y, path.model(k), 0.8 * alpha, 0.2 * alpha))
                    .isLessThan(1e-5 * alpha);
        }
        assertThat(path.steps().getLast().df()).isBetween(40, 200);
    }

    @Test
    void singlePrecisionDataGiveTheSameModelAndAnyThreadsTheSameBits() throws Exception {
        float[] floats = PathData.floats(PathData.WIDE);
        double[] widened = new double[floats.length];
        Arrays.setAll(widened, i -> floats[i]);
        ElasticNet net = new ElasticNet(wide(0.5).tolerance(1e-15).build());
        ElasticNetPath doubles = net.fitPath(ColumnStore.ofDoubles(N, widened), Response.of(Y));
        ColumnStore x = ColumnStore.ofFloats(N, Arrays.copyOf(floats, 300 * N),
                Arrays.copyOfRange(floats, 300 * N, 600 * N),
                Arrays.copyOfRange(floats, 600 * N, P * N));
        ElasticNetPath[] paths = new ElasticNetPath[3];
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                paths[threads - 1] = pool.call(() -> net.fitPath(x, Response.of(Y)));
            }
        }
        for (int k = 0; k < 30; k++) {
            double[] b = paths[0].model(k).coefficients();
            assertThat(b).containsExactly(doubles.model(k).coefficients(), within(1e-5));
            assertThat(paths[1].model(k).coefficients()).containsExactly(b);
            assertThat(paths[2].model(k).coefficients()).containsExactly(b);
            assertThat(paths[2].steps().get(k).gap()).isEqualTo(paths[0].steps().get(k).gap());
        }
    }

    @Test
    void gapSafeScreeningLosesNoColumnAndSparesChecks() {
        ColumnStore x = ColumnStore.ofFloats(N, PathData.floats(PathData.WIDE));
        ElasticNetParams.Builder b = wide(0.95).tolerance(1e-13);
        ElasticNetPath strong = new ElasticNet(b.build()).fitPath(x, Response.of(Y));
        ElasticNetPath safe = new ElasticNet(b.screening(Screening.GAP_SAFE).build()).fitPath(x, Response.of(Y));
        for (int k = 0; k < 30; k++) {
            assertThat(safe.model(k).coefficients()).containsExactly(strong.model(k).coefficients(), within(1e-5));
        }
        Standardization z = new Standardization(x, Response.of(Y).shares(), true, true);
        double alpha = strong.alphas()[20];
        GaussianStep step = new GaussianStep(new Penalty(0.95 * alpha, 0.05 * alpha, null, null, null));
        step.column = strong.model(20).selected();
        step.b = strong.model(20).selectedCoefficients();
        for (int i = 0; i < step.b.length; i++) {
            step.b[i] *= 1.0001 * z.scale[step.column[i]];
        }
        step.settle(x, z, Response.of(Y).shares(), Y);
        SlopeCheck check = new SlopeCheck(x, z, true, 1, true);
        check.check(java.util.List.of(step));
        double gap = step.gap;
        assertThat(step.survivors.length).isBetween(step.column.length, P / 2);
        assertThat(step.survivors).contains(step.column);
        step.survivors = Arrays.copyOf(step.survivors, step.survivors.length);
        check.check(java.util.List.of(step));
        assertThat(step.gap).isEqualTo(gap);
    }

    @Test
    void sparseColumnsAreAsDenseOnes() {
        double[] dense = PathData.map(PathData.WIDE, v -> Math.abs(v) < 0.4 ? 0 : v + 1);
        int[] starts = new int[P + 1];
        int[] rows = new int[dense.length];
        double[] values = new double[dense.length];
        int at = 0;
        for (int j = 0; j < P; j++) {
            for (int i = 0; i < N; i++) {
                if (dense[j * N + i] != 0) {
                    rows[at] = i;
                    values[at++] = dense[j * N + i];
                }
            }
            starts[j + 1] = at;
        }
        ColumnStore sparse = ColumnStore.sparse(N, P, starts, rows, values);
        assertThat(sparse.get(3, 17)).isEqualTo(dense[17 * N + 3]);
        for (boolean intercept : new boolean[] {true, false}) {
            ElasticNet net = new ElasticNet(wide(0.9).tolerance(1e-15).fitIntercept(intercept).build());
            Response response = Response.of(Y).withWeights(PathData.WIDE_WEIGHTS);
            ElasticNetPath a = net.fitPath(sparse, response);
            ElasticNetPath b = net.fitPath(ColumnStore.ofDoubles(N, dense), response);
            for (int k = 0; k < 30; k += 7) {
                assertThat(a.model(k).coefficients()).containsExactly(b.model(k).coefficients(), within(1e-6));
            }
        }
    }

    @Test
    void naiveUpdatesFindWhatCovarianceUpdatesFind() {
        ColumnStore x = ColumnStore.ofDoubles(N, PathData.WIDE);
        double[] v = Response.of(Y).withWeights(PathData.WIDE_WEIGHTS).shares();
        Standardization z = new Standardization(x, v, true, true);
        double[] u = new double[N];
        double mean = 0;
        for (int i = 0; i < N; i++) {
            mean += v[i] * Y[i];
        }
        for (int i = 0; i < N; i++) {
            u[i] = v[i] * (Y[i] - mean);
        }
        int[] set = java.util.stream.IntStream.range(0, 100).toArray();
        CoordinateDescent naive = new NaiveCoordinateDescent(x, z, v, false);
        CoordinateDescent gram = new GramCoordinateDescent(x, z, new DoubleGram(x, z, v), 1);
        Penalty penalty = new Penalty(0.01, 0.002, null, null, null);
        for (CoordinateDescent solver : new CoordinateDescent[] {naive, gram}) {
            solver.extend(set, z);
            solver.load(new double[100], u);
            solver.solve(penalty, 1e-16, 10_000);
        }
        assertThat(Arrays.copyOf(naive.b, 100)).containsExactly(Arrays.copyOf(gram.b, 100), within(1e-7));
    }

    @Test
    void weightedProblemsWithInterceptHaveOneAnswerForBothUpdates() {
        ColumnStore x = ColumnStore.ofDoubles(N, PathData.map(PathData.WIDE, w -> w + 1));
        Standardization z = new Standardization(x, Response.of(Y).shares(), true, true);
        double[] h = PathData.map(PathData.WIDE_WEIGHTS, w -> w / N);
        h[4] = 0;
        double[] u = new double[N];
        Arrays.setAll(u, i -> h[i] * (Y[i] + 0.3));
        int[] set = java.util.stream.IntStream.range(0, 40).toArray();
        Penalty penalty = new Penalty(0.01, 0.002, null, null, null);
        NaiveCoordinateDescent naive = new NaiveCoordinateDescent(x, z, h, true);
        WeightedGramDescent gram = new WeightedGramDescent(x, z, true);
        assertThat(gram.near(h)).isFalse();
        for (CoordinateDescent solver : new CoordinateDescent[] {naive, gram}) {
            solver.extend(set, z);
            ((Reweighted) solver).reweight(h);
            solver.load(new double[40], u);
            solver.solve(penalty, 1e-18, 10_000);
        }
        assertThat(Arrays.copyOf(gram.b, 40)).containsExactly(Arrays.copyOf(naive.b, 40), within(1e-7));
        assertThat(gram.interceptStep()).isCloseTo(naive.interceptStep(), within(1e-7)).isNotZero();
        assertThat(gram.near(PathData.map(h, w -> 1.01 * w))).isTrue();
        assertThat(gram.near(PathData.map(h, w -> 1.2 * w))).isFalse();
    }

    @Test
    void ridgeThroughItsDualIsRidge() {
        double[] factors = new double[P];
        Arrays.fill(factors, 1);
        factors[0] = 4;
        factors[7] = Double.POSITIVE_INFINITY;
        ColumnStore x = ColumnStore.ofFloats(N, PathData.floats(PathData.WIDE));
        Response response = Response.of(Y).withWeights(PathData.WIDE_WEIGHTS);
        double[] v = response.shares();
        ElasticNetPath path = new ElasticNet(wide(0).alphas(1, 0.1, 0.01).tolerance(1e-13).penaltyFactors(factors)
                .standardize(false).build()).fitPath(x, response);
        for (ElasticNetPath.Step step : path.steps()) {
            double[] b = step.model().coefficients();
            for (int j = 0; j < P; j += 7) {
                double slope = 0;
                for (int i = 0; i < N; i++) {
                    double fit = step.model().intercept();
                    for (int k = 0; k < P; k++) {
                        fit += x.get(i, k) * b[k];
                    }
                    slope += v[i] * x.get(i, j) * (Y[i] - fit);
                }
                if (j == 7) {
                    assertThat(b[j]).isZero();
                } else {
                    assertThat(slope).isCloseTo(step.alpha() * factors[j] * b[j], within(1e-7));
                }
            }
        }
    }

    @Test
    void logisticModelsOfManyColumnsAreOptimalAndFoldsRunInAnyThreads() throws Exception {
        double[] event = PathData.map(Y, v -> v > 0 ? 1 : 0);
        ColumnStore x = ColumnStore.ofFloats(N, PathData.floats(PathData.WIDE));
        ElasticNetParams params = ElasticNetParams.builder(Family.binomial()).l1Ratio(0.9).standardize(false)
                .alphas(AlphaGrid.auto(12, 0.1)).tolerance(1e-10).build();
        ElasticNetCv.Result[] cvs = new ElasticNetCv.Result[2];
        for (int threads = 1; threads <= 3; threads += 2) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                cvs[threads / 2] = pool.call(
                        () -> ElasticNetCv.run(params, x, Response.of(event), Split.folds(N, 4, 1)));
            }
        }
        assertThat(cvs[1].deviance()).containsExactly(cvs[0].deviance());
        ElasticNetPath.Step last = cvs[0].path().steps().getLast();
        double[] mean = last.model().predict(x);
        double[] b = last.model().coefficients();
        double total = 0;
        for (int i = 0; i < N; i++) {
            total += event[i] - mean[i];
        }
        assertThat(total).isCloseTo(0, within(1e-9));
        for (int j = 0; j < P; j++) {
            double slope = -0.1 * last.alpha() * b[j];
            for (int i = 0; i < N; i++) {
                slope += x.get(i, j) * (event[i] - mean[i]) / N;
            }
            double l1 = 0.9 * last.alpha();
            assertThat(b[j] == 0 ? Math.max(Math.abs(slope), l1) : Math.signum(b[j]) * slope).isCloseTo(l1,
                    within(1e-4 * l1));
        }
        assertThat(last.df()).isBetween(10, 80);
    }

    @Test
    void huberHoldsOutliersDown() {
        double[] y = PathData.target(null);
        y[5] += 100;
        double delta = 0.5;
        double alpha = 0.02;
        LinearModel model = new ElasticNet(ElasticNetParams.builder(Family.huber(delta)).l1Ratio(1).standardize(false)
                .alphas(alpha).tolerance(1e-12).build()).fitPath(PathData.STORE, Response.of(y)).model(0);
        double[] eta = model.linearPredictor(PathData.STORE);
        double total = 0;
        for (int j = 0; j < PathData.P; j++) {
            double slope = 0;
            for (int i = 0; i < PathData.N; i++) {
                double clipped = Math.max(-delta, Math.min(delta, y[i] - eta[i])) / PathData.N;
                slope += PathData.X[j * PathData.N + i] * clipped;
                total += clipped;
            }
            double b = model.coefficients()[j];
            assertThat(b == 0 ? Math.max(Math.abs(slope), alpha) : Math.signum(b) * slope).isCloseTo(alpha,
                    within(1e-7));
        }
        assertThat(total).isCloseTo(0, within(1e-9));
        assertThat(model.selected()).hasSizeBetween(3, 8);
    }

    @Test
    void aRowOfWeightZeroIsNoRow() {
        int[] held = {3, 40, 77};
        ElasticNet net = new ElasticNet(wide(0.5).alphas(0.1, 0.05).tolerance(1e-15).build());
        double[] kept = new double[(N - 3) * P];
        double[] y = new double[N - 3];
        for (int i = 0, to = 0; i < N; i++) {
            if (Arrays.binarySearch(held, i) < 0) {
                for (int j = 0; j < P; j++) {
                    kept[j * (N - 3) + to] = PathData.WIDE[j * N + i];
                }
                y[to++] = Y[i];
            }
        }
        ElasticNetPath a = net.fitPath(ColumnStore.ofDoubles(N, PathData.WIDE), Response.of(Y).without(held));
        ElasticNetPath b = net.fitPath(ColumnStore.ofDoubles(N - 3, kept), Response.of(y));
        assertThat(a.model(1).coefficients()).containsExactly(b.model(1).coefficients(), within(1e-7));
    }

    @Test
    void betweenTwoAlphasModelsAreInterpolated() {
        ElasticNetPath path = new ElasticNet(wide(0.5).alphas(0.2, 0.1).build())
                .fitPath(ColumnStore.ofDoubles(N, PathData.WIDE), Response.of(Y));
        double middle = path.at(0.15).linearPredictor(PathData.uniforms(5, P));
        assertThat(middle).isCloseTo((path.model(0).linearPredictor(PathData.uniforms(5, P))
                + path.model(1).linearPredictor(PathData.uniforms(5, P))) / 2, within(1e-12));
        assertThat(path.at(1).coefficients()).isEqualTo(path.model(0).coefficients());
        assertThat(path.at(0.01).coefficients()).isEqualTo(path.model(1).coefficients());
    }

    @Test
    void edges() {
        double[] x = {1, 2, 4, 0.1, 0.1, 0.1};
        double[] y = {1, 3, 2};
        ElasticNet net = new ElasticNet(ElasticNetParams.builder(Family.gaussian()).alphas(0.01).build());
        assertThat(net.fitPath(ColumnStore.ofDoubles(3, x), Response.of(y)).model(0).coefficients()[1]).isZero();
        assertThat(net.fitPath(ColumnStore.ofDoubles(3, x), Response.of(2, 2, 2)).model(0).coefficients())
                .containsExactly(0, 0);
        assertThat(net.fitPath(ColumnStore.ofDoubles(1, new double[] {1, 2}), Response.of(5)).model(0).intercept())
                .isEqualTo(5);
        assertThatThrownBy(() -> new ElasticNet(ElasticNetParams.builder(Family.gaussian()).build())
                .fitPath(ColumnStore.ofDoubles(3, x), Response.of(2, 2, 2))).isInstanceOf(BadInputException.class)
                .hasMessageContaining("no column explains anything");
        assertThatThrownBy(() -> net.fitPath(ColumnStore.ofDoubles(3, new double[] {1, Double.NaN, 2}), Response.of(y)))
                .isInstanceOf(BadInputException.class)
                .hasMessage("row 2, column \"1\", value \"NaN\": an elastic net needs finite values");
        assertThatThrownBy(() -> net.fitPath(ColumnStore.ofDoubles(3, x), Response.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("2 targets for 3 rows");
        assertThatThrownBy(() -> ElasticNetParams.builder(Family.gaussian()).l1Ratio(2).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AlphaGrid.of(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ColumnStore.ofDoubles(2, new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
