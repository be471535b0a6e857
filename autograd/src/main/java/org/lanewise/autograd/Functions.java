package org.lanewise.autograd;

import org.lanewise.engine.Activation;
import org.lanewise.engine.Tensor;

/**
 * Fused operations: one node each on the tape, with forward and backward passes that keep no more than they need. What a
 * formula needs beyond these is composed of {@link Variable}'s operations.
 */
public final class Functions {

    private Functions() {}

    // --- layers

    /**
     * A linear layer with its activation: {@code f(x W' + b)}.
     *
     * @param x [..., in]
     * @param weight [out, in]
     * @param bias [out], or null
     */
    public static Variable linear(Variable x, Variable weight, Variable bias, Activation activation) {
        return Linear.linear(x, weight, bias, activation);
    }

    /** {@link #linear(Variable, Variable, Variable, Activation)} without activation. */
    public static Variable linear(Variable x, Variable weight, Variable bias) {
        return linear(x, weight, bias, Activation.NONE);
    }

    /**
     * Scaled dot-product attention with several heads: {@code softmax(Q K' / sqrt(D) + masks) V} for each batch entry and
     * head, head h being columns h D .. (h + 1) D - 1, D = E / heads. A query that may see no key gets zeros.
     *
     * @param q queries [B, T, E]
     * @param k keys [B, S, E]; q, k and v may be slices of one projection
     * @param v values [B, S, Ev]
     * @return [B, T, Ev]
     */
    public static Variable attention(Variable q, Variable k, Variable v, AttentionOptions options) {
        return Attention.attention(q, k, v, options);
    }

    /** The weights [B, heads, T, S] of {@link #attention}, without dropout, for reports. */
    public static Tensor attentionWeights(Tensor q, Tensor k, AttentionOptions options) {
        return Attention.weights(q, k, options);
    }

    /**
     * Rows of a table: {@code out[i, :] = weight[ids[i], :]}.
     *
     * @param weight [V, E]
     * @param idShape the shape in which the {@code ids} are read; the result is [idShape..., E]
     */
    public static Variable embedding(Variable weight, int[] ids, int... idShape) {
        return Indexing.embedding(weight, -1, ids, idShape);
    }

    /** {@link #embedding(Variable, int[], int...)} in which the row {@code paddingId} gets no gradient. */
    public static Variable paddedEmbedding(Variable weight, int paddingId, int[] ids, int... idShape) {
        return Indexing.embedding(weight, paddingId, ids, idShape);
    }

    /**
     * Layer normalisation over the trailing dimensions of {@code gamma}: {@code (x - mean) / sqrt(variance + eps) gamma +
     * beta}, with the variance divided by n.
     *
     * @param x [..., shape of gamma]
     * @param beta in the shape of gamma, or null
     */
    public static Variable layerNorm(Variable x, Variable gamma, Variable beta, float eps) {
        return RowNorm.layerNorm(x, gamma, beta, eps);
    }

    /** Root mean square normalisation: {@code x / sqrt(mean(x^2) + eps) gamma}, over the trailing dimensions of gamma. */
    public static Variable rmsNorm(Variable x, Variable gamma, float eps) {
        return RowNorm.rmsNorm(x, gamma, eps);
    }

    /**
     * Batch normalisation by the batch's own statistics, for training. (With running statistics the operation is {@code x *
     * scale + shift}, made of {@link Variable}'s arithmetic.)
     *
     * @param x [N, C] or [N, C, L], at least two elements per channel
     * @param gamma [C]
     * @param beta [C]
     */
    public static BatchNorm batchNorm(Variable x, Variable gamma, Variable beta, float eps) {
        return ChannelNorm.batchNorm(x, gamma, beta, eps);
    }

    /**
     * Each element is dropped with probability {@code p}, else multiplied by {@code 1 / (1 - p)}. The mask comes from the
     * next of the tape's random streams; p is rounded to a multiple of 2^-16. With p = 0 this is {@code x} itself.
     */
    public static Variable dropout(Variable x, float p) {
        return Dropout.dropout(x, p);
    }

    /**
     * A sum of products in Einstein's notation, as {@link org.lanewise.engine.Einsum}: {@code einsum("bij,bjk->bik", a, b)}.
     * Diagonals (a letter twice in one operand) cannot be differentiated.
     */
    public static Variable einsum(String equation, Variable... operands) {
        return EinsteinSum.of(equation, operands);
    }

    // --- losses

    /**
     * Cross-entropy of logits, as {@link CrossEntropyOptions} says.
     *
     * @param logits [..., C]
     * @param targets a class in 0..C-1 for each row
     * @return a scalar, or [...] when not reduced
     */
    public static Variable crossEntropy(Variable logits, int[] targets, CrossEntropyOptions options) {
        return CrossEntropy.crossEntropy(logits, targets, options);
    }

    /** The mean cross-entropy of logits [..., C] with one class for each row. */
    public static Variable crossEntropy(Variable logits, int... targets) {
        return crossEntropy(logits, targets, CrossEntropyOptions.DEFAULT);
    }

    /**
     * Binary cross-entropy of logits: {@code -w (p t log s(x) + (1 - t) log(1 - s(x)))}, s the sigmoid.
     *
     * @param target t in [0, 1], in the shape of the logits
     * @param weights w, broadcast to the logits; null for 1. A mean divides by the number of elements all the same
     * @param positiveWeight p, broadcast to the logits; null for 1
     */
    public static Variable bceWithLogits(Variable logits, Tensor target, Tensor weights, Tensor positiveWeight,
            LossReduction reduction) {
        return PointwiseLoss.bceWithLogits(logits, target, weights, positiveWeight, reduction);
    }

    /** {@code w (x - t)^2}. @param weights broadcast to the prediction; null for 1 */
    public static Variable mse(Variable prediction, Tensor target, Tensor weights, LossReduction reduction) {
        return PointwiseLoss.squared(prediction, target, weights, reduction);
    }

    /** {@code w |x - t|}, with slope 0 at t. @param weights broadcast to the prediction; null for 1 */
    public static Variable mae(Variable prediction, Tensor target, Tensor weights, LossReduction reduction) {
        return PointwiseLoss.absolute(prediction, target, weights, reduction);
    }

    /**
     * Huber's loss of d = x - t: {@code d^2 / 2} within delta of 0, else {@code delta (|d| - delta / 2)}.
     *
     * @param weights broadcast to the prediction; null for 1
     */
    public static Variable huber(Variable prediction, Tensor target, float delta, Tensor weights,
            LossReduction reduction) {
        return PointwiseLoss.huber(prediction, target, delta, weights, reduction);
    }

    /**
     * The pinball loss {@code max(q (t - x), (q - 1) (t - x))} of quantile regression, one prediction for each level q.
     *
     * @param prediction [..., number of levels]
     * @param target [...]
     * @return a scalar, or the prediction's shape when not reduced
     */
    public static Variable quantile(Variable prediction, Tensor target, float[] levels, LossReduction reduction) {
        return PointwiseLoss.quantile(prediction, target, levels, reduction);
    }

    /**
     * The negative log-likelihood of normal targets but for its constant: {@code w (log v + (t - m)^2 / v) / 2}.
     *
     * @param mean m
     * @param logVariance log v, in the shape of the mean
     * @param target t, in the shape of the mean
     * @param weights broadcast to the mean; null for 1
     */
    public static Variable gaussianNll(Variable mean, Variable logVariance, Tensor target, Tensor weights,
            LossReduction reduction) {
        return PointwiseLoss.gaussianNll(mean, logVariance, target, weights, reduction);
    }
}
