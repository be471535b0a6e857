package org.lanewise.engine.simd;

import static jdk.incubator.vector.VectorOperators.LT;
import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import org.lanewise.engine.Scratch;

/**
 * {@code max(x, 0) + log1p(exp(-|x|))}, operation by operation as in {@code FloatMath}, in two short loops over a block for the
 * reason given at {@link VectorErf}.
 */
final class VectorSoftplus {
    /** Arguments per block, whole vectors at every width: 4 KB. */
    private static final int BLOCK = 1024;

    private VectorSoftplus() {}

    /** {@code n} a multiple of the lanes. */
    static void softplus(float[] a, int ao, float[] out, int oo, int n) {
        float[] small = Scratch.floats(Scratch.KERNEL, BLOCK);
        for (int from = 0; from < n; from += BLOCK) {
            int m = Math.min(BLOCK, n - from);
            exponential(a, ao + from, small, m);
            join(a, ao + from, small, out, oo + from, m);
        }
    }

    /** {@code exp(-|x|)}. */
    private static void exponential(float[] a, int ao, float[] small, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMath.exp(FloatVector.fromArray(F, a, ao + i).abs().neg()).intoArray(small, i);
        }
    }

    private static void join(float[] a, int ao, float[] small, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, a, ao + i);
            FloatVector positive = x.blend(0f, x.compare(LT, 0f));
            positive.add(VectorMath.log1p(FloatVector.fromArray(F, small, i))).intoArray(out, oo + i);
        }
    }
}
