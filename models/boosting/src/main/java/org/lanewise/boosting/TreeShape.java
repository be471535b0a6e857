package org.lanewise.boosting;

/** Whether children make a tree. */
final class TreeShape {
    private TreeShape() {}

    /**
     * Every node but the first and every leaf must be the child of one node, so that a walk from the root ends.
     *
     * @param left  of each node: a node from 0, or {@code ~leaf}
     * @param right as left
     * @throws IllegalArgumentException naming the first node at fault
     */
    static void check(int[] left, int[] right) {
        boolean[] nodes = new boolean[left.length];
        boolean[] leaves = new boolean[left.length + 1];
        for (int i = 0; i < left.length; i++) {
            claim(i, left[i], nodes, leaves);
            claim(i, right[i], nodes, leaves);
        }
        checkReach(left, right);
    }

    /** A circle of nodes that claim each other is cut off from the root. */
    private static void checkReach(int[] left, int[] right) {
        int[] open = new int[left.length + 1];
        int size = 0;
        int reached = 0;
        if (left.length > 0) open[size++] = 0;
        while (size > 0) {
            int node = open[--size];
            reached++;
            if (left[node] > 0) open[size++] = left[node];
            if (right[node] > 0) open[size++] = right[node];
        }
        if (reached < left.length) {
            throw new IllegalArgumentException(
                    (left.length - reached) + " nodes form a circle that the root does not reach");
        }
    }

    private static void claim(int node, int child, boolean[] nodes, boolean[] leaves) {
        boolean[] seen = child >= 0 ? nodes : leaves;
        int at = child >= 0 ? child : ~child;
        if (at >= seen.length || seen[at] || child == 0) {
            throw new IllegalArgumentException(
                    "node " + node + ": child " + child + " is out of range or has another parent");
        }
        seen[at] = true;
    }
}
