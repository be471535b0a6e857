package org.lanewise.engine;

/**
 * The sizes that matrix products are cut by, each with the measurement that chose it (Zen 4, 32 KB L1d, 1 MB L2 a core).
 *
 * <p>{@link #KC} is part of the definition of the result: changing it changes bits. The others only change the speed.
 */
final class GemmTuning {
    /**
     * Length of a chain of fused multiply-adds. 256, 384 and 512 were within 4 % of one another at n = 512 and 1024, in runs
     * that were not one sweep, so the order among them is not settled; 128 was slower, and longer chains lose accuracy.
     */
    static final int KC = 384;
    /** Rows of the left factor packed at a time: 192 x 384 floats are 288 KB, a third of L2. 96 and 384 were no faster. */
    static final int MC = 192;
    /** Terms packed at a time, four chains. */
    static final int KS = 4 * KC;
    /** Columns of the right factor packed at a time, all terms of {@link #KS}: 6 MB of the shared L3. */
    static final int NC = 1024;
    /**
     * Columns of a block of C that takes all its chains before the next (192 KB of L2 with {@link #MC} rows), and those that
     * one task of the few-rows path packs for itself (384 KB). At n = 1024 going through C chain by chain was slower, by
     * about 6 % on a machine that was not quiet.
     */
    static final int COLUMN_GROUP = 256;
    /** Up to here the left factor is not packed: its rows are read where they lie. */
    static final int FEW_ROWS = 128;
    /**
     * From here on a transposed right factor is not packed but read where it lies ({@link SwappedGemm}); with fewer rows the
     * tile, as wide as the rows are many, would be too empty.
     */
    static final int SWAPPED_FROM = 9;
    /** Up to here columns are computed one by one; an estimate, a tile of 32 columns would be mostly padding. */
    static final int FEW_COLUMNS = 2;
    /** Rows taken at a time where there are so few columns: with 384 terms 96 KB, still in L2 for the second column. */
    static final int NARROW_CHUNK = 64;
    /** Columns of a single-row product summed at a time: 8 KB of L1. */
    static final int ROW_CHUNK = 2048;
    /** Multiply-adds below which one thread is faster than waking another, an estimate. */
    static final long PARALLEL_FROM = 1L << 18;

    private GemmTuning() {}
}
