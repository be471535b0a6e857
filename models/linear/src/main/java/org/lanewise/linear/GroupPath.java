package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The path with group penalties, of few columns: by accelerated proximal gradients, whose proximal map knows overlapping groups. Stops by
 * the KKT residual, as a share of the largest slope at b = 0.
 */
final class GroupPath {
    private final ElasticNetParams params;
    private final GlmLoss loss;
    private final Standardization z;
    private final ProfiledLoss profiled;
    private final SparseGroupProx prox;

    GroupPath(ColumnStore x, Response response, ElasticNetParams params) {
        this.params = params;
        if (params.penaltyFactors().length > 0 || params.lower().length > 0
                || params.family() instanceof Family.Multinomial) {
            throw new IllegalArgumentException(
                    "group penalties go with neither penalty factors, nor bounds, nor several classes");
        }
        loss = params.family() instanceof Family.Gaussian
                ? GlmLoss.of(Family.huber(Double.MAX_VALUE), response) // never leaves its quadratic part
                : GlmLoss.of(params.family(), response);
        double[] v = response.shares();
        boolean intercept = params.fitIntercept() && loss.allowsIntercept();
        z = new Standardization(x, v, intercept || !loss.allowsIntercept(), params.standardize());
        double[][] columns = new double[x.columns()][x.rows()];
        Standardization.forColumns(columns.length, j -> {
            x.copy(j, 0, x.rows(), columns[j], 0);
            for (int i = 0; i < x.rows(); i++) {
                columns[j][i] = z.square[j] == 0 ? 0 : (columns[j][i] - z.mean[j]) / z.scale[j];
            }
        });
        profiled = new ProfiledLoss(columns, loss, params.family(), v, response.offsets(), intercept);
        int[][] groups = params.groups().stream().map(GroupPenalty::columns).toArray(int[][]::new);
        for (int[] group : groups) {
            for (int j : group) {
                if (j >= columns.length) {
                    throw new IllegalArgumentException("a group names column " + j + " of " + columns.length);
                }
            }
        }
        prox = new SparseGroupProx(columns.length, groups,
                params.groups().stream().mapToDouble(g -> params.groupPenalty() * g.weight()).toArray());
    }

    List<ElasticNetPath.Step> fit(DoubleFunction<double[]> grid) {
        double[] b = new double[profiled.columns()];
        double[] slope = new double[b.length];
        double nullLoss = profiled.evaluate(b, slope);
        double unit = Arrays.stream(slope).map(Math::abs).max().orElse(0);
        AcceleratedProximalGradient solver = new AcceleratedProximalGradient(profiled, prox,
                Math.max(params.tolerance() * unit, Double.MIN_NORMAL), params.maxSweeps());
        List<ElasticNetPath.Step> steps = new ArrayList<>();
        for (double alpha : grid.apply(unit / Math.max(params.l1Ratio(), 1e-3))) {
            b = solver.minimise(b, alpha * params.l1Ratio(), alpha * (1 - params.l1Ratio()));
            if (!(solver.residual <= params.tolerance() * unit + Double.MIN_NORMAL)) {
                throw new ConvergenceException("elastic net at alpha " + alpha + ": KKT residual "
                        + solver.residual / unit + " after " + solver.steps + " steps, " + params.tolerance()
                        + " wanted");
            }
            double value = profiled.evaluate(b, null);
            steps.add(new ElasticNetPath.Step(alpha, model(b), nullLoss > 0 ? 1 - value / nullLoss : 0, Double.NaN,
                    solver.residual, solver.steps));
        }
        return steps;
    }

    private LinearModel model(double[] b) {
        double intercept = profiled.b0;
        double[] all = new double[b.length];
        for (int j = 0; j < b.length; j++) {
            all[j] = b[j] / z.scale[j];
            intercept -= all[j] * z.mean[j];
        }
        return LinearModel.of(params.family(), intercept, all);
    }
}
