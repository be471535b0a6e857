package org.lanewise.engine;

import java.util.Objects;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * Normalisation of rows of {@code n} values, {@code y = (x - m) r gamma + beta}: with m the row's mean and
 * {@code r = 1 / sqrt(variance + eps)} (layer normalisation), or with m = 0 and {@code r = 1 / sqrt(mean of squares + eps)}
 * (root mean square).
 *
 * <pre>{@code
 * RowNormalisation norm = new RowNormalisation(gamma, 0, beta, 0, 384, 1e-5f, true);
 * norm.apply(x, 0, y, 0, rows);
 * }</pre>
 *
 * <p>The arrays given are not copied. Rows lie one after the other; a result may replace its argument. Nothing is allocated.
 *
 * @param centred whether the mean is subtracted
 */
public record RowNormalisation(float[] gamma, int gammaOffset, float[] beta, int betaOffset, int n, float eps,
        boolean centred) {

    public RowNormalisation {
        Objects.checkFromIndexSize(gammaOffset, n, gamma.length);
        Objects.checkFromIndexSize(betaOffset, n, beta.length);
    }

    /** Normalises {@code rows} rows of x, from {@code xo}, into out. */
    public void apply(float[] x, int xo, float[] out, int oo, int rows) {
        apply(x, xo, out, oo, rows, null, null, 0);
    }

    /** The same, and keeps m and r of each row in {@code mean} and {@code scale} from {@code first} on. */
    public void apply(float[] x, int xo, float[] out, int oo, int rows, float[] mean, float[] scale, int first) {
        Kernels kernels = KernelProvider.get();
        for (int row = 0; row < rows; row++) {
            int at = xo + row * n;
            float m = centred ? kernels.sum(x, at, n) / n : 0f;
            float squares = centred ? kernels.sumSquaredDeviations(x, at, m, n) : kernels.sumSquares(x, at, n);
            float r = (float) (1 / Math.sqrt(squares / n + eps));
            kernels.normalise(x, at, m, r, gamma, gammaOffset, beta, betaOffset, out, oo + row * n, n);
            if (mean == null) continue;
            mean[first + row] = m;
            scale[first + row] = r;
        }
    }

    /** Normalises {@code x + y} into y, row by row, while a row is in the first cache: a residual connection's end. */
    public void applyToSum(float[] x, int xo, float[] y, int yo, int rows) {
        Kernels kernels = KernelProvider.get();
        for (int row = 0; row < rows; row++) {
            int at = yo + row * n;
            kernels.add(x, xo + row * n, y, at, y, at, n);
            apply(y, at, y, at, 1);
        }
    }
}
