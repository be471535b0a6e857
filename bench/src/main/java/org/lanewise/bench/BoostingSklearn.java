package org.lanewise.bench;

import java.util.Map;

/** scikit-learn's HistGradientBoosting in a process of its own, timed there. Its binning counts as training. */
record BoostingSklearn(String version) implements BoostingPeer {
    @Override
    public Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception {
        try (Scratchpad pad = Scratchpad.create()) {
            pad.npy("x", train.x(), train.rows(), train.columns());
            pad.npy("y", train.y(), train.rows());
            pad.npy("test", test.x(), test.rows(), test.columns());
            float[] categorical = new float[train.categorical().length];
            for (int k = 0; k < categorical.length; k++) categorical[k] = train.categorical()[k];
            pad.npy("categorical", categorical, categorical.length);
            Map<String, String> said = Interpreter.SCIKIT_LEARN.run(pad.folder(), "boosting.py", work.threads(),
                    train.goal(), work.trees(), work.leaves(), work.learningRate(), work.bins(), work.minDataInLeaf());
            return new Outcome(0, Double.parseDouble(said.get("training")), Double.parseDouble(said.get("predicting")),
                    Integer.parseInt(said.get("leaves")), pad.doubles("scores.f64"));
        }
    }
}
