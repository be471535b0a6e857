package org.lanewise.mheight.data;

import java.util.Arrays;

import org.lanewise.engine.Parallel;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.mheight.exact.Subsets;

/**
 * The systematic form of a code on the columns K of its largest minor: {@code G_K^-1 G} has the identity there, and the rest, the new
 * P, has no entry beyond 1 in magnitude (each is the ratio of a minor to the largest). It has the same heights, and shows what the
 * scale of the old P hid. Rows, columns and their signs are then put in order, so that twins meet: rows and columns by their largest
 * sums of squares, signs such that the first row and column are not negative. Ties are broken by position; only the heights, not the
 * form, are invariant then.
 */
public final class CanonicalForm {
    private final CodeShape shape;
    private final ExactSolver solver;
    private final int[] masks;

    public CanonicalForm(ExactSolver solver) {
        this.solver = solver;
        shape = solver.shape();
        masks = new Subsets(shape.n()).of(shape.k());
    }

    /**
     * The canonical P of {@code count} codes.
     *
     * @param p matrices row by row, one after the other, finite
     * @return as many matrices, row by row
     */
    public double[] of(double[] p, int count) {
        double[] minors = new double[count * masks.length];
        solver.minors(p, count, minors);
        double[] out = new double[count * shape.entries()];
        Parallel.chunks(count, 512, (from, length) -> {
            double[] g = new double[shape.k() * shape.n()];
            for (int i = from; i < from + length; i++) {
                int best = 0;
                for (int s = 1; s < masks.length; s++)
                    if (minors[i * masks.length + s] > minors[i * masks.length + best]) best = s;
                reduce(p, i * shape.entries(), masks[best], g);
                order(g, masks[best], out, i * shape.entries());
            }
        });
        return out;
    }

    /** Row reduction of [I | P] to the identity on the columns of the mask, with the largest pivot left at each step. */
    private void reduce(double[] p, int from, int mask, double[] g) {
        int k = shape.k();
        int n = shape.n();
        int r = shape.parity();
        Arrays.fill(g, 0);
        for (int i = 0; i < k; i++) {
            g[i * n + i] = 1;
            System.arraycopy(p, from + i * r, g, i * n + k, r);
        }
        int done = 0;
        int left = mask;
        while (left != 0) {
            int row = -1;
            int column = -1;
            for (int c = left; c != 0; c &= c - 1)
                for (int i = 0; i < k; i++) {
                    int j = Integer.numberOfTrailingZeros(c);
                    if ((done >> i & 1) == 0
                            && (row < 0 || Math.abs(g[i * n + j]) > Math.abs(g[row * n + column]))) {
                        row = i;
                        column = j;
                    }
                }
            done |= 1 << row;
            left &= ~(1 << column);
            double pivot = g[row * n + column];
            for (int j = 0; j < n; j++) g[row * n + j] /= pivot;
            for (int i = 0; i < k; i++) {
                double factor = g[i * n + column];
                if (i == row || factor == 0) continue;
                for (int j = 0; j < n; j++) g[i * n + j] -= factor * g[row * n + j];
            }
        }
    }

    private void order(double[] g, int mask, double[] out, int at) {
        int k = shape.k();
        int n = shape.n();
        int r = shape.parity();
        int[] columns = new int[r];
        for (int j = 0, c = 0; j < n; j++) if ((mask >> j & 1) == 0) columns[c++] = j;
        double[] rowSize = new double[k];
        double[] columnSize = new double[r];
        for (int i = 0; i < k; i++)
            for (int c = 0; c < r; c++) {
                double square = g[i * n + columns[c]] * g[i * n + columns[c]];
                rowSize[i] += square;
                columnSize[c] += square;
            }
        int[] rows = descending(rowSize);
        int[] places = descending(columnSize);
        for (int i = 0; i < k; i++)
            for (int c = 0; c < r; c++) out[at + i * r + c] = g[rows[i] * n + columns[places[c]]];
        for (int c = 0; c < r; c++)
            if (out[at + c] < 0) for (int i = 0; i < k; i++) out[at + i * r + c] = -out[at + i * r + c];
        for (int i = 1; i < k; i++)
            if (out[at + i * r] < 0) for (int c = 0; c < r; c++) out[at + i * r + c] = -out[at + i * r + c];
    }

    private static int[] descending(double[] size) {
        int[] order = new int[size.length];
        for (int i = 0; i < order.length; i++) {
            int j = i;
            for (; j > 0 && size[order[j - 1]] < size[i]; j--) order[j] = order[j - 1];
            order[j] = i;
        }
        return order;
    }
}
