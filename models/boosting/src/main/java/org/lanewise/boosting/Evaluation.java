package org.lanewise.boosting;

import java.util.List;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Target;

/**
 * Data that a fit is judged by after each round; the first metric of the first evaluation decides when to stop.
 *
 * @param name    for histories, e.g. "valid"
 * @param bins    by the bounds of the training data: {@code train.bin(features)}
 * @param target  of the same rows
 * @param metrics at least one; none given takes the objective's usual one
 */
public record Evaluation(String name, BinnedTable bins, Target target, List<Metric> metrics) {
    public Evaluation {
        metrics = List.copyOf(metrics);
        if (bins.rows() != target.rows()) {
            throw new IllegalArgumentException(
                    "evaluation \"" + name + "\": " + target.rows() + " targets for " + bins.rows() + " rows");
        }
        if (bins.rows() == 0) throw new IllegalArgumentException("evaluation \"" + name + "\" has no rows");
    }

    public static Evaluation on(String name, BinnedTable bins, Target target, Metric... metrics) {
        return new Evaluation(name, bins, target, List.of(metrics));
    }
}
