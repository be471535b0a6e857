package org.lanewise.henaw.published;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Linear;
import org.lanewise.nn.Module;

/**
 * The published adaptive weighting, fault included:
 *
 * <pre>
 * m, v  = running mean and variance of the inputs (momentum .1, from 0 and 1, training mode only)
 * base  = softmax(-(sqrt(v) / (|m| + 1e-8)) / .5)
 * w     = base gate(age) / (sum + 1e-8),   gate = softmax(W2 ReLU(W1 (age - 50) / 20))
 * </pre>
 *
 * Inputs are z-scores, so m is close to 0, the coefficients of variation are in the hundreds, and w collapses onto one
 * marker. {@code AdaptiveWeights} is the repaired form.
 */
final class PublishedWeighting extends Module {
    private static final int GATE = 32;
    private static final float MOMENTUM = .1f;
    private static final float TEMPERATURE = .5f;
    private static final float EPSILON = 1e-8f;

    private final Linear gateIn;
    private final Linear gateOut;
    private final Tensor mean;
    private final Tensor variance;

    PublishedWeighting(int markers, Rng rng) {
        gateIn = child("gate_in", new Linear(1, GATE, Activation.RELU, rng));
        gateOut = child("gate_out", new Linear(GATE, markers, rng));
        mean = buffer("running_mean", Tensor.zeros(markers));
        variance = buffer("running_var", Tensor.ones(markers));
    }

    /** @param z {@code [n, markers]}; {@code age} in years {@code [n, 1]}; returns weights {@code [n, markers]}, sum 1 */
    Variable forward(Variable z, Variable age) {
        if (isTraining() && z.tape().isRecording() && !z.tape().isReplay()) observe(z.value());
        float[] score = new float[mean.numel()];
        for (int j = 0; j < score.length; j++)
            score[j] = (float) -(Math.sqrt(variance.get(j)) / (Math.abs(mean.get(j)) + EPSILON)) / TEMPERATURE;
        Variable base = z.tape().constant(Tensor.of(score, score.length)).softmax(0);
        Variable gate = gateOut.forward(gateIn.forward(age.sub(50).mul(1 / 20f))).softmax(1);
        Variable product = gate.mul(base);
        return product.div(product.sum(true, 1).add(EPSILON));
    }

    private void observe(Tensor z) {
        if (z.size(0) < 2) return;
        mean.mul_(1 - MOMENTUM).addScaled_(z.mean(false, 0), MOMENTUM);
        variance.mul_(1 - MOMENTUM).addScaled_(z.var(true, false, 0), MOMENTUM);
    }

    /** The weights by coefficient of variation alone, which show the collapse. */
    double[] collapse() {
        double[] score = new double[mean.numel()];
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < score.length; j++) {
            score[j] = -(Math.sqrt(variance.get(j)) / (Math.abs(mean.get(j)) + EPSILON)) / TEMPERATURE;
            best = Math.max(best, score[j]);
        }
        double sum = 0;
        for (int j = 0; j < score.length; j++)
            sum += score[j] = Math.exp(score[j] - best);
        for (int j = 0; j < score.length; j++)
            score[j] /= sum;
        return score;
    }
}
