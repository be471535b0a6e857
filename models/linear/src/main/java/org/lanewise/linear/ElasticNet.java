package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
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
        if (params.groupPenalty() > 0 && !params.groups().isEmpty()) {
            return new ElasticNetPath(new GroupPath(x, response, params).fit(this::grid));
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
        GaussianData data = new GaussianData(x, response, params);
        SquaredLossPath path = data.path();
        double[] alphas = grid(path.alphaMax());
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        double nullLoss = path.nullLoss();
        List<GaussianStep> fits = path.fit(alphas);
        for (int k = 0; k < alphas.length; k++) {
            GaussianStep fit = fits.get(k);
            steps.add(new ElasticNetPath.Step(alphas[k], data.model(fit),
                    nullLoss > 0 ? 1 - fit.squaredResidual / (2 * nullLoss) : 0, nullLoss > 0 ? fit.gap / nullLoss : 0,
                    fit.kkt, fit.sweeps));
        }
        return new ElasticNetPath(steps);
    }

    /**
     * The relaxed fits of a path (Meinshausen 2007): the columns that each step chose, fitted again without penalty, then drawn back towards
     * the penalised fit. Steps that chose as many columns as there are rows stay as they are.
     *
     * @param gamma
     *            share of the penalised fit: 1 changes nothing, 0 takes the fits without penalty
     */
    public ElasticNetPath relaxed(ColumnStore x, Response response, ElasticNetPath path, double gamma) {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma is " + gamma + "; it must lie between 0 and 1");
        }
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        for (ElasticNetPath.Step step : path.steps()) {
            if (gamma == 1 || step.df() + 1 >= x.rows()) {
                steps.add(step);
                continue;
            }
            double[] factors = new double[x.columns()];
            Arrays.fill(factors, Double.POSITIVE_INFINITY);
            for (int j : step.model().selected()) {
                factors[j] = 1;
            }
            ElasticNetPath.Step free = new ElasticNet(params.unpenalised(factors)).fitPath(x, response).steps()
                    .getFirst();
            steps.add(new ElasticNetPath.Step(step.alpha(), free.model().towards(step.model(), gamma),
                    gamma == 0 ? free.devianceRatio() : Double.NaN, Double.NaN, Double.NaN, free.sweeps()));
        }
        return new ElasticNetPath(steps);
    }

    /**
     * The duality gaps of models that may come from anywhere, as {@link ElasticNetPath.Step#gap} states them: how far the objective is
     * above its minimum at most, as a share of the loss without columns. The intercept is taken to be the best for the coefficients.
     * Gaussian targets only.
     *
     * @param models
     *            one for each alpha
     */
    public double[] dualityGaps(ColumnStore x, Response response, double[] alphas, List<LinearModel> models) {
        GaussianData data = new GaussianData(x, response, params);
        double nullLoss = data.nullLoss();
        SlopeCheck check = new SlopeCheck(x, data.z, Weights.equal(data.v), Math.sqrt(2 * nullLoss));
        double[] gaps = new double[alphas.length];
        for (int k = 0; k < gaps.length; k++) {
            GaussianStep step = new GaussianStep(
                    data.penalty.with(alphas[k] * params.l1Ratio(), alphas[k] * (1 - params.l1Ratio())));
            step.column = models.get(k).selected();
            step.b = models.get(k).selectedCoefficients();
            for (int i = 0; i < step.b.length; i++) {
                step.b[i] *= data.z.scale[step.column[i]];
            }
            step.settle(x, data.z, data.v, data.residual);
            check.check(List.of(step));
            gaps[k] = nullLoss > 0 ? step.gap / nullLoss : 0;
        }
        return gaps;
    }

    private double[] grid(double largest) {
        return grid(params, largest);
    }

    /** The alphas when the least with all coefficients 0 is {@code largest}. */
    static double[] grid(ElasticNetParams params, double largest) {
        if (params.alphas().automatic() && !(largest > 0)) {
            throw new BadInputException("no column explains anything of the target (is one of them constant?), "
                    + "so there is no automatic grid of alphas; name the alphas");
        }
        return params.alphas().from(largest);
    }

    /** What the fits of a gaussian path share. */
    private static final class GaussianData {
        final ColumnStore x;
        final ElasticNetParams params;
        final double[] v;
        final Standardization z;
        final double[] residual;
        final double mean;
        final Penalty penalty;

        GaussianData(ColumnStore x, Response response, ElasticNetParams params) {
            this.x = x;
            this.params = params;
            v = response.shares();
            z = new Standardization(x, v, params.fitIntercept(), params.standardize());
            residual = response.y().clone();
            double sum = 0;
            for (int i = 0; i < v.length; i++) {
                residual[i] -= response.offset(i);
                sum += v[i] * residual[i];
            }
            mean = params.fitIntercept() ? sum : 0;
            for (int i = 0; i < v.length; i++) {
                residual[i] -= mean;
            }
            penalty = params.penalty(z);
        }

        SquaredLossPath path() {
            if (x.columns() <= FEW_COLUMNS) {
                return new GramPath(x, z, v, residual, penalty, params);
            }
            return RidgePath.fits(params, x)
                    ? new RidgePath(x, z, v, residual, penalty, params)
                    : new GaussianPath(x, z, v, residual, penalty, params);
        }

        double nullLoss() {
            double square = 0;
            for (int i = 0; i < v.length; i++) {
                square += v[i] * residual[i] * residual[i];
            }
            return square / 2;
        }

        LinearModel model(GaussianStep fit) {
            double[] all = new double[x.columns()];
            double intercept = mean;
            for (int k = 0; k < fit.column.length; k++) {
                int j = fit.column[k];
                all[j] = fit.b[k] / z.scale[j];
                intercept -= all[j] * z.mean[j];
            }
            return LinearModel.of(params.family(), intercept, all);
        }
    }
}
