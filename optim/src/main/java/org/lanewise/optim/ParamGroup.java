package org.lanewise.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.lanewise.autograd.Parameter;

/**
 * Parameters that share a learning-rate factor and a weight decay.
 *
 * <pre>{@code
 * // Decay for matrices only, as is usual with AdamW.
 * var groups = List.of(
 *     ParamGroup.of(model.namedParameters()).where((name, p) -> p.value().rank() > 1).weightDecay(0.01f),
 *     ParamGroup.of(model.namedParameters()).where((name, p) -> p.value().rank() <= 1));
 * }</pre>
 *
 * @param parameters by unique dotted name; the names key the optimiser's saved state
 * @param rateFactor multiplies the optimiser's learning rate, >= 0
 * @param weightDecay strength of the L2 pull towards zero, >= 0; how it enters is the optimiser's matter
 */
public record ParamGroup(Map<String, Parameter> parameters, float rateFactor, float weightDecay) {

    /** @throws IllegalArgumentException if a factor is negative or not finite */
    public ParamGroup {
        if (!(rateFactor >= 0) || Float.isInfinite(rateFactor)) {
            throw new IllegalArgumentException("rateFactor must be finite and >= 0, not " + rateFactor);
        }
        if (!(weightDecay >= 0) || Float.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weightDecay must be finite and >= 0, not " + weightDecay);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** A group with factor 1 and no decay. */
    public static ParamGroup of(Map<String, Parameter> parameters) {
        return new ParamGroup(parameters, 1f, 0f);
    }

    /** The members that {@code keep} accepts, with this group's settings. */
    public ParamGroup where(BiPredicate<String, Parameter> keep) {
        var kept = new LinkedHashMap<String, Parameter>();
        parameters.forEach((name, parameter) -> {
            if (keep.test(name, parameter)) kept.put(name, parameter);
        });
        return new ParamGroup(kept, rateFactor, weightDecay);
    }

    /** The same members with another decay. */
    public ParamGroup weightDecay(float decay) {
        return new ParamGroup(parameters, rateFactor, decay);
    }

    /** The same members with another learning-rate factor. */
    public ParamGroup rateFactor(float factor) {
        return new ParamGroup(parameters, factor, weightDecay);
    }
}
