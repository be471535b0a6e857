package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.survival.Survival;

/**
 * How well each alpha of a {@link ProximalElasticNet} does in cross-validation.
 *
 * <pre>{@code
 * double[] alphas = net.coxAlphas(x, outcome, SurvivalRows.none(), 50, 1e-3);
 * AlphaSearch search = AlphaSearch.cox(net, x, outcome, SurvivalRows.none(), alphas, Split.folds(x.rows(), 10, 1));
 * CoxModel model = net.withAlpha(search.best()).fitCox(x, outcome).model();
 * }</pre>
 *
 * Folds run in parallel on {@link WorkerPool#current()}.
 *
 * @param alphas
 *            as given
 * @param deviance
 *            mean over the folds, weighted by what they hold: of squared errors, or of -2 log partial likelihood per event
 * @param standardError
 *            of that mean
 */
public record AlphaSearch(double[] alphas, double[] deviance, double[] standardError) {

    /** The alpha of least deviance. */
    public double best() {
        return alphas[bestIndex()];
    }

    /** The largest alpha whose deviance is within one standard error of the least. */
    public double oneStandardError() {
        int best = bestIndex();
        double chosen = alphas[best];
        for (int k = 0; k < alphas.length; k++) {
            if (deviance[k] <= deviance[best] + standardError[best]) {
                chosen = Math.max(chosen, alphas[k]);
            }
        }
        return chosen;
    }

    /** Of equals the larger alpha. */
    private int bestIndex() {
        int best = 0;
        for (int k = 1; k < alphas.length; k++) {
            if (deviance[k] < deviance[best] || deviance[k] == deviance[best] && alphas[k] > alphas[best]) {
                best = k;
            }
        }
        return best;
    }

    /**
     * Squared error of rows held out.
     *
     * @param weights
     *            one per row, or {@code null} for all ones
     */
    public static AlphaSearch gaussian(ProximalElasticNet net, DesignMatrix x, double[] y, double[] weights,
            double[] alphas,
            List<Split.Fold> folds) {
        double[] w = Weights.onesIfNull(weights, x.rows());
        double[][] loss = new double[folds.size()][alphas.length];
        double[] held = new double[folds.size()];
        WorkerPool.current().forEach(folds.size(), f -> {
            int[] train = folds.get(f).train();
            int[] test = folds.get(f).test();
            held[f] = sum(w, test);
            DesignMatrix out = x.take(test);
            List<ElasticNetFit<LinearPredictor>> path = net.path(x.take(train), take(y, train), take(w, train), alphas);
            for (int k = 0; k < alphas.length; k++) {
                double[] predicted = path.get(k).model().of(out);
                for (int i = 0; i < test.length; i++) {
                    double error = predicted[i] - y[test[i]];
                    loss[f][k] += w[test[i]] * error * error;
                }
            }
        });
        return summary(alphas, loss, held);
    }

    /**
     * What the rows held out add to the log partial likelihood: that of all rows less that of the training rows, at the
     * coefficients of the training rows (Verweij and Van Houwelingen 1993), which also works for folds with few events.
     */
    public static AlphaSearch cox(ProximalElasticNet net, DesignMatrix x, Survival outcome, SurvivalRows rows,
            double[] alphas,
            List<Split.Fold> folds) {
        double[] w = Weights.onesIfNull(rows.weights(), x.rows());
        RiskSets all = new RiskSets(outcome, rows);
        double[][] loss = new double[folds.size()][alphas.length];
        double[] held = new double[folds.size()];
        WorkerPool.current().forEach(folds.size(), f -> {
            int[] train = folds.get(f).train();
            for (int i : folds.get(f).test()) {
                held[f] += outcome.event(i) ? w[i] : 0;
            }
            Survival seen = outcome.take(train);
            List<ElasticNetFit<CoxModel>> path = net.coxPath(x.take(train), seen, rows.take(train), alphas);
            CoxLoss whole = new CoxLoss(all, net.ties());
            CoxLoss part = new CoxLoss(new RiskSets(seen, rows.take(train)), net.ties());
            for (int k = 0; k < alphas.length; k++) {
                double[] eta = path.get(k).model().linearPredictor().of(x);
                loss[f][k] = 2 * (whole.evaluate(eta, null) - part.evaluate(take(eta, train), null));
            }
        });
        return summary(alphas, loss, held);
    }

    private static AlphaSearch summary(double[] alphas, double[][] loss, double[] held) {
        double total = Arrays.stream(held).sum();
        double[] mean = new double[alphas.length];
        double[] error = new double[alphas.length];
        for (int k = 0; k < alphas.length; k++) {
            for (double[] fold : loss) {
                mean[k] += fold[k] / total;
            }
            for (int f = 0; f < loss.length; f++) {
                double apart = held[f] > 0 ? loss[f][k] / held[f] - mean[k] : 0;
                error[k] += held[f] / total * apart * apart / (loss.length - 1);
            }
            error[k] = Math.sqrt(error[k]);
        }
        return new AlphaSearch(alphas.clone(), mean, error);
    }

    private static double[] take(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
    }

    private static double sum(double[] values, int[] rows) {
        return Arrays.stream(rows).mapToDouble(i -> values[i]).sum();
    }
}
