package org.lanewise.engine.simd;

import static org.lanewise.engine.simd.Width.F;
import static org.lanewise.engine.simd.Width.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.lanewise.engine.kernels.GemmKernels;
import org.lanewise.engine.kernels.ScalarGemm;

/** Packs operands of products for {@link VectorGemm}; the layouts are those of {@link GemmKernels}. */
final class VectorPacking {
    /**
     * Columns of a transposed left factor taken at a time where its short rows are copied panel by panel. Neighbouring panels
     * share cache lines; taking all columns for one panel would fetch each line once for every panel in it.
     */
    private static final int LINES = 64;
    /** A row of a panel of four. */
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private VectorPacking() {}

    /** Panels of {@code width}, two vectors. */
    static void columns(int kc, int n, int width, float[] b, int bo, int bRow, int bCol, float[] out, int oo) {
        int j = 0;
        if (bCol == 1) {
            for (; j + width <= n; j += width) copyRows(kc, b, bo + j, bRow, out, oo + j * kc);
        } else if (bRow == 1 && VectorTranspose.FITS) {
            for (; j + width <= n; j += width) transpose(kc, width, b, bo + j * bCol, bCol, out, oo + j * kc);
        }
        for (; j < n; j += width)
            ScalarGemm.pack(kc, Math.min(width, n - j), width, b, bo + j * bCol, bRow, bCol, out, oo + j * kc);
    }

    /** Panels of {@code height} rows, 4 or 6. */
    static void rows(int kc, int m, int height, float[] a, int ao, int aRow, int aCol, float[] out, int oo) {
        int i = 0;
        if (aRow == 1) {
            if (height == 4) for (; i + 16 <= m; i += 16) fourPanels(kc, a, ao + i, aCol, out, oo + i * kc);
            int whole = m - m % height;
            for (int k = 0; k < kc; k += LINES)
                contiguousRows(k, Math.min(LINES, kc - k), kc, i, whole, height, a, ao, aCol, out, oo);
            i = whole;
        } else if (aCol == 1 && height == 4 && VectorTranspose.FITS) {
            for (; i + height <= m; i += height) fourRows(kc, a, ao + i * aRow, aRow, out, oo + i * kc);
        }
        for (; i < m; i += height)
            ScalarGemm.pack(kc, Math.min(height, m - i), height, a, ao + i * aRow, aCol, aRow, out, oo + i * kc);
    }

    private static void copyRows(int kc, float[] b, int bo, int bRow, float[] out, int oo) {
        for (int k = 0; k < kc; k++) {
            FloatVector.fromArray(F, b, bo).intoArray(out, oo);
            FloatVector.fromArray(F, b, bo + LANES).intoArray(out, oo + LANES);
            bo += bRow;
            oo += 2 * LANES;
        }
    }

    /**
     * Four panels of four rows at once: a cache line of each column is read in one go. Coming back to it for the next panel would
     * find it evicted when the columns lie a power of two apart and so fall into a few sets of the cache.
     */
    private static void fourPanels(int kc, float[] a, int ao, int aCol, float[] out, int oo) {
        int second = oo + 4 * kc;
        int third = second + 4 * kc;
        int fourth = third + 4 * kc;
        for (int k = 0; k < 4 * kc; k += 4) {
            FloatVector.fromArray(FOUR, a, ao).intoArray(out, oo + k);
            FloatVector.fromArray(FOUR, a, ao + 4).intoArray(out, second + k);
            FloatVector.fromArray(FOUR, a, ao + 8).intoArray(out, third + k);
            FloatVector.fromArray(FOUR, a, ao + 12).intoArray(out, fourth + k);
            ao += aCol;
        }
    }

    /** Columns k .. k + lines - 1 of the whole panels of rows {@code from .. m - 1}. */
    private static void contiguousRows(int k, int lines, int kc, int from, int m, int height, float[] a, int ao,
            int aCol, float[] out, int oo) {
        for (int i = from; i < m; i += height)
            copyShortRows(lines, a, ao + i + k * aCol, aCol, height, out, oo + i * kc + k * height);
    }

    private static void copyShortRows(int lines, float[] a, int ao, int aCol, int height, float[] out, int oo) {
        for (int k = 0; k < lines; k++) {
            out[oo] = a[ao];
            out[oo + 1] = a[ao + 1];
            out[oo + 2] = a[ao + 2];
            out[oo + 3] = a[ao + 3];
            for (int i = 4; i < height; i++) out[oo + i] = a[ao + i];
            ao += aCol;
            oo += height;
        }
    }

    private static void transpose(int kc, int width, float[] b, int bo, int bCol, float[] out, int oo) {
        int end = F.loopBound(kc);
        for (int k = 0; k < end; k += LANES) {
            VectorTranspose.block(b, bo + k, bCol, out, oo + k * width, width);
            VectorTranspose.block(b, bo + LANES * bCol + k, bCol, out, oo + k * width + LANES, width);
        }
        ScalarGemm.pack(kc - end, width, width, b, bo + end, 1, bCol, out, oo + end * width);
    }

    private static void fourRows(int kc, float[] a, int ao, int aRow, float[] out, int oo) {
        int end = F.loopBound(kc);
        VectorTranspose.fourRows(end, a, ao, aRow, out, oo);
        ScalarGemm.pack(kc - end, 4, 4, a, ao + end, 1, aRow, out, oo + end * 4);
    }
}
