package org.lanewise.henaw.evaluation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.lanewise.engine.Rng;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.metrics.Icc;

/**
 * How well a clock agrees with itself when the same person is measured twice: ICC(2,1), of the number itself and of what
 * is left of it after age (age spreads people out, so the plain ICC flatters every clock), and the standard error of
 * measurement in years.
 *
 * <p>Files without a second visit get one by {@link #simulate}; such figures come from published within-person variation
 * and must be labelled so, never as measured.
 *
 * <pre>{@code
 * TestRetest t = TestRetest.of(clock, TestRetest.simulate(people, 1, 7));
 * }</pre>
 *
 * @param icc         of the clock's value
 * @param ageAdjusted of the clock's value minus its straight line on age over both visits
 * @param people      how many were measured twice
 */
public record TestRetest(Icc icc, Icc ageAdjusted, int people) {
    /**
     * Coefficients of variation within a person over weeks, rounded from EFLM-like tables; only their order of magnitude is
     * sure. The analytical variation is taken as half of each, the usual goal for a laboratory.
     */
    public static final Map<Marker, Double> WITHIN_PERSON = withinPerson();
    private static final double ANALYTICAL_SHARE = .5;
    private static final int FEWEST = 10;

    private static Map<Marker, Double> withinPerson() {
        Map<Marker, Double> cv = new EnumMap<>(Marker.class);
        cv.put(Marker.CRP, .34);
        cv.put(Marker.HBA1C, .016);
        cv.put(Marker.CREATININE, .046);
        cv.put(Marker.ALBUMIN, .026);
        cv.put(Marker.LYMPHOCYTE_PCT, .08);
        cv.put(Marker.RDW, .018);
        cv.put(Marker.GGT, .09);
        cv.put(Marker.AST, .10);
        cv.put(Marker.ALT, .10);
        cv.put(Marker.GLUCOSE, .05);
        cv.put(Marker.MCV, .008);
        cv.put(Marker.ALP, .053);
        cv.put(Marker.WBC, .11);
        return java.util.Collections.unmodifiableMap(cv);
    }

    /** The error of one measurement as a coefficient of variation: {@code sqrt(CVI^2 + CVA^2)}; 0 for markers not listed. */
    public static double errorCv(Marker marker) {
        double within = WITHIN_PERSON.getOrDefault(marker, 0.);
        return within * Math.sqrt(1 + ANALYTICAL_SHARE * ANALYTICAL_SHARE);
    }

    /**
     * The cohort with a simulated second visit at the same age.
     *
     * <p>The observed value already holds one error draw. On the logarithmic scale, with m the marker's mean given age and
     * sex, s2 its variance about that mean and e2 the error's, the true value given the observed x is
     * {@code N(m + r (x-m), r e2)}, {@code r = 1 - e2/s2}; the second visit is a draw of it plus a new error, so both visits
     * have the same variance and covariance {@code r s2}.
     *
     * @param multiple of the errors: 1 for weeks, 2 or 3 for years
     */
    public static Cohort simulate(Cohort people, double multiple, long seed) {
        Rng rng = Rng.of(seed).stream("test-retest");
        Cohort.Builder again = Cohort.builder(people.source() + ", simulated second visit", people.size())
                .age(people.age()).sex(people.sex());
        for (Marker m : people.present())
            again.marker(m, second(people, m, multiple * errorCv(m), rng.stream(m.shortName())));
        return people.withRepeat(again.build());
    }

    private static double[] second(Cohort people, Marker marker, double cv, Rng rng) {
        double[] x = people.column(marker);
        if (cv == 0)
            return x;
        double error2 = Math.log1p(cv * cv);
        int[] rows = IntStream.range(0, x.length)
                .filter(i -> x[i] > 0 && !Double.isNaN(people.age(i)) && !Double.isNaN(people.sex(i))).toArray();
        double[] line = line(people, x, rows);
        double s2 = 0;
        for (int i : rows)
            s2 += Math.pow(Math.log(x[i]) - expected(line, people, i), 2) / (rows.length - 3);
        double r = Math.max(1 - error2 / s2, 0);
        double[] second = x.clone();
        for (int i : rows) {
            double m = expected(line, people, i);
            double truth = m + r * (Math.log(x[i]) - m) + Math.sqrt(r * error2) * rng.nextGaussian();
            second[i] = Math.exp(truth + Math.sqrt(error2) * rng.nextGaussian());
        }
        return second;
    }

    private static double expected(double[] line, Cohort people, int i) {
        return line[0] + line[1] * people.age(i) + line[2] * people.sex(i);
    }

    /** Least squares of ln x on age and sex. */
    private static double[] line(Cohort people, double[] x, int[] rows) {
        DMatrixRMaj a = new DMatrixRMaj(rows.length, 3);
        DMatrixRMaj b = new DMatrixRMaj(rows.length, 1);
        for (int k = 0; k < rows.length; k++) {
            a.set(k, 0, 1);
            a.set(k, 1, people.age(rows[k]));
            a.set(k, 2, people.sex(rows[k]));
            b.set(k, Math.log(x[rows[k]]));
        }
        DMatrixRMaj coefficients = new DMatrixRMaj(3, 1);
        // Fails only where everybody has one age or one sex; then the mean is all there is.
        return rows.length > 3 && CommonOps_DDRM.solve(a, b, coefficients) && finite(coefficients.data)
                ? coefficients.data
                : new double[] {CommonOps_DDRM.elementSum(b) / rows.length, 0, 0};
    }

    private static boolean finite(double[] x) {
        return java.util.Arrays.stream(x).allMatch(Double::isFinite);
    }

    /**
     * Agreement of a clock over both visits of a cohort.
     *
     * @throws IllegalArgumentException if there is no second visit, or fewer than {@value #FEWEST} people have both values
     */
    public static TestRetest of(Clock clock, Cohort people) {
        Cohort again = people.repeat()
                .orElseThrow(() -> new IllegalArgumentException(people.source() + " has no second visit"));
        return of(clock.apply(people), clock.apply(again), people.age(), again.age());
    }

    /** The same from values; people with a NaN in either visit are left out. */
    public static TestRetest of(double[] first, double[] second, double[] firstAge, double[] secondAge) {
        int[] both = IntStream.range(0, first.length).filter(i -> Double.isFinite(first[i])
                && Double.isFinite(second[i]) && Double.isFinite(firstAge[i]) && Double.isFinite(secondAge[i]))
                .toArray();
        if (both.length < FEWEST)
            throw new IllegalArgumentException(
                    "Agreement needs " + FEWEST + " people measured twice, found " + both.length);
        double[] ages = new double[2 * both.length];
        double[] values = new double[2 * both.length];
        for (int k = 0; k < both.length; k++) {
            ages[2 * k] = firstAge[both[k]];
            ages[2 * k + 1] = secondAge[both[k]];
            values[2 * k] = first[both[k]];
            values[2 * k + 1] = second[both[k]];
        }
        AgeBias line = AgeBias.fit(values, ages);
        double[][] raw = new double[both.length][2];
        double[][] adjusted = new double[both.length][2];
        for (int k = 0; k < both.length; k++)
            for (int v = 0; v < 2; v++) {
                raw[k][v] = values[2 * k + v];
                adjusted[k][v] = line.gap(values[2 * k + v], ages[2 * k + v]);
            }
        return new TestRetest(Icc.twoWayRandomAbsolute(raw, .95), Icc.twoWayRandomAbsolute(adjusted, .95), both.length);
    }
}
