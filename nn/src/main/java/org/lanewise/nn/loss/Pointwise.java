package org.lanewise.nn.loss;

import java.util.Arrays;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * A loss of each element by itself, value and slopes in one pass in double precision.
 *
 * <p>The elements are summed one after the other, so the result is the same whatever the number of threads.
 */
final class Pointwise {
    /** Some elements' loss: reads its inputs at {@code i}, and writes the slopes by each of them. */
    @FunctionalInterface
    interface Element {
        /** @param slopes to be set to the derivatives by the inputs. @return the loss of element {@code i} */
        double at(int i, double[] slopes);
    }

    private Pointwise() {}

    /**
     * The reduced loss over the elements of the first input's shape, which all inputs have.
     *
     * @param weights of the elements, in their shape or one that broadcasts to it, or null
     */
    static Variable reduce(String name, Element element, Tensor weights, Reduction reduction, Variable... inputs) {
        int[] shape = inputs[0].value().shape();
        int n = inputs[0].value().numel();
        float[] weight = weights == null ? null : spread(name, weights, shape);
        float[][] slopes = new float[inputs.length][n];
        double[] slope = new double[inputs.length];
        float[] values = reduction == Reduction.NONE ? new float[n] : null;
        double scale = scale(reduction, weight, n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double w = weight == null ? 1 : weight[i];
            double value = w * element.at(i, slope);
            sum += value;
            if (values != null) values[i] = (float) value;
            for (int k = 0; k < slopes.length; k++) slopes[k][i] = (float) (scale * w * slope[k]);
        }
        Tensor[] slopeTensors = new Tensor[slopes.length];
        Arrays.setAll(slopeTensors, k -> Tensor.of(slopes[k], shape));
        Tensor value = values != null ? Tensor.of(values, shape) : Tensor.scalar((float) (scale * sum));
        return LossRule.record(value, slopeTensors, inputs);
    }

    private static double scale(Reduction reduction, float[] weight, int n) {
        return switch (reduction) {
            case NONE, SUM -> 1;
            case MEAN -> 1.0 / n;
            case WEIGHTED_MEAN -> 1 / (weight == null ? n : sum(weight));
        };
    }

    static double sum(float[] values) {
        double sum = 0;
        for (float value : values) sum += value;
        return sum;
    }

    /** The values in row-major order after broadcasting to {@code shape}. */
    static float[] spread(String name, Tensor tensor, int[] shape) {
        try {
            return tensor.expand(shape).toArray();
        } catch (ShapeException e) {
            throw ShapeException.of(name, tensor.shape(), shape, "(weights and elements) do not broadcast");
        }
    }

    /** The target's values, throwing unless its shape is the prediction's: [n] against [n, 1] is a mistake. */
    static float[] target(String name, Variable prediction, Tensor target) {
        if (!prediction.value().sameShape(target)) {
            throw ShapeException.of(name, prediction.value().shape(), target.shape(),
                    "(prediction and target) must be equal");
        }
        return target.toArray();
    }
}
