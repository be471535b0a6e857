package org.lanewise.boosting;

import java.util.ArrayDeque;

/** Histograms to be used again, of a bounded number. */
final class HistogramPool {
    private final BinWords words;
    private final boolean packed;
    private final int limit;
    private final ArrayDeque<Histogram> free = new ArrayDeque<>();
    private int made;

    /** @param megabytes bound on the memory, though there are always four: a parent's, two children's and a best one's */
    HistogramPool(BinWords words, boolean packed, int megabytes) {
        this.words = words;
        this.packed = packed;
        long bytes = 64;
        for (int w = 0; w < words.count(); w++) bytes += (long) words.cells(w) * (packed ? 8 : 16);
        limit = (int) Math.max(4, Math.min(Integer.MAX_VALUE, ((long) megabytes << 20) / bytes));
    }

    /** A histogram with any content, or {@code null} if the bound is reached. */
    Histogram take() {
        Histogram h = free.poll();
        if (h == null && made < limit) {
            made++;
            h = new Histogram(words, packed);
        }
        return h;
    }

    void give(Histogram h) {
        if (h != null) free.push(h);
    }
}
