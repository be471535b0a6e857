package org.lanewise.boosting.objective;

/**
 * A loss given by its derivatives.
 *
 * @param name     for model files
 * @param link     from score to prediction
 * @param start    initial score
 * @param gradient dL/df of score and label
 * @param hessian  d2L/df2 of score and label
 */
record Custom(String name, Link link, double start, Objective.Derivative gradient,
        Objective.Derivative hessian) implements Objective {
    @Override
    public Bound bind(Target target) {
        return new Pointwise(target) {
            @Override
            void derivatives(int from, int count, double[] score, float[] g, float[] h) {
                for (int i = from; i < from + count; i++) {
                    g[i] = (float) (weight(i) * gradient.of(score[i], label[i]));
                    h[i] = (float) (weight(i) * hessian.of(score[i], label[i]));
                }
            }

            @Override
            public double[] initialScore() {
                return new double[] {start};
            }
        };
    }
}
