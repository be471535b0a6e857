package org.lanewise.boosting;

import java.util.List;

/**
 * What the evaluations said after each round.
 *
 * @param curves one for each metric of each evaluation, in order
 */
public record EvaluationHistory(List<Curve> curves) {
    public static final EvaluationHistory NONE = new EvaluationHistory(List.of());

    public EvaluationHistory {
        curves = List.copyOf(curves);
    }

    /**
     * One metric over the rounds.
     *
     * @param evaluation its name
     * @param metric     its name
     * @param values     after round 1, 2, ...
     */
    public record Curve(String evaluation, String metric, double[] values) {
        public Curve {
            values = values.clone();
        }
    }
}
