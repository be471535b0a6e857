package org.lanewise.mheight.data;

import org.lanewise.engine.Rng;
import org.lanewise.mheight.exact.CodeShape;

/** How random codes are drawn. */
public enum CodeLaw {
    /** Entries uniform in [-100, 100). */
    D1 {
        @Override
        void draw(Rng rng, CodeShape shape, double[] out, int at) {
            for (int i = 0; i < shape.entries(); i++) out[at + i] = 200 * rng.nextDouble() - 100;
        }
    },
    /**
     * Like the course's data: a scale s from the histogram of {@link Scales}, entries uniform whole numbers of -s .. s; a matrix
     * with a column of zeros is drawn again. For k beyond the histogram's the nearest k is taken.
     */
    D2 {
        @Override
        void draw(Rng rng, CodeShape shape, double[] out, int at) {
            int scale = Scales.of(shape.k()).draw(rng);
            do {
                for (int i = 0; i < shape.entries(); i++) out[at + i] = rng.nextInt(2 * scale + 1) - scale;
            } while (hasZeroColumn(shape, out, at));
        }
    };

    /** Draws one P, row by row; {@code out} is modified from {@code at} on. */
    abstract void draw(Rng rng, CodeShape shape, double[] out, int at);

    private static boolean hasZeroColumn(CodeShape shape, double[] p, int at) {
        boolean[] nonZero = new boolean[shape.parity()];
        for (int i = 0; i < shape.entries(); i++) nonZero[i % shape.parity()] |= p[at + i] != 0;
        for (boolean found : nonZero) if (!found) return true;
        return false;
    }
}
