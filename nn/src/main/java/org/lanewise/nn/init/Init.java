package org.lanewise.nn.init;

import java.util.Arrays;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Fills weights with their initial values. Every method modifies the tensor it is given, draws from the generator it is
 * given and from nothing else, and returns the tensor.
 *
 * <p>A weight is laid out as {@code [out, in, ...]}: fan-in is the product of all sizes but the first, fan-out of all but the
 * second.
 *
 * <pre>{@code
 * Tensor weight = Init.kaimingNormal(Tensor.zeros(32, 9), Activation.RELU, Rng.of(1));
 * }</pre>
 *
 * Sources: Glorot and Bengio 2010 (xavier), He et al. 2015 (kaiming), Saxe et al. 2014 (orthogonal).
 */
public final class Init {

    private Init() {}

    public static Tensor zeros(Tensor weight) {
        return weight.fill_(0f);
    }

    public static Tensor ones(Tensor weight) {
        return weight.fill_(1f);
    }

    public static Tensor constant(Tensor weight, float value) {
        return weight.fill_(value);
    }

    /** U(lo, hi). */
    public static Tensor uniform(Tensor weight, double lo, double hi, Rng rng) {
        rng.uniform(weight, (float) lo, (float) hi);
        return weight;
    }

    /** N(mean, std<sup>2</sup>). */
    public static Tensor normal(Tensor weight, double mean, double std, Rng rng) {
        rng.normal(weight, (float) mean, (float) std);
        return weight;
    }

    /** N(mean, std<sup>2</sup>) on the condition of lying within two standard deviations of the mean. */
    public static Tensor truncatedNormal(Tensor weight, double mean, double std, Rng rng) {
        rng.truncatedNormal(weight, (float) mean, (float) std, (float) (mean - 2 * std), (float) (mean + 2 * std));
        return weight;
    }

    // --- by fan

    /** U(+-b), b = gain sqrt(6 / (fan-in + fan-out)). */
    public static Tensor xavierUniform(Tensor weight, double gain, Rng rng) {
        double bound = gain * Math.sqrt(6.0 / (fanIn(weight) + (double) fanOut(weight)));
        return uniform(weight, -bound, bound, rng);
    }

    public static Tensor xavierUniform(Tensor weight, Rng rng) {
        return xavierUniform(weight, 1, rng);
    }

    /** N(0, s<sup>2</sup>), s = gain sqrt(2 / (fan-in + fan-out)). */
    public static Tensor xavierNormal(Tensor weight, double gain, Rng rng) {
        return normal(weight, 0, gain * Math.sqrt(2.0 / (fanIn(weight) + (double) fanOut(weight))), rng);
    }

    public static Tensor xavierNormal(Tensor weight, Rng rng) {
        return xavierNormal(weight, 1, rng);
    }

    /** U(+-b), b = gain(activation) sqrt(3 / fan-in). */
    public static Tensor kaimingUniform(Tensor weight, Activation activation, Rng rng) {
        double bound = gain(activation) * Math.sqrt(3.0 / fanIn(weight));
        return uniform(weight, -bound, bound, rng);
    }

    /** N(0, s<sup>2</sup>), s = gain(activation) / sqrt(fan-in). */
    public static Tensor kaimingNormal(Tensor weight, Activation activation, Rng rng) {
        return normal(weight, 0, gain(activation) / Math.sqrt(fanIn(weight)), rng);
    }

    /**
     * U(+-1/sqrt(fan)): PyTorch's default for the weight (which it calls kaiming uniform with a = sqrt 5) and the bias of a
     * linear layer with {@code fan} inputs, and for all parameters of a GRU with {@code fan} hidden units.
     */
    public static Tensor fanUniform(Tensor weight, int fan, Rng rng) {
        double bound = 1 / Math.sqrt(fan);
        return uniform(weight, -bound, bound, rng);
    }

    /** By how much an activation's weights are widened to keep the variance of what passes through. */
    public static double gain(Activation activation) {
        return switch (activation) {
            case NONE, SIGMOID -> 1;
            case TANH -> 5.0 / 3;
            case RELU, GELU, SILU -> Math.sqrt(2); // GELU and SiLU have no gain of their own in common use
        };
    }

    /**
     * A random matrix with orthonormal rows (or columns, when there are more rows than columns), times {@code gain},
     * uniform over all such matrices. Dimensions from the second on count as one.
     */
    public static Tensor orthogonal(Tensor weight, double gain, Rng rng) {
        int[] shape = weight.shape();
        if (shape.length < 2) throw ShapeException.of("orthogonal", shape, "has fewer than 2 dimensions");
        int rows = shape[0];
        int columns = rows == 0 ? 0 : weight.numel() / rows;
        boolean tall = rows > columns;
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);

        double[][] basis = new double[count][length];
        for (double[] vector : basis) Arrays.setAll(vector, _ -> rng.nextGaussian());
        orthonormalise(basis);

        Tensor values = Tensor.zeros(rows, columns);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                values.set((float) (gain * basis[i][j]), tall ? j : i, tall ? i : j);
            }
        }
        weight.copyFrom(values.reshape(shape));
        return weight;
    }

    /**
     * Modified Gram-Schmidt, each vector twice, which leaves nothing but rounding (Giraud et al. 2005). Gaussian vectors give
     * the uniform law, as the triangular factor has a positive diagonal (Mezzadri 2007).
     */
    private static void orthonormalise(double[][] vectors) {
        for (int i = 0; i < vectors.length; i++) {
            double[] v = vectors[i];
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j < i; j++) {
                    double along = dot(v, vectors[j]);
                    for (int k = 0; k < v.length; k++) v[k] -= along * vectors[j][k];
                }
            }
            double norm = Math.sqrt(dot(v, v));
            for (int k = 0; k < v.length; k++) v[k] /= norm;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) sum += a[k] * b[k];
        return sum;
    }

    // --- sizes

    private static int fanIn(Tensor weight) {
        checkFans(weight);
        return weight.numel() / weight.size(0);
    }

    private static int fanOut(Tensor weight) {
        checkFans(weight);
        return weight.numel() / weight.size(1);
    }

    private static void checkFans(Tensor weight) {
        if (weight.rank() < 2 || weight.numel() == 0) {
            throw ShapeException.of("initialiser", weight.shape(),
                    "has no fan-in and fan-out: it needs [out, in, ...]");
        }
    }
}
