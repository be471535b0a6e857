package org.lanewise.henaw.synth;

import java.util.EnumMap;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;

/**
 * A synthetic cohort without the faults of the published one, whose truth is known: values are reflected at wide limits
 * after all effects (so no value betrays its cause), deaths come from a Gompertz hazard that the markers move, and
 * everybody is measured twice.
 *
 * <ul>
 * <li>age: N(55, 10) truncated to [40, 70] by drawing again; sex: fair coin;
 * <li>markers: {@link MarkerLaw}, independent given age and sex;
 * <li>hazard t years after the draw:
 * {@code 0.0045 exp(0.09 (age + t - 55) + 0.35 male + sum of logHazard * true deviation / sd)};
 * <li>censoring uniform on 8..14 years; event = death before censoring;
 * <li>diseases, when asked for: {@link DiseaseLaw};
 * <li>second visit: same age and truth, new measurement errors.
 * </ul>
 *
 * The best any model can do on it is computed by {@link RepairedOracle}.
 *
 * <pre>{@code
 * Cohort people = RepairedGenerator.generate(20_000, 7);
 * Cohort again = people.repeat().orElseThrow();
 * }</pre>
 */
public final class RepairedGenerator {
    /** How the {@link Cohort#source()} of its people begins. */
    public static final String SOURCE = "repaired generator";

    /** Gompertz slope per year of age. */
    public static final double SLOPE = .09;
    static final double BASE_HAZARD = .0045;
    static final double MALE_LOG_HAZARD = .35;
    static final double YOUNGEST = 40;
    static final double OLDEST = 70;
    static final double AGE_MEAN = 55;
    static final double AGE_SD = 10;

    private RepairedGenerator() {}

    /** {@code n} people and their second visit; every quantity has its own random stream. */
    public static Cohort generate(int n, long seed) {
        return generate(n, seed, Map.of());
    }

    /** The same people, and which diseases they have. */
    public static Cohort withDiseases(int n, long seed) {
        return generate(n, seed, DiseaseLaw.POPULATION);
    }

    private static Cohort generate(int n, long seed, Map<Disease, DiseaseLaw> diseases) {
        Rng rng = Rng.of(seed).stream("henaw-repaired");
        double[] age = ages(n, rng.stream("age"));
        double[] sex = new double[n];
        Rng coin = rng.stream("sex");
        for (int i = 0; i < n; i++)
            sex[i] = coin.nextDouble() < .5 ? 0 : 1;
        double[] logHazard = new double[n];
        for (int i = 0; i < n; i++)
            logHazard[i] = SLOPE * (age[i] - AGE_MEAN) + MALE_LOG_HAZARD * sex[i];
        Map<Marker, double[]> first = new EnumMap<>(Marker.class);
        Map<Marker, double[]> second = new EnumMap<>(Marker.class);
        Map<Disease, double[]> logOdds = new EnumMap<>(Disease.class);
        diseases.forEach((disease, law) -> {
            double[] base = new double[n];
            for (int i = 0; i < n; i++)
                base[i] = law.base(age[i], sex[i]);
            logOdds.put(disease, base);
        });
        MarkerLaw.POPULATION.forEach((marker, law) -> {
            Rng person = rng.stream(marker.shortName());
            Rng error = rng.stream(marker.shortName() + " error");
            double[] one = new double[n];
            double[] two = new double[n];
            for (int i = 0; i < n; i++) {
                double deviation = person.nextGaussian();
                double truth = law.expected(age[i], sex[i]) + law.sd() * deviation;
                logHazard[i] += law.logHazard() * deviation;
                for (Map.Entry<Disease, double[]> e : logOdds.entrySet())
                    e.getValue()[i] += diseases.get(e.getKey()).weights().getOrDefault(marker, 0.)
                            * deviation;
                one[i] = law.fromWorking(law.reflect(truth + law.error() * error.nextGaussian()));
                two[i] = law.fromWorking(law.reflect(truth + law.error() * error.nextGaussian()));
            }
            first.put(marker, one);
            second.put(marker, two);
        });
        double[] time = new double[n];
        double[] event = new double[n];
        Rng fate = rng.stream("survival");
        for (int i = 0; i < n; i++) {
            double death = gompertzTime(logHazard[i], 1 - fate.nextDouble());
            double censored = 8 + 6 * fate.nextDouble();
            time[i] = Math.min(death, censored);
            event[i] = death < censored ? 1 : 0;
        }
        String source = SOURCE + ", seed " + seed;
        Cohort.Builder again = Cohort.builder(source + ", second visit", n).age(age).sex(sex);
        second.forEach(again::marker);
        Cohort.Builder cohort = Cohort.builder(source, n).age(age).sex(sex).outcome(time, event);
        first.forEach(cohort::marker);
        logOdds.forEach((disease, odds) -> cohort.disease(disease, DiseaseLaw.draw(odds, rng.stream(disease.label()))));
        return cohort.repeat(again.build()).build();
    }

    private static double[] ages(int n, Rng rng) {
        double[] age = new double[n];
        for (int i = 0; i < n; i++) {
            do {
                age[i] = AGE_MEAN + AGE_SD * rng.nextGaussian();
            } while (age[i] < YOUNGEST || age[i] > OLDEST);
        }
        return age;
    }

    /** Solves {@code S(t) = u} for the Gompertz law with this log relative hazard at entry. */
    private static double gompertzTime(double logHazard, double u) {
        double rate = BASE_HAZARD * StrictMath.exp(logHazard);
        return StrictMath.log1p(-SLOPE * StrictMath.log(u) / rate) / SLOPE;
    }
}
