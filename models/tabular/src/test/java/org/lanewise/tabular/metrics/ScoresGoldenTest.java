package org.lanewise.tabular.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.Golden;
import tools.jackson.databind.JsonNode;

/** Scores against scikit-learn, scores.py. */
class ScoresGoldenTest {
    private static final JsonNode GOLDEN = Golden.read("scores.json");
    private static final double[] WEIGHTS = Golden.doubles(GOLDEN.get("weights"));
    private static final Offset<Double> CLOSE = within(1e-12);

    private static boolean[] flags(JsonNode array) {
        boolean[] flags = new boolean[array.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = array.get(i).asInt() == 1;
        }
        return flags;
    }

    private static void close(double ours, JsonNode golden, String name) {
        assertThat(ours).as(name).isCloseTo(golden.get(name).asDouble(), CLOSE);
    }

    @Test
    void multiclass() {
        JsonNode golden = GOLDEN.get("multiclass");
        double[] probability = Golden.doubles(golden.get("probability"));
        int[] actual = Golden.ints(golden.get("actual"));
        for (String which : List.of("plain", "weighted")) {
            JsonNode g = golden.get(which);
            MulticlassMetrics ours = MulticlassMetrics.of(probability, 4, actual,
                    which.equals("plain") ? null : WEIGHTS);
            close(ours.accuracy(), g, "accuracy");
            close(ours.balancedAccuracy(), g, "balanced_accuracy");
            close(ours.macroF1(), g, "macro_f1");
            close(ours.weightedF1(), g, "weighted_f1");
            close(ours.mcc(), g, "mcc");
            close(ours.logLoss(), g, "log_loss");
            close(ours.macroRocAuc(), g, "macro_roc_auc");
            close(ours.weightedRocAuc(), g, "weighted_roc_auc");
            close(ours.confusion().quadraticKappa(), g, "kappa");
            for (int c = 0; c < 4; c++) {
                assertThat(ours.confusion().counts()[c]).containsExactly(Golden.doubles(g.get("confusion").get(c)));
            }
        }
        assertThatThrownBy(() -> MulticlassMetrics.of(new double[] {0.5, 0.4}, 2, new int[1], null))
                .hasMessage("row 1: probabilities sum to 0.9");
        assertThatThrownBy(() -> MulticlassMetrics.of(new double[] {0.5, 0.5}, 2, new int[] {2}, null))
                .hasMessage("row 1: class 2 of 2");
        assertThatThrownBy(() -> MulticlassMetrics.of(new double[] {0.5}, 2, new int[] {1}, null))
                .hasMessage("1 probabilities for 1 rows of 2 classes");
    }

    @Test
    void decisionsAtAThreshold() {
        JsonNode golden = GOLDEN.get("binary");
        double[] p = Golden.doubles(golden.get("probability"));
        boolean[] y = flags(golden.get("outcome"));
        Confusion ours = Confusion.at(golden.get("threshold").asDouble(), p, y, WEIGHTS);
        close(ours.accuracy(), golden, "accuracy");
        close(ours.balancedAccuracy(), golden, "balanced_accuracy");
        close(ours.precision(), golden, "precision");
        close(ours.recall(), golden, "recall");
        close(ours.f1(), golden, "f1");
        close(ours.mcc(), golden, "mcc");
        Confusion oneClass = Confusion.at(0.5, new double[] {0.1, 0.2}, new boolean[2], null);
        assertThat(oneClass.f1()).isZero();
        assertThat(oneClass.mcc()).isZero();
        assertThat(oneClass.balancedAccuracy()).isEqualTo(1);
    }

