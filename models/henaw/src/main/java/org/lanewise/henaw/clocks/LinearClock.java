package org.lanewise.henaw.clocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.linear.CoxRegression;
import org.lanewise.linear.GompertzRegression;
import org.lanewise.linear.LeastSquares;
import org.lanewise.linear.LinearPredictor;
import org.lanewise.linear.LogisticRegression;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.survival.Survival;

/**
 * A straight-line baseline: a weighted sum of age, sex and markers. Survival baselines take ln CRP, with the smallest training
 * value as floor; the age baseline takes everything as measured.
 *
 * @param label     name in tables
 * @param usesAge   whether age is the first term
 * @param markers   the markers, after age and sex
 * @param crpFloor  smallest CRP in mg/L under the logarithm; NaN when CRP is taken as measured
 * @param intercept added to the sum
 * @param weights   of age (when used), sex and the markers
 */
public record LinearClock(String label, boolean usesAge, List<Marker> markers, double crpFloor, double intercept,
        double[] weights) implements Clock {
    /** Checks and copies. */
    public LinearClock {
        markers = List.copyOf(markers);
        weights = weights.clone();
        if (weights.length != markers.size() + (usesAge ? 2 : 1))
            throw new IllegalArgumentException(label + ": " + weights.length + " weights do not fit the terms");
    }

    /** Cox regression of death within the horizon on age, sex and these markers (Efron's ties). */
    public static LinearClock cox(String label, Cohort people, List<Marker> markers, double horizon) {
        LinearClock shape = shape(label, people, true, markers, true);
        int[] rows = shape.usable(people, true);
        double[] w = CoxRegression.defaults().fit(shape.matrix(people, rows), outcome(people, rows, horizon))
                .coefficients();
        return shape.with(0, w);
    }

    /** Gompertz proportional hazards in the same terms; its linear predictor ranks like a risk. */
    static LinearClock gompertz(String label, Cohort people, List<Marker> markers, double horizon) {
        LinearClock shape = shape(label, people, true, markers, true);
        int[] rows = shape.usable(people, true);
        double[] w = GompertzRegression.defaults().fit(shape.matrix(people, rows), outcome(people, rows, horizon))
                .coefficients();
        return shape.with(0, w);
    }

    /**
     * Logistic regression of a disease on age, sex and these markers; gives log odds. People whose label is missing are left
     * out.
     */
    public static LinearClock logistic(String label, Cohort people, Disease disease, List<Marker> markers) {
        LinearClock shape = shape(label, people, true, markers, true);
        double[] labels = people.disease(disease);
        int[] rows = Arrays.stream(shape.usable(people, false)).filter(i -> !Double.isNaN(labels[i])).toArray();
        boolean[] has = new boolean[rows.length];
        for (int k = 0; k < rows.length; k++)
            has[k] = labels[rows[k]] == 1;
        LinearPredictor p = LogisticRegression.fit(shape.matrix(people, rows), has);
        return shape.with(p.intercept(), p.coefficients());
    }

    /** Least squares of age on sex and markers. */
    public static LinearClock age(String label, Cohort people, List<Marker> markers) {
        LinearClock shape = shape(label, people, false, markers, false);
        int[] rows = shape.usable(people, false);
        double[] ages = Arrays.stream(rows).mapToDouble(people::age).toArray();
        LinearPredictor p = LeastSquares.defaults().fit(shape.matrix(people, rows), ages).predictor();
        return shape.with(p.intercept(), p.coefficients());
    }

    private static LinearClock shape(String label, Cohort people, boolean usesAge, List<Marker> markers, boolean log) {
        double floor = Double.NaN;
        if (log && markers.contains(Marker.CRP))
            floor = Math.max(Arrays.stream(people.column(Marker.CRP)).filter(v -> v > 0).min().orElse(.01), .01);
        return new LinearClock(label, usesAge, markers, floor, 0, new double[markers.size() + (usesAge ? 2 : 1)]);
    }

    private LinearClock with(double newIntercept, double[] newWeights) {
        return new LinearClock(label, usesAge, markers, crpFloor, newIntercept, newWeights);
    }

    private int[] usable(Cohort people, boolean followed) {
        return java.util.stream.IntStream.range(0, people.size())
                .filter(i -> people.isComplete(markers, i) && !Double.isNaN(people.sex(i))
                        && !Double.isNaN(people.age(i)) && (!followed || people.hasOutcome(i)))
                .toArray();
    }

    private DesignMatrix matrix(Cohort people, int[] rows) {
        List<String> names = new ArrayList<>(usesAge ? List.of("age", "sex") : List.of("sex"));
        markers.forEach(m -> names.add(m.shortName()));
        double[][] x = new double[rows.length][];
        for (int k = 0; k < rows.length; k++)
            x[k] = row(people, rows[k]);
        return DesignMatrix.ofRows(names, x);
    }

    private static Survival outcome(Cohort people, int[] rows, double horizon) {
        return Survival.of(Arrays.stream(rows).mapToDouble(people::time).toArray(),
                Arrays.stream(rows).mapToDouble(people::event).toArray()).censoredAt(horizon);
    }

    private double[] row(Cohort people, int i) {
        double[] x = new double[weights.length];
        int c = 0;
        if (usesAge)
            x[c++] = people.age(i);
        x[c++] = people.sex(i);
        for (Marker m : markers) {
            double v = people.value(m, i);
            x[c++] = m == Marker.CRP && !Double.isNaN(crpFloor) ? Math.log(Math.max(v, crpFloor)) : v;
        }
        return x;
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    @Override
    public double[] apply(Cohort people) {
        double[] out = new double[people.size()];
        for (int i = 0; i < out.length; i++) {
            double[] x = row(people, i);
            double sum = intercept;
            for (int c = 0; c < x.length; c++)
                sum += weights[c] * x[c];
            out[i] = sum;
        }
        return out;
    }
}
