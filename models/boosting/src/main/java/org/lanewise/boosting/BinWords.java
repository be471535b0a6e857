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
    /** Most cells of a lane of several bundles: reading one of them sums over the others. */
    private static final int MOST_JOINT = 128;

    /** Features of each word; several of them may share a lane, see {@link Bundles}. */
    final int[][] features;
    /** The same by bundle. */
    final int[][][] bundled;
    /** Lanes of each word in use. */
    final int[] lanes;
    /** Cells of a lane's histogram, as a power of two, by word. */
    final int[] shift;
    /** Word and lane of each feature, -1 if it is in none. */
    final int[] word;
    final int[] lane;
    /** Words of each row in each panel, 1, 2, 4 or 8. */
    final int[] stride;
    final long[][] panels;
    private final Bundles bundles;
    private final Lane[][] lanesOf;
    private final Lane[] laneOf;

    /**
     * What one byte holds: bundles of few cells together, as the digits of one number. One sum then serves them all, and rows
     * that follow each other seldom meet in one cell, which would make the processor wait.
     *
     * @param bundles their numbers
     * @param cells   product of their cells
     */
    private record Lane(int[] bundles, int cells) {
        /** What a step of the bundle's digit adds to the number. */
        int weight(Bundles all, int bundle) {
            int weight = 1;
            for (int b : bundles) {
                if (b == bundle) return weight;
                weight *= all.cells.get(b);
            }
            throw new AssertionError("bundle " + bundle + " is not in this lane");
        }
    }

    private BinWords(Bundles bundles, Lane[][] lanesOf, int features, int rows) {
        int count = lanesOf.length;
        this.bundles = bundles;
        this.lanesOf = lanesOf;
        this.features = new int[count][];
        bundled = new int[count][][];
        lanes = new int[count];
        shift = new int[count];
        word = new int[features];
        lane = new int[features];
        laneOf = new Lane[features];
        Arrays.fill(word, -1);
        for (int w = 0; w < count; w++) {
            lanes[w] = lanesOf[w].length;
            bundled[w] = Arrays.stream(lanesOf[w]).flatMapToInt(lane -> Arrays.stream(lane.bundles))
                    .mapToObj(bundles.features::get).toArray(int[][]::new);
            this.features[w] = Arrays.stream(bundled[w]).flatMapToInt(Arrays::stream).toArray();
            for (int l = 0; l < lanes[w]; l++) {
                shift[w] = Math.max(shift[w], log2(lanesOf[w][l].cells));
                for (int b : lanesOf[w][l].bundles) {
                    for (int j : bundles.features.get(b)) {
                        word[j] = w;
                        lane[j] = l;
                        laneOf[j] = lanesOf[w][l];
                    }
                }
            }
        }
        stride = new int[(count + PANEL - 1) / PANEL];
        panels = new long[stride.length][];
        for (int p = 0; p < stride.length; p++) {
            stride[p] = 1 << log2(Math.min(PANEL, count - p * PANEL));
            panels[p] = new long[Math.addExact(PAD, Math.multiplyExact(rows, stride[p]))];
        }
    }

    static BinWords of(List<FeatureBins> bins, boolean[] missing, byte[][] columns, int rows) {
        int[] sizes = new int[bins.size()];
        List<Integer> used = new ArrayList<>();
        for (int j = 0; j < sizes.length; j++) {
            sizes[j] = cells(bins.get(j), missing[j]);
            if (sizes[j] > 1) used.add(j);
        }
        Bundles bundles = new Bundles(used, sizes, columns, rows);
        List<Lane> all = join(bundles);
        all.sort(Comparator.comparing((Lane lane) -> -log2(lane.cells)));
        Lane[][] lanesOf = new Lane[(all.size() + LANES - 1) / LANES][];
        for (int w = 0; w < lanesOf.length; w++) {
            lanesOf[w] = all.subList(w * LANES, Math.min(all.size(), (w + 1) * LANES)).toArray(Lane[]::new);
        }
        BinWords words = new BinWords(bundles, lanesOf, bins.size(), rows);
        words.fill(columns, rows);
        return words;
    }

    /** Puts bundles of equally few cells together, as long as their product is small. */
    private static List<Lane> join(Bundles bundles) {
        List<Integer> order = new ArrayList<>();
        for (int b = 0; b < bundles.cells.size(); b++) order.add(b);
        order.sort(Comparator.comparing(bundles.cells::get));
        List<Lane> lanes = new ArrayList<>();
        for (int from = 0; from < order.size();) {
            int to = from;
            int cells = 1;
            while (to < order.size() && (to == from || cells * bundles.cells.get(order.get(to)) <= MOST_JOINT)) {
                cells *= bundles.cells.get(order.get(to++));
            }
            lanes.add(new Lane(order.subList(from, to).stream().mapToInt(b -> b).toArray(), cells));
            from = to;
        }
        return lanes;
    }

    private void fill(byte[][] columns, int rows) {
        WorkerPool.current().forEach((rows + BLOCK - 1) / BLOCK, t -> {
            long[] packed = new long[BLOCK];
            int[] cells = new int[BLOCK];
            int from = t * BLOCK;
            int n = Math.min(BLOCK, rows - from);
            for (int w = 0; w < lanesOf.length; w++) {
                Arrays.fill(packed, 0);
                for (int l = 0; l < lanes[w]; l++) {
                    for (int b : lanesOf[w][l].bundles) {
                        bundles.cells(b, columns, from, n, cells);
                        long weight = (long) lanesOf[w][l].weight(bundles, b) << 8 * l;
                        for (int i = 0; i < n; i++) packed[i] += cells[i] * weight;
                    }
                }
                long[] panel = panels[w / PANEL];
                int step = stride[w / PANEL];
                int at = PAD + from * step + w % PANEL;
                for (int i = 0; i < n; i++, at += step) panel[at] = packed[i];
            }
        });
    }

    /**
     * Reads the sums of {@code n} bins of a feature into {@code scan}, which is modified.
     *
     * @param leaf whose sums give those of a bundled feature's most frequent bin
     */
    void read(Histogram histogram, int feature, int n, Leaf leaf, Gradients units, SplitScan scan) {
        double[] g = scan.gradient;
        double[] h = scan.hessian;
        if (!bundles.shared(feature)) {
            cells(histogram, feature, 0, n, units, scan);
            return;
        }
        int frequent = bundles.frequent[feature];
        cells(histogram, feature, bundles.offset[feature], n - 1, units, scan);
        double restG = leaf.gradient;
        double restH = leaf.hessian;
        for (int b = n - 2; b >= 0; b--) {
            restG -= g[b];
            restH -= h[b];
            if (b >= frequent) {
                g[b + 1] = g[b];
                h[b + 1] = h[b];
            }
        }
        g[frequent] = restG;
        h[frequent] = Math.max(0, restH);
    }

    /** Whether a feature shares its lane as one cell, that of its bin 1. */
    boolean isFlag(int feature) {
        return bundles.isFlag(feature);
    }

    /** Reads the sums of bin 1 of all features of a bundle of flags, in their order, into {@code scan}, which is modified. */
    void readFlags(Histogram histogram, int[] members, Gradients units, SplitScan scan) {
        cells(histogram, members[0], bundles.offset[members[0]], members.length, units, scan);
    }

    /**
     * Reads cells {@code from .. from + n - 1} of the feature's bundle, summed over the other bundles of the lane. Features of
     * a bundle follow each other, so these sums are made once for them all.
     */
    private void cells(Histogram histogram, int feature, int from, int n, Gradients units, SplitScan scan) {
        int w = word[feature];
        int first = lane[feature] << shift[w];
        Lane shared = laneOf[feature];
        if (shared.bundles.length == 1) {
            histogram.read(w, first + from, n, units.gradientUnit, units.hessianUnit, scan.gradient, scan.hessian);
            return;
        }
        int bundle = bundles.bundleOf[feature];
        if (scan.lacks(histogram, bundle)) {
            histogram.readDigit(w, first, shared.cells, shared.weight(bundles, bundle), bundles.cells.get(bundle),
                    units.gradientUnit, units.hessianUnit, scan.whole, scan.bundleGradient, scan.bundleHessian);
        }
        for (int b = 0; b < n; b++) {
            scan.gradient[b] = scan.bundleGradient[from + b];
            scan.hessian[b] = scan.bundleHessian[from + b];
        }
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
