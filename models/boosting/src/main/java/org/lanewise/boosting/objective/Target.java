package org.lanewise.boosting.objective;

import java.util.Arrays;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.survival.Survival;

/**
 * What is to be predicted, row by row, and what else a loss may know of a row. Immutable.
 *
 * <pre>{@code
 * Target y = Target.of(label).withWeights(weight);
 * Target ranking = Target.of(relevance).withGroups(10, 12, 9);    // rows 0-9 are the first query's
 * Target survival = Target.of(Survival.of(time, event));
 * }</pre>
 */
public final class Target {
    private final double[] label;
    private final double[] upper;
    private final double[] weight;
    private final int[] groups;
    private final double[] initialScore;

    private Target(double[] label, double[] upper, double[] weight, int[] groups, double[] initialScore) {
        this.label = label;
        this.upper = upper;
        this.weight = weight;
        this.groups = groups;
        this.initialScore = initialScore;
    }

    /**
     * Numbers, class numbers from 0, or relevances.
     *
     * @throws BadInputException if one is NaN or infinite
     */
    public static Target of(double... label) {
        for (int i = 0; i < label.length; i++) {
            if (!Double.isFinite(label[i])) throw bad(i, "label", label[i], "must be finite");
        }
        return new Target(label.clone(), null, null, null, null);
    }

    /** Times with right censoring. */
    public static Target of(Survival outcome) {
        double[] time = outcome.times();
        double[] upper = new double[time.length];
        for (int i = 0; i < upper.length; i++) upper[i] = outcome.event(i) ? time[i] : Double.POSITIVE_INFINITY;
        return new Target(time, upper, null, null, null);
    }

    /**
     * Times known to lie between two bounds: equal for an event, an infinite upper bound for right censoring.
     *
     * @throws BadInputException if not 0 &lt;= lower &lt;= upper, or the lower bound is infinite
     */
    public static Target interval(double[] lower, double[] upper) {
        if (lower.length != upper.length) {
            throw new IllegalArgumentException(lower.length + " lower bounds, " + upper.length + " upper");
        }
        for (int i = 0; i < lower.length; i++) {
            if (!(lower[i] >= 0 && lower[i] < Double.POSITIVE_INFINITY))
                throw bad(i, "lower", lower[i], "must be finite and not negative");
            if (!(upper[i] >= lower[i])) throw bad(i, "upper", upper[i], "is below the lower bound " + lower[i]);
        }
        return new Target(lower.clone(), upper.clone(), null, null, null);
    }

    private static BadInputException bad(int row, String column, double value, String problem) {
        return BadInputException.at("").row(row + 1L).column(column).value(Double.toString(value)).because(problem);
    }

    /** @throws BadInputException if a weight is negative or not finite, or all are 0 */
    public Target withWeights(double... changed) {
        checkLength("weights", changed.length);
        double sum = 0;
        for (int i = 0; i < changed.length; i++) {
            if (!(changed[i] >= 0 && changed[i] < Double.POSITIVE_INFINITY))
                throw bad(i, "weight", changed[i], "must be finite and not negative");
            sum += changed[i];
        }
        if (changed.length > 0 && sum == 0) throw new BadInputException("all weights are 0");
        return new Target(label, upper, changed.clone(), groups, initialScore);
    }

    /** The sizes of the queries, whose rows follow each other. */
    public Target withGroups(int... sizes) {
        if (Arrays.stream(sizes).anyMatch(s -> s < 1) || Arrays.stream(sizes).asLongStream().sum() != label.length) {
            throw new IllegalArgumentException("group sizes must be positive and sum to " + label.length + " rows");
        }
        return new Target(label, upper, weight, sizes.clone(), initialScore);
    }

    /** Raw scores to start from instead of a constant: rows, or rows x classes, row after row. */
    public Target withInitialScore(double... scores) {
        if (label.length == 0 || scores.length == 0 || scores.length % label.length != 0) {
            throw new IllegalArgumentException(scores.length + " initial scores for " + label.length + " rows");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i]))
                throw bad(i * label.length / scores.length, "initial score", scores[i], "must be finite");
        }
        return new Target(label, upper, weight, groups, scores.clone());
    }

    private void checkLength(String what, int length) {
        if (length != label.length)
            throw new IllegalArgumentException(length + " " + what + " for " + label.length + " rows");
    }

    public int rows() {
        return label.length;
    }

    public double label(int row) {
        return label[row];
    }

    /** 1 where there are no weights. */
    public double weight(int row) {
        return weight == null ? 1 : weight[row];
    }

    public boolean weighted() {
        return weight != null;
    }

    /** The upper bound of an interval, else the label. */
    public double upper(int row) {
        return upper == null ? label[row] : upper[row];
    }

    /** Whether the row's event was seen: its interval is a point. */
    public boolean event(int row) {
        return upper == null || upper[row] == label[row];
    }

    /** Sizes of the queries, or {@code null}. */
    public int[] groups() {
        return groups == null ? null : groups.clone();
    }

    /** Initial scores, or {@code null}. */
    public double[] initialScore() {
        return initialScore == null ? null : initialScore.clone();
    }

    /** A copy of the labels. */
    public double[] labels() {
        return label.clone();
    }

    /** The given rows, in the given order; without groups, which have no meaning for them. */
    public Target take(int... rows) {
        double[] scores = null;
        if (initialScore != null) {
            int k = initialScore.length / label.length;
            scores = new double[rows.length * k];
            for (int i = 0; i < rows.length; i++) System.arraycopy(initialScore, rows[i] * k, scores, i * k, k);
        }
        return new Target(pick(label, rows), pick(upper, rows), pick(weight, rows), null, scores);
    }

    private static double[] pick(double[] values, int[] rows) {
        return values == null ? null : Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }
}
