package org.lanewise.henaw.synth;

import java.util.EnumMap;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;

/**
 * How likely somebody of the repaired synthetic population has a disease:
 * {@code logit P = level + perDecade (age-55)/10 + male [sex=1] + sum of weight * true deviation / sd} over the markers of
 * {@link MarkerLaw}. The deviations are the true ones, so markers carry what a laboratory can see of it and no more.
 *
 * @param level     log odds of a woman of 55 with average markers
 * @param perDecade per ten years of age
 * @param male      what is added for men
 * @param weights   per standard deviation of a marker
 */
public record DiseaseLaw(double level, double perDecade, double male, Map<Marker, Double> weights) {
    /** The laws of the population. */
    public static final Map<Disease, DiseaseLaw> POPULATION = new EnumMap<>(Map.of(
            Disease.CARDIOVASCULAR, new DiseaseLaw(-2.2, .65, .6,
                    Map.of(Marker.CRP, .30, Marker.HBA1C, .25, Marker.CREATININE, .25, Marker.RDW, .20)),
            Disease.DIABETES, new DiseaseLaw(-3.4, .30, .3,
                    Map.of(Marker.HBA1C, 1.60, Marker.GGT, .35, Marker.CRP, .20)),
            Disease.CANCER, new DiseaseLaw(-2.5, .60, .1,
                    Map.of(Marker.ALBUMIN, -.35, Marker.LYMPHOCYTE_PCT, -.25, Marker.RDW, .25)),
            Disease.DEMENTIA, new DiseaseLaw(-4.6, 1.20, -.1, Map.of(Marker.ALBUMIN, -.25, Marker.HBA1C, .20))));

    /**
     * Gives people of another generator diseases: the law with the measured deviations in the place of the true ones.
     *
     * @param seed of the labels alone
     */
    public static Cohort label(Cohort people, long seed) {
        Rng rng = Rng.of(seed).stream("henaw diseases");
        Cohort labelled = people;
        for (Map.Entry<Disease, DiseaseLaw> e : POPULATION.entrySet())
            labelled = labelled.withDisease(e.getKey(),
                    draw(e.getValue().logOdds(people, false), rng.stream(e.getKey().label())));
        return labelled;
    }

    static double[] draw(double[] logOdds, Rng rng) {
        double[] label = new double[logOdds.length];
        for (int i = 0; i < label.length; i++)
            label[i] = rng.nextDouble() < 1 / (1 + StrictMath.exp(-logOdds[i])) ? 1 : 0;
        return label;
    }

    /** Log odds without the markers. */
    double base(double age, double sex) {
        return level + perDecade * (age - RepairedGenerator.AGE_MEAN) / 10 + male * sex;
    }

    /**
     * What ranks people best by the chance of the disease, from what can be observed: the true deviations replaced by their
     * expectations given the measured ones. What remains unknown of them has the same law for everybody, so the chance rises
     * with this number, and no ranking has a larger expected area under the curve. Missing markers count as average.
     */
    public double[] oracle(Cohort people) {
        return logOdds(people, true);
    }

    private double[] logOdds(Cohort people, boolean shrunk) {
        double[] out = new double[people.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = base(people.age(i), people.sex(i));
            for (Map.Entry<Marker, Double> e : weights.entrySet()) {
                MarkerLaw law = MarkerLaw.POPULATION.get(e.getKey());
                double x = law.toWorking(people.value(e.getKey(), i));
                if (!Double.isNaN(x))
                    out[i] += e.getValue() * (shrunk ? law.reliability() : 1)
                            * (x - law.expected(people.age(i), people.sex(i)))
                            / law.sd();
            }
        }
        return out;
    }
}
