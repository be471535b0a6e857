package org.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Rng;

/**
 * Puts whole groups into parts so that every part gets its fraction of every class. Exact packing is a bin problem; this is the
 * greedy answer: the groups that weigh most first, each to the part where it brings the squared distance from the wanted shares
 * down most.
 */
final class GroupPacking {
    private GroupPacking() {
    }

    private record Group(int[] rows, int[] classes, int[] counts, double weight) {
    }

    /** The part of each row. */
    static int[] pack(int[] classes, Object[] groups, long seed, double[] fractions) {
        if (classes.length != groups.length) {
            throw new IllegalArgumentException(classes.length + " classes for " + groups.length + " groups");
        }
        int[] labels = Arrays.stream(classes).distinct().sorted().toArray();
        double[] total = new double[labels.length];
        for (int c : classes) {
            total[Arrays.binarySearch(labels, c)]++;
        }
        List<Group> members = members(classes, labels, groups, total);
        List<Group> order = new ArrayList<>();
        for (int i : Rng.of(seed).permutation(members.size())) {
            order.add(members.get(i));
        }
        order.sort(Comparator.comparingDouble(Group::weight).reversed()); // Stable: equals stay shuffled.
        int[] part = new int[classes.length];
        double[][] filled = new double[fractions.length][labels.length];
        for (Group group : order) {
            int chosen = cheapest(group, total, fractions, filled);
            for (int i = 0; i < group.classes.length; i++) {
                filled[chosen][group.classes[i]] += group.counts[i];
            }
            for (int row : group.rows) {
                part[row] = chosen;
            }
        }
        return part;
    }

    /**
     * With x the share of a class that a part holds over its fraction, the distance is sum fraction (x - 1)^2; adding n rows of N
     * changes it by n/N (2 x + n / (N fraction) - 2), of which the last term is the same for all parts.
     */
    private static int cheapest(Group group, double[] total, double[] fractions, double[][] filled) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < fractions.length; p++) {
            if (fractions[p] == 0) {
                continue;
            }
            double cost = 0;
            for (int i = 0; i < group.classes.length; i++) {
                int c = group.classes[i];
                double share = group.counts[i] / total[c];
                cost += share * (2 * filled[p][c] / total[c] + share) / fractions[p];
            }
            if (best < 0 || cost < least * (1 - 1e-12)) { // Rounding must not decide between equals.
                best = p;
                least = cost;
            }
        }
        return best;
    }

    private static List<Group> members(int[] classes, int[] labels, Object[] groups, double[] total) {
        Map<Object, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            rows.computeIfAbsent(groups[i], _ -> new ArrayList<>()).add(i);
        }
        List<Group> members = new ArrayList<>();
        for (List<Integer> own : rows.values()) {
            int[] codes = own.stream().mapToInt(row -> Arrays.binarySearch(labels, classes[row])).toArray();
            int[] present = Arrays.stream(codes).distinct().sorted().toArray();
            int[] counts = new int[present.length];
            for (int code : codes) {
                counts[Arrays.binarySearch(present, code)]++;
            }
            double weight = 0;
            for (int i = 0; i < present.length; i++) {
                double share = counts[i] / total[present[i]];
                weight += share * share;
            }
            members.add(new Group(own.stream().mapToInt(i -> i).toArray(), present, counts, weight));
        }
        return members;
    }
}
