package org.lanewise.mheight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;

/**
 * Everything {@link MHeightEvaluator} measured. Errors are of log2 h; overall figures are means of the groups', each counting alike.
 *
 * @param source            of the codes: a law or a file
 * @param law               of fresh codes; empty for a file
 * @param tails             by the exponent of the tail, the heaviest first
 * @param deciles           by the true height
 * @param split             the model's own training and validation rows, where it has such
 * @param matricesPerSecond of the model, all its groups
 * @param exactPerSecond    of the exact solver on the same codes
 */
public record MHeightEvaluation(String source, Optional<CodeLaw> law, List<Score> scores, List<Tail> tails,
        List<Decile> deciles, Optional<SplitEvaluation> split, double matricesPerSecond, double exactPerSecond) {

    /**
     * One group.
     *
     * @param rows     codes of finite height
     * @param infinite codes left out
     * @param log2Mse  mean squared error
     * @param variance of log2 h
     * @param meanMse  mean squared error of the training mean
     * @param truth    log2 h of the first codes
     * @param predicted of these
     */
    public record Score(Group group, int rows, int infinite, double log2Mse, double variance, double meanMse,
            float[] truth, float[] predicted) {}

    /**
     * All codes of the groups with one exponent a of the tail law, {@link Group#codimension}.
     *
     * @param variance of log2 h about each group's own mean
     * @param bias     mean of prediction less truth
     * @param low      twentieth part of the residuals, prediction less truth, that is below
     * @param high     twentieth part that is above
     */
    public record Tail(int codimension, List<Group> groups, int rows, double log2Mse, double variance, double bias,
            double low, double high) {
        /** The share of the variance within groups that the model explains; negative if it is worse than their means. */
        public double explained() {
            return 1 - log2Mse / variance;
        }
    }

    /** Codes between two deciles of the true log2 h over all groups: how many, and the means of truth, prediction and squared error. */
    public record Decile(int rows, double truth, double predicted, double log2Mse) {}

    /** The mean of the groups' errors. */
    public double log2Mse() {
        return mean(Score::log2Mse);
    }

    /** The mean of the groups' variances. */
    public double variance() {
        return mean(Score::variance);
    }

    /** The mean of the groups' errors of the training mean. */
    public double meanMse() {
        return mean(Score::meanMse);
    }

    private double mean(ToDoubleFunction<Score> figure) {
        return scores.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /** The error in a group; NaN if it was not measured. */
    public double log2Mse(Group group) {
        return scores.stream().filter(s -> s.group.equals(group)).mapToDouble(Score::log2Mse).findFirst()
                .orElse(Double.NaN);
    }

    /** The least error of a public network in a group, on comparable codes; NaN if there is none. */
    public double bestPublic(Group group) {
        return law.map(codes -> PublishedFigures.best(codes, group)).orElse(Double.NaN);
    }

    /** For {@code metrics.json}. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("codes", source);
        Map<String, Object> overall = figures(log2Mse(), variance(), meanMse());
        PublishedFigures.compare(this).ifPresent(c -> {
            overall.put("best_public", c.best().overall());
            overall.put("groups_better_than_best_public", c.better());
        });
        tree.put("overall", overall);
        List<Object> groups = new ArrayList<>();
        for (Score s : scores) {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("k", s.group.k());
            group.put("m", s.group.m());
            group.put("length", s.group.n());
            group.put("n", s.rows);
            group.put("infinite", s.infinite);
            group.putAll(figures(s.log2Mse, s.variance, s.meanMse));
            if (law.isPresent()) group.put("best_public", bestPublic(s.group));
            groups.add(group);
        }
        tree.put("groups", groups);
        List<Object> exponents = new ArrayList<>();
        for (Tail t : tails) {
            Map<String, Object> tail = new LinkedHashMap<>();
            tail.put("a", t.codimension);
            tail.put("n", t.rows);
            tail.put("log2_mse", t.log2Mse);
            tail.put("variance", t.variance);
            tail.put("explained", t.explained());
            tail.put("bias", t.bias);
            tail.put("residual_p05", t.low);
            tail.put("residual_p95", t.high);
            exponents.add(tail);
        }
        tree.put("tails", exponents);
        List<Object> calibration = new ArrayList<>();
        for (Decile d : deciles) {
            Map<String, Object> decile = new LinkedHashMap<>();
            decile.put("n", d.rows);
            decile.put("log2_true", d.truth);
            decile.put("log2_predicted", d.predicted);
            decile.put("log2_mse", d.log2Mse);
            calibration.add(decile);
        }
        tree.put("calibration", calibration);
        split.ifPresent(s -> tree.put("split", s.tree()));
        tree.put("matrices_per_second", matricesPerSecond);
        tree.put("exact_matrices_per_second", exactPerSecond);
        return tree;
    }

    private static Map<String, Object> figures(double mse, double variance, double meanMse) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("log2_mse", mse);
        figures.put("variance", variance);
        figures.put("mean_predictor", meanMse);
        return figures;
    }
}
