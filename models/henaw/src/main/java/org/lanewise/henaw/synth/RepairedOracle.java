package org.lanewise.henaw.synth;

import java.util.Map;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * The best possible predictor on {@link RepairedGenerator}'s people, from what a model may see: the yardstick that regret
 * is reported against.
 *
 * <p><b>Age</b>: posterior median of age given sex and the observed markers, on a grid of {@value #STEP} years; the
 * prior is the truncated normal, the likelihood the observed law folded at the reflection points. It minimises the
 * expected absolute error.
 *
 * <p><b>Risk</b>: given one draw, a marker's true deviation is normal with mean {@code reliability * observed deviation}
 * and a variance that is the same for everybody, so any risk is increasing in
 * {@code slope * age + male + sum of logHazard / sd * reliability * deviation} (years: divided by the slope), which no
 * ranking can beat on average. Two visits through the same formula give the reachable ICC.
 */
public final class RepairedOracle {
    private static final double STEP = .05;

    private RepairedOracle() {}

    /** Posterior median of age for every person, in years. */
    public static double[] age(Cohort people) {
        int cells = (int) Math.round((RepairedGenerator.OLDEST - RepairedGenerator.YOUNGEST) / STEP);
        double[] out = new double[people.size()];
        double[] log = new double[cells];
        for (int i = 0; i < out.length; i++) {
            double top = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < cells; k++) {
                log[k] = logPosterior(people, i, RepairedGenerator.YOUNGEST + (k + .5) * STEP);
                top = Math.max(top, log[k]);
            }
            out[i] = median(log, top);
        }
        return out;
    }

    private static double median(double[] log, double top) {
        double total = 0;
        for (int k = 0; k < log.length; k++) {
            log[k] = Math.exp(log[k] - top);
            total += log[k];
        }
        double below = 0;
        int k = 0;
        while (below + log[k] < total / 2)
            below += log[k++];
        return RepairedGenerator.YOUNGEST + STEP * (k + (total / 2 - below) / log[k]);
    }

    private static double logPosterior(Cohort people, int i, double age) {
        double z = (age - RepairedGenerator.AGE_MEAN) / RepairedGenerator.AGE_SD;
        double log = -.5 * z * z;
        for (Map.Entry<Marker, MarkerLaw> e : MarkerLaw.POPULATION.entrySet()) {
            MarkerLaw law = e.getValue();
            double x = law.toWorking(people.value(e.getKey(), i));
            if (Double.isNaN(x))
                continue;
            double expected = law.expected(age, people.sex(i));
            double density = kernel(law, x - expected) + kernel(law, 2 * law.low() - x - expected)
                    + kernel(law, 2 * law.high() - x - expected);
            log += Math.log(density);
        }
        return log;
    }

    private static double kernel(MarkerLaw law, double deviation) {
        return Math.exp(-.5 * deviation * deviation / law.observedVariance());
    }

    /** Biological age in years that ranks people best by hazard; missing markers count as average. */
    public static double[] biologicalAge(Cohort people) {
        double[] out = new double[people.size()];
        for (int i = 0; i < out.length; i++) {
            double log = RepairedGenerator.MALE_LOG_HAZARD * people.sex(i);
            for (Map.Entry<Marker, MarkerLaw> e : MarkerLaw.POPULATION.entrySet()) {
                MarkerLaw law = e.getValue();
                double x = law.toWorking(people.value(e.getKey(), i));
                if (!Double.isNaN(x))
                    log += law.logHazard() / law.sd() * law.reliability()
                            * (x - law.expected(people.age(i), people.sex(i)));
            }
            out[i] = people.age(i) + log / RepairedGenerator.SLOPE;
        }
        return out;
    }
}
