package org.lanewise.nn;

import java.util.List;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Variable;

/**
 * In training mode, sets each element to zero with probability {@code p} and divides the others by {@code 1 - p}; in
 * evaluation mode, nothing. The draws are the tape's, so the same tape seed drops the same elements.
 *
 * <p>Source: Srivastava et al. 2014.
 */
public final class Dropout extends UnaryModule {
    private final double p;

    /** @param p at least 0, below 1 */
    public Dropout(double p) {
        this.p = Checks.probability("Dropout", "p", p);
    }

    @Override
    public Variable forward(Variable x) {
        return isTraining() && p > 0 ? Functions.dropout(x, (float) p) : x;
    }

    @Override
    Step step() {
        return new ChainStep(List.of());
    }

    @Override
    public String toString() {
        return "Dropout(" + p + ")";
    }
}
