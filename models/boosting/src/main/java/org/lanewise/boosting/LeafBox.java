package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that can reach a leaf: for each feature tested on its path, the bins that may. Immutable. What a path does not test
 * may be anything.
 */
final class LeafBox {
    /** Bins of one feature; the bit after the last numeric bin is that of missing values. */
    private record Side(int feature, long[] bins) {
        boolean meets(Side other) {
            for (int w = 0; w < bins.length; w++) {
                if ((bins[w] & other.bins[w]) != 0) return true;
            }
            return false;
        }
    }

    private static final int WORDS = 4;

    private final List<Side> sides;

    private LeafBox(List<Side> sides) {
        this.sides = sides;
    }

    static LeafBox everything() {
        return new LeafBox(List.of());
    }

    /** The part of the box on one side of a split. */
    LeafBox half(Split s, int missingBin, boolean left) {
        byte[] goesLeft = s.goesLeft(missingBin);
        long[] bins = new long[WORDS];
        for (int b = 0; b < goesLeft.length; b++) bins[b >> 6] |= goesLeft[b] != 0 == left ? 1L << b : 0;
        List<Side> all = new ArrayList<>();
        for (Side side : sides) {
            if (side.feature != s.feature) {
                all.add(side);
            } else {
                for (int w = 0; w < WORDS; w++) bins[w] &= side.bins[w];
            }
        }
        all.add(new Side(s.feature, bins));
        return new LeafBox(all);
    }

    private Side of(int feature) {
        for (Side side : sides) {
            if (side.feature == feature) return side;
        }
        return null;
    }

    /**
     * Whether a row of this box can become one of the other by a change of one constrained feature alone, and which way its
     * prediction must then go: 1 if the other's may not be lower, -1 if it may not be higher, 0 if nothing is required.
     *
     * @param monotone   the constraint of each feature
     * @param missingBin of each feature
     */
    int order(LeafBox other, int[] monotone, int[] missingBin) {
        Side apart = null;
        Side otherApart = null;
        for (Side mine : sides) {
            Side theirs = other.of(mine.feature);
            if (theirs == null || mine.meets(theirs)) continue;
            if (apart != null) return 0;
            apart = mine;
            otherApart = theirs;
        }
        if (apart == null || monotone[apart.feature] == 0) return 0;
        int mine = lowest(apart.bins);
        int theirs = lowest(otherApart.bins);
        int missing = missingBin[apart.feature];
        if (mine >= missing || theirs >= missing) return 0; // only missing values, which have no order
        return mine < theirs ? monotone[apart.feature] : -monotone[apart.feature];
    }

    private static int lowest(long[] bins) {
        for (int w = 0; w < WORDS; w++) {
            if (bins[w] != 0) return 64 * w + Long.numberOfTrailingZeros(bins[w]);
        }
        return Integer.MAX_VALUE;
    }
}
