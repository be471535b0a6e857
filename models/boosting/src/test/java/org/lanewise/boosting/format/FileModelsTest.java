package org.lanewise.boosting.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BinnedTable;
import org.lanewise.boosting.Binning;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;

/** Models from files are models like others: scored on bins, continued, written again. */
class FileModelsTest {
    @TempDir
    Path folder;

    private static BoostingModel model(String name) {
        return name.startsWith("lightgbm")
                ? LightGbmFormat.read(Golden.FOLDER.resolve(name + ".txt"))
                : XgboostFormat.read(Golden.FOLDER.resolve(name + ".json"));
    }

    /** Rows under the model's names, with its categories. */
    private static Features rows(BoostingModel model, int n) {
        Rng rng = Rng.of(3);
        int p = model.features().size();
        double[][] columns = new double[p][n];
        for (int j = 0; j < p; j++) {
            for (int i = 0; i < n; i++) {
                double x = model.features().get(j).categorical() ? rng.nextInt(20) : (float) (2 * rng.nextGaussian());
                columns[j][i] = rng.nextInt(12) == 0 ? Double.NaN : x;
            }
        }
        Features x = Features.ofColumns(model.features().stream().map(f -> f.name()).toList(), columns);
        return x.withCategorical(model.features().stream().filter(f -> f.categorical()).map(f -> f.name())
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lightgbm_regression", "lightgbm_binary", "lightgbm_multiclass", "lightgbm_dart",
            "lightgbm_forest", "lightgbm_none", "lightgbm_stump"})
    void scoredOnItsBins(String name) {
        BoostingModel model = model(name);
        Features x = rows(model, 500);
        BinnedTable bins = BinnedTable.of(x, model.testBins());
        assertThat(model.predictRaw(bins)).isEqualTo(model.predictRaw(x));
    }

