package org.lanewise.boosting.objective;

import org.lanewise.engine.DoubleMath;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * -y log p - (1 - y) log(1 - p), p = 1 / (1 + exp(-slope f)): gradient slope (p - y), hessian slope^2 p (1 - p).
 *
 * @param slope of the score
 * @param soft  whether labels may be any number in [0, 1] (cross-entropy) or only 0 and 1
 */
record Logistic(double slope, boolean soft) implements Objective {
    static final Logistic BINARY = new Logistic(1, false);

    Logistic {
        if (!(slope > 0)) throw new IllegalArgumentException("sigmoid must be positive: " + slope);
    }

    @Override
    public String name() {
        return soft ? "cross_entropy" : "binary sigmoid:" + Numbers.shortest(slope);
    }

    @Override
    public Link link() {
        return new Link(Link.Form.LOGISTIC, slope);
    }

    @Override
    public Bound bind(Target target) {
        if (soft) {
            Labels.range(target, 0, 1, true, "cross-entropy");
        } else {
            Labels.classes(target, 2, "a binary objective");
        }
        return new Pointwise(target) {
            private final Kernels kernels = KernelProvider.get();

            @Override
            void derivatives(int from, int count, double[] score, float[] gradient, float[] hessian) {
                if (!soft && slope == 1 && weight == null) {
                    plain(from, count, score, gradient, hessian);
                    return;
                }
                for (int i = from; i < from + count; i++) {
                    double p = DoubleMath.sigmoid(slope * score[i]);
                    gradient[i] = (float) (weight(i) * (slope * (p - label[i])));
                    hessian[i] = (float) (weight(i) * (slope * slope * p * (1 - p)));
                }
            }

            /** Of the class that a row does not have: r = 1 / (1 + exp(+-f)), gradient +-r, hessian r (1 - r), exact where p is near 0 or 1. */
            private void plain(int from, int count, double[] score, float[] gradient, float[] hessian) {
                float[] r = new float[count];
                // Products with -1 or 1: which class a row has cannot be guessed by the processor's branch prediction.
                for (int i = 0; i < count; i++) r[i] = (float) ((1 - 2 * label[from + i]) * score[from + i]);
                kernels.sigmoid(r, 0, r, 0, count);
                for (int i = 0; i < count; i++) {
                    gradient[from + i] = (float) (1 - 2 * label[from + i]) * r[i];
                    hessian[from + i] = r[i] * (1 - r[i]);
                }
            }

            @Override
            public double[] initialScore() {
                return new double[] {Labels.logOdds(weightedMean()) / slope};
            }
        };
    }
}
