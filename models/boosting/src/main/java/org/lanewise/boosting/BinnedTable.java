package org.lanewise.boosting;

import java.util.List;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.BadInputException;

/**
 * Features cut into bins of one byte. Immutable; use it for as many fits, in as many threads, as you like.
 *
 * <p>The bins are held twice. Row after row, eight features packed into a 64-bit word, for building histograms: one load
 * fetches eight bins, and a row's words share a cache line. Column after column for dividing the rows of a leaf, which needs
 * one bin of each row. Columns without anything to split are left out of the words.
 */
public final class BinnedTable {
    private final int rows;
    private final List<FeatureBins> bins;
    private final byte[][] columns;
    private final boolean[] missing;
    private final BinWords words;
    /** Of numeric columns, {@code null} unless they are kept. */
    private final double[][] values;

    private BinnedTable(int rows, List<FeatureBins> bins, byte[][] columns) {
        this.values = null;
        this.rows = rows;
        this.bins = bins;
        this.columns = columns;
        missing = new boolean[columns.length];
        WorkerPool.current().forEach(columns.length,
                j -> missing[j] = contains(columns[j], (byte) bins.get(j).missingBin()));
        words = BinWords.of(bins, missing, columns, rows);
    }

    /**
     * Bins data by given bounds, one for each column in order.
     *
     * @throws BadInputException if a column's name or kind is another
     */
    public static BinnedTable of(Features data, List<FeatureBins> bins) {
        Features ordered = new SchemaFeatures(data, bins);
        byte[][] columns = new byte[bins.size()][data.rows()];
        int block = blockRows(columns.length);
        int tasks = (data.rows() + block - 1) / block;
        WorkerPool.current().forEach(tasks, t -> {
            double[] values = new double[block];
            int from = t * block;
            int n = Math.min(block, data.rows() - from);
            for (int j = 0; j < columns.length; j++) {
                ordered.copy(j, from, n, values);
                bins.get(j).bins(values, n, columns[j], from);
            }
        });
        return new BinnedTable(data.rows(), List.copyOf(bins), columns);
    }

    private BinnedTable(BinnedTable table, double[][] values) {
        rows = table.rows;
        bins = table.bins;
        columns = table.columns;
        missing = table.missing;
        words = table.words;
        this.values = values;
    }

    /**
     * This table with the values of its numeric columns, 8 bytes each, which linear leaves need.
     *
     * @param data what the table was made of
     * @throws IllegalArgumentException if it has another number of rows
     */
    public BinnedTable withValues(Features data) {
        if (data.rows() != rows)
            throw new IllegalArgumentException(data.rows() + " rows of values for " + rows + " of bins");
        Features ordered = new SchemaFeatures(data, bins);
        double[][] kept = new double[columns.length][];
        WorkerPool.current().forEach(kept.length, j -> {
            if (bins.get(j).categorical()) return;
            kept[j] = new double[rows];
            ordered.copy(j, 0, rows, kept[j]);
        });
        return new BinnedTable(this, kept);
    }

    /**
     * Columns of values, {@code null} for categories.
     *
     * @throws IllegalArgumentException if the table has none
     */
    double[][] values() {
        if (values == null)
            throw new IllegalArgumentException("linear leaves need the values: BinnedTable.withValues adds them");
        return values;
    }

    /**
     * Rows that are read at a time, fewer if they are wide: of row-major data, their cache lines and pages are still at hand
     * for the next column.
     */
    static int blockRows(int columns) {
        return Math.clamp(Integer.highestOneBit((1 << 16) / Math.max(1, columns)), 1 << 6, 1 << 9);
    }

    /** Other data by the same bounds; columns are found by name, levels of categories by theirs. */
    public BinnedTable bin(Features data) {
        BinnedTable table = of(data, bins);
        return values == null ? table : table.withValues(data);
    }

    /** The given rows, in the given order; a row may be named more than once. */
    public BinnedTable take(int... chosen) {
        byte[][] taken = new byte[columns.length][chosen.length];
        WorkerPool.current().forEach(columns.length, j -> {
            for (int i = 0; i < chosen.length; i++) taken[j][i] = columns[j][chosen[i]];
        });
        BinnedTable table = new BinnedTable(chosen.length, bins, taken);
        return values == null ? table : new BinnedTable(table, take(values, chosen));
    }

    private static double[][] take(double[][] values, int[] chosen) {
        double[][] taken = new double[values.length][];
        for (int j = 0; j < taken.length; j++) {
            if (values[j] == null) continue;
            taken[j] = new double[chosen.length];
            for (int i = 0; i < chosen.length; i++) taken[j][i] = values[j][chosen[i]];
        }
        return taken;
    }

    public int rows() {
        return rows;
    }

    public int features() {
        return bins.size();
    }

    /** How each column is cut. */
    public List<FeatureBins> bins() {
        return bins;
    }

    public int bin(int row, int feature) {
        return columns[feature][row] & 0xFF;
    }

    /** Whether some rows are missing here. */
    public boolean missing(int feature) {
        return missing[feature];
    }

    private static boolean contains(byte[] column, byte bin) {
        for (byte b : column) {
            if (b == bin) return true;
        }
        return false;
    }

    byte[] column(int feature) {
        return columns[feature];
    }

    BinWords words() {
        return words;
    }
}
