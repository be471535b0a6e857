package org.lanewise.engine;

import org.lanewise.engine.kernels.GemmKernels;
import org.lanewise.engine.kernels.KernelProvider;

/**
 * The right factor of a product, rearranged once for many products: the weights of a layer at inference.
 *
 * <pre>{@code
 * PackedMatrix w = PackedMatrix.of(in, out, weight, 0, 1, in); // the transpose of a row-major [out, in] weight
 * Gemm.multiply(batch, x, 0, in, 1, w, y, 0, out, false, Epilogue.bias(bias, 0));
 * }</pre>
 *
 * <p>Immutable and safe to share between threads. The layout belongs to the kernels of this virtual machine and is never
 * stored; the products have the same bits as without packing.
 */
public final class PackedMatrix {
    private final int rows;
    private final int columns;
    private final int padded;
    private final float[] data;

    private PackedMatrix(int rows, int columns, int padded, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.padded = padded;
        this.data = data;
    }

    /**
     * Packs the k x n matrix with element (i, j) at {@code bo + i * bRow + j * bCol}.
     *
     * @throws IllegalArgumentException if a size is negative or the array is too short
     */
    public static PackedMatrix of(int k, int n, float[] b, int bo, int bRow, int bCol) {
        Gemm.checkOperand("PackedMatrix.of", "b", b, bo, k, n, bRow, bCol);
        GemmKernels kernels = KernelProvider.get().gemm();
        int padded = Product.roundUp(n, kernels.columns());
        PackedMatrix packed = new PackedMatrix(k, n, padded, new float[Math.multiplyExact(k, padded)]);
        for (int pc = 0; pc < k; pc += GemmTuning.KC) {
            int kc = Math.min(GemmTuning.KC, k - pc);
            kernels.packColumns(kc, n, b, bo + pc * bRow, bRow, bCol, packed.data, packed.panel(pc, kc, 0));
        }
        return packed;
    }

    /** The number of rows, k. */
    public int rows() {
        return rows;
    }

    /** The number of columns, n. */
    public int columns() {
        return columns;
    }

    float[] data() {
        return data;
    }

    /** Where the panel begins that holds rows {@code pc .. pc + kc - 1} of the columns from {@code j}. */
    int panel(int pc, int kc, int j) {
        return pc * padded + j * kc;
    }
}
