package org.lanewise.boosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;

/** Exclusive features share lanes and are searched together, without changing what is found. */
class BundlesTest {

    /** Each of many one-hot groups is one bundle, two bundles of 11 cells are a lane: 40 lanes, 5 words. */
    @Test
    void manyGroupsFindTheirBundles() {
        int n = 2_000;
        int groups = 80;
        Rng rng = Rng.of(3);
        float[] x = new float[n * groups * 10];
        for (int i = 0; i < n; i++) {
            for (int group = 0; group < groups; group++) x[(i * groups + group) * 10 + rng.nextInt(10)] = 1;
        }
        BinnedTable table = Binning.defaults().bin(Features.ofRows(x, groups * 10));
        assertThat(table.words().count()).isEqualTo(5);
    }

    @Test
    void bitsAreTheRowsOfOnes() {
        Rng rng = Rng.of(8);
        for (int n = 0; n < 200; n++) {
            byte[] column = new byte[n];
            int ones = 0;
            for (int i = 0; i < n; i++) ones += column[i] = (byte) rng.nextInt(2);
            long[] bits = BitColumn.of(column);
            long[] other = BitColumn.not(bits, n);
            assertThat(BitColumn.count(bits)).isEqualTo(ones);
            assertThat(BitColumn.count(other)).isEqualTo(n - ones);
            for (int i = 0; i < n; i++) {
                assertThat(bits[i >> 6] >>> i & 1).isEqualTo(column[i]);
                assertThat(other[i >> 6] >>> i & 1).isEqualTo(1 - column[i]);
            }
        }
    }

    /** All flags of a bundle at once give the best that each by itself gives, to the last bit. */
    @Test
    void flagsTogetherAreAsOneByOne() {
        Rng rng = Rng.of(9);
        int found = 0;
        for (int round = 0; round < 500; round++) {
            int n = 1 + rng.nextInt(20);
            boolean exact = round % 3 == 0;
            int[] features = new int[n];
            boolean[] allowed = new boolean[100];
            double[] g = new double[n];
            double[] h = new double[n];
            Leaf leaf = new Leaf(0, -1, false);
            for (int j = 0; j < n; j++) {
                features[j] = (37 * j + round) % 100; // all different, in no order
                allowed[features[j]] = rng.nextInt(5) > 0;
                boolean again = j > 0 && rng.nextInt(3) == 0; // equal gains
                g[j] = again ? g[j - 1] : rng.nextGaussian();
                h[j] = again ? h[j - 1] : 1 + rng.nextInt(10);
                leaf.gradient += g[j];
                leaf.hessian += h[j];
            }
            leaf.hessian += 5;
            leaf.count = (int) leaf.hessian;
            var settings = new SplitScan.Settings(new LeafValue(0, 0, 0), rng.nextInt(6), 3 * rng.nextDouble(), 0.3,
                    false, 0);
            double least = leaf.gradient * leaf.gradient / (leaf.hessian + 0.3);
            double enough = round % 2 * 0.05;
            SplitScan scan = new SplitScan();
            int best = -1;
            double most = enough;
            for (int j = 0; j < n; j++) {
                scan.gradient[1] = g[j];
                scan.hessian[1] = h[j];
                if (!allowed[features[j]] || scan.bestOfTwo(leaf, exact, settings, least) < 0) continue;
                double gain = scan.gainOf(0) - least;
                if (gain > most || gain == most && (best < 0 || features[j] < features[best])) {
                    best = j;
                    most = gain;
                }
            }
            System.arraycopy(g, 0, scan.gradient, 0, n);
            System.arraycopy(h, 0, scan.hessian, 0, n);
            assertThat(scan.bestFlag(leaf, exact, features, allowed, settings, least, enough)).isEqualTo(best);
            if (best >= 0) assertThat(scan.gainOf(best) - least).isEqualTo(most);
            found += best >= 0 ? 1 : 0;
        }
        assertThat(found).isBetween(100, 499);
    }
}
