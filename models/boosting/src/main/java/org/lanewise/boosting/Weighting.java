package org.lanewise.boosting;

import org.lanewise.boosting.objective.Link;
import org.lanewise.boosting.objective.Target;

/** Puts {@link BoostingParams#scalePosWeight} into the weights. */
final class Weighting {
    private Weighting() {}

    static Target of(BoostingParams params, Target y) {
        if (params.scalePosWeight() == 1) return y;
        if (params.objective().link().form() != Link.Form.LOGISTIC || params.objective().scores() != 1) {
            throw new IllegalArgumentException(
                    "scalePosWeight is for binary objectives, not " + params.objective().name());
        }
        double[] weight = new double[y.rows()];
        for (int i = 0; i < weight.length; i++)
            weight[i] = y.weight(i) * (y.label(i) == 1 ? params.scalePosWeight() : 1);
        return y.withWeights(weight);
    }
}
