package org.lanewise.boosting;

import java.util.Arrays;
import java.util.List;

/** Which features a node may be split by: random shares by tree, level and node, and interaction constraints. */
final class FeatureMasks {
    private static final long TREE = 1;
    private static final long LEVEL = 2;
    private static final long NODE = 3;

    private final BoostingParams params;
    private final BinWords words;
    private final boolean[] usable;
    /** Features of each interaction set; {@code null} without constraints. */
    private final boolean[][] sets;
    private boolean[] tree;
    private long key;

    FeatureMasks(BoostingParams params, BinnedTable table) {
        this.params = params;
        words = table.words();
        usable = new boolean[table.features()];
        for (int j = 0; j < usable.length; j++) usable[j] = words.word[j] >= 0;
        sets = sets(params.constraints(), table.bins().stream().map(FeatureBins::name).toList());
    }

    private static boolean[][] sets(Constraints constraints, List<String> names) {
        constraints.monotone().keySet().forEach(name -> index(names, name, "monotone"));
        if (constraints.interactions().isEmpty()) return null;
        boolean[][] sets = new boolean[constraints.interactions().size()][names.size()];
        for (int s = 0; s < sets.length; s++) {
            for (String name : constraints.interactions().get(s)) sets[s][index(names, name, "interaction")] = true;
        }
        return sets;
    }

    private static int index(List<String> names, String name, String what) {
        int at = names.indexOf(name);
        if (at < 0)
            throw new IllegalArgumentException(
                    "the " + what + " constraints name \"" + name + "\", which is no feature");
        return at;
    }

    /** Draws the features of a tree. */
    void startTree(long number) {
        key = Mix.key(params.seed(), TREE, number);
        tree = share(usable, params.featureFraction(), key);
    }

    /** The words with features of this tree. */
    boolean[] activeWords() {
        boolean[] active = new boolean[words.count()];
        for (int j = 0; j < tree.length; j++) {
            if (tree[j]) active[words.word[j]] = true;
        }
        return active;
    }

    /** The features a leaf may be split by. */
    boolean[] of(Leaf leaf) {
        boolean[] mask = tree;
        if (params.featureFractionByLevel() < 1)
            mask = share(mask, params.featureFractionByLevel(), Mix.key(key, LEVEL, leaf.depth));
        if (params.featureFractionByNode() < 1) mask = share(mask, params.featureFractionByNode(), random(leaf, NODE));
        if (leaf.sets == null) return mask;
        boolean[] allowed = new boolean[mask.length];
        for (int s = 0; s < sets.length; s++) {
            if (!leaf.sets[s]) continue;
            for (int j = 0; j < allowed.length; j++) allowed[j] |= mask[j] && sets[s][j];
        }
        return allowed;
    }

    /** A random number for a leaf of this tree, by its place. */
    long random(Leaf leaf, long kind) {
        return Mix.key(key, kind, leaf.parent < 0 ? 0 : 1 + 2L * leaf.parent + (leaf.isLeft ? 0 : 1));
    }

    void startRoot(Leaf root) {
        if (sets != null) {
            root.sets = new boolean[sets.length];
            Arrays.fill(root.sets, true);
        }
    }

    /** The interaction sets of a leaf's children. */
    boolean[] below(Leaf leaf, int feature) {
        if (leaf.sets == null) return null;
        boolean[] left = leaf.sets.clone();
        for (int s = 0; s < left.length; s++) left[s] &= sets[s][feature];
        return left;
    }

    /** At least one of the features, chosen by the smallest hashes. */
    private static boolean[] share(boolean[] from, double fraction, long key) {
        if (fraction >= 1) return from;
        int n = 0;
        for (boolean b : from) n += b ? 1 : 0;
        if (n == 0) return from;
        int wanted = Math.max(1, (int) Math.rint(fraction * n));
        long[] hashes = new long[n];
        for (int j = 0, i = 0; j < from.length; j++) {
            if (from[j]) hashes[i++] = Mix.hash(key + j);
        }
        Arrays.sort(hashes);
        boolean[] chosen = new boolean[from.length];
        for (int j = 0; j < from.length; j++) chosen[j] = from[j] && Mix.hash(key + j) <= hashes[wanted - 1];
        return chosen;
    }
}
