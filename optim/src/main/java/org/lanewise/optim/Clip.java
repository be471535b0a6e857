package org.lanewise.optim;

import java.util.Collection;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;

/** Bounds on gradients, against the rare step that would throw a run off. */
public final class Clip {

    private Clip() {}

    /** {@code sqrt(sum of squares)} over all gradients of the parameters, summed in double in their order. */
    public static double norm(Gradients gradients, Collection<Parameter> parameters) {
        double total = 0;
        for (Parameter parameter : parameters) {
            Tensor gradient = gradients.of(parameter);
            if (gradient == null) continue;
            double norm = gradient.norm().item();
            total += norm * norm;
        }
        return Math.sqrt(total);
    }

    /**
     * Scales all gradients by {@code maxNorm / norm} if their joint norm is larger.
     *
     * @param gradients modified
     * @param maxNorm > 0
     * @return the norm before clipping; not finite if a gradient is not, and then nothing is scaled
     */
    public static double byNorm(Gradients gradients, Collection<Parameter> parameters, float maxNorm) {
        Optimizer.positive("maxNorm", maxNorm);
        double norm = norm(gradients, parameters);
        if (norm > maxNorm && norm < Double.POSITIVE_INFINITY) gradients.scale((float) (maxNorm / norm));
        return norm;
    }

    /**
     * Limits every component to {@code [-limit, limit]}.
     *
     * @param gradients modified
     */
    public static void byValue(Gradients gradients, Collection<Parameter> parameters, float limit) {
        Optimizer.positive("limit", limit);
        for (Parameter parameter : parameters) {
            Tensor gradient = gradients.of(parameter);
            if (gradient != null) gradient.copyFrom(gradient.clamp(-limit, limit));
        }
    }
}
