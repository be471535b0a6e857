package org.lanewise.tabular.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lanewise.tabular.Golden;
import tools.jackson.databind.JsonNode;

/** Binary and regression values against scikit-learn, metrics.py; agreement against published tables. */
class MetricsTest {
    private static final JsonNode GOLDEN = Golden.read("metrics.json");
    private static final Offset<Double> CLOSE = within(1e-12);

    private static boolean[] flags(JsonNode array) {
        boolean[] flags = new boolean[array.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = array.get(i).asInt() == 1;
        }
        return flags;
    }

    @Test
    void binary() {
        JsonNode golden = GOLDEN.get("binary");
        double[] p = Golden.doubles(golden.get("probability"));
        boolean[] y = flags(golden.get("outcome"));
        BinaryMetrics ours = BinaryMetrics.of(p, y);
        assertThat(ours.rocAuc()).isCloseTo(golden.get("roc_auc").asDouble(), CLOSE);
        assertThat(ours.prAuc()).isCloseTo(golden.get("pr_auc").asDouble(), CLOSE);
        assertThat(ours.logLoss()).isCloseTo(golden.get("log_loss").asDouble(), CLOSE);
        assertThat(ours.brier()).isCloseTo(golden.get("brier").asDouble(), CLOSE);
        assertThat(ours.expectedCalibrationError()).isCloseTo(golden.get("ece").asDouble(), CLOSE);
        assertThat(ours.calibration().slope()).isCloseTo(golden.get("slope").asDouble(), within(1e-6));
        assertThat(ours.calibration().intercept()).isCloseTo(golden.get("intercept").asDouble(), within(1e-6));
        int[] counts = Golden.ints(golden.get("counts"));
        assertThat(RankedScores.of(p, y).rocAuc(counts)).isCloseTo(golden.get("weighted_roc_auc").asDouble(), CLOSE);
        assertThat(RankedScores.of(p, y).prAuc(counts)).isCloseTo(golden.get("weighted_pr_auc").asDouble(), CLOSE);
    }

    @Test
    void binaryEdges() {
        BinaryMetrics oneClass = BinaryMetrics.of(new double[] {0, 0.5, 1}, new boolean[3]);
        assertThat(oneClass.rocAuc()).isNaN();
        assertThat(oneClass.prAuc()).isNaN();
        assertThat(oneClass.calibration().slope()).isNaN();
        assertThat(oneClass.logLoss()).isFinite();
        assertThatThrownBy(() -> BinaryMetrics.of(new double[] {1.5}, new boolean[1]))
                .hasMessage("row 1: 1.5 is not a probability");
        LogisticCalibration separable = LogisticCalibration.of(new double[] {0.2, 0.3, 0.7, 0.8},
                new boolean[] {false, false, true, true}, null);
        assertThat(separable.slope()).isNaN();
    }

    @Test
    void regression() {
        JsonNode golden = GOLDEN.get("regression");
        RegressionMetrics ours = RegressionMetrics.of(Golden.doubles(golden.get("predicted")),
                Golden.doubles(golden.get("actual")),
                Golden.ints(golden.get("counts")));
        for (String name : new String[] {"mae", "rmse", "r", "r2", "mean_error", "median_guess_mae"}) {
            double value = switch (name) {
                case "mae" -> ours.mae();
                case "rmse" -> ours.rmse();
                case "r" -> ours.r();
                case "r2" -> ours.r2();
                case "mean_error" -> ours.meanError();
                default -> ours.medianGuessMae();
            };
            assertThat(value).as(name).isCloseTo(golden.get(name).asDouble(), CLOSE);
        }
        assertThat(RegressionMetrics.of(new double[] {1, 1}, new double[] {2, 2}).r()).isNaN();
        assertThatThrownBy(() -> RegressionMetrics.of(new double[] {Double.NaN}, new double[] {2}))
                .hasMessage("row 1: predicted NaN, actual 2.0");
        assertThatThrownBy(() -> RegressionMetrics.of(new double[0], new double[0])).hasMessage("no rows");
    }

    /** Four judges and six targets, Shrout and Fleiss (1979), table 2; their table 4 gives ICC(2,1) = .29 and MS 11.24, 32.49, 1.02. */
    @Test
    void shroutAndFleiss() {
        double[][] ratings = {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
        Icc icc = Icc.twoWayRandomAbsolute(ratings, 0.95);
        assertThat(icc.value().estimate()).isCloseTo(0.29, within(0.005));
        assertThat(icc.meanSquareSubjects()).isCloseTo(11.24, within(0.005));
        assertThat(icc.meanSquareMeasurements()).isCloseTo(32.49, within(0.005));
        assertThat(icc.meanSquareError()).isCloseTo(1.02, within(0.005));
        // irr::icc and psych::ICC print .290 with 95 % interval .019 to .761.
        assertThat(icc.value().lower()).isCloseTo(0.019, within(0.0006));
        assertThat(icc.value().upper()).isCloseTo(0.761, within(0.0006));
    }

    @Test
    void perfectAgreementAndNone() {
        Icc same = Icc.twoWayRandomAbsolute(new double[][] {{1, 1}, {2, 2}, {4, 4}}, 0.95);
        assertThat(same.value().estimate()).isEqualTo(1);
        assertThat(same.standardErrorOfMeasurement()).isZero();
        Icc shifted = Icc.twoWayRandomAbsolute(new double[][] {{1, 3}, {2, 4}, {4, 6}}, 0.95);
        assertThat(shifted.value().estimate()).isLessThan(0.7); // A constant shift is disagreement.
        assertThatThrownBy(() -> Icc.twoWayRandomAbsolute(new double[][] {{1, 2}}, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void intervals() {
        IntervalMetrics ours = IntervalMetrics.of(new double[] {0, 0, 0}, new double[] {1, 2, 3},
                new double[] {0.5, 3, 3}, 0.9);
        assertThat(ours.coverage()).isCloseTo(2 / 3.0, CLOSE);
        assertThat(ours.meanWidth()).isCloseTo(2, CLOSE);
        assertThat(ours.meanScore()).isCloseTo((1 + 2 + 20 * 1 + 3) / 3.0, CLOSE);
        assertThat(IntervalMetrics.gaussianNll(new double[] {1}, new double[] {2}, new double[] {4}))
                .isCloseTo(Math.log(2) + 0.9189385332046727 + 9 / 8.0, CLOSE);
    }

    @Test
    void quantiles() {
        double[] values = {4, 1, 3, 2};
        assertThat(Quantiles.of(values, 0)).isEqualTo(1);
        assertThat(Quantiles.of(values, 1)).isEqualTo(4);
        assertThat(Quantiles.median(values)).isEqualTo(2.5);
        assertThat(Quantiles.of(values, 0.1)).isCloseTo(1.3, CLOSE);
        assertThat(Quantiles.median(new double[0])).isNaN();
    }
}
