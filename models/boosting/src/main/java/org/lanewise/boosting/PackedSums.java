package org.lanewise.boosting;

/**
 * Adds packed gradients to a word's histogram: the innermost loop of training. Measured on Zen 4: 0.6 to 0.8 ns per feature and
 * row, against 2 ns and more for pairs of doubles.
 *
 * <p>The index is masked by the histogram's length, a power of two: that is how the compiler knows that it is in bounds. One
 * method for each number of lanes, as a loop over lanes would not be unrolled.
 */
final class PackedSums {
    /** Rows whose words are fetched together: their cache misses overlap, and the words stay in the cache for all lanes. */
    private static final int TOUCH = 64;

    private PackedSums() {}

    /**
     * {@code h[lane][bin] += (gradient, hessian)} over entries {@code from .. to - 1}, for the words of {@code active}.
     *
     * @param h modified
     * @return a number without meaning that keeps the fetching loads alive
     */
    static long add(BinWords words, boolean[] active, long[] rows, int from, int to, Histogram h) {
        long sink = 0;
        for (int start = from; start < to; start += TOUCH) {
            int end = Math.min(to, start + TOUCH);
            for (int p = 0; p < words.panels.length; p++) {
                long[] panel = words.panels[p];
                int step = words.stride[p];
                sink += touch(rows, start, end, panel, step);
                int first = p * BinWords.PANEL;
                for (int w = first; w < Math.min(first + BinWords.PANEL, words.count()); w++) {
                    if (active[w]) {
                        word(words.lanes[w], rows, start, end, panel, step, BinWords.PAD + w - first,
                                h.packed[w], words.shift[w]);
                    }
                }
            }
        }
        return sink;
    }

    private static long touch(long[] rows, int from, int to, long[] panel, int step) {
        long sink = 0;
        for (int i = from; i < to; i++) sink += panel[BinWords.PAD + (int) rows[i] * step];
        return sink;
    }

    private static void word(int lanes, long[] rows, int from, int to, long[] panel, int step, int at, long[] h,
            int shift) {
        switch (lanes) {
            case 1 -> add1(rows, from, to, panel, step, at, h, shift);
            case 2 -> add2(rows, from, to, panel, step, at, h, shift);
            case 3 -> add3(rows, from, to, panel, step, at, h, shift);
            case 4 -> add4(rows, from, to, panel, step, at, h, shift);
            case 5 -> add5(rows, from, to, panel, step, at, h, shift);
            case 6 -> add6(rows, from, to, panel, step, at, h, shift);
            case 7 -> add7(rows, from, to, panel, step, at, h, shift);
            default -> add8(rows, from, to, panel, step, at, h, shift);
        }
    }

    private static void add1(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
        }
    }

    private static void add2(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add3(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add4(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        int s3 = s2 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
            h[(s3 + ((int) (bins >>> 24) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add5(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        int s3 = s2 + s1;
        int s4 = s3 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
            h[(s3 + ((int) (bins >>> 24) & 0xFF)) & h.length - 1] += cell;
            h[(s4 + ((int) (bins >>> 32) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add6(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        int s3 = s2 + s1;
        int s4 = s3 + s1;
        int s5 = s4 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
            h[(s3 + ((int) (bins >>> 24) & 0xFF)) & h.length - 1] += cell;
            h[(s4 + ((int) (bins >>> 32) & 0xFF)) & h.length - 1] += cell;
            h[(s5 + ((int) (bins >>> 40) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add7(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        int s3 = s2 + s1;
        int s4 = s3 + s1;
        int s5 = s4 + s1;
        int s6 = s5 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
            h[(s3 + ((int) (bins >>> 24) & 0xFF)) & h.length - 1] += cell;
            h[(s4 + ((int) (bins >>> 32) & 0xFF)) & h.length - 1] += cell;
            h[(s5 + ((int) (bins >>> 40) & 0xFF)) & h.length - 1] += cell;
            h[(s6 + ((int) (bins >>> 48) & 0xFF)) & h.length - 1] += cell;
        }
    }

    private static void add8(long[] rows, int from, int to, long[] panel, int step, int at, long[] h, int shift) {
        int s1 = 1 << shift;
        int s2 = s1 + s1;
        int s3 = s2 + s1;
        int s4 = s3 + s1;
        int s5 = s4 + s1;
        int s6 = s5 + s1;
        int s7 = s6 + s1;
        for (int i = from; i < to; i++) {
            long entry = rows[i];
            long bins = panel[at + (int) entry * step];
            long cell = (entry >> 48 << 32) + (entry >>> 32 & 0xFFFF);
            h[((int) bins & 0xFF) & h.length - 1] += cell;
            h[(s1 + ((int) (bins >>> 8) & 0xFF)) & h.length - 1] += cell;
            h[(s2 + ((int) (bins >>> 16) & 0xFF)) & h.length - 1] += cell;
            h[(s3 + ((int) (bins >>> 24) & 0xFF)) & h.length - 1] += cell;
            h[(s4 + ((int) (bins >>> 32) & 0xFF)) & h.length - 1] += cell;
            h[(s5 + ((int) (bins >>> 40) & 0xFF)) & h.length - 1] += cell;
            h[(s6 + ((int) (bins >>> 48) & 0xFF)) & h.length - 1] += cell;
            h[(s7 + ((int) (bins >>> 56))) & h.length - 1] += cell;
        }
    }
}
