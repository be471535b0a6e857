package org.lanewise.tabular.survival;

import java.util.Arrays;

/** Sorting of row numbers by a key. */
final class Order {
    private Order() {
    }

    /** Row numbers by ascending key; equal keys (0.0 and -0.0 among them) stay in row order. */
    static int[] ascending(double[] key) {
        Integer[] boxed = new Integer[key.length];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, (a, b) -> key[a] < key[b] ? -1 : key[a] > key[b] ? 1 : 0);
        int[] order = new int[key.length];
        Arrays.setAll(order, i -> boxed[i]);
        return order;
    }
}
