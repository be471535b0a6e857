package org.lanewise.nn;

import org.lanewise.autograd.BatchNorm;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;

/**
 * {@code y = (x - mean) / sqrt(variance + eps) * weight + bias} for each feature. In training mode, mean and (biased) variance
 * are the batch's, and move the running ones: {@code running = (1 - momentum) running + momentum batch}, the variance
 * unbiased there. In evaluation mode, mean and variance are the running ones.
 *
 * <p>Input and output {@code [batch, features]}; in training at least two rows. Parameters: {@code weight} of ones, {@code
 * bias} of zeros; buffers: {@code running_mean} of zeros, {@code running_var} of ones, {@code num_batches_tracked}.
 *
 * <p>Source: Ioffe and Szegedy 2015.
 */
public final class BatchNorm1d extends UnaryModule {
    /** PyTorch's eps. */
    public static final double EPS = 1e-5;
    /** PyTorch's momentum: the new batch's share. */
    public static final double MOMENTUM = 0.1;

    private final int features;
    private final double eps;
    private final double momentum;
    private final Parameter weight;
    private final Parameter bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final Tensor batches;

    public BatchNorm1d(int features) {
        this(features, EPS, MOMENTUM);
    }

    /** @param momentum the new batch's share in the running statistics */
    public BatchNorm1d(int features, double eps, double momentum) {
        this.features = Checks.positive("BatchNorm1d", "features", features);
        this.eps = eps;
        this.momentum = momentum;
        this.weight = parameter("weight", Tensor.ones(features));
        this.bias = parameter("bias", Tensor.zeros(features));
        this.runningMean = buffer("running_mean", Tensor.zeros(features));
        this.runningVariance = buffer("running_var", Tensor.ones(features));
        this.batches = buffer("num_batches_tracked", Tensor.scalar(0));
    }

    @Override
    public Variable forward(Variable x) {
        Checks.shape(this, "input", x.shape(), -1, features);
        Variable gamma = x.tape().use(weight);
        Variable beta = x.tape().use(bias);
        if (!isTraining()) return byRunningStatistics(x, gamma, beta);
        if (x.size(0) < 2) {
            throw Checks.mismatch(this, "input in training mode", "[2 or more, " + features + "]", x.shape());
        }
        BatchNorm batch = Functions.batchNorm(x, gamma, beta, (float) eps);
        if (!x.tape().isReplay()) track(batch); // a checkpoint computes the same batch twice
        return batch.output();
    }

    private Variable byRunningStatistics(Variable x, Variable gamma, Variable beta) {
        Variable scale = gamma.mul(inverseDeviation());
        return x.sub(runningMean).mul(scale).add(beta); // the mean first: x * scale + shift would lose digits to it
    }

    private Tensor inverseDeviation() {
        return runningVariance.add((float) eps).rsqrt();
    }

    @Override
    Step step() {
        return RowSteps.batchNorm(toString(), runningMean, weight.value().mul(inverseDeviation()), bias.value());
    }

    private void track(BatchNorm batch) {
        float share = (float) momentum;
        float unbiased = (float) batch.count() / (batch.count() - 1);
        runningMean.mul_(1 - share).addScaled_(batch.mean(), share);
        runningVariance.mul_(1 - share).addScaled_(batch.variance(), share * unbiased);
        batches.fill_(batches.item() + 1);
    }

    @Override
    public String toString() {
        return "BatchNorm1d(" + features + ")";
    }
}