    @ParameterizedTest
    @CsvSource({"lightgbm_zero, zeros", "lightgbm_linear, linear leaves", "xgboost_onehot, missing"})
    void whatBinsCannotSayIsRefused(String name, String why) {
        BoostingModel model = model(name);
        BinnedTable bins = BinnedTable.of(rows(model, 50), model.testBins());
        assertThatThrownBy(() -> model.predictRaw(bins)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void binsThatDoNotServeAreRefused() {
        BoostingModel model = model("lightgbm_regression");
        Features x = rows(model, 300);
        BinnedTable other = Binning.builder().maxBins(7).build().bin(x);
        assertThatThrownBy(() -> model.predictRaw(other)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column \"").hasMessageContaining("testBins");
        BinnedTable strange = Binning.defaults().bin(Features.ofRows(new double[] {1, 2}, 2));
        assertThatThrownBy(() -> model.predictRaw(strange)).hasMessageContaining("2 columns");
    }

    @Test
    void ownModelsAreScoredOnTheBinsOfTheirTraining() {
        BoostingModel file = model("lightgbm_regression");
        Features x = rows(file, 800);
        BinnedTable bins = Binning.defaults().bin(x);
        BoostingModel own = new GradientBoosting(BoostingParams.builder(Objective.squared()).trees(10).build())
                .fit(bins, Target.of(file.predictRaw(x)));
        assertThat(own.predictRaw(bins)).isEqualTo(own.predictRaw(x));
        BoostingModel read = afterFile(own);
        assertThat(read.predictRaw(bins)).isEqualTo(read.predictRaw(x));
    }

    /** XGBoost's tests round to floats; bins between doubles say the same. */
    @Test
    void testsOfFloatsHaveBins() {
        Rng rng = Rng.of(6);
        double[] values = new double[3 * 600];
        double[] y = new double[600];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 17 == 0 ? Double.NaN : rng.nextGaussian();
            y[i / 3] += Double.isNaN(values[i]) ? 0.3 : Math.sin(3 * values[i]);
        }
        Features x = Features.ofRows(values, 3);
        BoostingModel model = afterXgboost(new GradientBoosting(
                BoostingParams.builder(Objective.squared()).trees(10).build()).fit(x, Target.of(y)));
        for (int i = 0; i < values.length; i += 2) { // beside the thresholds, on both sides
            RegressionTree tree = model.trees().get(i % 10);
            int node = rng.nextInt(tree.nodes());
            double bound = tree.doubleBound(node);
            values[i / 3 * 3 + tree.feature(node)] = i % 4 == 0 ? bound : Math.nextUp(bound);
        }
        assertThat(model.trees().getFirst().comparesFloats(0)).isTrue();
        assertThat(model.predictRaw(BinnedTable.of(x, model.testBins()))).isEqualTo(model.predictRaw(x));
    }

    private BoostingModel afterFile(BoostingModel model) {
        LightGbmFormat.write(model, folder.resolve("own.txt"));
        return LightGbmFormat.read(folder.resolve("own.txt"));
    }

    private BoostingModel afterXgboost(BoostingModel model) {
        XgboostFormat.write(model, folder.resolve("own.json"));
        return XgboostFormat.read(folder.resolve("own.json"));
    }

    /** The initial score is the file model's; the appended trees are exported with its own. */
    @ParameterizedTest
    @ValueSource(strings = {"lightgbm_regression", "lightgbm_binary", "lightgbm_multiclass", "xgboost_regression",
            "xgboost_binary", "xgboost_multiclass"})
    void trainingGoesOn(String name) {
        BoostingModel first = model(name);
        Features x = rows(first, 1_000);
        double[] raw = first.predictRaw(x);
        int k = first.scores();
        Rng rng = Rng.of(4);
        double[] y = new double[x.rows()];
        for (int i = 0; i < y.length; i++)
            y[i] = k > 1 ? rng.nextInt(k) : name.endsWith("binary") ? rng.nextInt(2) : raw[i] + rng.nextGaussian();
        Objective objective = Objective.parse(first.objective());
        BoostingParams p = BoostingParams.builder(objective).trees(6).leaves(7).build();
        BoostingModel next = new GradientBoosting(p).fit(x, Target.of(y).withInitialScore(raw));
        BoostingModel all = first.followedBy(next);
        assertThat(all.rounds()).isEqualTo(first.rounds() + 6);
        double[] sum = all.predictRaw(x);
        double[] added = next.predictRaw(x);
        for (int i = 0; i < sum.length; i++) assertThat(sum[i]).isCloseTo(raw[i] + added[i], within(1e-12));

        boolean floats = name.startsWith("xgboost");
        double[] again = (floats ? afterXgboost(all) : afterFile(all)).predictRaw(x);
        for (int i = 0; i < sum.length; i++) assertThat(again[i]).isCloseTo(sum[i], within(floats ? 1e-5 : 1e-9));
    }

    @Test
    void stagedScoresContributionsAndInteractions() {
        BoostingModel model = model("lightgbm_multiclass");
        Features x = rows(model, 70);
        double[][] staged = model.stagedRaw(x);
        assertThat(staged).hasNumberOfRows(model.bestRound());
        for (int r = 0; r < staged.length; r++) assertThat(staged[r]).isEqualTo(model.predictRaw(x, r + 1));
        int m = model.features().size() + 1;
        double[] phi = model.contributions(x);
        double[] raw = model.predictRaw(x);
        double[] rows = model.rows(x);
        double[] row = java.util.Arrays.copyOf(rows, m - 1);
        double[] pairs = model.interactions(row);
        for (int c = 0; c < model.scores(); c++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += phi[c * m + j];
                double line = 0;
                for (int i = 0; i < m; i++) line += pairs[(c * m + j) * m + i];
                assertThat(line).isCloseTo(phi[c * m + j], within(1e-9));
            }
            assertThat(sum).isCloseTo(raw[c], within(1e-9));
        }
        BoostingModel forest = model("lightgbm_forest");
        x = rows(forest, 10);
        staged = forest.stagedRaw(x);
        assertThat(staged[2]).isEqualTo(forest.predictRaw(x, 3));
    }
}
