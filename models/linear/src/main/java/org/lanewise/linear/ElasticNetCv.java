package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.engine.WorkerPool;
import org.lanewise.tabular.Split;

/**
 * Cross-validation of an elastic net: how well each alpha of the path predicts rows that were held out.
 *
 * <pre>{@code
 * ElasticNetCv.Result cv = ElasticNetCv.run(params, x, response, Split.groupedFolds(persons, 10, seed));
 * LinearModel model = cv.model(AlphaRule.ONE_SE);
 * }</pre>
 *
 * The path of all rows is fitted first, which gives the grid; then, on {@link WorkerPool#current()}, one path for each fold, all on the
 * same columns: rows held out have weight 0, and take no part in means or scales.
 */
public final class ElasticNetCv {
    private ElasticNetCv() {
    }

    /** Which alpha to take. */
    public enum AlphaRule {
        /** Of the least deviance. */
        MIN,
        /** The largest whose deviance is within one standard error of the least. */
        ONE_SE
    }

    /**
     * @param path
     *            of all rows
     * @param deviance
     *            mean over held-out rows, by alpha: of squared errors, or of -2 log likelihood against the saturated model. Folds count by
     *            the weight of the rows, for survival of the events, that they hold out
     * @param standardError
     *            of that mean
     */
    public record Result(ElasticNetPath path, double[] deviance, double[] standardError) {
        /** The place on the path. */
        public int index(AlphaRule rule) {
            int best = 0;
            for (int k = 1; k < deviance.length; k++) {
                best = deviance[k] < deviance[best] ? k : best;
            }
            if (rule == AlphaRule.MIN) {
                return best;
            }
            int chosen = 0;
            while (deviance[chosen] > deviance[best] + standardError[best]) {
                chosen++;
            }
            return chosen;
        }

        public double alpha(AlphaRule rule) {
            return path.steps().get(index(rule)).alpha();
        }

        public LinearModel model(AlphaRule rule) {
            return path.model(index(rule));
        }
    }

    /**
     * @param folds
     *            at least two; see {@link Split#folds}, {@link Split#groupedFolds}, {@link Split#stratifiedFolds}
     */
    public static Result run(ElasticNetParams params, ColumnStore x, Response response, List<Split.Fold> folds) {
        if (folds.size() < 2) {
            throw new IllegalArgumentException("cross-validation needs at least 2 folds, not " + folds.size());
        }
        ElasticNetPath path = new ElasticNet(params).fitPath(x, response);
        ElasticNet same = new ElasticNet(params.withAlphas(AlphaGrid.of(path.alphas())));
        double[][] loss = new double[folds.size()][];
        double[] held = new double[folds.size()];
        WorkerPool.current().forEach(folds.size(), f -> {
            int[] test = folds.get(f).test();
            for (int i : test) {
                held[f] += Deviance.size(params.family(), response, i);
            }
            ElasticNetPath part = same.fitPath(x, response.without(test));
            loss[f] = part.steps().stream().mapToDouble(s -> Deviance.of(s.model(), x, response, test)).toArray();
        });
        return summary(path, loss, held);
    }

    private static Result summary(ElasticNetPath path, double[][] loss, double[] held) {
        double total = Arrays.stream(held).sum();
        double[] mean = new double[path.size()];
        double[] error = new double[path.size()];
        for (int k = 0; k < mean.length; k++) {
            for (int f = 0; f < held.length; f++) {
                mean[k] += held[f] > 0 ? held[f] / total * loss[f][k] : 0;
            }
            for (int f = 0; f < held.length; f++) {
                double apart = held[f] > 0 ? loss[f][k] - mean[k] : 0;
                error[k] += held[f] / total * apart * apart / (held.length - 1);
            }
            error[k] = Math.sqrt(error[k]);
        }
        return new Result(path, mean, error);
    }
}
