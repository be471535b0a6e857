package org.lanewise.linear;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.BadInputException;

/**
 * Elastic nets for several numeric targets at once, which agree on the columns they use (Obozinski et al. 2010). Minimises over the
 * coefficients b_jt of column j and task t, and intercepts that are not penalised,
 *
 * <pre>1/(2W) sum_i w_i sum_t (y_it - b0_t - x_i'b_t)^2 + alpha sum_j f_j (l1Ratio |b_j|_2 + (1 - l1Ratio)/2 |b_j|_2^2),   W = sum_i w_i</pre>
 *
 * |b_j|_2 being the length of the row of coefficients of a column. Without standardising, alpha and l1Ratio are those of scikit-learn's
 * {@code MultiTaskElasticNet}; with one task this is {@link ElasticNet}. Targets should be in like units, since their squares are added.
 *
 * <pre>{@code
 * var net = new MultiTaskElasticNet(ElasticNetParams.builder(Family.gaussian()).l1Ratio(0.5).build());
 * MultiTaskModel model = net.fitPath(x, systolic, diastolic).getLast().model();
 * }</pre>
 *
 * Every fit is certified by its duality gap, in double precision over all columns. The answer is the same to the bit for any number of
 * threads.
 *
 * @param params
 *            settings; the family must be gaussian. Bounds and groups are not supported
 */
public record MultiTaskElasticNet(ElasticNetParams params) {
    /**
     * The fit for one alpha.
     *
     * @param alpha
     *            penalty strength
     * @param model
     *            the fit
     * @param devianceRatio
     *            share of the squares about the intercepts, of all tasks together, that the model explains
     * @param gap
     *            duality gap as a share of the loss of the model without columns
     * @param sweeps
     *            over the working set until the gap was reached
     */
    public record Step(double alpha, MultiTaskModel model, double devianceRatio, double gap, double sweeps) {
        /** The number of columns in the model. */
        public int df() {
            return model.selected().length;
        }
    }

    public MultiTaskElasticNet {
        if (!(params.family() instanceof Family.Gaussian) || params.groupPenalty() > 0 || params.lower().length > 0) {
            throw new IllegalArgumentException(
                    "a multi-task elastic net is gaussian, without bounds and groups of columns");
        }
    }

    /** Fits for every alpha, from the largest down; all rows count alike. */
    public List<Step> fitPath(ColumnStore x, double[]... targets) {
        return fitPath(x, null, targets);
    }

    /**
     * Fits for every alpha, from the largest down.
     *
     * @param weights
     *            not negative, or {@code null} for ones; only their ratios matter
     * @param targets
     *            by task, then row
     *
     * @throws BadInputException
     *             if a value is missing or infinite, or an automatic grid is asked for where no column has anything to explain
     * @throws ConvergenceException
     *             if a gap cannot be brought down to the tolerance
     */
    public List<Step> fitPath(ColumnStore x, double[] weights, double[][] targets) {
        if (targets.length == 0) {
            throw new IllegalArgumentException("no targets");
        }
        for (double[] y : targets) {
            Weights.checkTarget(y, x.rows());
        }
        double[] v = new Response(targets[0], weights, null, null, null).shares();
        Standardization z = new Standardization(x, v, params.fitIntercept(), params.standardize());
        MultiTaskPath path = new MultiTaskPath(x, z, v, targets, params);
        List<Step> steps = new ArrayList<>();
        for (double alpha : ElasticNet.grid(params, path.alphaMax())) {
            steps.add(path.fit(alpha));
        }
        return List.copyOf(steps);
    }
}
