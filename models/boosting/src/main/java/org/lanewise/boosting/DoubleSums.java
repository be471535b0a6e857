package org.lanewise.boosting;

/** Adds gradients to a word's histogram in double precision, row by row: the reference. */
final class DoubleSums {
    private DoubleSums() {}

    /** {@code h[lane][bin] += (gradient, hessian)} over entries {@code from .. to - 1}; {@code h} is modified. */
    static void add(BinWords words, int word, long[] rows, int from, int to, Gradients gradients, double[] h) {
        long[] panel = words.panels[word / BinWords.PANEL];
        int step = words.stride[word / BinWords.PANEL];
        int at = BinWords.PAD + word % BinWords.PANEL;
        int lanes = words.lanes[word];
        int shift = words.shift[word];
        for (int i = from; i < to; i++) {
            int row = (int) rows[i];
            long bins = panel[at + row * step];
            double g = gradients.gradient[gradients.offset + row];
            double s = gradients.constantHessian ? 1 : Math.max(0, gradients.hessian[gradients.offset + row]);
            for (int l = 0; l < lanes; l++, bins >>>= 8) {
                int cell = 2 * ((l << shift) + ((int) bins & 0xFF));
                h[cell] += g;
                h[cell + 1] += s;
            }
        }
    }
}
