package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;

/** Bins hold what their bounds say, and every way the bins are stored tells the same. */
class BinningTest {

    @Test
    void fewValuesGetABinEachAndManyEqualShares() {
        FeatureBins few = Binning.builder().minDataInBin(1).build()
                .bins(Features.ofRows(new double[] {3, 1, Double.NaN, 2, 1, -0.0, 0}, 1)).getFirst();
        assertThat(few.size()).isEqualTo(4);
        assertThat(List.of(few.bound(0), few.bound(1), few.bound(2), few.bound(3))).containsExactly(0.5, 1.5, 2.5,
                Double.POSITIVE_INFINITY);
        assertThat(few.bin(Double.NaN)).isEqualTo(4).isEqualTo(few.missingBin());
        assertThat(few.bin(1.5)).isEqualTo(1);
        assertThat(few.bin(Math.nextUp(1.5))).isEqualTo(2);

        double[] x = new double[100_000];
        Rng rng = Rng.of(1);
        for (int i = 0; i < x.length; i++) x[i] = i % 4 == 0 ? 0 : rng.nextGaussian(); // a quarter in one value
        BinnedTable table = Binning.defaults().bin(Features.ofRows(x, 1));
        int[] count = new int[256];
        for (int i = 0; i < x.length; i++) count[table.bin(i, 0)]++;
        int zero = table.bins().getFirst().bin(0);
        assertThat(count[zero]).isEqualTo(25_000);
        for (int b = 0; b < table.bins().getFirst().size(); b++) {
            if (b != zero) assertThat(count[b]).isBetween(1, 2 * 75_000 / 254);
        }
    }

    @Test
    void bytesAgreeWithTheBoundsForEveryKindOfValue() {
        Rng rng = Rng.of(2);
        for (int size : new int[] {1, 2, 3, 7, 127, 128, 129, 254, 255}) {
            double[] bounds = new double[size];
            for (int b = 0; b < size - 1; b++) bounds[b] = b * 0.5 - 20;
            bounds[size - 1] = Double.POSITIVE_INFINITY;
            FeatureBins bins = FeatureBins.numeric("x", bounds, 0, 1);
            double[] values = new double[600];
            for (int i = 0; i < values.length; i++) values[i] = i < size ? bounds[i] : 80 * rng.nextDouble() - 30;
            values[590] = Double.NaN;
            values[591] = Double.NEGATIVE_INFINITY;
            values[592] = Math.nextUp(bounds[0]);
            byte[] out = new byte[600];
            bins.bins(values, 600, out, 0);
            for (int i = 0; i < 600; i++) {
                int expected = 0;
                while (expected < size && bounds[expected] < values[i]) expected++;
                if (Double.isNaN(values[i])) expected = size;
                assertThat(out[i] & 0xFF).isEqualTo(expected).isEqualTo(bins.bin(values[i]));
            }
        }
    }

    @Test
    void radixSortSortsAsTheLibrary() {
        Rng rng = Rng.of(3);
        double[] x = new double[10_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = switch (i % 5) {
                case 0 -> rng.nextGaussian();
                case 1 -> (float) rng.nextGaussian();
                case 2 -> rng.nextInt(10) - 5;
                case 3 -> rng.nextInt(4) == 0 ? Double.NaN : Math.scalb(rng.nextGaussian(), rng.nextInt(2000) - 1000);
                default -> rng.nextInt(2) == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            };
        }
        double[] expected = Arrays.stream(x).filter(v -> !Double.isNaN(v)).map(v -> v + 0.0).sorted().toArray();
        int n = RadixSort.ascending(x);
        assertThat(Arrays.copyOf(x, n)).isEqualTo(expected);
    }

