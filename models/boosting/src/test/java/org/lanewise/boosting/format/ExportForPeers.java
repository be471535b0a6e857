package org.lanewise.boosting.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;
import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;
import org.lanewise.tabular.JsonFiles;

/**
 * Makes the models of {@code src-test-data/boosting/model-v1}: once for each version of the format. After it
 * {@code exported_lightgbm.py} and {@code exported_xgboost.py} have to be run.
 */
final class ExportForPeers {
    static final Path MODELS = Golden.FOLDER.resolve("model-v1");

    private ExportForPeers() {}

    public static void main(String[] args) throws IOException {
        Map<String, Object> predictions = new LinkedHashMap<>();
        Features asked = Golden.rows(Golden.read("xgboost.json"), false);
        Rng rng = Rng.of(3);
        int n = 1500;
        double[] x = new double[n * 7];
        double[] f = new double[n];
        for (int i = 0; i < n; i++) {
            int at = i * 7;
            for (int j = 0; j < 5; j++) x[at + j] = (float) rng.nextGaussian();
            x[at + 5] = rng.nextInt(6);
            x[at + 6] = rng.nextInt(40);
            f[i] = x[at] * x[at + 1] + Math.sin(2 * x[at + 2]) + x[at + 5] % 2 + (x[at + 6] * 7 % 11) / 5
                    + 0.3 * rng.nextGaussian();
            for (int j : new int[] {1, 3, 6}) if (rng.nextDouble() < 0.15) x[at + j] = Double.NaN;
        }
        Features train = Golden.named(Features.ofRows(x, 7), false);
        Map<String, Objective> objectives = new LinkedHashMap<>();
        objectives.put("regression", Objective.squared());
        objectives.put("binary", Objective.logistic());
        objectives.put("multiclass", Objective.softmax(3));
        for (Map.Entry<String, Objective> entry : objectives.entrySet()) {
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                y[i] = switch (entry.getKey()) {
                    case "binary" -> f[i] > 1.5 ? 1 : 0;
                    case "multiclass" -> f[i] > 2.5 ? 2 : f[i] > 1 ? 1 : 0;
                    default -> f[i];
                };
            }
            BoostingParams params = BoostingParams.builder(entry.getValue()).trees(8).leaves(12).learningRate(0.2)
                    .seed(1).build();
            BoostingModel model = new GradientBoosting(params).fit(train, Target.of(y));
            ModelFile.save(model, MODELS.resolve(entry.getKey()), ModelFile.provenance(params, "of ExportForPeers"));
            predictions.put(entry.getKey(), model.predict(asked));
            export(model, entry.getKey());
        }
        BoostingModel edges = edges();
        ModelFile.save(edges, MODELS.resolve("edges"), Map.of("data", "of ExportForPeers"));
        predictions.put("edges", edges.predict(asked));
        export(edges, "edges");
        JsonFiles.write(MODELS.resolve("predictions.json"), predictions);
    }

    /** Every kind of test both formats can say: bounds at both ends, missing values each way, sets on either side. */
    private static BoostingModel edges() {
        RegressionTree tree = RegressionTree.builder(9).children(0, 1, 2).children(1, 3, 4).children(2, 5, 6)
                .children(3, 7, ~0).children(4, ~1, ~2).children(5, ~3, ~4).children(6, ~5, ~6).children(7, ~7, ~8)
                .numeric(0, 0, Double.POSITIVE_INFINITY, false).numeric(1, 1, 0.25, true, Missing.NONE)
                .floats(2, 2, 0.1f, true).categoriesRight(3, 6, true, 1, 2, 3, 5, 8, 13, 21, 34, 39)
                .categories(4, 5, 0, 2, 4).numeric(5, 3, -0.5, false, Missing.ZERO).floats(6, 4, -0.3f, false)
                .numeric(7, 1, -0.5, false).leaf(0, 1, 40, 40).leaf(1, 2, 10, 10).leaf(2, 4, 15, 15)
                .leaf(3, 8, 5, 5).leaf(4, 16, 4, 4).leaf(5, 32, 3, 3).leaf(6, 64, 2, 2).leaf(7, 128, 6, 6)
                .leaf(8, 256, 7, 7).node(0, 9, 0, 92, 92).node(1, 8, 0, 78, 78).node(2, 7, 0, 14, 14)
                .node(3, 6, 0, 53, 53).node(4, 5, 0, 25, 25).node(5, 4, 0, 9, 9).node(6, 3, 0, 5, 5)
                .node(7, 2, 0, 13, 13).build();
        List<FeatureBins> features = new ArrayList<>();
        for (int j = 0; j < 5; j++)
            features.add(FeatureBins.numeric("x" + j, new double[] {Double.POSITIVE_INFINITY}, -4, 4));
        for (int j = 5; j < 7; j++) {
            features.add(FeatureBins.categorical("c" + j, IntStream.range(0, j == 5 ? 6 : 40).toArray(), List.of()));
        }
        return BoostingModel.builder("regression", Link.IDENTITY, features, 0.125).trees(List.of(tree)).build();
    }

    /** The files the peers have predicted with. */
    static void export(BoostingModel model, String name) {
        LightGbmFormat.write(model, MODELS.resolve(name + ".txt"));
        XgboostFormat.write(model, MODELS.resolve(name + ".json"));
        XgboostFormat.write(model, MODELS.resolve(name + ".ubj"));
    }
}
