package org.lanewise.linear;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a survival fit may know of each row besides predictors and outcome; any part may be {@code null}.
 *
 * <pre>{@code CoxRows.none().withStrata(sex).withEntry(ageAtEntry)}</pre>
 *
 * @param weights
 *            case weights, not negative; a row of weight 0 is left out
 * @param strata
 *            rows with different numbers have different baseline hazards
 * @param entry
 *            when each row came under observation (left truncation): it is at risk at t if entry &lt; t &lt;= time
 */
public record CoxRows(double[] weights, int[] strata, double[] entry) {

    /** Copies the arrays. */
    public CoxRows {
        weights = weights == null ? null : weights.clone();
        strata = strata == null ? null : strata.clone();
        entry = entry == null ? null : entry.clone();
    }

    public static CoxRows none() {
        return new CoxRows(null, null, null);
    }

    public CoxRows withWeights(double... changed) {
        return new CoxRows(Objects.requireNonNull(changed), strata, entry);
    }

    public CoxRows withStrata(int... changed) {
        return new CoxRows(weights, Objects.requireNonNull(changed), entry);
    }

    public CoxRows withEntry(double... changed) {
        return new CoxRows(weights, strata, Objects.requireNonNull(changed));
    }

    /** What is known of the given rows, in the given order. */
    public CoxRows take(int... rows) {
        return new CoxRows(weights == null ? null : Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray(),
                strata == null ? null : Arrays.stream(rows).map(i -> strata[i]).toArray(),
                entry == null ? null : Arrays.stream(rows).mapToDouble(i -> entry[i]).toArray());
    }
}
