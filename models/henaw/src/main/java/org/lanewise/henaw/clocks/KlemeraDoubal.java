package org.lanewise.henaw.clocks;

import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * Biological age by the method of Klemera and Doubal (Mech. Ageing Dev. 127:240, 2006), as BioAge fits it.
 *
 * <p>Each marker's line on age, {@code x = q + k age}, is fitted on everyone who has that marker; {@code s} is the
 * residual standard deviation (n-2) and {@code R} the correlation's absolute value. With m markers:
 *
 * <pre>
 * BAE  = sum((x-q) k/s^2) / sum((k/s)^2)
 * rc   = sum(|k/s| R) / sum(|k/s|)
 * sBA2 = var(BAE - age) - (1-rc^2)/rc^2 range(age)^2 / (12 m)
 * BA   = (sum((x-q) k/s^2) + age/sBA2) / (sum((k/s)^2) + 1/sBA2)
 * </pre>
 *
 * The sexes are fitted apart. A person who lacks any marker gets NaN.
 */
public final class KlemeraDoubal implements Clock {
    /** The nine markers of Levine (2013), CRP as ln(1 + mg/dL): what BioAge's stored column was made from. */
    public static final List<Marker> LEVINE_2013 = List.of(Marker.FEV1, Marker.SBP, Marker.TOTAL_CHOLESTEROL,
            Marker.HBA1C, Marker.ALBUMIN, Marker.CREATININE, Marker.CRP, Marker.ALP, Marker.BUN);

    /** One marker's line on age. */
    record Line(double q, double k, double s, double r) {}

    private record Fit(Line[] lines, double variance) {}

    private final List<Marker> markers;
    private final Fit[] bySex;

    private KlemeraDoubal(List<Marker> markers, Fit[] bySex) {
        this.markers = List.copyOf(markers);
        this.bySex = bySex;
    }

    /**
     * Fits on the whole cohort given.
     *
     * @throws IllegalArgumentException if a sex has fewer than 30 people with all markers, or the markers carry so little
     *                                  age that the variance of biological age comes out negative
     */
    public static KlemeraDoubal fit(Cohort people, List<Marker> markers) {
        Fit[] fits = new Fit[2];
        for (int sex = 0; sex < 2; sex++) {
            int wanted = sex;
            fits[sex] = fitOne(people.where(i -> people.sex(i) == wanted && !Double.isNaN(people.age(i))), markers);
        }
        return new KlemeraDoubal(markers, fits);
    }

    private static Fit fitOne(Cohort people, List<Marker> markers) {
        int[] complete = IntStream.range(0, people.size()).filter(i -> people.isComplete(markers, i)).toArray();
        if (complete.length < 30)
            throw new IllegalArgumentException("Klemera-Doubal needs at least 30 people of each sex with "
                    + markers.stream().map(Marker::shortName).toList() + ", found " + complete.length);
        Line[] lines = markers.stream().map(m -> line(people, m)).toArray(Line[]::new);
        double top = 0;
        double weight = 0;
        for (Line l : lines) {
            top += Math.abs(l.k / l.s) * l.r;
            weight += Math.abs(l.k / l.s);
        }
        double rc2 = top * top / (weight * weight);
        double[] gap = new double[complete.length];
        for (int j = 0; j < gap.length; j++) {
            double[] sums = sums(people, markers, lines, complete[j]);
            gap[j] = sums[0] / sums[1] - people.age(complete[j]);
        }
        double[] ages = people.age();
        double range = IntStream.of(complete).mapToDouble(i -> ages[i]).max().orElseThrow()
                - IntStream.of(complete).mapToDouble(i -> ages[i]).min().orElseThrow();
        double variance = variance(gap) - (1 - rc2) / rc2 * range * range / (12 * markers.size());
        if (!(variance > 0))
            throw new IllegalArgumentException(
                    "Klemera-Doubal: the markers carry too little age, variance " + variance);
        return new Fit(lines, variance);
    }

    private static Line line(Cohort people, Marker marker) {
        int[] rows = IntStream.range(0, people.size()).filter(i -> !Double.isNaN(people.value(marker, i))).toArray();
        double n = rows.length;
        double mx = 0;
        double my = 0;
        for (int i : rows) {
            mx += people.age(i) / n;
            my += working(marker, people.value(marker, i)) / n;
        }
        double sxx = 0;
        double sxy = 0;
        double syy = 0;
        for (int i : rows) {
            double x = people.age(i) - mx;
            double y = working(marker, people.value(marker, i)) - my;
            sxx += x * x;
            sxy += x * y;
            syy += y * y;
        }
        double k = sxy / sxx;
        double residual = Math.max(syy - k * sxy, 0);
        return new Line(my - k * mx, k, Math.sqrt(residual / (n - 2)), Math.abs(sxy) / Math.sqrt(sxx * syy));
    }

    private static double working(Marker marker, double value) {
        return marker == Marker.CRP ? Math.log1p(value / 10) : value;
    }

    /** {sum((x-q) k/s^2), sum((k/s)^2)}. */
    private static double[] sums(Cohort people, List<Marker> markers, Line[] lines, int i) {
        double top = 0;
        double bottom = 0;
        for (int j = 0; j < lines.length; j++) {
            Line l = lines[j];
            double x = working(markers.get(j), people.value(markers.get(j), i));
            top += (x - l.q) * l.k / (l.s * l.s);
            bottom += l.k * l.k / (l.s * l.s);
        }
        return new double[] {top, bottom};
    }

    private static double variance(double[] x) {
        double mean = 0;
        for (double v : x)
            mean += v / x.length;
        double ss = 0;
        for (double v : x)
            ss += (v - mean) * (v - mean);
        return ss / (x.length - 1);
    }

    /** The variance of biological age given age that was estimated for women (0) or men (1). */
    public double variance(int sex) {
        return bySex[sex].variance;
    }

    Stored stored() {
        return new Stored(markers.stream().map(Marker::shortName).toList(),
                java.util.Arrays.stream(bySex).map(f -> new StoredFit(f.lines, f.variance)).toArray(StoredFit[]::new));
    }

    /** One sex in plain values. */
    record StoredFit(Line[] lines, double variance) {}

    /** What a model file keeps. */
    record Stored(List<String> markers, StoredFit[] bySex) {
        KlemeraDoubal open() {
            List<Marker> known = Baselines.named(markers);
            if (bySex.length != 2 || bySex[0].lines.length != known.size() || bySex[1].lines.length != known.size())
                throw new IllegalArgumentException("Klemera-Doubal: lines do not fit the markers");
            return new KlemeraDoubal(known,
                    java.util.Arrays.stream(bySex).map(f -> new Fit(f.lines, f.variance)).toArray(Fit[]::new));
        }
    }

    @Override
    public String label() {
        return "Klemera-Doubal";
    }

    @Override
    public double[] apply(Cohort people) {
        double[] out = new double[people.size()];
        for (int i = 0; i < out.length; i++) {
            if (Double.isNaN(people.sex(i))) {
                out[i] = Double.NaN;
                continue;
            }
            Fit fit = bySex[(int) people.sex(i)];
            double[] sums = sums(people, markers, fit.lines, i);
            out[i] = (sums[0] + people.age(i) / fit.variance) / (sums[1] + 1 / fit.variance);
        }
        return out;
    }
}
