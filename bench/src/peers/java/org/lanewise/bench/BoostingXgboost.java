package org.lanewise.bench;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;

/** XGBoost 2.1, histograms, best-first growth. Its binning happens in training; categories are taken for numbers. */
final class BoostingXgboost implements BoostingPeer {
    @Override
    public String version() {
        return "XGBoost 2.1.4";
    }

    @Override
    public Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception {
        Map<String, Object> params = new HashMap<>(
                Map.of("objective", objective(train), "tree_method", "hist",
                        "grow_policy", "lossguide", "max_leaves", work.leaves(), "max_depth", 0, "eta",
                        work.learningRate(), "max_bin", work.bins() + 1, "lambda",
                        0, "min_child_weight", 1e-3, "nthread", work.threads()));
        params.put("verbosity", 0);
        if (train.classes() > 1) params.put("num_class", train.classes());
        if (train.goal() == BoostingProblem.Goal.COX) {
            // Its own defaults: without a least number of rows, leaves of one early event would be unbounded.
            params.putAll(Map.of("lambda", 1, "min_child_weight", 1));
        }
        long start = System.nanoTime();
        DMatrix data = new DMatrix(train.x(), train.rows(), train.columns(), Float.NaN);
        data.setLabel(train.y());
        long binned = System.nanoTime();
        Booster booster = XGBoost.train(data, params, work.trees(), Map.of(), null, null);
        long fitted = System.nanoTime();
        DMatrix rows = new DMatrix(test.x(), test.rows(), test.columns(), Float.NaN);
        float[][] raw = booster.predict(rows, true);
        long predicted = System.nanoTime();
        double[] scores = new double[raw.length * train.classes()];
        for (int i = 0; i < scores.length; i++) scores[i] = raw[i / train.classes()][i % train.classes()];
        int leaves = 0;
        for (String tree : booster.getModelDump((String) null, false, "text"))
            leaves += tree.split("leaf=", -1).length - 1;
        data.dispose();
        rows.dispose();
        booster.dispose();
        return new Outcome((binned - start) / 1e9, (fitted - binned) / 1e9, (predicted - fitted) / 1e9, leaves, scores);
    }

    private static String objective(BoostingProblem train) {
        return switch (train.goal()) {
            case REGRESSION -> "reg:squarederror";
            case BINARY -> "binary:logistic";
            case CLASSES -> "multi:softprob";
            case COX -> "survival:cox";
        };
    }
}