    /** Few values are counted without sorting: with the same result, also at the number where sorting takes over. */
    @Test
    void valuesAreCountedHoweverManyDiffer() {
        Rng rng = Rng.of(5);
        for (int different : new int[] {0, 1, 2, 63, 64, 65, 500}) {
            double[] x = new double[3_000];
            for (int i = 0; i < x.length; i++) {
                int k = different == 0 ? 0 : rng.nextInt(different);
                x[i] = i % 7 == 0 && i >= 2_000 || different == 0
                        ? Double.NaN
                        : k == 0 ? i % 2 == 0 ? -0.0 : 0.0 : (k - 30) * 0.37;
            }
            double[] rising = Arrays.stream(x).filter(v -> !Double.isNaN(v)).map(v -> v + 0.0).sorted().toArray();
            double[] distinct = Arrays.stream(rising).distinct().toArray();
            DistinctValues v = DistinctValues.of(x);
            assertThat(v.known()).isEqualTo(rising.length);
            assertThat(Arrays.copyOf(v.value(), v.size())).isEqualTo(distinct);
            for (int d = 0; d < v.size(); d++) {
                double value = distinct[d];
                assertThat((long) v.count()[d]).isEqualTo(Arrays.stream(rising).filter(r -> r == value).count());
            }
        }
    }

    /** Columns of two bins are binned by one comparison: as value by value. */
    @Test
    void twoBinsAreToldApart() {
        double[] x = {0, 1, -0.0, Double.NaN, 0.5, Math.nextUp(0.5), Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY};
        FeatureBins bins = FeatureBins.numeric("Column_0", new double[] {0.5, Double.POSITIVE_INFINITY}, 0, 1);
        BinnedTable table = BinnedTable.of(Features.ofRows(x, 1), List.of(bins));
        for (int i = 0; i < x.length; i++) assertThat(table.bin(i, 0)).as("%s", x[i]).isEqualTo(bins.bin(x[i]));
    }

    /** The short way through two bins finds what the scan finds, to the last bit. */
    @Test
    void twoBinsAreSplitAsMany() {
        Rng rng = Rng.of(6);
        for (int i = 0; i < 500; i++) {
            Leaf leaf = new Leaf(0, -1, false);
            leaf.count = 1 + rng.nextInt(100);
            SplitScan scan = new SplitScan();
            for (int b = 0; b < 2; b++) {
                scan.gradient[b] = rng.nextGaussian();
                scan.hessian[b] = 25 * rng.nextDouble();
            }
            leaf.gradient = scan.gradient[0] + scan.gradient[1];
            leaf.hessian = scan.hessian[0] + scan.hessian[1];
            LeafValue value = new LeafValue(i % 3 == 0 ? 0.1 : 0, i % 5 == 0 ? 0.2 : 0, i % 7 == 0 ? 3 : 0);
            var settings = new SplitScan.Settings(value, rng.nextInt(40), 5 * rng.nextDouble(), 0.3, false, 0);
            double least = i % 2 == 0 ? 0 : 0.05;
            boolean exact = i % 11 == 0;
            scan.estimateRows(2, leaf, exact);
            int expected = scan.best(leaf, 1, -1, 1, -1, settings, least);
            double[] sums = {scan.nearGradient(0), scan.nearHessian(0), scan.nearRows(0), scan.gainOf(0)};
            assertThat(scan.bestOfTwo(leaf, exact, settings, least)).isEqualTo(expected);
            if (expected == 0) {
                assertThat(new double[] {scan.nearGradient(0), scan.nearHessian(0), scan.nearRows(0), scan.gainOf(0)})
                        .isEqualTo(sums);
            }
        }
    }

    /** 255 categories have bins of their own, the most frequent; the others are one, with what is missing or unseen. */
    @Test
    void rareCategoriesShareABin() {
        int n = 20_000;
        double[] x = new double[n];
        double[] y = new double[n];
        Rng rng = Rng.of(7);
        int[] count = new int[1_000];
        for (int i = 0; i < n; i++) {
            int level = (int) (1_000 * rng.nextDouble() * rng.nextDouble());
            x[i] = level;
            count[level]++;
            y[i] = level % 2 + 0.1 * rng.nextGaussian();
        }
        Features features = Features.ofRows(x, 1).withCategorical("Column_0");
        BinnedTable table = Binning.defaults().bin(features);
        FeatureBins bins = table.bins().getFirst();
        assertThat(bins.size()).isEqualTo(256);
        int leastKept = n;
        boolean[] kept = new boolean[1_000];
        for (int b = 1; b < 256; b++) {
            assertThat(bins.bin(bins.category(b))).isEqualTo(b);
            kept[bins.category(b)] = true;
            leastKept = Math.min(leastKept, count[bins.category(b)]);
        }
        for (int level = 0; level < 1_000; level++) {
            if (!kept[level]) assertThat(count[level]).isLessThanOrEqualTo(leastKept);
            if (!kept[level]) assertThat(bins.bin(level)).isZero();
        }
        assertThat(bins.bin(Double.NaN)).isZero();
        assertThat(bins.bin(5_000)).isZero();
        BoostingModel model = new GradientBoosting(BoostingParams.builder(Objective.squared()).trees(20).build())
                .fit(table, Target.of(y));
        double[] fresh = model.predictRaw(Features.ofRows(new double[] {2, 3, 4, 5, 999, 998, Double.NaN}, 1)
                .withCategorical("Column_0"));
        assertThat(fresh[0]).isLessThan(0.3).isCloseTo(fresh[2], within(0.3));
        assertThat(fresh[1]).isGreaterThan(0.7);
        assertThat(fresh[4]).isEqualTo(fresh[5]).isEqualTo(fresh[6]);
    }

