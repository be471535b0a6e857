package org.lanewise.henaw.clocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * Homeostatic dysregulation (Cohen et al., Mech. Ageing Dev. 134:110, 2013): the natural logarithm of the Mahalanobis
 * distance from young people of the same sex, {@code ln sqrt((x-m)' S^-1 (x-m))}. CRP and the liver enzymes enter as
 * logarithms.
 *
 * <p>The reference are those aged 20 to 30; a cohort with fewer than {@value #FEWEST} of them uses its youngest fifth.
 * A person who lacks any marker gets NaN.
 */
public final class HomeostaticDysregulation implements Clock {
    private static final int FEWEST = 60;

    /** Centre and inverse covariance of the young of one sex. */
    record Centre(double[] mean, double[][] inverse) {}

    private final List<Marker> markers;
    private final Centre[] bySex;

    private HomeostaticDysregulation(List<Marker> markers, Centre[] bySex) {
        this.markers = List.copyOf(markers);
        this.bySex = bySex;
    }

    /**
     * Learns centre and covariance of the young, the sexes apart.
     *
     * @throws IllegalArgumentException if a sex has too few complete people for the covariance
     */
    public static HomeostaticDysregulation fit(Cohort people, List<Marker> markers) {
        Centre[] centres = new Centre[2];
        for (int sex = 0; sex < 2; sex++)
            centres[sex] = centre(people, markers, sex);
        return new HomeostaticDysregulation(markers, centres);
    }

    private static Centre centre(Cohort people, List<Marker> markers, int sex) {
        int[] complete = IntStream.range(0, people.size())
                .filter(i -> people.sex(i) == sex && people.isComplete(markers, i)).toArray();
        int[] young = IntStream.of(complete).filter(i -> people.age(i) >= 20 && people.age(i) <= 30).toArray();
        if (young.length < FEWEST) {
            double[] ages = IntStream.of(complete).mapToDouble(people::age).sorted().toArray();
            double limit = ages.length == 0 ? Double.NaN : ages[ages.length / 5];
            young = IntStream.of(complete).filter(i -> people.age(i) <= limit).toArray();
        }
        int p = markers.size();
        if (young.length < Math.max(FEWEST, 3 * p))
            throw new IllegalArgumentException("Homeostatic dysregulation needs at least " + Math.max(FEWEST, 3 * p)
                    + " young people of each sex with all markers, found " + young.length);
        List<double[]> rows = new ArrayList<>();
        double[] mean = new double[p];
        for (int i : young) {
            double[] x = vector(people, markers, i);
            rows.add(x);
            for (int j = 0; j < p; j++)
                mean[j] += x[j] / young.length;
        }
        DMatrixRMaj covariance = new DMatrixRMaj(p, p);
        for (double[] x : rows)
            for (int j = 0; j < p; j++)
                for (int k = 0; k < p; k++)
                    covariance.add(j, k, (x[j] - mean[j]) * (x[k] - mean[k]) / (young.length - 1));
        return new Centre(mean, inverse(covariance));
    }

    private static double[][] inverse(DMatrixRMaj covariance) {
        int p = covariance.numRows;
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(p);
        if (!solver.setA(covariance.copy()))
            throw new IllegalArgumentException(
                    "Homeostatic dysregulation: the young people's covariance is singular (a constant marker?)");
        DMatrixRMaj inverse = new DMatrixRMaj(p, p);
        solver.invert(inverse);
        double[][] out = new double[p][p];
        for (int j = 0; j < p; j++)
            for (int k = 0; k < p; k++)
                out[j][k] = inverse.get(j, k);
        return out;
    }

    private static double[] vector(Cohort people, List<Marker> markers, int i) {
        double[] x = new double[markers.size()];
        for (int j = 0; j < x.length; j++) {
            double v = people.value(markers.get(j), i);
            x[j] = switch (markers.get(j)) {
                case CRP, GGT, AST, ALT -> Math.log(v);
                default -> v;
            };
        }
        return x;
    }

    Stored stored() {
        return new Stored(markers.stream().map(Marker::shortName).toList(), bySex);
    }

    /** What a model file keeps. */
    record Stored(List<String> markers, Centre[] bySex) {
        HomeostaticDysregulation open() {
            List<Marker> known = Baselines.named(markers);
            int p = known.size();
            if (bySex.length != 2 || Arrays.stream(bySex).anyMatch(c -> c.mean.length != p || c.inverse.length != p
                    || Arrays.stream(c.inverse).anyMatch(r -> r.length != p)))
                throw new IllegalArgumentException("homeostatic dysregulation: sizes do not fit the markers");
            return new HomeostaticDysregulation(known, bySex);
        }
    }

    @Override
    public String label() {
        return "homeostatic dysregulation";
    }

    @Override
    public double[] apply(Cohort people) {
        double[] out = new double[people.size()];
        Arrays.fill(out, Double.NaN);
        for (int i = 0; i < out.length; i++)
            if (!Double.isNaN(people.sex(i)) && people.isComplete(markers, i))
                out[i] = distance(bySex[(int) people.sex(i)], vector(people, markers, i));
        return out;
    }

    private static double distance(Centre c, double[] x) {
        double d2 = 0;
        for (int j = 0; j < x.length; j++)
            for (int k = 0; k < x.length; k++)
                d2 += (x[j] - c.mean[j]) * c.inverse[j][k] * (x[k] - c.mean[k]);
        return .5 * Math.log(d2);
    }
}
