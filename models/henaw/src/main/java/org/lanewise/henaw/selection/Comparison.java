package org.lanewise.henaw.selection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cross-validation found, and what it chooses: of all candidates whose criterion is within one standard error of the
 * best one's, the simplest. The standard error is that of the difference between the two on the same folds,
 *
 * <pre>se = sd(difference) sqrt(1 / (K R) + 1 / (K - 1))</pre>
 *
 * with K folds and R repeats: the second term because training sets overlap (Nadeau and Bengio, Machine Learning 52:239, 2003).
 * Simplest means fewest parameters in all networks together, those that the elastic net set to zero not counted.
 *
 * @param folds      K
 * @param repeats    R
 * @param people     who took part
 * @param deaths     within the horizon
 * @param rows       who the scores are about
 * @param candidates in the order given
 * @param baselines  simpler methods on the same folds, by name
 */
public record Comparison(int folds, int repeats, int people, int deaths, String rows, List<Result> candidates,
        Map<String, FoldScores> baselines) {
    /**
     * One candidate's part.
     *
     * @param candidate  the settings
     * @param scores     by fold
     * @param parameters of all its networks that are not zero, mean over folds
     * @param kept       share of the linear path's coefficients that are not zero
     */
    public record Result(Candidate candidate, FoldScores scores, double parameters, double kept) {}

    /** Checks and copies. */
    public Comparison {
        if (candidates.isEmpty())
            throw new IllegalArgumentException("nothing to compare");
        candidates = List.copyOf(candidates);
        baselines = new LinkedHashMap<>(baselines);
    }

    /** The candidate with the highest mean criterion; the first of equals. */
    public Result best() {
        Result best = candidates.getFirst();
        for (Result r : candidates)
            if (criterion(r) > criterion(best))
                best = r;
        return best;
    }

    private static double criterion(Result r) {
        return FoldScores.mean(r.scores.criterion());
    }

    /** Mean criterion of the best minus that of this one, and its standard error. */
    public double[] behind(Result r) {
        double[] top = best().scores.criterion();
        double[] mine = r.scores.criterion();
        double[] difference = new double[top.length];
        for (int f = 0; f < top.length; f++)
            difference[f] = top[f] - mine[f];
        return new double[] {FoldScores.mean(difference),
                FoldScores.sd(difference) * Math.sqrt(1. / difference.length + 1. / (folds - 1))};
    }

    /** The simplest candidate within one standard error of the best; of equally simple ones the better. */
    public Result chosen() {
        Result chosen = best();
        for (Result r : candidates) {
            double[] behind = behind(r);
            boolean simpler = r.parameters < chosen.parameters
                    || r.parameters == chosen.parameters && criterion(r) > criterion(chosen);
            if (behind[0] <= behind[1] && simpler)
                chosen = r;
        }
        return chosen;
    }

    /** For {@code metrics.json}. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("folds", folds);
        tree.put("repeats", repeats);
        tree.put("n", people);
        tree.put("deaths", deaths);
        tree.put("rows", rows);
        List<Object> list = new ArrayList<>();
        for (Result r : candidates) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("settings", r.candidate.label());
            one.putAll(tree(r.scores));
            double[] behind = behind(r);
            one.put("behind_best", behind[0]);
            one.put("behind_best_se", behind[1]);
            one.put("parameters", r.parameters);
            one.put("linear_path_kept", r.kept);
            list.add(one);
        }
        tree.put("candidates", list);
        Map<String, Object> others = new LinkedHashMap<>();
        baselines.forEach((name, scores) -> others.put(name, tree(scores)));
        tree.put("baselines", others);
        tree.put("best", best().candidate.label());
        tree.put("chosen", chosen().candidate.label());
        return tree;
    }

    private static Map<String, Object> tree(FoldScores s) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("c", FoldScores.mean(s.all()));
        one.put("c_sd", FoldScores.sd(s.all()));
        one.put("c_40_70", FoldScores.mean(s.middle()));
        one.put("c_40_70_sd", FoldScores.sd(s.middle()));
        one.put("c_by_fold", s.all());
        one.put("c_40_70_by_fold", s.middle());
        return one;
    }
}
