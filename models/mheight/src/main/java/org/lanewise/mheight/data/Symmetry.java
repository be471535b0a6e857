package org.lanewise.mheight.data;

import org.lanewise.engine.Rng;
import org.lanewise.mheight.exact.CodeShape;

/**
 * Random changes of P that keep every m-height: rows and columns are permuted, and each may change its sign, so one code has
 * {@code k! (n-k)! 2^(n-1)} such twins. Scaling P, noise and interpolation keep nothing.
 */
public final class Symmetry {
    private final int k;
    private final int r;

    public Symmetry(CodeShape shape) {
        k = shape.k();
        r = shape.parity();
    }

    /** Writes a random twin of the code at {@code from} to {@code out[at ...]}, which must not overlap it. */
    public void twin(Rng rng, double[] p, int from, double[] out, int at) {
        int[] rows = rng.permutation(k);
        int[] columns = rng.permutation(r);
        int signs = rng.nextInt();
        for (int i = 0; i < k; i++)
            for (int c = 0; c < r; c++) {
                double x = p[from + rows[i] * r + columns[c]];
                out[at + i * r + c] = ((signs >> i ^ signs >> k + c) & 1) == 0 ? x : -x;
            }
    }
}
