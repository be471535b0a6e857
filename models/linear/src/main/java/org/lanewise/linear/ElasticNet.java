package org.lanewise.linear;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.tabular.BadInputException;

/**
 * Elastic nets: linear models with few coefficients, for a whole path of penalty strengths, by cyclic coordinate descent. The
 * objective and its conversion to that of other programs are in {@link ElasticNetParams}.
 *
 * <pre>{@code
 * ElasticNet net = new ElasticNet(ElasticNetParams.builder(Family.gaussian()).l1Ratio(0.5).build());
 * ElasticNetPath path = net.fitPath(ColumnStore.of(x), Response.of(y));
 * double[] predicted = path.at(0.1).predict(ColumnStore.of(fresh));
 * }</pre>
 *
 * Every fit is certified: its duality gap, computed in double precision over all columns, is at most the tolerance. Runs on
 * {@link org.lanewise.engine.WorkerPool#current()}; the answer is the same to the bit for any number of threads.
 *
 * @param params
 *            settings
 */
public record ElasticNet(ElasticNetParams params) {
    /** Up to here all columns have one Gram matrix, in double precision. */
    private static final int FEW_COLUMNS = 512;

    /**
     * Fits for every alpha, from the largest down.
     *
     * @throws BadInputException
     *             if a value is missing or infinite, or an automatic grid is asked for where no column has anything to explain
     * @throws ConvergenceException
     *             if a gap cannot be brought down to the tolerance
     */
    public ElasticNetPath fitPath(ColumnStore x, Response response) {
        if (x.rows() != response.rows()) {
            throw new IllegalArgumentException(response.rows() + " targets for " + x.rows() + " rows");
        }
        return switch (params.family()) {
            case Family.Gaussian _ -> gaussian(x, response);
            case Family other -> {
                GlmLoss loss = GlmLoss.of(other, response);
                Standardization z = new Standardization(x, response.shares(),
                        params.fitIntercept() || !loss.allowsIntercept(), params.standardize());
                yield new ElasticNetPath(
                        new GlmPath(x, z, loss, response.offsets(), params.penalty(z), params).fit(this::grid));
            }
        };
    }

    private ElasticNetPath gaussian(ColumnStore x, Response response) {
        double[] v = response.shares();
        Standardization z = new Standardization(x, v, params.fitIntercept(), params.standardize());
        double[] residual = response.y().clone();
        double mean = 0;
        for (int i = 0; i < v.length; i++) {
            residual[i] -= response.offset(i);
            mean += v[i] * residual[i];
        }
        mean = params.fitIntercept() ? mean : 0;
        for (int i = 0; i < v.length; i++) {
            residual[i] -= mean;
        }
        Penalty penalty = params.penalty(z);
        SquaredLossPath path = x.columns() <= FEW_COLUMNS
                ? new GramPath(x, z, v, residual, penalty, params)
                : new GaussianPath(x, z, v, residual, penalty, params);
        double[] alphas = grid(path.alphaMax());
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        double nullLoss = path.nullLoss();
        List<GaussianStep> fits = path.fit(alphas);
        for (int k = 0; k < alphas.length; k++) {
            GaussianStep fit = fits.get(k);
            steps.add(new ElasticNetPath.Step(alphas[k], model(x, z, fit.column, fit.b, mean),
                    nullLoss > 0 ? 1 - fit.squaredResidual / (2 * nullLoss) : 0, nullLoss > 0 ? fit.gap / nullLoss : 0,
                    fit.kkt, fit.sweeps));
        }
        return new ElasticNetPath(steps);
    }

    private double[] grid(double largest) {
        if (params.alphas().automatic() && !(largest > 0)) {
            throw new BadInputException("no column explains anything of the target (is one of them constant?), "
                    + "so there is no automatic grid of alphas; name the alphas");
        }
        return params.alphas().from(largest);
    }

    private LinearModel model(ColumnStore x, Standardization z, int[] column, double[] b, double mean) {
        double[] all = new double[x.columns()];
        double intercept = mean;
        for (int k = 0; k < column.length; k++) {
            all[column[k]] = b[k] / z.scale[column[k]];
            intercept -= all[column[k]] * z.mean[column[k]];
        }
        return LinearModel.of(params.family(), intercept, all);
    }
}
