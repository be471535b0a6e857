package org.lanewise.optim;

import org.lanewise.engine.kernels.Kernels;

/** The step that Adam and AdamW share; they differ in where the weight decay enters. */
record AdamMoments(float beta1, float beta2, float epsilon, boolean coupledDecay) {

    static final String[] STATE = {"exp_avg", "exp_avg_sq"};

    AdamMoments {
        Optimizer.fraction("beta1", beta1);
        Optimizer.fraction("beta2", beta2);
        Optimizer.positive("epsilon", epsilon);
    }

    double[] stepLengths(float[] secondMoment, float rate, long t) {
        double bias = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, t)));
        double[] lengths = new double[secondMoment.length];
        for (int i = 0; i < lengths.length; i++)
            lengths[i] = rate / (Math.sqrt(secondMoment[i]) * bias + epsilon);
        return lengths;
    }

    void update(Kernels kernels, Optimizer.Range r, long t) {
        // StrictMath: the bias corrections must not depend on whether the JIT has replaced pow by an intrinsic.
        double bias1 = 1 - StrictMath.pow(beta1, t);
        double bias2 = 1 - StrictMath.pow(beta2, t);
        kernels.adamStep(r.value(), r.gradient(), r.state()[0], r.state()[1], r.from(), r.count(), r.rate(),
                (float) (r.rate() / bias1), beta1, beta2, (float) (1 / Math.sqrt(bias2)), epsilon, r.weightDecay(),
                coupledDecay);
    }
}
