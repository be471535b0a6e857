package org.lanewise.nn.loss;

import org.lanewise.autograd.CrossEntropyOptions;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.LossReduction;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;

/**
 * The everyday losses in their everyday form: predictions p on a tape against constant targets y of the same shape (nothing
 * is broadcast but weights: [n] against [n, 1] is an error), reduced to the mean. The forms with weights and other
 * reductions are in {@link Functions}; without reduction a loss gives one value per element, to weigh and sum as one likes.
 *
 * <pre>{@code
 * Variable loss = Losses.huber(net.forward(x), y, 1.0);
 * Gradients gradients = tape.backward(loss);
 * }</pre>
 *
 * <p>Beside them: {@link GaussianNll}, {@link CoxLoss}, {@link Contrastive}.
 */
public final class Losses {

    private Losses() {}

    // --- regression

    /** (p - y)<sup>2</sup>. */
    public static Variable mse(Variable prediction, Tensor target) {
        return mse(prediction, target, null);
    }

    /** w (p - y)<sup>2</sup>, divided by the number of elements. @param weights broadcast to the target; null for 1 */
    public static Variable mse(Variable prediction, Tensor target, Tensor weights) {
        return Functions.mse(prediction, target, weights, LossReduction.MEAN);
    }

    /** |p - y|. */
    public static Variable mae(Variable prediction, Tensor target) {
        return mae(prediction, target, null);
    }

    /** w |p - y|, divided by the number of elements. @param weights broadcast to the target; null for 1 */
    public static Variable mae(Variable prediction, Tensor target, Tensor weights) {
        return Functions.mae(prediction, target, weights, LossReduction.MEAN);
    }

    /** e<sup>2</sup>/2 for |e| = |p - y| up to {@code delta}, beyond it delta (|e| - delta/2) (Huber 1964). */
    public static Variable huber(Variable prediction, Tensor target, double delta) {
        return huber(prediction, target, delta, null);
    }

    /** Huber's loss times w, divided by the number of elements. @param weights broadcast to the target; null for 1 */
    public static Variable huber(Variable prediction, Tensor target, double delta, Tensor weights) {
        return Functions.huber(prediction, target, (float) delta, weights, LossReduction.MEAN);
    }

    /**
     * The pinball loss, smallest at the {@code q}-quantile: q (y - p) where p is too low, (1 - q)(p - y) where it is too high
     * (Koenker and Bassett 1978).
     */
    public static Variable quantile(Variable prediction, Tensor target, double q) {
        return quantiles(prediction.unsqueeze(-1), target, (float) q);
    }

    /** Several quantiles of each target at once: prediction {@code [..., number of levels]}, target {@code [...]}. */
    public static Variable quantiles(Variable prediction, Tensor target, float... levels) {
        return Functions.quantile(prediction, target, levels, LossReduction.MEAN);
    }

    // --- classification

    /** Binary cross-entropy -(y log s + (1 - y) log(1 - s)) with s = sigmoid(logit), y in 0..1, safe for any logit. */
    public static Variable bceWithLogits(Variable logits, Tensor target) {
        return bceWithLogits(logits, target, null, null);
    }

    /**
     * Binary cross-entropy -w (p y log s + (1 - y) log(1 - s)), divided by the number of elements.
     *
     * @param weights w, broadcast to the target; null for 1
     * @param positiveWeight p, broadcast to the target; null for 1
     */
    public static Variable bceWithLogits(Variable logits, Tensor target, Tensor weights, Tensor positiveWeight) {
        return Functions.bceWithLogits(logits, target, weights, positiveWeight, LossReduction.MEAN);
    }

    /** -log softmax(logits)<sub>y</sub> for logits {@code [..., classes]} and one class y for each row. */
    public static Variable crossEntropy(Variable logits, int... labels) {
        return crossEntropy(logits, labels, CrossEntropyOptions.DEFAULT);
    }

    /** The same with label smoothing, class weights, an ignored label or another reduction. */
    public static Variable crossEntropy(Variable logits, int[] labels, CrossEntropyOptions options) {
        return Functions.crossEntropy(logits, labels, options);
    }
}
