package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Against glmnet: elastic_net_path.R. */
class ElasticNetGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("elastic_net_path.json");

    private static final double[] FACTORS = {1, 0, 2, 1, 0.5, 1, 3, 0.5};

    private static ElasticNetParams.Builder builder(Family family, JsonNode fit) {
        return ElasticNetParams.builder(family).l1Ratio(fit.get("l1_ratio").asDouble())
                .alphas(JsonFiles.doubles(fit.get("lambda")))
                .tolerance(family instanceof Family.Cox ? 1e-14 : 1e-15);
    }

    private static void same(ElasticNetParams params, ColumnStore x, Response response, JsonNode fit, double within) {
        ElasticNetPath path = new ElasticNet(params).fitPath(x, response);
        for (int k = 0; k < path.size(); k++) {
            double[] golden = new double[x.columns()];
            JsonNode sparse = fit.get("coefficients").get(k);
            double[] index = JsonFiles.doubles(sparse.get("index"));
            double[] value = JsonFiles.doubles(sparse.get("value"));
            for (int j = 0; j < index.length; j++) {
                golden[(int) index[j]] = value[j];
            }
            ElasticNetPath.Step step = path.steps().get(k);
            assertThat(step.model().coefficients()).as(fit.get("case") + " " + k).containsExactly(golden,
                    within(within));
            if (!(params.family() instanceof Family.Cox)) {
                assertThat(step.model().intercept()).isCloseTo(fit.get("intercepts").get(k).asDouble(), within(within));
            }
            assertThat(step.devianceRatio()).isCloseTo(fit.get("deviance_ratio").get(k).asDouble(), within(within));
            assertThat(step.gap()).isBetween(0.0, params.tolerance());
        }
    }

    /** The constraints that a case's name stands for. */
    private static ElasticNetParams constrained(ElasticNetParams.Builder b, JsonNode fit, int p, double low,
            double high) {
        double[] lower = new double[p];
        double[] upper = new double[p];
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        switch (fit.get("case").asString()) {
            case "factors" -> {
                double[] factors = new double[p];
                Arrays.setAll(factors, j -> FACTORS[j % FACTORS.length] + (p > FACTORS.length ? 0.5 : 0));
                double scale = p / Arrays.stream(factors).sum(); // glmnet makes them sum to the number of columns
                b.penaltyFactors(PathData.map(factors, f -> f * scale));
            }
            case "bounds" -> {
                Arrays.fill(lower, low);
                Arrays.fill(upper, high);
                b.bounds(lower, upper);
            }
            case "signs" -> b.bounds(lower, upper);
            default -> {
            }
        }
        return b.build();
    }

    private static Response response(double[] y, double[] weights) {
        return weights == null ? Response.of(y) : Response.of(y).withWeights(weights);
    }

    @Test
    void binomialAndPoisson() {
        double[] noise = PathData.uniforms(31, PathData.N);
        double[] event = new double[PathData.N];
        Arrays.setAll(event, i -> noise[i] < 0.2 * PathData.SIGNAL[i] ? 1 : 0);
        double[] spread = PathData.uniforms(32, PathData.N);
        double[] counts = new double[PathData.N];
        Arrays.setAll(counts, i -> Math.floor(Math.exp(0.5 * PathData.SIGNAL[i]) * 2 * (spread[i] + 0.7)));
        for (Family family : List.of(Family.binomial(), Family.poisson())) {
            for (JsonNode fit : GOLDEN.get(family.toString())) {
                Response response = Response.of(family.equals(Family.binomial()) ? event : counts);
                if (fit.get("case").asString().equals("weights and offset")) {
                    response = response.withWeights(PathData.WEIGHTS).withOffset(PathData.OFFSET);
                }
                same(constrained(builder(family, fit), fit, PathData.P, -0.5, 1), PathData.STORE, response, fit, 1e-6);
            }
        }
        JsonNode golden = GOLDEN.get("cross_validation");
        same(ElasticNetCv.run(ElasticNetParams.builder(Family.binomial()).l1Ratio(0.7)
                .alphas(JsonFiles.doubles(golden.get("grid"))).tolerance(1e-12).build(), PathData.STORE,
                Response.of(event), folds()), golden.get("binomial"));
    }

    @Test
    void multinomial() {
        double[] classes = new double[PathData.N];
        Arrays.setAll(classes, i -> (PathData.SIGNAL[i] + PathData.NOISE[i] > -0.5 ? 1 : 0)
                + (PathData.SIGNAL[i] - PathData.NOISE[i] > 1 ? 1 : 0));
        JsonNode fit = GOLDEN.get("multinomial");
        ElasticNetPath path = new ElasticNet(builder(Family.multinomial(3), fit).tolerance(1e-15).build()).fitPath(
                PathData.STORE,
                Response.of(classes));
        for (int k = 0; k < path.size(); k++) {
            double[] intercepts = JsonFiles.doubles(fit.get("intercepts").get(k));
            double middle = Arrays.stream(intercepts).average().orElseThrow();
            ElasticNetPath.Step step = path.steps().get(k);
            for (int c = 0; c < 3; c++) {
                assertThat(step.model().coefficients(c))
                        .containsExactly(JsonFiles.doubles(fit.get("coefficients").get(k).get(c)), within(1e-6));
                assertThat(step.model().intercept(c)).isCloseTo(intercepts[c] - middle, within(1e-6));
            }
            assertThat(step.devianceRatio()).isCloseTo(JsonFiles.doubles(fit.get("deviance_ratio"))[k], within(1e-6));
        }
        double[][] shares = path.model(4).means(PathData.STORE);
        assertThat(shares[0][7] + shares[1][7] + shares[2][7]).isCloseTo(1, within(1e-12));
    }

    @Test
    void cox() {
        double[] time = PathData.uniforms(33, PathData.N);
        Arrays.setAll(time, i -> Math.exp(-0.5 * PathData.SIGNAL[i]) * (time[i] + 0.6));
        System.arraycopy(time, 0, time, 10, 10);
        double[] status = PathData.map(PathData.uniforms(34, PathData.N), u -> u < 0.2 ? 1 : 0);
        for (JsonNode fit : GOLDEN.get("cox")) {
            Response response = Response.survival(Survival.of(time, status));
            if (fit.get("case").asString().equals("weights")) {
                response = response.withWeights(PathData.WEIGHTS);
            } else if (fit.get("case").asString().equals("offset")) {
                response = response.withOffset(PathData.OFFSET);
            }
            same(constrained(builder(Family.cox(Ties.BRESLOW), fit), fit, PathData.P, -0.5, 1), PathData.STORE,
                    response, fit, 1e-6);
        }
    }

    @Test
    void gaussian() {
        for (JsonNode fit : GOLDEN.get("gaussian")) {
            String name = fit.get("case").asString();
            double[] weights = name.equals("weights") ? PathData.WEIGHTS : null;
            Response response = response(PathData.target(weights), weights);
            ElasticNetParams.Builder b = builder(Family.gaussian(), fit).standardize(!name.equals("raw"));
            if (name.equals("offset")) {
                double[] y = PathData.target(null);
                Arrays.setAll(y, i -> y[i] + PathData.OFFSET[i]);
                response = Response.of(y).withOffset(PathData.OFFSET);
            }
            same(constrained(b, fit, PathData.P, -0.5, 1), PathData.STORE, response, fit, 1e-6);
        }
    }

    @Test
    void moreColumnsThanRows() {
        ColumnStore x = ColumnStore.ofDoubles(PathData.WIDE_N, PathData.WIDE);
        for (JsonNode fit : GOLDEN.get("wide")) {
            double[] weights = fit.get("case").asString().equals("weights") ? PathData.WIDE_WEIGHTS : null;
            Response response = response(PathData.wideTarget(weights), weights);
            same(constrained(builder(Family.gaussian(), fit), fit, PathData.WIDE_P, -0.02, 0.3), x, response, fit,
                    1e-6);
        }
    }

    @Test
    void theAutomaticGrid() {
        ElasticNetPath path = new ElasticNet(ElasticNetParams.builder(Family.gaussian()).l1Ratio(0.5)
                .alphas(AlphaGrid.auto(20, 0.05)).build())
                .fitPath(ColumnStore.ofDoubles(PathData.WIDE_N, PathData.WIDE), Response.of(PathData.wideTarget(null)));
        assertThat(path.alphas()).containsExactly(JsonFiles.doubles(GOLDEN.get("automatic")), within(1e-12));
        assertThat(path.steps().getFirst().df()).isZero();
        assertThat(path.steps().get(1).df()).isPositive();
    }

    @Test
    void scikitLearn() {
        JsonNode data = Golden.read("sparse_group.json");
        Response response = Response.of(JsonFiles.doubles(data.get("y")));
        for (JsonNode fit : data.get("sklearn")) {
            LinearModel ours = new ElasticNet(ElasticNetParams.builder(Family.gaussian()).standardize(false)
                    .l1Ratio(fit.get("l1_ratio").asDouble()).alphas(fit.get("alpha").asDouble()).tolerance(1e-15)
                    .build())
                    .fitPath(ColumnStore.of(Golden.columns(data)), response).model(0);
            assertThat(ours.coefficients()).containsExactly(JsonFiles.doubles(fit.get("coefficients")), within(1e-6));
            assertThat(ours.intercept()).isCloseTo(fit.get("intercept").asDouble(), within(1e-6));
        }
    }

    @Test
    void crossValidation() {
        JsonNode golden = GOLDEN.get("cross_validation");
        ElasticNetParams params = ElasticNetParams.builder(Family.gaussian()).l1Ratio(1)
                .alphas(JsonFiles.doubles(golden.get("grid"))).tolerance(1e-12).build();
        same(ElasticNetCv.run(params, PathData.STORE,
                Response.of(PathData.target(PathData.WEIGHTS)).withWeights(PathData.WEIGHTS), folds()),
                golden.get("gaussian"));
    }

    /** On measured data with ties: elastic_net.R. */
    @Test
    void measuredData() {
        JsonNode golden = Golden.read("elastic_net.json");
        for (String kind : List.of("gaussian", "cox")) {
            JsonNode data = golden.get(kind);
            boolean cox = kind.equals("cox");
            double[] alphas = JsonFiles.doubles(data.get("alphas"));
            for (JsonNode fit : data.get("fits")) {
                Response response = cox
                        ? Response.survival(Golden.outcome(data))
                        : Response.of(JsonFiles.doubles(data.get("y")));
                if (cox && fit.get("weighted").asBoolean()) {
                    response = response.withWeights(JsonFiles.doubles(data.get("weights")));
                }
                ElasticNetPath path = new ElasticNet(
                        ElasticNetParams.builder(cox ? Family.cox(Ties.BRESLOW) : Family.gaussian())
                                .l1Ratio(fit.get("l1_ratio").asDouble()).standardize(fit.get("standardize").asBoolean())
                                .alphas(alphas).tolerance(cox ? 1e-13 : 1e-14).build())
                        .fitPath(ColumnStore.of(Golden.columns(data)), response);
                for (int k = 0; k < alphas.length; k++) {
                    assertThat(path.model(k).coefficients()).as(kind + " " + k)
                            .containsExactly(JsonFiles.doubles(fit.get("coefficients").get(k)), within(1e-6));
                }
            }
        }
        JsonNode search = golden.get("search");
        int[] fold = Golden.ints(search.get("fold"));
        List<Split.Fold> folds = new ArrayList<>();
        for (int f = 1; f <= 5; f++) {
            int held = f;
            folds.add(new Split.Fold(IntStream.range(0, fold.length).filter(i -> fold[i] != held).toArray(),
                    IntStream.range(0, fold.length).filter(i -> fold[i] == held).toArray()));
        }
        Survival outcome = Survival.of(JsonFiles.doubles(search.get("time")),
                JsonFiles.doubles(golden.get("cox").get("status")));
        ElasticNetCv.Result cv = ElasticNetCv.run(
                ElasticNetParams.builder(Family.cox(Ties.BRESLOW)).l1Ratio(0.5)
                        .alphas(JsonFiles.doubles(search.get("alphas"))).tolerance(1e-12).build(),
                ColumnStore.of(Golden.columns(golden.get("cox"))), Response.survival(outcome), folds);
        double[] deviance = JsonFiles.doubles(search.get("cox").get("deviance"));
        for (int k = 0; k < deviance.length; k++) {
            assertThat(cv.deviance()[k]).isCloseTo(deviance[k], withinPercentage(1e-4));
        }
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.MIN)).isCloseTo(search.get("cox").get("best").asDouble(),
                within(1e-12));
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.ONE_SE)).isCloseTo(search.get("cox").get("one_se").asDouble(),
                within(1e-12));
    }

    static List<Split.Fold> folds() {
        return folds(PathData.N);
    }

    /** Five, row i in fold i mod 5. */
    static List<Split.Fold> folds(int rows) {
        List<Split.Fold> folds = new ArrayList<>();
        for (int f = 0; f < 5; f++) {
            int held = f;
            folds.add(new Split.Fold(IntStream.range(0, rows).filter(i -> i % 5 != held).toArray(),
                    IntStream.range(0, rows).filter(i -> i % 5 == held).toArray()));
        }
        return folds;
    }

    static void same(ElasticNetCv.Result cv, JsonNode golden) {
        double[] mean = JsonFiles.doubles(golden.get("mean"));
        double[] error = JsonFiles.doubles(golden.get("error"));
        for (int k = 0; k < mean.length; k++) {
            assertThat(cv.deviance()[k]).isCloseTo(mean[k], withinPercentage(1e-4));
            assertThat(cv.standardError()[k]).isCloseTo(error[k], withinPercentage(1e-3));
        }
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.MIN)).isCloseTo(golden.get("best").asDouble(), within(1e-12));
        assertThat(cv.alpha(ElasticNetCv.AlphaRule.ONE_SE)).isCloseTo(golden.get("one_se").asDouble(), within(1e-12));
    }
}
