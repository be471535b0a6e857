package org.lanewise.boosting;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What trees must respect, by feature name.
 *
 * @param monotone     +1: the prediction never falls as the feature rises, -1: never rises; others are free
 * @param method       how monotone constraints are kept
 * @param interactions sets of features that may meet on one path from root to leaf; empty allows all. A feature in no set
 *                     is never used
 */
public record Constraints(Map<String, Integer> monotone, MonotoneMethod method, List<List<String>> interactions) {
    public Constraints {
        Objects.requireNonNull(method, "method");
        monotone = Map.copyOf(monotone);
        interactions = interactions.stream().map(List::copyOf).toList();
        monotone.forEach((name, sign) -> {
            if (sign < -1 || sign > 1)
                throw new IllegalArgumentException(
                        "monotone constraint of \"" + name + "\" must be -1, 0 or 1: " + sign);
        });
    }

    /** Of the intermediate method. */
    public Constraints(Map<String, Integer> monotone, List<List<String>> interactions) {
        this(monotone, MonotoneMethod.INTERMEDIATE, interactions);
    }

    /** Whether a feature is constrained. */
    boolean bounding() {
        return monotone.values().stream().anyMatch(sign -> sign != 0);
    }

    public static Constraints none() {
        return new Constraints(Map.of(), List.of());
    }
}