    @Test
    void curves() {
        JsonNode golden = GOLDEN.get("binary");
        double[] p = Golden.doubles(golden.get("probability"));
        boolean[] y = flags(golden.get("outcome"));
        double[] rounded = Arrays.stream(p).map(v -> Math.rint(v * 10) / 10).toArray();
        ThresholdCurve curve = ThresholdCurve.of(rounded, y, WEIGHTS);
        assertThat(curve.falsePositiveRates()).containsExactly(Golden.doubles(golden.get("fpr")), CLOSE);
        assertThat(curve.truePositiveRates()).containsExactly(Golden.doubles(golden.get("tpr")), CLOSE);
        double[] cuts = Golden.doubles(golden.get("cuts"));
        double[] precision = Golden.doubles(golden.get("precision_curve")); // From the lowest threshold up.
        for (int point = 1; point < curve.size(); point++) {
            assertThat(curve.threshold(point)).isCloseTo(cuts[point - 1], CLOSE);
            assertThat(curve.confusion(point).precision()).isCloseTo(precision[curve.size() - 1 - point], CLOSE);
            assertThat(curve.confusion(point)).usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
                    .isEqualTo(Confusion.at(curve.threshold(point), rounded, y, WEIGHTS));
        }
        double best = curve.best(Confusion::f1);
        for (int point = 0; point < curve.size(); point++) {
            assertThat(Confusion.at(best, rounded, y, WEIGHTS).f1())
                    .isGreaterThanOrEqualTo(curve.confusion(point).f1() - 1e-12);
        }
        close(BinaryMetrics.logLoss(p, y, WEIGHTS), golden, "weighted_log_loss");
        close(BinaryMetrics.brier(p, y, WEIGHTS), golden, "weighted_brier");
    }

    @Test
    void reliability() {
        JsonNode golden = GOLDEN.get("binary");
        double[] p = Golden.doubles(golden.get("probability"));
        boolean[] y = flags(golden.get("outcome"));
        for (String which : List.of("uniform", "quantile")) {
            Reliability ours = which.equals("uniform")
                    ? Reliability.uniform(p, y, 5, null)
                    : Reliability.quantiles(p, y, 5, null);
            assertThat(ours.bins().stream().mapToDouble(Reliability.Bin::observed).toArray())
                    .containsExactly(Golden.doubles(golden.get(which).get("observed")), CLOSE);
            assertThat(ours.bins().stream().mapToDouble(Reliability.Bin::meanProbability).toArray())
                    .containsExactly(Golden.doubles(golden.get(which).get("mean")), CLOSE);
        }
        assertThat(Reliability.uniform(p, y, 10, null).expectedCalibrationError())
                .isCloseTo(BinaryMetrics.expectedCalibrationError(p, y, 10), CLOSE);
        Reliability same = Reliability.quantiles(new double[] {0.3, 0.3}, new boolean[] {true, false}, 10, null);
        assertThat(same.bins()).hasSize(1);
        assertThat(same.expectedCalibrationError()).isCloseTo(0.2, CLOSE);
    }

    @Test
    void regression() {
        JsonNode golden = GOLDEN.get("regression");
        double[] p = Golden.doubles(golden.get("predicted"));
        double[] y = Golden.doubles(golden.get("actual"));
        double[] whole = Arrays.stream(y).map(Math::floor).toArray();
        close(RegressionLosses.meanSquaredError(p, y, WEIGHTS), golden, "mse");
        close(RegressionLosses.meanAbsoluteError(p, y, WEIGHTS), golden, "mae");
        close(RegressionLosses.r2Score(p, y, WEIGHTS), golden, "r2");
        close(RegressionLosses.meanAbsolutePercentageError(p, y, WEIGHTS), golden, "mape");
        close(RegressionLosses.meanPinballLoss(p, y, 0.8, WEIGHTS), golden, "pinball");
        close(RegressionLosses.meanPoissonDeviance(p, whole, WEIGHTS), golden, "poisson");
        close(RegressionLosses.meanGammaDeviance(p, y, WEIGHTS), golden, "gamma");
        for (String power : List.of("-1", "0", "1.5", "3")) {
            close(RegressionLosses.meanTweedieDeviance(p, y, Double.parseDouble(power), WEIGHTS), golden,
                    "tweedie" + power);
        }
        assertThatThrownBy(() -> RegressionLosses.meanGammaDeviance(new double[] {1}, new double[] {0}, null))
                .hasMessage("row 1: predicted 1.0, actual 0.0 is outside the domain of the loss");
        assertThatThrownBy(() -> RegressionLosses.meanTweedieDeviance(p, y, 0.5, null))
                .hasMessage("there is no Tweedie law with power 0.5");
        assertThatThrownBy(() -> RegressionLosses.meanSquaredError(p, y, new double[y.length])).hasMessage("no rows");
    }

