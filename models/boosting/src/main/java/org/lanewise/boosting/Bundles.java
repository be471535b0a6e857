package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.lanewise.engine.WorkerPool;

/**
 * Features that are never away from their most frequent bin in the same row share a lane, as LightGBM's exclusive feature
 * bundles do (Ke et al. 2017), but without a single conflict, so nothing is lost. Cell 0 of a bundle stands for "all at their
 * most frequent bins"; each feature's other bins follow. The sums of a most frequent bin are the leaf's less the others'.
 */
final class Bundles {
    /** Features with more rows than this share away from their most frequent bin are not bundled. */
    private static final double MOST_AWAY = 0.25;
    /** Bundles that a feature is tried in. */
    private static final int MOST_TRIES = 256;
    private static final int MOST_CELLS = 256;

    /** Features of each bundle; one alone is stored as it is. */
    final List<int[]> features = new ArrayList<>();
    /** Cells of each bundle. */
    final List<Integer> cells = new ArrayList<>();
    /** The first cell of a feature in a bundle of several, 0 for one alone. */
    final int[] offset;
    /** The most frequent bin. */
    final int[] frequent;
    private final int[] sizes;
    /** The bundle of each feature. */
    final int[] bundleOf;

    /** A bundle being filled. */
    private static final class Open {
        final List<Integer> members = new ArrayList<>();
        final long[] away;
        int awayRows;
        int cells = 1;

        Open(int words) {
            away = new long[words];
        }
    }

    /**
     * @param used  the features to place
     * @param sizes cells of each feature
     */
    Bundles(List<Integer> used, int[] sizes, byte[][] columns, int rows) {
        this.sizes = sizes;
        offset = new int[sizes.length];
        frequent = new int[sizes.length];
        bundleOf = new int[sizes.length];
        long[][] away = new long[sizes.length][];
        int[] count = new int[sizes.length];
        WorkerPool.current().forEach(used.size(), u -> {
            int j = used.get(u);
            if (sizes[j] == 2) {
                long[] ones = BitColumn.of(columns[j]);
                int n = BitColumn.count(ones);
                frequent[j] = n > rows - n ? 1 : 0;
                count[j] = frequent[j] == 1 ? rows - n : n;
                if (count[j] <= MOST_AWAY * rows) away[j] = frequent[j] == 1 ? BitColumn.not(ones, rows) : ones;
                return;
            }
            int[] seen = new int[256];
            for (byte b : columns[j]) seen[b & 0xFF]++;
            for (int b = 1; b < 256; b++) frequent[j] = seen[b] > seen[frequent[j]] ? b : frequent[j];
            count[j] = rows - seen[frequent[j]];
            if (count[j] <= MOST_AWAY * rows) away[j] = awayRows(columns[j], frequent[j]);
        });
        List<Integer> sparse = new ArrayList<>(
                used.stream().filter(j -> away[j] != null && sizes[j] < MOST_CELLS).toList());
        sparse.sort(Comparator.comparing((Integer j) -> -count[j]));
        List<Open> open = new ArrayList<>();
        for (int j : sparse) place(j, sizes[j], away[j], count[j], rows, open);
        for (Open bundle : open) {
            if (bundle.members.size() > 1) close(bundle, sizes);
        }
        for (int j : used) {
            if (offset[j] == 0) {
                features.add(new int[] {j});
                cells.add(sizes[j]);
            }
        }
        for (int b = 0; b < features.size(); b++) {
            for (int j : features.get(b)) bundleOf[j] = b;
        }
    }

    private static long[] awayRows(byte[] column, int frequent) {
        long[] bits = new long[(column.length + 63) / 64];
        for (int i = 0; i < column.length; i++) {
            if ((column[i] & 0xFF) != frequent) bits[i >> 6] |= 1L << i;
        }
        return bits;
    }

    /** Into the first bundle with room and without a common row, else into a new one. A full one-hot group has no room. */
    private static void place(int j, int size, long[] away, int count, int rows, List<Open> open) {
        int tries = 0;
        for (Open bundle : open) {
            if (bundle.cells + size - 1 > MOST_CELLS || bundle.awayRows + count > rows) continue;
            if (tries++ == MOST_TRIES) break;
            if (!meet(bundle.away, away)) {
                add(bundle, j, size, away, count);
                return;
            }
        }
        Open bundle = new Open(away.length);
        add(bundle, j, size, away, count);
        open.add(bundle);
    }

    private static void add(Open bundle, int j, int size, long[] away, int count) {
        bundle.members.add(j);
        bundle.awayRows += count;
        bundle.cells += size - 1;
        for (int i = 0; i < away.length; i++) bundle.away[i] |= away[i];
    }

    private static boolean meet(long[] a, long[] b) {
        for (int i = 0; i < a.length; i++) {
            if ((a[i] & b[i]) != 0) return true;
        }
        return false;
    }

    private void close(Open bundle, int[] sizes) {
        int next = 1;
        for (int j : bundle.members) {
            offset[j] = next;
            next += sizes[j] - 1;
        }
        features.add(bundle.members.stream().mapToInt(j -> j).toArray());
        cells.add(next);
    }

    /** Whether a feature shares its lane, has two bins and is mostly in the first. */
    boolean isFlag(int feature) {
        return shared(feature) && frequent[feature] == 0 && sizes[feature] == 2;
    }

    /** Whether a feature shares its lane. */
    boolean shared(int feature) {
        return offset[feature] > 0;
    }

    /** The cell of a bin that is not the most frequent. */
    static int cell(int offset, int frequent, int bin) {
        return offset + (bin < frequent ? bin : bin - 1);
    }

    /** Writes the cells of rows {@code from .. from + n - 1} of a bundle; {@code out} is modified. */
    void cells(int bundle, byte[][] columns, int from, int n, int[] out) {
        Arrays.fill(out, 0, n, 0);
        for (int j : features.get(bundle)) {
            byte[] column = columns[j];
            int[] cellOf = cellOf(j);
            // At most one member of a bundle is away from its most frequent bin, so a sum does, and needs no branch.
            for (int i = 0; i < n; i++) out[i] += cellOf[column[from + i] & 0xFF];
        }
    }

    /** The cell of each bin of a feature. */
    private int[] cellOf(int feature) {
        int[] cellOf = new int[256];
        for (int b = 0; b < 256; b++) {
            cellOf[b] = !shared(feature) ? b : b == frequent[feature] ? 0 : cell(offset[feature], frequent[feature], b);
        }
        return cellOf;
    }
}
