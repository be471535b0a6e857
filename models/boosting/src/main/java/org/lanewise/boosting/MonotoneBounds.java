package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the bounds of a tree's leaves so that no monotone constraint is broken ({@link MonotoneMethod}).
 *
 * <p>Of two leaves between which a change of one constrained feature leads, the one that may not be lower is above the other. By
 * the intermediate method a leaf is bounded by the values of those above and below it; a leaf's descendants have relatives among
 * its own only, so a split looks at few pairs.
 */
final class MonotoneBounds {
    private final MonotoneMethod method;
    private final int[] sign;
    private final int[] missingBin;
    private final boolean any;

    MonotoneBounds(Constraints constraints, List<FeatureBins> bins) {
        method = constraints.method();
        sign = bins.stream().mapToInt(b -> constraints.monotone().getOrDefault(b.name(), 0)).toArray();
        missingBin = bins.stream().mapToInt(FeatureBins::missingBin).toArray();
        any = Arrays.stream(sign).anyMatch(s -> s != 0);
    }

    private boolean intermediate() {
        return any && method == MonotoneMethod.INTERMEDIATE;
    }

    void startRoot(Leaf root) {
        if (intermediate()) root.relatives = new Leaf.Relatives(LeafBox.everything());
    }

    /**
     * Sets the bounds of a split leaf's children.
     *
     * @return other leaves whose bounds have changed
     */
    List<Leaf> split(Leaf leaf, Leaf left, Leaf right) {
        Split s = leaf.best;
        if (!intermediate()) {
            if (s.monotone != 0) halve(s, left, right);
            return List.of();
        }
        left.relatives = new Leaf.Relatives(leaf.relatives.box().half(s, missingBin[s.feature], true));
        right.relatives = new Leaf.Relatives(leaf.relatives.box().half(s, missingBin[s.feature], false));
        relate(left, right);
        List<Leaf> others = new ArrayList<>(leaf.relatives.above());
        others.addAll(leaf.relatives.below());
        for (Leaf other : others) {
            other.relatives.above().remove(leaf);
            other.relatives.below().remove(leaf);
            relate(left, other);
            relate(right, other);
        }
        bound(left);
        bound(right);
        return others.stream().filter(MonotoneBounds::bound).toList();
    }

    private void relate(Leaf a, Leaf b) {
        int order = a.relatives.box().order(b.relatives.box(), sign, missingBin);
        if (order == 0) return;
        Leaf low = order > 0 ? a : b;
        Leaf high = order > 0 ? b : a;
        low.relatives.above().add(high);
        high.relatives.below().add(low);
    }

    /** Bounds a leaf by its relatives' values; whether that changed a bound. */
    private static boolean bound(Leaf leaf) {
        double lowest = leaf.relatives.below().stream().mapToDouble(l -> l.output).max()
                .orElse(Double.NEGATIVE_INFINITY);
        double highest = leaf.relatives.above().stream().mapToDouble(l -> l.output).min()
                .orElse(Double.POSITIVE_INFINITY);
        boolean changed = lowest != leaf.lowest || highest != leaf.highest;
        leaf.lowest = lowest;
        leaf.highest = highest;
        return changed;
    }

    /** By the basic method all that follows on either side is bounded by the middle of the two values. */
    private static void halve(Split s, Leaf left, Leaf right) {
        double middle = (s.leftOutput + s.rightOutput) / 2;
        Leaf low = s.monotone > 0 ? left : right;
        Leaf high = s.monotone > 0 ? right : left;
        low.highest = Math.min(low.highest, middle);
        high.lowest = Math.max(high.lowest, middle);
    }

    /**
     * Bounds for final values, which are fitted to other sums than the values so far: leaves of either side keep to their side
     * of the middle, so that they cannot cross.
     */
    void finish(List<Leaf> leaves) {
        if (!intermediate()) return;
        for (Leaf leaf : leaves) {
            double own = leaf.output;
            leaf.lowest = leaf.relatives.below().stream().mapToDouble(l -> (l.output + own) / 2).max()
                    .orElse(Double.NEGATIVE_INFINITY);
            leaf.highest = leaf.relatives.above().stream().mapToDouble(l -> (l.output + own) / 2).min()
                    .orElse(Double.POSITIVE_INFINITY);
        }
    }
}
