package org.lanewise.nn.loss;

import java.util.Arrays;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Cross-entropy of class scores with the true class, for logits x {@code [..., classes]} and labels y:
 *
 * <pre>
 * (1 - e) w_y (-log p_y) + e / classes * sum over c of w_c (-log p_c),   p = softmax(x)
 * </pre>
 *
 * with label smoothing e (none unless set) and class weights w (1 unless set). The mean is weighted, as PyTorch's: the sum
 * divided by the summed weights of the labels. Rows with the ignored label (-100 unless set) count for nothing; when every
 * row is ignored the loss is 0.
 *
 * <pre>{@code
 * Variable loss = CrossEntropy.standard().smoothing(0.1).apply(logits, labels);
 * }</pre>
 */
public final class CrossEntropy {
    /** PyTorch's ignored label. */
    public static final int IGNORED = -100;

    private final double smoothing;
    private final float[] classWeights;
    private final int ignored;

    private CrossEntropy(double smoothing, float[] classWeights, int ignored) {
        this.smoothing = smoothing;
        this.classWeights = classWeights;
        this.ignored = ignored;
    }

    public static CrossEntropy standard() {
        return new CrossEntropy(0, null, IGNORED);
    }

    /** With label smoothing in 0..1 (Szegedy et al. 2016). */
    public CrossEntropy smoothing(double smoothing) {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("CrossEntropy: smoothing must lie in 0..1, got " + smoothing);
        }
        return new CrossEntropy(smoothing, classWeights, ignored);
    }

    /** With one weight per class. */
    public CrossEntropy weights(float... classWeights) {
        return new CrossEntropy(smoothing, classWeights.clone(), ignored);
    }

    /** With this label for rows that do not count. */
    public CrossEntropy ignoring(int label) {
        return new CrossEntropy(smoothing, classWeights, label);
    }

    /** The mean over the rows. */
    public Variable apply(Variable logits, int[] labels) {
        return apply(logits, labels, Reduction.MEAN);
    }

    /**
     * The loss of labels in row-major order of the logits' leading dimensions.
     *
     * @throws ShapeException when there is not one label per row, or not one weight per class
     * @throws IllegalArgumentException for a label that is no class
     */
    public Variable apply(Variable logits, int[] labels, Reduction reduction) {
        int[] shape = logits.value().shape();
        int classes = shape.length == 0 ? 0 : shape[shape.length - 1];
        check(shape, classes, labels);

        float[] x = logits.value().toArray();
        float[] slopes = new float[x.length];
        float[] rows = new float[labels.length];
        double sum = 0;
        double scale = reduction == Reduction.NONE || reduction == Reduction.SUM ? 1 : 1 / labelWeight(labels);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == ignored) continue;
            double loss = row(x, i * classes, classes, labels[i], scale, slopes);
            rows[i] = (float) loss;
            sum += loss;
        }
        Tensor value = reduction == Reduction.NONE
                ? Tensor.of(rows, Arrays.copyOf(shape, shape.length - 1))
                : Tensor.scalar((float) (sum == 0 ? 0 : scale * sum));
        Tensor slope = Tensor.of(slopes, shape);
        return LossRule.record(value, new Tensor[] {slope}, logits);
    }

    /** The loss of one row; writes its slopes times {@code scale}. */
    private double row(float[] x, int at, int classes, int label, double scale, float[] slopes) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) max = Math.max(max, x[at + c]);
        double sum = 0;
        for (int c = 0; c < classes; c++) sum += Math.exp(x[at + c] - max);
        double logSum = max + Math.log(sum);

        // the coefficients of -log p_c, which add up to `mass`: the slope is mass * p_c - coefficient
        double even = smoothing / classes;
        double own = (1 - smoothing) * weight(label);
        double mass = own;
        double loss = own * (logSum - x[at + label]);
        if (even > 0) {
            for (int c = 0; c < classes; c++) {
                mass += even * weight(c);
                loss += even * weight(c) * (logSum - x[at + c]);
            }
        }
        for (int c = 0; c < classes; c++) {
            double coefficient = even * weight(c) + (c == label ? own : 0);
            slopes[at + c] = (float) (scale * (mass * Math.exp(x[at + c] - logSum) - coefficient));
        }
        return loss;
    }

    private double weight(int c) {
        return classWeights == null ? 1 : classWeights[c];
    }

    private double labelWeight(int[] labels) {
        double sum = 0;
        for (int label : labels) if (label != ignored) sum += weight(label);
        return sum;
    }

    private void check(int[] shape, int classes, int[] labels) {
        long rows = 1;
        for (int d = 0; d < shape.length - 1; d++) rows *= shape[d];
        if (classes == 0 || rows != labels.length) {
            throw ShapeException.of("CrossEntropy", shape, "does not give one row of scores to each of " + labels.length
                    + " labels");
        }
        if (classWeights != null && classWeights.length != classes) {
            throw ShapeException.of("CrossEntropy", shape, "has " + classes + " classes, but there are "
                    + classWeights.length + " class weights");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != ignored && (labels[i] < 0 || labels[i] >= classes)) {
                throw new IllegalArgumentException("CrossEntropy: label " + labels[i] + " of row " + i
                        + " is not in 0.." + (classes - 1));
            }
        }
    }
}
