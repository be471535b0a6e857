package org.lanewise.bench;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lanewise.boosting.objective.Objective;

/** LightGBM 4.3. Its times do not count the copies from Java. */
final class BoostingLightGbm implements BoostingPeer {
    @Override
    public String version() {
        return "LightGBM 4.3.0";
    }

    @Override
    public Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception {
        String params = params(train, work);
        try (LightGbm.Floats x = LightGbm.Floats.of(train.x());
                LightGbm.Floats y = LightGbm.Floats.of(train.y());
                LightGbm.Floats rows = LightGbm.Floats.of(test.x());
                LightGbm.Doubles scores = new LightGbm.Doubles(test.rows() * test.classes())) {
            long start = System.nanoTime();
            try (LightGbm.Data data = new LightGbm.Data(x, train.rows(), train.columns(), y, params)) {
                long binned = System.nanoTime();
                try (LightGbm.Booster booster = new LightGbm.Booster(data, params)) {
                    fit(booster, train, work.trees());
                    long fitted = System.nanoTime();
                    booster.predict(rows, test.rows(), test.columns(), params, scores);
                    long predicted = System.nanoTime();
                    return new Outcome((binned - start) / 1e9, (fitted - binned) / 1e9, (predicted - fitted) / 1e9,
                            leaves(booster), scores.get());
                }
            }
        }
    }

    private static String params(BoostingProblem train, Work work) {
        String params = "objective=" + objective(train) + " num_leaves=" + work.leaves() + " learning_rate="
                + work.learningRate() + " max_bin=" + work.bins() + " min_data_in_leaf=" + work.minDataInLeaf()
                + " num_threads=" + work.threads() + " verbosity=-1 feature_pre_filter=false";
        if (train.categorical().length == 0) return params;
        return params + " categorical_feature="
                + IntStream.of(train.categorical()).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static String objective(BoostingProblem train) {
        return switch (train.goal()) {
            case REGRESSION -> "regression";
            case BINARY -> "binary";
            case CLASSES -> "multiclass num_class=" + train.classes();
            case COX -> "none";
        };
    }

    /** It knows no survival: for that it gets the gradients of our objective at its scores, round by round. */
    private static void fit(LightGbm.Booster booster, BoostingProblem train, int trees) {
        if (train.goal() != BoostingProblem.Goal.COX) {
            for (int t = 0; t < trees; t++) booster.update();
            return;
        }
        int n = train.rows();
        Objective.Bound cox = train.objective().bind(train.target());
        float[] gradient = new float[n];
        float[] hessian = new float[n];
        try (LightGbm.Doubles score = new LightGbm.Doubles(n);
                LightGbm.Floats g = new LightGbm.Floats(n);
                LightGbm.Floats h = new LightGbm.Floats(n)) {
            for (int t = 0; t < trees; t++) {
                booster.scores(score);
                cox.gradients(score.get(), gradient, hessian);
                booster.update(g.set(gradient), h.set(hessian));
            }
        }
    }

    private static int leaves(LightGbm.Booster booster) {
        return booster.model().lines().filter(line -> line.startsWith("num_leaves="))
                .mapToInt(line -> Integer.parseInt(line.substring(11))).sum();
    }
}
