package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.Tensor;

/** Finds the operation that first yields a number that is not finite. */
final class Anomalies {

    private Anomalies() {}

    static void inValue(Rule<?> rule, Tensor value, Variable... inputs) {
        if (isFinite(value)) return;
        StringBuilder shapes = new StringBuilder();
        for (Variable input : inputs) {
            if (input == null) continue;
            // masked scores and the like are meant to be infinite: only what is new here is reported
            if (!isFinite(input.value())) return;
            shapes.append(shapes.isEmpty() ? "" : ", ").append(Arrays.toString(input.shape()));
        }
        throw new ArithmeticException(
                rule.name() + ": the result is not finite, of finite inputs of shapes " + shapes + ": " + value);
    }

    /** After the rule of {@code node} has run. */
    static void inGradients(Node node, InputGradients sums) {
        Node[] parents = node.parents();
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] == null || !sums.reached(parents[i])) continue;
            Tensor sum = sums.sum(parents[i]);
            if (!isFinite(sum)) {
                throw new ArithmeticException("backward of " + node.name() + ": the gradient of input " + i + " ("
                        + parents[i].name() + ") is not finite: " + sum);
            }
        }
    }

    private static boolean isFinite(Tensor t) {
        // 0 * x is 0 for finite x and NaN for all others
        return t.numel() == 0 || !Float.isNaN(t.mul(0f).sum().item());
    }
}
