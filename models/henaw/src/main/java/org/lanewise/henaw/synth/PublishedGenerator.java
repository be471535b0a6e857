package org.lanewise.henaw.synth;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * The synthetic cohort of the published HENAW system, replayed draw by draw, faults included: markers are clipped
 * <em>before</em> the age shift (so a clipped value betrays the age), and the event flag is a coin with probability 0.2,
 * independent of everything.
 *
 * <p>Seed 42 and 10,000 people give the published file. Both faults make useful canaries: no model may rank the coin flips
 * (C must stay near .5), and a mean absolute error of age below about 5 years, the Bayes ceiling being
 * {@value #ARTEFACT_CEILING_MAE}, can only come from the clipping.
 *
 * <pre>{@code
 * Cohort people = PublishedGenerator.generate(10_000, 42);
 * }</pre>
 */
public final class PublishedGenerator {
    /**
     * MAE of the best possible predictor on the published file that knows where the markers were clipped; honest learners land
     * at 5.4 to 5.7. Another seed or number of people draws other slopes on age, and then it is another figure.
     */
    public static final double ARTEFACT_CEILING_MAE = 4.37;

    private static final int FEWEST_TO_TELL = 60;
    /** Standard errors between slopes that are not the same. */
    private static final double FAR = 5;

    private record Law(double location, double scale, boolean logarithmic, double low, double high) {}

    private static final Map<Marker, Law> LAWS = laws();

    private PublishedGenerator() {}

    private static Map<Marker, Law> laws() {
        Map<Marker, Law> laws = new EnumMap<>(Marker.class);
        laws.put(Marker.CRP, new Law(.7, .8, true, .1, 10));
        laws.put(Marker.HBA1C, new Law(36, 6, false, 20, 120));
        laws.put(Marker.CREATININE, new Law(70, 15, false, 40, 150));
        laws.put(Marker.ALBUMIN, new Law(45, 3, false, 35, 50));
        laws.put(Marker.LYMPHOCYTE_PCT, new Law(30, 7, false, 15, 45));
        laws.put(Marker.RDW, new Law(13, 1, false, 11, 16));
        laws.put(Marker.GGT, new Law(3.4, .7, true, 10, 300));
        laws.put(Marker.AST, new Law(25, 10, false, 10, 100));
        laws.put(Marker.ALT, new Law(30, 12, false, 10, 100));
        return laws;
    }

    /**
     * {@code n} people from one stream. Time is cut to [0.1, 10] years as published, and 99 % of it is exactly 10.
     *
     * @param seed any 32-bit seed; 42 is the published one
     */
    public static Cohort generate(int n, int seed) {
        MersenneTwister random = new MersenneTwister(seed);
        double[] age = new double[n];
        for (int i = 0; i < n; i++)
            age[i] = clip(55 + 10 * random.gaussian(), 40, 70);
        double[] sex = new double[n];
        for (int i = 0; i < n; i++)
            sex[i] = random.bernoulli(.5);
        Map<Marker, double[]> columns = new EnumMap<>(Marker.class);
        LAWS.forEach((marker, law) -> columns.put(marker, base(law, n, random)));
        // Slopes and sex effects are themselves drawn, one marker after the other.
        columns.forEach((marker, column) -> shift(marker, column, age, sex, random));
        double[] time = new double[n];
        for (int i = 0; i < n; i++)
            time[i] = clip(1 / hazard(columns, age[i], i) * random.exponential(), .1, 10);
        double[] event = new double[n];
        for (int i = 0; i < n; i++)
            event[i] = random.bernoulli(.2);
        String[] ids = new String[n];
        for (int i = 0; i < n; i++)
            ids[i] = String.valueOf(1_000_000 + i);
        Cohort.Builder cohort = Cohort.builder("published generator, seed " + seed, n).ids(ids).age(age).sex(sex)
                .outcome(time, event);
        columns.forEach(cohort::marker);
        return cohort.build();
    }

    /**
     * Whether people are from this recipe, wherever they were kept since: judged by what no other data have. Nobody is
     * outside the ages of 40 to 70 and many are at exactly either end; nearly all were followed for exactly 10 years; and
     * about a fifth of those died on that very last day, which a real follow-up that ends on a day does not do.
     */
    public static boolean made(Cohort people) {
        int n = people.size();
        if (n < FEWEST_TO_TELL)
            return false;
        int ends = 0;
        int whole = 0;
        int diedLast = 0;
        for (int i = 0; i < n; i++) {
            double age = people.age(i);
            if (!(age >= 40 && age <= 70) || !(people.time(i) <= 10) || !people.isComplete(Marker.NINE, i))
                return false;
            ends += age == 40 || age == 70 ? 1 : 0;
            if (people.time(i) == 10) {
                whole++;
                diedLast += people.event(i) == 1 ? 1 : 0;
            }
        }
        return ends > .05 * n && whole > .9 * n && diedLast > .1 * whole && diedLast < .3 * whole;
    }

    /**
     * Whether people are of the published file (seed 42, 10,000 people) or some of them: of this recipe, and with its slopes
     * of every marker on age, as near as their number allows.
     */
    public static boolean isPublishedFile(Cohort people) {
        if (!made(people))
            return false;
        Cohort file = generate(10_000, 42);
        for (Marker marker : Marker.NINE) {
            double[] here = slope(people, marker);
            double[] there = slope(file, marker);
            if (!(Math.abs(here[0] - there[0]) <= FAR * Math.hypot(here[1], there[1])))
                return false;
        }
        return true;
    }

    /** Least-squares slope of a marker on age, and its standard error. */
    private static double[] slope(Cohort people, Marker marker) {
        double[] x = people.age();
        double[] y = people.column(marker);
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return new double[] {xy / xx, Math.sqrt((yy - xy * xy / xx) / (x.length - 2) / xx)};
    }

    private static double[] base(Law law, int n, MersenneTwister random) {
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            double x = law.location + law.scale * random.gaussian();
            column[i] = clip(law.logarithmic ? StrictMath.exp(x) : x, law.low, law.high);
        }
        return column;
    }

    private static void shift(Marker marker, double[] column, double[] age, double[] sex, MersenneTwister random) {
        double perYear = .1 + .05 * random.gaussian();
        for (int i = 0; i < column.length; i++)
            column[i] += (age[i] - 55) * perYear;
        switch (marker) {
            case CREATININE, AST, ALT -> {
                double male = 5 + 2 * random.gaussian();
                for (int i = 0; i < column.length; i++)
                    column[i] += sex[i] * male;
            }
            case ALBUMIN -> {
                double female = 1 + .5 * random.gaussian();
                for (int i = 0; i < column.length; i++)
                    column[i] -= (1 - sex[i]) * female;
            }
            default -> {
            }
        }
    }

    private static double hazard(Map<Marker, double[]> columns, double age, int i) {
        double log = .05 * (age - 55) + (columns.get(Marker.CRP)[i] > 3 ? .1 : 0)
                + (columns.get(Marker.HBA1C)[i] > 42 ? .1 : 0) + (columns.get(Marker.CREATININE)[i] > 90 ? .1 : 0);
        return .001 * StrictMath.exp(log);
    }

    private static double clip(double x, double low, double high) {
        return Math.min(Math.max(x, low), high);
    }
}
