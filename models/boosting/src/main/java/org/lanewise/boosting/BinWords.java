package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lanewise.engine.WorkerPool;

/**
 * The bins of all rows, eight features to a 64-bit word, and the layout of histograms that goes with it.
 *
 * <p>Features of similarly many bins share words, so that a word's histogram has eight stretches of one power of two and its
 * length is one too. Words are stored in panels of up to {@link #PANEL} per row, a cache line; the arrays begin with padding
 * that puts rows on line boundaries for the usual object header.
 */
final class BinWords {
    static final int LANES = 8;
    /** Most words of a row next to each other. */
    static final int PANEL = 8;
    /** 16 bytes of array header and 48 of padding make a cache line. */
    static final int PAD = 6;
    private static final int BLOCK = 1 << 12;

    /** Feature of each lane of each word. */
    final int[][] features;
    /** Cells of a lane's histogram, as a power of two, by word. */
    final int[] shift;
    /** Word and lane of each feature, -1 if it is in none. */
    final int[] word;
    final int[] lane;
    /** Words of each row in each panel, 1, 2, 4 or 8. */
    final int[] stride;
    final long[][] panels;

    private BinWords(int[][] features, int[] shift, int[] word, int[] lane, int[] stride, long[][] panels) {
        this.features = features;
        this.shift = shift;
        this.word = word;
        this.lane = lane;
        this.stride = stride;
        this.panels = panels;
    }

    static BinWords of(List<FeatureBins> bins, boolean[] missing, byte[][] columns, int rows) {
        List<Integer> used = new ArrayList<>();
        for (int j = 0; j < bins.size(); j++) {
            if (cells(bins.get(j), missing[j]) > 1) used.add(j);
        }
        used.sort(Comparator.comparing((Integer j) -> -log2(cells(bins.get(j), missing[j]))));
        int count = (used.size() + LANES - 1) / LANES;
        int[][] features = new int[count][];
        int[] shift = new int[count];
        int[] word = new int[bins.size()];
        int[] lane = new int[bins.size()];
        Arrays.fill(word, -1);
        for (int w = 0; w < count; w++) {
            features[w] = used.subList(w * LANES, Math.min(used.size(), (w + 1) * LANES)).stream().mapToInt(j -> j)
                    .toArray();
            for (int l = 0; l < features[w].length; l++) {
                int j = features[w][l];
                word[j] = w;
                lane[j] = l;
                shift[w] = Math.max(shift[w], log2(cells(bins.get(j), missing[j])));
            }
        }
        int[] stride = new int[(count + PANEL - 1) / PANEL];
        long[][] panels = new long[stride.length][];
        for (int p = 0; p < stride.length; p++) {
            stride[p] = 1 << log2(Math.min(PANEL, count - p * PANEL));
            panels[p] = new long[Math.addExact(PAD, Math.multiplyExact(rows, stride[p]))];
        }
        BinWords words = new BinWords(features, shift, word, lane, stride, panels);
        words.fill(columns, rows);
        return words;
    }

    private void fill(byte[][] columns, int rows) {
        WorkerPool.current().forEach((rows + BLOCK - 1) / BLOCK, t -> {
            long[] packed = new long[BLOCK];
            int from = t * BLOCK;
            int n = Math.min(BLOCK, rows - from);
            for (int w = 0; w < features.length; w++) {
                Arrays.fill(packed, 0);
                for (int l = 0; l < features[w].length; l++) {
                    byte[] column = columns[features[w][l]];
                    int by = 8 * l;
                    for (int i = 0; i < n; i++) packed[i] |= (column[from + i] & 0xFFL) << by;
                }
                long[] panel = panels[w / PANEL];
                int step = stride[w / PANEL];
                int at = PAD + from * step + w % PANEL;
                for (int i = 0; i < n; i++, at += step) panel[at] = packed[i];
            }
        });
    }

    int count() {
        return features.length;
    }

    /** Cells of a word's histogram. */
    int cells(int word) {
        return LANES << shift[word];
    }

    /** Cells a feature's histogram uses: missing values need one only if there are some. */
    private static int cells(FeatureBins bins, boolean missing) {
        return missing && !bins.categorical() ? bins.size() + 1 : bins.size();
    }

    /** The least k with 2^k >= n. */
    static int log2(int n) {
        return n <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(n - 1);
    }
}
