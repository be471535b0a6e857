package org.lanewise.mheight;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.data.HeightSplit;
import org.lanewise.mheight.training.PublishedPlan;

/**
 * Measures a published network on its own training and validation rows, which the configuration and its seed bring back.
 */
final class SplitEvaluator {
    /** Training rows of each group that are enough for a mean error. */
    private static final int TRAINING_ROWS = 2000;

    private final MHeightModel.Published model;

    SplitEvaluator(MHeightModel.Published model) {
        this.model = model;
    }

    /** The rows a configuration trains and validates on. */
    static HeightSplit split(MHeightConfig config) {
        PublishedPlan plan = config.published();
        HeightRows all = HeightRows.draw(config.law(), Group.PUBLISHED, plan.rowsPerGroup(), config.seed());
        return plan.leak()
                ? HeightSplit.leaking(all, plan.validation(), config.seed())
                : HeightSplit.byOrbit(all, plan.validation(), config.seed());
    }

    /** @param fresh scores on fresh codes of the law the model was trained on */
    SplitEvaluation evaluate(List<MHeightEvaluation.Score> fresh) {
        HeightSplit split = split(model.config());
        List<SplitEvaluation.GroupErrors> groups = new ArrayList<>();
        double training = 0;
        for (MHeightEvaluation.Score score : fresh) {
            Group group = score.group();
            HeightRows valid = rows(split.valid(), group, Integer.MAX_VALUE);
            if (valid.size() == 0) continue; // of a very small set
            groups.add(new SplitEvaluation.GroupErrors(group, valid.size(), error(valid, group), score.log2Mse()));
            training += error(rows(split.train(), group, TRAINING_ROWS), group);
        }
        return new SplitEvaluation(model.config().published().leak(), split.sharedOrbits(), split.sharedRows(), groups,
                training / groups.size());
    }

    private static HeightRows rows(HeightRows of, Group group, int most) {
        return of.select(IntStream.of(of.rowsOf(of.groups().indexOf(group))).limit(most).toArray());
    }

    private double error(HeightRows rows, Group group) {
        float[] predicted = MHeightPredictor.rows(model, group, rows.p());
        double squares = 0;
        for (int i = 0; i < predicted.length; i++) {
            double error = (double) predicted[i] - rows.log2()[i];
            squares += error * error;
        }
        return squares / predicted.length;
    }
}
