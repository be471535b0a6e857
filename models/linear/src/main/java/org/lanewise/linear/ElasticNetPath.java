package org.lanewise.linear;

import java.util.List;

/**
 * The models of an elastic net for falling alphas, with what is known of each fit. Immutable.
 *
 * @param steps
 *            one for each alpha
 */
public record ElasticNetPath(List<Step> steps) {
    public ElasticNetPath {
        steps = List.copyOf(steps);
    }

    /**
     * The fit for one alpha.
     *
     * @param alpha
     *            penalty strength
     * @param model
     *            the fit
     * @param devianceRatio
     *            share of the deviance of the model with intercept only that this one explains
     * @param gap
     *            duality gap as a share of the loss of the model without columns: the objective is at most this far above its minimum.
     *            NaN with group penalties and in relaxed fits
     * @param kkt
     *            the largest violation of the optimality conditions, in the units of a slope of the loss
     * @param sweeps
     *            over the working set until the gap was reached
     */
    public record Step(double alpha, LinearModel model, double devianceRatio, double gap, double kkt, double sweeps) {
        /** The number of coefficients that are not 0. */
        public int df() {
            return model.selected().length;
        }
    }

    public int size() {
        return steps.size();
    }

    public double[] alphas() {
        return steps.stream().mapToDouble(Step::alpha).toArray();
    }

    /** The model of the k-th alpha. */
    public LinearModel model(int k) {
        return steps.get(k).model();
    }

    /** The model for any alpha: between two of the path by linear interpolation of the coefficients, beyond its ends the last one. */
    public LinearModel at(double alpha) {
        if (!(alpha >= 0)) {
            throw new IllegalArgumentException("alpha is " + alpha);
        }
        int next = 0;
        while (next < steps.size() && steps.get(next).alpha() > alpha) {
            next++;
        }
        if (next == 0 || next == steps.size()) {
            return model(next == 0 ? 0 : next - 1);
        }
        double above = steps.get(next - 1).alpha();
        double below = steps.get(next).alpha();
        return alpha == below ? model(next) : model(next - 1).towards(model(next), (above - alpha) / (above - below));
    }
}
