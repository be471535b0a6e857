package org.lanewise.boosting.objective;

/** (f - y)^2 / 2: gradient f - y, hessian 1. */
record Squared() implements Objective {
    @Override
    public String name() {
        return "regression";
    }

    @Override
    public Link link() {
        return Link.IDENTITY;
    }

    @Override
    public Bound bind(Target target) {
        return new Pointwise(target) {
            @Override
            void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                for (int i = from; i < from + count; i++) {
                    gradient[i] = (float) (weight(i) * (score[i] - label[i]));
                    hessian[i] = (float) weight(i);
                }
            }

            @Override
            public double[] initialScore() {
                return new double[] {weightedMean()};
            }

            @Override
            public boolean constantHessian() {
                return weight == null;
            }
        };
    }
}
