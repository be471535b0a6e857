package org.lanewise.nn.loss;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Losses without state. Each takes predictions p on a tape and constant targets y of the same shape, throws
 * {@link ShapeException} when shapes differ (nothing is broadcast but weights), and gives a scalar, or with
 * {@link Reduction#NONE} one value per element. The short forms take the mean.
 *
 * <pre>{@code
 * Variable loss = Losses.huber(net.forward(x), y, 1.0);
 * Gradients gradients = tape.backward(loss);
 * }</pre>
 *
 * <p>With more to choose: {@link CrossEntropy}, {@link GaussianNll}, {@link CoxLoss}, {@link Contrastive}.
 */
public final class Losses {

    private Losses() {}

    // --- regression

    /** (p - y)<sup>2</sup>. */
    public static Variable mse(Variable prediction, Tensor target) {
        return mse(prediction, target, null, Reduction.MEAN);
    }

    /** (p - y)<sup>2</sup>, times weights that broadcast to the target's shape (null for none). */
    public static Variable mse(Variable prediction, Tensor target, Tensor weights, Reduction reduction) {
        float[] p = prediction.value().toArray();
        float[] y = Pointwise.target("mse", prediction, target);
        return Pointwise.reduce("mse", (i, slope) -> {
            double error = (double) p[i] - y[i];
            slope[0] = 2 * error;
            return error * error;
        }, weights, reduction, prediction);
    }

    /** |p - y|; the slope at 0 is 0. */
    public static Variable mae(Variable prediction, Tensor target) {
        return mae(prediction, target, null, Reduction.MEAN);
    }

    /** |p - y|, times weights that broadcast to the target's shape (null for none). */
    public static Variable mae(Variable prediction, Tensor target, Tensor weights, Reduction reduction) {
        float[] p = prediction.value().toArray();
        float[] y = Pointwise.target("mae", prediction, target);
        return Pointwise.reduce("mae", (i, slope) -> {
            double error = (double) p[i] - y[i];
            slope[0] = Math.signum(error);
            return Math.abs(error);
        }, weights, reduction, prediction);
    }

    /** e<sup>2</sup>/2 for |e| = |p - y| up to {@code delta}, beyond it delta (|e| - delta/2) (Huber 1964). */
    public static Variable huber(Variable prediction, Tensor target, double delta) {
        return huber(prediction, target, delta, null, Reduction.MEAN);
    }

    /** Huber's loss, times weights that broadcast to the target's shape (null for none). */
    public static Variable huber(Variable prediction, Tensor target, double delta, Tensor weights,
            Reduction reduction) {
        if (!(delta > 0)) throw new IllegalArgumentException("huber: delta must be positive, got " + delta);
        float[] p = prediction.value().toArray();
        float[] y = Pointwise.target("huber", prediction, target);
        return Pointwise.reduce("huber", (i, slope) -> {
            double error = (double) p[i] - y[i];
            double size = Math.abs(error);
            slope[0] = size <= delta ? error : delta * Math.signum(error);
            return size <= delta ? 0.5 * error * error : delta * (size - 0.5 * delta);
        }, weights, reduction, prediction);
    }

    /**
     * The pinball loss, smallest at the {@code q}-quantile: q (y - p) where p is too low, (1 - q)(p - y) where it is too high
     * (Koenker and Bassett 1978).
     */
    public static Variable quantile(Variable prediction, Tensor target, double q) {
        return quantile(prediction, target, q, null, Reduction.MEAN);
    }

    /** The pinball loss, times weights that broadcast to the target's shape (null for none). */
    public static Variable quantile(Variable prediction, Tensor target, double q, Tensor weights,
            Reduction reduction) {
        float[] y = Pointwise.target("quantile", prediction, target);
        return pinball(prediction, y, new double[] {q}, weights, reduction);
    }

    /**
     * Several quantiles at once: column k of {@code prediction [..., K]} is for {@code q[k]}, all of the one {@code target
     * [...]}.
     */
    public static Variable quantiles(Variable prediction, Tensor target, double[] q, Tensor weights,
            Reduction reduction) {
        int[] shape = prediction.value().shape();
        int rank = shape.length;
        if (rank == 0 || shape[rank - 1] != q.length || !prediction.value().select(-1, 0).sameShape(target)) {
            throw ShapeException.of("quantiles", shape, target.shape(),
                    "(prediction and target): the prediction needs one more dimension, of size " + q.length);
        }
        float[] y = target.unsqueeze(-1).expand(shape).toArray();
        return pinball(prediction, y, q, weights, reduction);
    }

    private static Variable pinball(Variable prediction, float[] y, double[] q, Tensor weights, Reduction reduction) {
        for (double level : q) {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("quantile: the level must lie between 0 and 1, got " + level);
            }
        }
        float[] p = prediction.value().toArray();
        return Pointwise.reduce("quantile", (i, slope) -> {
            double level = q[i % q.length];
            double error = (double) y[i] - p[i];
            slope[0] = error > 0 ? -level : error < 0 ? 1 - level : 0;
            return error >= 0 ? level * error : (level - 1) * error;
        }, weights, reduction, prediction);
    }

    // --- classification

    /** Binary cross-entropy -(y log s + (1 - y) log(1 - s)) with s = sigmoid(logit), y in 0..1, safe for any logit. */
    public static Variable bceWithLogits(Variable logits, Tensor target) {
        return bceWithLogits(logits, target, null, null, Reduction.MEAN);
    }

    /**
     * The same with weights.
     *
     * @param weights of the elements, null for none; broadcast to the target's shape
     * @param positiveWeights the factor of the first term, per class or element, null for 1; broadcast as well
     */
    public static Variable bceWithLogits(Variable logits, Tensor target, Tensor weights, Tensor positiveWeights,
            Reduction reduction) {
        float[] x = logits.value().toArray();
        float[] y = Pointwise.target("bceWithLogits", logits, target);
        float[] positive = positiveWeights == null
                ? null
                : Pointwise.spread("bceWithLogits", positiveWeights, target.shape());
        return Pointwise.reduce("bceWithLogits", (i, slope) -> {
            double yes = (positive == null ? 1 : positive[i]) * (double) y[i];
            double no = 1.0 - y[i];
            slope[0] = no * sigmoid(x[i]) - yes * sigmoid(-x[i]);
            return no * softplus(x[i]) + yes * softplus(-x[i]);
        }, weights, reduction, logits);
    }

    /** log(1 + exp(x)). */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    static double sigmoid(double x) {
        if (x >= 0) return 1 / (1 + Math.exp(-x));
        double e = Math.exp(x);
        return e / (1 + e);
    }
}
