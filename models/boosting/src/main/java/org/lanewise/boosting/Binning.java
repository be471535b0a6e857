package org.lanewise.boosting;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.BadInputException;

/**
 * Cuts columns into bins of about equally many rows, on a sample of the rows when there are many. A value so frequent that it
 * fills a bin gets one to itself; bounds lie halfway between neighbouring values. Few distinct values get a bin each.
 *
 * <pre>{@code
 * BinnedTable x = Binning.builder().maxBins(255).seed(1).build().bin(Features.of(table));
 * BinnedTable valid = x.bin(Features.of(other));     // by the same bounds
 * }</pre>
 *
 * @param maxBins      most bins of a column, 2 to 255, besides that of missing values
 * @param minDataInBin least sampled rows of a bin
 * @param sampleRows   rows looked at
 * @param seed         of the sample
 */
public record Binning(int maxBins, int minDataInBin, int sampleRows, long seed) {
    /** Columns whose samples are held at a time: floats of a cache line. */
    private static final int GROUP = 16;

    public Binning {
        if (maxBins < 2 || maxBins > 255) throw new IllegalArgumentException("maxBins must be 2 to 255: " + maxBins);
        if (minDataInBin < 1) throw new IllegalArgumentException("minDataInBin must be at least 1: " + minDataInBin);
        if (sampleRows < 1) throw new IllegalArgumentException("sampleRows must be at least 1: " + sampleRows);
    }

    /** 255 bins of at least 3 of 200,000 rows. */
    public static Binning defaults() {
        return new Binning(255, 3, 200_000, 0);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Sets one value after the other. */
    public static final class Builder {
        private int maxBins = 255;
        private int minDataInBin = 3;
        private int sampleRows = 200_000;
        private long seed;

        private Builder() {}

        public Builder maxBins(int value) {
            maxBins = value;
            return this;
        }

        public Builder minDataInBin(int value) {
            minDataInBin = value;
            return this;
        }

        public Builder sampleRows(int value) {
            sampleRows = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Binning build() {
            return new Binning(maxBins, minDataInBin, sampleRows, seed);
        }
    }

    /**
     * Chooses bins for every column and bins the data.
     *
     * @throws BadInputException if there are no rows or no columns, or two columns of one name
     */
    public BinnedTable bin(Features data) {
        return BinnedTable.of(data, bins(data));
    }

    /** Chooses bins for every column. */
    public List<FeatureBins> bins(Features data) {
        if (data.rows() == 0) throw BadInputException.at(data.source()).because("no rows to train on");
        if (data.columns() == 0) throw BadInputException.at(data.source()).because("no columns to train on");
        Map<String, Integer> seen = new HashMap<>();
        for (int j = 0; j < data.columns(); j++) {
            if (seen.put(data.name(j), j) != null) {
                throw BadInputException.at(data.source()).column(data.name(j)).because("two columns have this name");
            }
        }
        int[] rows = sample(data.rows());
        FeatureBins[] bins = new FeatureBins[data.columns()];
        double[][] values = new double[Math.min(GROUP, bins.length)][rows == null ? data.rows() : rows.length];
        for (int first = 0; first < bins.length; first += GROUP) {
            int start = first;
            int columns = Math.min(GROUP, bins.length - start);
            read(data, start, columns, rows, values);
            WorkerPool.current().forEach(columns, j -> bins[start + j] = column(data, start + j, values[j]));
        }
        return List.of(bins);
    }

    /** One row, at random, of each of {@code sampleRows} equally long stretches; all rows ({@code null}) if they are few. */
    private int[] sample(int n) {
        if (n <= sampleRows) return null;
        Rng rng = Rng.of(seed).stream("binning");
        int[] rows = new int[sampleRows];
        for (int s = 0; s < sampleRows; s++) {
            long from = (long) s * n / sampleRows;
            long to = (s + 1L) * n / sampleRows;
            rows[s] = (int) (from + rng.nextInt((int) (to - from)));
        }
        return rows;
    }

    private FeatureBins column(Features data, int column, double[] values) {
        if (data.categorical(column)) return categories(data, column, values);
        DistinctValues v = DistinctValues.of(values);
        double[] bounds = EqualCounts.bounds(v.value(), v.count(), v.size(), v.known(), maxBins, minDataInBin);
        return FeatureBins.numeric(data.name(column), bounds, v.size() == 0 ? Double.NaN : v.value()[0],
                v.size() == 0 ? Double.NaN : v.value()[v.size() - 1]);
    }

    /** Writes the sampled values of some columns, read block by block so that row-major data pass the cache once. */
    private static void read(Features data, int first, int columns, int[] rows, double[][] chosen) {
        int n = data.rows();
        int rowsOfBlock = BinnedTable.blockRows(data.columns());
        WorkerPool.current().forEach((n + rowsOfBlock - 1) / rowsOfBlock, b -> {
            int from = b * rowsOfBlock;
            int count = Math.min(rowsOfBlock, n - from);
            double[] block = new double[rowsOfBlock];
            int start = rows == null ? from : firstFrom(rows, from);
            int end = rows == null ? from + count : firstFrom(rows, from + count);
            for (int j = 0; j < columns; j++) {
                data.copy(first + j, from, count, block);
                double[] out = chosen[j];
                for (int s = start; s < end; s++) out[s] = block[(rows == null ? s : rows[s]) - from];
            }
        });
    }

    /** The index of the first sampled row that is not before {@code row}. */
    private static int firstFrom(int[] rows, int row) {
        int at = Arrays.binarySearch(rows, row);
        return at >= 0 ? at : ~at;
    }

    /** The most frequent categories, as many as there are bins; the rest share bin 0. */
    private FeatureBins categories(Features data, int column, double[] values) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (double v : values) {
            if (v >= 0 && v <= Integer.MAX_VALUE) counts.merge((int) v, 1, Integer::sum);
        }
        int[] kept = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(Math.min(maxBins, 255)).mapToInt(Map.Entry::getKey).toArray();
        return FeatureBins.categorical(data.name(column), kept, data.levels(column));
    }
}