    /** One-hot columns share lanes; the trees are those of the dense sums. */
    @Test
    void bundledFeaturesGiveTheSameTrees() {
        Rng rng = Rng.of(4);
        int n = 4_000;
        double[] x = new double[n * 43];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            for (int group = 0; group < 4; group++) {
                int which = rng.nextInt(10);
                x[i * 43 + 10 * group + which] = group == 3 ? 1 + rng.nextInt(5) : 1;
                y[i] += group < 2 ? which % 3 : 0;
            }
            x[i * 43 + 40] = rng.nextGaussian();
            x[i * 43 + 41] = i % 9 == 0 ? Double.NaN : 1;
            x[i * 43 + 42] = rng.nextInt(3);
            y[i] += x[i * 43 + 40] + (i % 9 == 0 ? 1 : 0) + 0.1 * rng.nextGaussian();
        }
        BinnedTable table = Binning.builder().minDataInBin(1).build().bin(Features.ofRows(x, 43));
        assertThat(table.words().count()).isEqualTo(1);
        BoostingParams p = BoostingParams.builder(Objective.squared()).trees(5).leaves(12).build();
        BoostingModel packed = new GradientBoosting(p).fit(table, Target.of(y));
        BoostingModel exact = new GradientBoosting(p.toBuilder().histogram(HistogramPrecision.FLOAT64).build())
                .fit(table, Target.of(y));
        for (int t = 0; t < 5; t++) {
            RegressionTree a = packed.trees().get(t);
            RegressionTree b = exact.trees().get(t);
            for (int i = 0; i < 5; i++) {
                assertThat(a.feature(i)).isEqualTo(b.feature(i));
                assertThat(a.nodeCount(i)).isEqualTo(b.nodeCount(i));
            }
        }
        // Sums by bin, read from the bundle, are those counted directly.
        assertThat(packed.importance(Importance.GAIN)[41]).isPositive();
    }

    /** All rows in one bin and the largest gradients: the sums are as large as they can get. */
    @Test
    void packedSumsDoNotOverflow() {
        int n = 300_000;
        float[] g = new float[n];
        float[] h = new float[n];
        Arrays.fill(g, -1);
        Arrays.fill(h, 1);
        Gradients gradients = new Gradients(g, h, 0, false);
        gradients.quantise(HistogramPrecision.INT15, n, n);
        assertThat(gradients.packed).isTrue();
        long[] entries = new long[n];
        gradients.entries(null, n, 1, entries);
        assertThat(LeafSums.of(entries, 0, n, gradients)).containsExactly(-n, n);
        Arrays.fill(g, 1 - 0x1p-24f);
        gradients.quantise(HistogramPrecision.INT15, n, n);
        gradients.entries(null, n, 1, entries);
        assertThat(LeafSums.of(entries, 0, n, gradients)[0]).isBetween(n * 0.9999, n * 1.0001);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> FeatureBins.numeric("a", new double[] {1, 1, Double.POSITIVE_INFINITY}, 0, 1))
                .hasMessageContaining("\"a\"");
        assertThatThrownBy(() -> FeatureBins.numeric("a", new double[] {1}, 0, 1)).hasMessageContaining("Infinity");
        assertThatThrownBy(() -> FeatureBins.categorical("a", new int[] {1, 1}, List.of()))
                .hasMessageContaining("distinct");
    }
}
