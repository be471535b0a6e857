package org.lanewise.linear;

/** Weighted mean deviance of predictions. */
final class Deviance {
    /** Probabilities of rows held out are kept so far from 0 and 1, as in glmnet's cross-validation: one row must not decide alone. */
    private static final double SURE = 1e-5;

    private Deviance() {
    }

    /** Over rows that were held out of the fit; 0 if their weights are. */
    static double of(LinearModel model, ColumnStore x, Response response, int[] rows) {
        double[][] etas = model.linearPredictors(x);
        double[] eta = etas[0];
        if (model.family() instanceof Family.Cox cox) {
            for (int i = 0; i < eta.length; i++) {
                eta[i] += response.offset(i);
            }
            return partial(cox, eta, response, rows);
        }
        double[][] shares = model.family() instanceof Family.Multinomial ? model.means(x) : null;
        double sum = 0;
        double total = 0;
        for (int i : rows) {
            double w = response.weight(i);
            sum += w * (shares == null
                    ? of(model.family(), response.y()[i], eta[i] + response.offset(i))
                    : -2 * StrictMath.log(Math.clamp(shares[(int) response.y()[i]][i], SURE, 1 - SURE)));
            total += w;
        }
        return total > 0 ? sum / total : 0;
    }

    /**
     * What the rows held out add to the deviance of the partial likelihood, for each of their events: that of all rows less that of the
     * others (Verweij and Van Houwelingen 1993), which works for folds with few events too.
     */
    private static double partial(Family.Cox cox, double[] eta, Response response, int[] rows) {
        double events = 0;
        for (int i : rows) {
            events += response.survival().event(i) ? response.weight(i) : 0;
        }
        double all = aboveSaturated(cox, eta, response);
        double part = aboveSaturated(cox, eta, response.without(rows));
        return events > 0 ? 2 * (all - part) / events : 0;
    }

    /** Ties make the least possible loss differ from 0, and between folds. */
    private static double aboveSaturated(Family.Cox cox, double[] eta, Response response) {
        CoxLoss loss = new CoxLoss(new RiskSets(response.survival(), response.risk()), cox.ties());
        return loss.evaluate(eta, null) - loss.saturated();
    }

    /** How much a row counts in the mean: an event of survival, any row else. */
    static double size(Family family, Response response, int i) {
        return family instanceof Family.Cox && !response.survival().event(i) ? 0 : response.weight(i);
    }

    /** Of one row: 2 (loss at eta - least loss possible). */
    static double of(Family family, double y, double eta) {
        return switch (family) {
            case Family.Gaussian _ -> (y - eta) * (y - eta);
            case Family.Binomial _ -> {
                double mu = Math.min(Math.max(1 / (1 + StrictMath.exp(-eta)), SURE), 1 - SURE);
                yield 2 * (xlogxy(y, mu) + xlogxy(1 - y, 1 - mu));
            }
            case Family.Poisson _ -> {
                double mu = StrictMath.exp(eta);
                yield 2 * (xlogxy(y, mu) - (y - mu));
            }
            case Family.Huber huber -> {
                double size = Math.abs(y - eta);
                yield size <= huber.delta() ? size * size : huber.delta() * (2 * size - huber.delta());
            }
            case Family.Cox _,Family.Multinomial _ ->
                throw new IllegalArgumentException(
                        "one linear predictor of one row does not give the deviance of " + family);
        };
    }

    /** x log(x / y), 0 for x = 0. */
    private static double xlogxy(double x, double y) {
        return x == 0 ? 0 : x * StrictMath.log(x / y);
    }
}
