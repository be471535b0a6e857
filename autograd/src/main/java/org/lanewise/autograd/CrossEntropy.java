package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Cross-entropy of logits with class numbers. For a row x with class t, log-probabilities l = log softmax(x), class weights
 * w, smoothing s and C classes
 *
 * <pre>loss = -(1 - s) w[t] l[t] - s / C * sum over c of w[c] l[c]</pre>
 *
 * and the gradient is {@code (a + b) softmax(x) - a at t - s / C w[c] at c}, with a = (1 - s) w[t] and b = s / C * sum w.
 * Saved: the logits, from which the backward pass computes the probabilities again straight into the gradient.
 */
final class CrossEntropy {

    private CrossEntropy() {}

    private record Saved(Tensor logits, int[] targets, CrossEntropyOptions options, double norm) {
    }

    private static final Rule<Saved> RULE = Rule.of("crossEntropy", CrossEntropy::backward);

    static Variable crossEntropy(Variable input, int[] targets, CrossEntropyOptions options) {
        check(input, targets, options);
        Tensor x = input.value().contiguous();
        int classes = x.size(-1);
        Tensor losses = Tensor.zeros(Arrays.copyOf(x.shape(), x.rank() - 1));
        Kernels kernels = KernelProvider.get();
        float[] weights = weights(options, classes);
        float weightSum = kernels.sum(weights, 0, classes);
        double smooth = options.smoothing() / classes;
        Spread.rows(targets.length, 4 * classes, (first, rows) -> {
            for (int row = first; row < first + rows; row++) {
                int target = targets[row];
                if (target == options.ignoreIndex()) continue;
                int at = x.offset() + row * classes;
                float max = kernels.max(x.data(), at, classes);
                double logSum = max + StrictMath.log(kernels.sumExp(x.data(), at, max, classes));
                double loss = (1 - options.smoothing()) * weights[target] * (logSum - x.data()[at + target]);
                if (smooth != 0) {
                    loss += smooth * (logSum * weightSum - kernels.dot(x.data(), at, weights, 0, classes));
                }
                losses.data()[row] = (float) loss;
            }
        });
        double norm = options.reduction() == LossReduction.MEAN ? totalWeight(targets, weights, options) : 1;
        Tensor value = losses;
        if (options.reduction() != LossReduction.NONE) {
            double sum = 0;
            for (float loss : losses.data()) sum += loss;
            value = Tensor.scalar((float) (sum / norm));
        }
        return input.tape().record(RULE, value, new Saved(x, targets.clone(), options, norm), input);
    }

    private static void check(Variable input, int[] targets, CrossEntropyOptions options) {
        if (input.rank() < 1 || input.size(-1) == 0 || input.numel() / input.size(-1) != targets.length) {
            throw ShapeException.of("crossEntropy", input.shape(),
                    "does not hold one row of logits for each of " + targets.length + " targets");
        }
        int classes = input.size(-1);
        Tensor weights = options.classWeights();
        if (weights != null && (weights.rank() != 1 || weights.numel() != classes)) {
            throw ShapeException.of("crossEntropy", input.shape(), weights.shape(),
                    "(logits and class weights) do not have the same classes");
        }
        for (int i = 0; i < targets.length; i++) {
            if (targets[i] != options.ignoreIndex() && (targets[i] < 0 || targets[i] >= classes)) {
                throw new IllegalArgumentException("crossEntropy: target " + targets[i] + " at position " + i
                        + " is not one of " + classes + " classes");
            }
        }
    }

    private static float[] weights(CrossEntropyOptions options, int classes) {
        if (options.classWeights() != null) return options.classWeights().toArray();
        float[] ones = new float[classes];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private static double totalWeight(int[] targets, float[] weights, CrossEntropyOptions options) {
        double sum = 0;
        for (int target : targets) if (target != options.ignoreIndex()) sum += weights[target];
        return sum > 0 ? sum : 1; // with every row ignored the mean is 0, not NaN
    }

    private static void backward(Saved s, Tensor gradient, InputGradients in) {
        int classes = s.logits.size(-1);
        CrossEntropyOptions options = s.options;
        float[] weights = weights(options, classes);
        Kernels kernels = KernelProvider.get();
        double smooth = options.smoothing() / classes;
        double smoothSum = smooth * kernels.sum(weights, 0, classes);
        Tensor out = Tensor.zeros(s.logits.shape());
        Tensor g = options.reduction() == LossReduction.NONE ? gradient.contiguous() : null;
        double common = g == null ? gradient.item() / s.norm : 0;
        Spread.rows(s.targets.length, 4 * classes, (first, rows) -> {
            for (int row = first; row < first + rows; row++) {
                int target = s.targets[row];
                if (target == options.ignoreIndex()) continue;
                double factor = g == null ? common : g.data()[g.offset() + row];
                double hit = (1 - options.smoothing()) * weights[target];
                float[] d = out.data();
                int at = row * classes;
                kernels.softmax(s.logits.data(), s.logits.offset() + at, d, at, classes);
                kernels.mulScalar(d, at, (float) (factor * (hit + smoothSum)), d, at, classes);
                if (smooth != 0) kernels.axpy((float) (-factor * smooth), weights, 0, d, at, classes);
                d[at + target] -= (float) (factor * hit);
            }
        });
        in.give(0, out);
    }
}