    @Test
    void ranking() {
        JsonNode golden = GOLDEN.get("ranking");
        double[] score = Golden.doubles(golden.get("score"));
        double[] relevance = Golden.doubles(golden.get("relevance"));
        int[] starts = Golden.ints(golden.get("starts"));
        for (Ranking.Gain gain : Ranking.Gain.values()) {
            for (int k : new int[] {3, 10}) {
                double[] ours = Ranking.ndcg(score, relevance, starts, k, gain);
                double[] theirs = Golden.doubles(golden.get(gain.name().toLowerCase(java.util.Locale.ROOT) + k));
                assertThat(ours).containsExactly(theirs, CLOSE);
            }
        }
        assertThat(Ranking.reciprocalRank(score, relevance, starts))
                .containsExactly(Golden.doubles(golden.get("reciprocal_rank")), CLOSE);
        assertThat(Ranking.averagePrecision(score, relevance, starts, 5))
                .containsExactly(Golden.doubles(golden.get("average_precision5")), CLOSE);
        assertThat(Ranking.mean(new double[] {1, Double.NaN, 0.5})).isEqualTo(0.75);
        assertThat(Ranking.queryStarts(new Object[] {"a", "a", "b", "a"})).containsExactly(0, 2, 3, 4);
        assertThatThrownBy(() -> Ranking.ndcg(score, relevance, new int[] {0, 3}, 3, Ranking.Gain.LINEAR))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setsOfMeasures() {
        JsonNode golden = GOLDEN.get("multiclass");
        double[] probability = Golden.doubles(golden.get("probability"));
        int[] actual = Golden.ints(golden.get("actual"));
        MetricSet set = MetricSet.multiclass(probability, 4, actual);
        Map<String, Double> values = set.values();
        close(values.get("macro_f1"), golden.get("plain"), "macro_f1");
        close(values.get("log_loss"), golden.get("plain"), "log_loss");
        assertThat(values.get("roc_auc_ovr"))
                .isCloseTo(golden.get("plain").get("macro_roc_auc").asDouble(), CLOSE);
        Map<String, Interval> intervals = set.intervals(Bootstrap.rows(90).withReplicates(200).withSeed(1));
        intervals.forEach((name, interval) -> {
            assertThat(interval.estimate()).as(name).isEqualTo(values.get(name));
            assertThat(interval.contains(interval.estimate())).as(name).isTrue();
        });
        set.differences(set, Bootstrap.rows(90).withReplicates(20)).values().forEach(interval -> {
            assertThat(interval.lower()).isZero();
            assertThat(interval.upper()).isZero();
        });
        // One class: what is not defined is left out of the intervals, the rest stays.
        MetricSet oneClass = MetricSet.binary(new double[] {0.2, 0.4}, new boolean[2]);
        assertThat(oneClass.values().get("roc_auc")).isNaN();
        assertThat(oneClass.intervals(Bootstrap.rows(2).withReplicates(20))).containsKeys("log_loss", "brier")
                .doesNotContainKey("roc_auc");
        JsonNode ranks = GOLDEN.get("ranking");
        Map<String, Double> ranking = MetricSet.ranking(Golden.doubles(ranks.get("score")),
                Golden.doubles(ranks.get("relevance")), Golden.ints(ranks.get("starts")), 3, 10).values();
        assertThat(ranking).containsOnlyKeys("mrr", "ndcg@3", "map@3", "ndcg@10", "map@10");
        assertThat(ranking.get("ndcg@10"))
                .isCloseTo(Ranking.mean(Golden.doubles(ranks.get("exponential10"))), CLOSE);
        double[] y = IntStream.range(0, 50).asDoubleStream().toArray();
        assertThat(MetricSet.regression(y, y).values()).containsEntry("rmse", 0.0).containsEntry("r2", 1.0);
    }
}
