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
     * One round: how well the models of its path predict the rows held out.
     *
     * @param path
     *            of the training rows
     * @param deviance
     *            mean over the rows held out, by alpha
     * @param size
     *            the weight of those rows, for survival of their events
     */
    public record Round(ElasticNetPath path, double[] deviance, double size) {
        /**
         * @param x
         *            columns of all rows, as they were for the path
         * @param response
         *            of all rows
         * @param test
         *            the rows held out
         */
        public static Round of(ElasticNetPath path, ColumnStore x, Response response, int[] test) {
            Family family = path.model(0).family();
            return new Round(path,
                    path.steps().stream().mapToDouble(s -> Deviance.of(s.model(), x, response, test)).toArray(),
                    Arrays.stream(test).mapToDouble(i -> Deviance.size(family, response, i)).sum());
        }
    }

    /**
     * @param folds
     *            at least two; see {@link Split#folds}, {@link Split#groupedFolds}, {@link Split#stratifiedFolds}
     */
    public static Result run(ElasticNetParams params, ColumnStore x, Response response, List<Split.Fold> folds) {
        ElasticNetPath path = new ElasticNet(params).fitPath(x, response);
        ElasticNet same = new ElasticNet(params.withAlphas(AlphaGrid.of(path.alphas())));
        Round[] rounds = new Round[folds.size()];
        WorkerPool.current().forEach(rounds.length, f -> {
            int[] test = folds.get(f).test();
            rounds[f] = Round.of(same.fitPath(x, response.without(test)), x, response, test);
        });
        return summary(path, rounds);
    }

    /**
     * Brings rounds together that may have been fitted on columns of their own, for example because what prepares the columns was learnt
     * from the training rows of each.
     *
     * @param path
     *            of all rows
     * @param rounds
     *            at least two, all for the alphas of the path
     */
    public static Result summary(ElasticNetPath path, Round... rounds) {
        if (rounds.length < 2) {
            throw new IllegalArgumentException("cross-validation needs at least 2 folds, not " + rounds.length);
        }
        double total = Arrays.stream(rounds).mapToDouble(Round::size).sum();
        double[] mean = new double[path.size()];
        double[] error = new double[path.size()];
        for (int k = 0; k < mean.length; k++) {
            for (Round round : rounds) {
                mean[k] += round.size > 0 ? round.size / total * round.deviance[k] : 0;
            }
            for (Round round : rounds) {
                double apart = round.size > 0 ? round.deviance[k] - mean[k] : 0;
                error[k] += round.size / total * apart * apart / (rounds.length - 1);
            }
            error[k] = Math.sqrt(error[k]);
        }
        return new Result(path, mean, error);
    }
}
