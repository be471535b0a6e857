package org.lanewise.nn.loss;

import org.lanewise.autograd.Rule;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;

/**
 * Records a loss whose slopes were computed along with its value. All that is left for the backward walk is to multiply them
 * by the incoming gradient.
 */
final class LossRule {
    private static final Rule<Tensor[]> RULE = Rule.of("loss", (slopes, gradient, inputs) -> {
        for (int i = 0; i < slopes.length; i++) {
            if (inputs.wants(i)) inputs.give(i, slopes[i].mul(gradient));
        }
    });

    private LossRule() {}

    /**
     * A loss as a variable.
     *
     * @param value a scalar, or one value for each element of the inputs
     * @param slopes for each input the derivative of the value by it, in the input's shape
     */
    static Variable record(Tensor value, Tensor[] slopes, Variable... inputs) {
        return inputs[0].tape().record(RULE, value, slopes, inputs);
    }
}
