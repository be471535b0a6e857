package org.lanewise.nn.loss;

import java.util.Arrays;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.LossReduction;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Losses over pairs: which row belongs to which, and which comes before which.
 *
 * <pre>{@code
 * Variable scores = Contrastive.cosine(text, image).mul(20f); // temperature 1/20
 * Variable loss = Contrastive.infoNce(scores, true);
 * }</pre>
 */
public final class Contrastive {
    /** The square of the length that shorter rows count as having: a row of zeros stays one, with a finite gradient. */
    private static final float SHORTEST_SQUARED = 1e-24f;

    private Contrastive() {}

    /** The cosines of the rows of {@code a [n, width]} with those of {@code b [m, width]}, {@code [n, m]}. */
    public static Variable cosine(Variable a, Variable b) {
        if (a.value().rank() != 2 || b.value().rank() != 2 || a.value().size(1) != b.value().size(1)) {
            throw ShapeException.of("cosine", a.value().shape(), b.value().shape(),
                    "must be [n, width] and [m, width]");
        }
        return unit(a).matmul(unit(b).transpose(0, 1));
    }

    private static Variable unit(Variable x) {
        return x.mul(x.square().sum(true, -1).clamp(SHORTEST_SQUARED, Float.POSITIVE_INFINITY).rsqrt());
    }

    /**
     * InfoNCE with in-batch negatives: cross-entropy of the scaled cosines {@code cos(a_i, b_j) / temperature} with j = i as
     * the true class, over rows, or with {@code symmetric} the mean of rows and columns (van den Oord et al. 2018; Radford
     * et al. 2021).
     */
    public static Variable infoNce(Variable a, Variable b, double temperature, boolean symmetric) {
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("infoNce: the temperature must be positive, got " + temperature);
        }
        return infoNce(cosine(a, b).mul((float) (1 / temperature)), symmetric);
    }

    /** InfoNCE from scores {@code [n, m]}, m >= n, the true ones on the diagonal; the symmetric form needs m = n. */
    public static Variable infoNce(Variable scores, boolean symmetric) {
        int[] shape = scores.value().shape();
        if (shape.length != 2 || shape[1] < shape[0] || symmetric && shape[0] != shape[1]) {
            throw ShapeException.of("infoNce", shape, symmetric ? "is not [n, n]" : "is not [n, m] with m >= n");
        }
        int[] diagonal = new int[shape[0]];
        Arrays.setAll(diagonal, i -> i);
        Variable rows = Losses.crossEntropy(scores, diagonal);
        if (!symmetric) return rows;
        Variable columns = Losses.crossEntropy(scores.transpose(0, 1), diagonal);
        return rows.add(columns).mul(0.5f);
    }

    /**
     * Each pair judged by itself: sum over i, j of -log sigmoid(+-s_ij), plus where {@code matches} is 1 and minus where it is
     * 0, divided by the number of rows (Zhai et al. 2023). Any number of matches per row is allowed.
     *
     * @param scores {@code [n, m]}, usually {@code cosine * exp(t) + bias} with t and bias trained
     */
    public static Variable pairwiseSigmoid(Variable scores, Tensor matches) {
        int[] shape = scores.value().shape();
        if (shape.length != 2) throw ShapeException.of("pairwiseSigmoid", shape, "is not [n, m]");
        return Functions.bceWithLogits(scores, matches, null, null, LossReduction.SUM).mul(1f / shape[0]);
    }

    /** The same with the matches on the diagonal. */
    public static Variable pairwiseSigmoid(Variable scores) {
        int[] shape = scores.value().shape();
        if (shape.length != 2 || shape[0] != shape[1]) {
            throw ShapeException.of("pairwiseSigmoid", shape, "is not [n, n]");
        }
        return pairwiseSigmoid(scores, Tensor.eye(shape[0]));
    }

    /**
     * Ranking: the mean over all pairs with y_i > y_j of softplus(s_j - s_i), zero without such a pair (Burges et al. 2005).
     * O(n<sup>2</sup>).
     *
     * @param scores {@code [n]} or {@code [n, 1]}
     * @param relevance y, n of them; NaN takes part in no pair
     */
    public static Variable ranking(Variable scores, float[] relevance) {
        int n = relevance.length;
        int[] shape = scores.value().shape();
        if (shape.length < 1 || shape.length > 2 || shape[0] != n || scores.value().numel() != n) {
            throw ShapeException.of("ranking", shape,
                    "is not [" + n + "] or [" + n + ", 1], one score for each relevance");
        }
        float[] s = scores.value().toArray();
        double[] slope = new double[n];
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (!(relevance[i] > relevance[j])) continue;
                double behind = (double) s[j] - s[i];
                double pull = sigmoid(behind);
                sum += softplus(behind);
                slope[i] -= pull;
                slope[j] += pull;
                pairs++;
            }
        }
        double scale = pairs == 0 ? 0 : 1.0 / pairs;
        float[] slopes = new float[n];
        for (int i = 0; i < n; i++) slopes[i] = (float) (scale * slope[i]);
        return LossRule.record(Tensor.scalar((float) (scale * sum)), new Tensor[] {Tensor.of(slopes, shape)}, scores);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    private static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }
}
