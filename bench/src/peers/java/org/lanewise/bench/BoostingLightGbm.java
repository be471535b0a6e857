package org.lanewise.bench;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** LightGBM 4.3. */
final class BoostingLightGbm implements BoostingPeer {
    @Override
    public String version() {
        return "LightGBM 4.3.0";
    }

    @Override
    public Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception {
        String params = "objective=" + (train.binary() ? "binary" : "regression") + " num_leaves=" + work.leaves()
                + " learning_rate="
                + work.learningRate() + " max_bin=" + work.bins() + " min_data_in_leaf=" + work.minDataInLeaf()
                + " num_threads=" + work.threads()
                + " verbosity=-1 feature_pre_filter=false";
        if (train.categorical() > 0) {
            params += " categorical_feature="
                    + IntStream.range(0, train.categorical()).mapToObj(Integer::toString)
                            .collect(Collectors.joining(","));
        }
        long start = System.nanoTime();
        try (LGBMDataset data = LGBMDataset.createFromMat(train.x(), train.rows(), train.columns(), true, params,
                null)) {
            data.setField("label", train.y());
            long binned = System.nanoTime();
            try (LGBMBooster booster = LGBMBooster.create(data, params)) {
                for (int t = 0; t < work.trees(); t++) booster.updateOneIter();
                long fitted = System.nanoTime();
                double[] scores = booster.predictForMat(test.x(), test.rows(), test.columns(), true,
                        PredictionType.C_API_PREDICT_RAW_SCORE, params);
                long predicted = System.nanoTime();
                double[] leaf = booster.predictForMat(test.x(), test.rows(), test.columns(), true,
                        PredictionType.C_API_PREDICT_LEAF_INDEX, params);
                return new Outcome((binned - start) / 1e9, (fitted - binned) / 1e9, (predicted - fitted) / 1e9,
                        leaves(leaf, work.trees()), scores);
            }
        }
    }

    /** The largest leaf numbers that test rows reach, plus one: an empty leaf of the highest number would be missed. */
    private static int leaves(double[] leaf, int trees) {
        int[] most = new int[trees];
        for (int i = 0; i < leaf.length; i++) most[i % trees] = Math.max(most[i % trees], (int) leaf[i] + 1);
        return IntStream.of(most).sum();
    }
}
