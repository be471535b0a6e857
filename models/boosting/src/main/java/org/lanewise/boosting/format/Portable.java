package org.lanewise.boosting.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.RegressionTree;

/** A model made ready for other libraries: the rounds it uses, its base folded into trees, the tests translated. */
final class Portable {
    private Portable() {}

    /** The trees of the rounds used, each class's base added to its first tree (to every tree if trees are averaged). */
    static List<RegressionTree> trees(BoostingModel model) {
        int k = model.scores();
        double[] base = model.base();
        List<RegressionTree> trees = new ArrayList<>();
        for (int t = 0; t < model.bestRound() * k; t++) {
            RegressionTree tree = model.trees().get(t);
            trees.add((t < k || model.averaged()) && base[t % k] != 0 ? tree.scaled(1, base[t % k]) : tree);
        }
        for (int c = 0; trees.size() < k; c++) { // no rounds: the base alone
            trees.add(RegressionTree.builder(1).leaf(0, base[c], 0, 0).build());
        }
        return trees;
    }

    /** The columns' names without blanks, which both libraries' files and data frames do without. */
    static List<String> names(BoostingModel model) {
        List<String> names = model.features().stream().map(f -> f.name().strip().replaceAll("\\s", "_")).toList();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || !seen.add(name))
                throw new IllegalArgumentException(
                        "column \"" + name + "\" is there twice, or empty, once blanks are replaced");
        }
        return names;
    }

    /**
     * The float t' for which {@code x < t'} says the same as {@code x <= t} of every float x. A t that is a short decimal
     * number, to the rounding of a mean, comes from data of such numbers, kept as doubles: then what is kept is the way of the
     * number itself, which XGBoost will round before it compares.
     */
    static float floatBound(double t) {
        if (Math.abs(t) >= Float.MIN_NORMAL && Math.abs(t) < Float.MAX_VALUE) {
            double number = Double.parseDouble(String.format(Locale.ROOT, "%.8e", t));
            if (Math.abs(number - t) <= 2 * Math.ulp(t))
                return number <= t ? Math.nextUp((float) number) : (float) number;
        }
        float near = (float) t;
        float below = near > t ? Math.nextDown(near) : near; // the greatest float that is not above t
        return Math.min(Math.nextUp(below), Float.MAX_VALUE); // JSON has no infinity
    }
}
