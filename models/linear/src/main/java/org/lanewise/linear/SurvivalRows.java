package org.lanewise.linear;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a survival fit may know of each row besides predictors and outcome; any part may be {@code null}.
 *
 * <pre>{@code SurvivalRows.none().withStrata(sex).withEntry(ageAtEntry)}</pre>
 *
 * @param weights
 *            case weights, not negative; a row of weight 0 is left out
 * @param strata
 *            rows with different numbers have different baseline hazards
 * @param entry
 *            when each row came under observation (left truncation): it is at risk at t if entry &lt; t &lt;= time
 */
public record SurvivalRows(double[] weights, int[] strata, double[] entry) {

    /** Copies the arrays. */
    public SurvivalRows {
        weights = weights == null ? null : weights.clone();
        strata = strata == null ? null : strata.clone();
        entry = entry == null ? null : entry.clone();
    }

    public static SurvivalRows none() {
        return new SurvivalRows(null, null, null);
    }

    public SurvivalRows withWeights(double... changed) {
        return new SurvivalRows(Objects.requireNonNull(changed), strata, entry);
    }

    public SurvivalRows withStrata(int... changed) {
        return new SurvivalRows(weights, Objects.requireNonNull(changed), entry);
    }

    public SurvivalRows withEntry(double... changed) {
        return new SurvivalRows(weights, strata, Objects.requireNonNull(changed));
    }

    /** What is known of the given rows, in the given order. */
    public SurvivalRows take(int... rows) {
        return new SurvivalRows(weights == null ? null : Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray(),
                strata == null ? null : Arrays.stream(rows).map(i -> strata[i]).toArray(),
                entry == null ? null : Arrays.stream(rows).mapToDouble(i -> entry[i]).toArray());
    }
}
