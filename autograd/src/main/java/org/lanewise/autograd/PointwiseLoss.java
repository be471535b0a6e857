package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Losses that compare each prediction with a constant target. Loss and slope are computed together in the forward pass and
 * only the slope is saved, one tensor of the prediction's shape, whatever the formula needs.
 */
final class PointwiseLoss {

    private PointwiseLoss() {}

    /** d loss / d input for each input, already divided by the count for a mean. */
    private record Slopes(Tensor... of) {
    }

    private static final Rule<Slopes> RULE = Rule.of("loss", (s, g, in) -> {
        for (int i = 0; i < s.of.length; i++) {
            if (in.wants(i)) in.give(i, s.of[i].mul(g));
        }
    });

    static Variable squared(Variable prediction, Tensor target, Tensor weights, LossReduction reduction) {
        Tensor d = difference("mse", prediction, target);
        return record("mse", d.square(), weights, reduction, inputs(prediction), d.mul(2f));
    }

    static Variable absolute(Variable prediction, Tensor target, Tensor weights, LossReduction reduction) {
        Tensor d = difference("mae", prediction, target);
        return record("mae", d.abs(), weights, reduction, inputs(prediction), d.sign());
    }

    /** With c = clamp(d, -delta, delta) both branches are {@code c (d - c / 2)}. */
    static Variable huber(Variable prediction, Tensor target, float delta, Tensor weights, LossReduction reduction) {
        if (!(delta > 0)) {
            throw new IllegalArgumentException("huber: delta " + delta + " is not positive");
        }
        Tensor d = difference("huber", prediction, target);
        Tensor c = d.clamp(-delta, delta);
        return record("huber", d.sub(c.mul(0.5f)).mul(c), weights, reduction, inputs(prediction), c);
    }

    static Variable quantile(Variable prediction, Tensor target, float[] levels, LossReduction reduction) {
        int[] shape = prediction.shape();
        if (shape.length == 0 || shape[shape.length - 1] != levels.length
                || !Arrays.equals(Arrays.copyOf(shape, shape.length - 1), target.shape())) {
            throw ShapeException.of("quantile", shape, target.shape(),
                    "are not the predictions of " + levels.length + " levels for each target");
        }
        for (float level : levels) {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("quantile: level " + level + " is not in (0, 1)");
            }
        }
        Tensor q = Tensor.of(levels.clone(), levels.length);
        Tensor d = prediction.value().sub(target.unsqueeze(-1));
        // above the target the slope is 1 - q, below it -q
        Tensor slope = d.gt(0f).sub(d.ne(0f).mul(q));
        return record("quantile", d.mul(slope), null, reduction, inputs(prediction), slope);
    }

    /** {@code (1 - t) x + (1 + (p - 1) t) softplus(-x)}. */
    static Variable bceWithLogits(Variable logits, Tensor target, Tensor weights, Tensor positiveWeight,
            LossReduction reduction) {
        same("bceWithLogits", logits, target);
        Tensor x = logits.value();
        Tensor negative = target.neg().add(1f);
        Tensor minus = x.neg();
        Tensor soft = minus.softplus();
        Tensor pull = minus.sigmoid();
        if (positiveWeight != null) {
            Tensor factor = target.mul(positiveWeight.sub(1f)).add(1f);
            soft = soft.mul(factor);
            pull = pull.mul(factor);
        }
        return record("bceWithLogits", x.mul(negative).add_(soft), weights, reduction, inputs(logits),
                negative.sub(pull));
    }

    /** {@code (log v + (t - m)^2 / v) / 2}. */
    static Variable gaussianNll(Variable mean, Variable logVariance, Tensor target, Tensor weights,
            LossReduction reduction) {
        Tensor d = difference("gaussianNll", mean, target);
        same("gaussianNll", mean, logVariance.value());
        Tensor scaled = logVariance.value().neg().exp().mul(d);
        Tensor squares = scaled.mul(d);
        Tensor loss = logVariance.value().add(squares).mul_(0.5f);
        return record("gaussianNll", loss, weights, reduction, new Variable[] {mean, logVariance}, scaled,
                squares.neg().add(1f).mul_(0.5f));
    }

    private static Variable[] inputs(Variable prediction) {
        return new Variable[] {prediction};
    }

    private static Tensor difference(String op, Variable prediction, Tensor target) {
        same(op, prediction, target);
        return prediction.value().sub(target);
    }

    /** Broadcasting a target is nearly always a mistake: [N, 1] against [N] would compare all pairs. */
    private static void same(String op, Variable prediction, Tensor target) {
        if (!Arrays.equals(prediction.shape(), target.shape())) {
            throw ShapeException.of(op, prediction.shape(), target.shape(), "(prediction and target) differ");
        }
    }

    private static Variable record(String op, Tensor loss, Tensor weights, LossReduction reduction, Variable[] inputs,
            Tensor... slopes) {
        if (weights != null) {
            loss = loss.mul(weights);
            if (!Arrays.equals(loss.shape(), inputs[0].shape())) {
                throw ShapeException.of(op, inputs[0].shape(), weights.shape(), "(prediction and weights) do not fit");
            }
        }
        float factor = reduction == LossReduction.MEAN ? 1f / loss.numel() : 1f;
        Tensor value = switch (reduction) {
            case NONE -> loss;
            case SUM -> loss.sum();
            case MEAN -> loss.mean();
        };
        if (!inputs[0].tape().tracks(inputs)) return inputs[0].tape().constant(value);
        for (int i = 0; i < slopes.length; i++) {
            if (weights != null) slopes[i] = slopes[i].mul(weights);
            if (factor != 1f) slopes[i] = slopes[i].mul(factor);
        }
        return inputs[0].tape().record(RULE, value, new Slopes(slopes), inputs);
    }
}
