package org.lanewise.linear.table;

import java.util.Arrays;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.Response;

/**
 * Fits a target in units of its standard deviation s. With y = s y' and b = s b' the loss is s^2 times that of y' and b', and the penalty
 * of b' has the strength alpha whatever the unit of y was.
 *
 * @param s
 *            1 for targets that are no numbers with a unit. That of all rows, so that an alpha is the same penalty in every fold
 */
record TargetScale(double s) {
    static final TargetScale NONE = new TargetScale(1);

    static TargetScale of(TableTarget target) {
        if (!(target.family() instanceof Family.Gaussian || target.family() instanceof Family.Huber)) {
            return NONE;
        }
        double[] y = target.response().y();
        double[] w = target.response().weights();
        double mean = 0;
        double total = 0;
        for (int i = 0; i < y.length; i++) {
            double weight = w == null ? 1 : w[i];
            total += weight;
            mean += weight * y[i];
        }
        mean /= total;
        double square = 0;
        for (int i = 0; i < y.length; i++) {
            square += (w == null ? 1 : w[i]) * (y[i] - mean) * (y[i] - mean);
        }
        double s = Math.sqrt(square / total);
        return s > 0 && Double.isFinite(s) ? new TargetScale(s) : NONE;
    }

    ElasticNetParams scaled(ElasticNetParams params) {
        return s != 1 && params.family() instanceof Family.Huber huber
                ? params.withFamily(Family.huber(huber.delta() / s))
                : params;
    }

    Response scaled(Response response) {
        return s == 1
                ? response
                : new Response(times(response.y(), 1 / s), response.weights(),
                        response.offset() == null ? null : times(response.offset(), 1 / s), response.survival(),
                        response.risk());
    }

    /** In the target's unit. */
    ElasticNetPath back(ElasticNetPath path, Family family) {
        return s == 1
                ? path
                : new ElasticNetPath(path.steps().stream()
                        .map(k -> new ElasticNetPath.Step(k.alpha(),
                                LinearModel.of(family, s * k.model().intercept(), times(k.model().coefficients(), s)),
                                k.devianceRatio(), k.gap(), k.kkt(), k.sweeps()))
                        .toList());
    }

    private static double[] times(double[] values, double factor) {
        return Arrays.stream(values).map(v -> v * factor).toArray();
    }
}
