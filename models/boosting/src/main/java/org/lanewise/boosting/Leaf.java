package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;

/** A leaf of a growing tree: which rows it has and how it could be split. */
final class Leaf {
    final int depth;
    /** The node above, -1 for the root, and whether this is its left child. */
    final int parent;
    final boolean isLeft;
    /** Its number in the tree. */
    int number;
    /** Where its rows are in {@link RowPartition}. */
    int begin;
    int count;
    int buffer;
    /** Sums over its rows as the histograms have them. */
    double gradient;
    double hessian;
    /** The value these sums give, before the learning rate; what path smoothing and monotone bounds are about. */
    double output;
    /** L2 penalty of its value, which splits of categories raise. */
    double l2;
    /** Bounds of its value by monotone constraints. */
    double lowest = Double.NEGATIVE_INFINITY;
    double highest = Double.POSITIVE_INFINITY;
    /** Leaves that monotone constraints tie this one to; {@code null} unless the intermediate method needs them. */
    Relatives relatives;
    /** The interaction sets that hold every feature of the path; {@code null} without interaction constraints. */
    boolean[] sets;
    /** The value of the leaf it came from. */
    double above;
    /** {@code null} if it was given away or never built. */
    Histogram histogram;
    final Split best = new Split();

    /**
     * What monotone constraints ask of a leaf.
     *
     * @param box   the rows that may reach it
     * @param above leaves whose values may not be lower
     * @param below leaves whose values may not be higher
     */
    record Relatives(LeafBox box, List<Leaf> above, List<Leaf> below) {
        Relatives(LeafBox box) {
            this(box, new ArrayList<>(), new ArrayList<>());
        }
    }

    Leaf(int depth, int parent, boolean isLeft) {
        this.depth = depth;
        this.parent = parent;
        this.isLeft = isLeft;
    }
}
