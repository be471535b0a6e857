package org.lanewise.henaw.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * From a person's measurements to a network's input, fitted on training data and immutable.
 *
 * <ul>
 * <li>working scale: natural logarithm of the skewed markers, with the smallest training value (a detection limit) as
 * floor; then z with training mean and standard deviation, limited to +-{@value #LIMIT};
 * <li>missing markers: their conditional mean given the others, age and sex ({@link ConditionalMeans}), before z;
 * <li>adaptive weights: {@link AdaptiveWeights}, from the coefficient of variation of the raw values per age window;
 * <li>context: {@code (age - 55) / 15} when the target allows age, and {@code sex - .5};
 * <li>interactions: CRP x HbA1c, creatinine x albumin, and ln AST - ln ALT (never ratios of z-scores);
 * <li>skip: the columns of the linear path, {@link SkipBasis}, standardised.
 * </ul>
 *
 * Age is not among the inputs when age is the target: a model that has seen age cannot be asked to guess it.
 */
public final class HenawFeatures {
    static final double LIMIT = 4;

    private final List<Marker> markers;
    private final boolean usesAge;
    private final double[] floor;
    private final double[] mean;
    private final double[] sd;
    private final ConditionalMeans missing;
    private final AdaptiveWeights weights;
    private final SkipBasis basis;
    private final FeatureLayout layout;
    private final boolean[] logarithmic;
    private final double[] logFloor;
    /** Positions of the markers that interact, -1 where absent: CRP, HbA1c, creatinine, albumin, AST, ALT. */
    private final int[] interacting;

    HenawFeatures(List<Marker> markers, boolean usesAge, double[] floor, double[] mean, double[] sd,
            ConditionalMeans missing, AdaptiveWeights weights, SkipBasis basis) {
        this.markers = List.copyOf(markers);
        this.usesAge = usesAge;
        this.floor = floor;
        this.mean = mean;
        this.sd = sd;
        this.missing = missing;
        this.weights = weights;
        this.basis = basis;
        this.layout = new FeatureLayout(markers.size(), usesAge ? 2 : 1, basis.size());
        logarithmic = new boolean[floor.length];
        logFloor = new double[floor.length];
        for (int j = 0; j < floor.length; j++) {
            logarithmic[j] = isLogarithmic(markers.get(j));
            logFloor[j] = StrictMath.log(floor[j]);
        }
        interacting = Stream.of(Marker.CRP, Marker.HBA1C, Marker.CREATININE, Marker.ALBUMIN, Marker.AST, Marker.ALT)
                .mapToInt(markers::indexOf).toArray();
    }

    /**
     * Fits on training people.
     *
     * @param usesAge whether age is an input (mortality) or the target
     * @throws IllegalArgumentException if a marker has no two different values
     */
    public static HenawFeatures fit(Cohort people, List<Marker> markers, boolean usesAge, SkipBasis.Kind kind) {
        int p = markers.size();
        double[] floor = new double[p];
        double[] mean = new double[p];
        double[] sd = new double[p];
        for (int j = 0; j < p; j++) {
            double[] values = present(people.column(markers.get(j)));
            if (values.length < 2 || values[0] == values[values.length - 1])
                throw new IllegalArgumentException("Marker " + markers.get(j).shortName() + " of " + people.source()
                        + " has no two different values");
            floor[j] = Math.max(values[0], .02 * values[values.length / 2]);
            for (double v : values)
                mean[j] += working(markers.get(j), v, floor[j]) / values.length;
            double ss = 0;
            for (double v : values)
                ss += Math.pow(working(markers.get(j), v, floor[j]) - mean[j], 2);
            sd[j] = Math.sqrt(ss / (values.length - 1));
        }
        HenawFeatures plain = new HenawFeatures(markers, usesAge, floor, mean, sd, null, null, SkipBasis.EMPTY);
        double[][] rows = new double[people.size()][];
        for (int i = 0; i < rows.length; i++)
            rows[i] = plain.standardised(people, i);
        ConditionalMeans missing = ConditionalMeans.fit(rows, p);
        for (double[] row : rows)
            missing.fill(row);
        AdaptiveWeights weights = AdaptiveWeights.fit(people, markers, usesAge);
        SkipBasis basis = SkipBasis.fit(kind, markers, usesAge, rows);
        return new HenawFeatures(markers, usesAge, floor, mean, sd, missing, weights, basis);
    }

    private static double[] present(double[] column) {
        return Arrays.stream(column).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    /** Whether the marker's working scale is the logarithm. */
    static boolean isLogarithmic(Marker marker) {
        return switch (marker) {
            case CRP, HBA1C, CREATININE, GGT, AST, ALT, GLUCOSE, ALP, WBC, BUN, HDL, BILIRUBIN -> true;
            default -> false;
        };
    }

    // StrictMath: the same bits interpreted and compiled.
    private static double working(Marker marker, double value, double floor) {
        return isLogarithmic(marker) ? StrictMath.log(Math.max(value, floor)) : value;
    }

    /** {@code [z..., context...]} of one person, NaN where a marker is missing. */
    private double[] standardised(Cohort people, int i) {
        double[] row = new double[markers.size() + contextSize()];
        double[] values = new double[markers.size()];
        for (int j = 0; j < values.length; j++)
            values[j] = people.value(markers.get(j), i);
        double[] logs = new double[values.length];
        logarithms(markers, values, logs);
        standardise(values, logs, row, people.age(i), people.sex(i));
        return row;
    }

    /** How many numbers follow the markers in a standardised row: age and age squared when used, then sex. */
    private int contextSize() {
        return usesAge ? 3 : 1;
    }

    /**
     * Logarithms of the values of markers whose working scale is logarithmic, so that several features can share them. StrictMath:
     * the same bits interpreted and compiled.
     *
     * @param out overwritten; what it receives for other markers, missing and non-positive values is not read
     */
    public static void logarithms(List<Marker> markers, double[] values, double[] out) {
        for (int j = 0; j < out.length; j++)
            if (isLogarithmic(markers.get(j)))
                out[j] = StrictMath.log(values[j]);
    }

    private void standardise(double[] values, double[] logs, double[] row, double age, double sex) {
        int p = markers.size();
        for (int j = 0; j < p; j++) {
            double working = logarithmic[j] ? values[j] > floor[j] ? logs[j] : logFloor[j] : values[j];
            double z = Math.min(Math.max((working - mean[j]) / sd[j], -LIMIT), LIMIT);
            row[j] = Double.isNaN(values[j]) ? Double.NaN : z;
        }
        double s = Double.isNaN(sex) ? 0 : sex - .5;
        if (usesAge) {
            double a = scaledAge(age);
            row[p] = a;
            row[p + 1] = a * a;
            row[p + 2] = s;
        } else {
            row[p] = s;
        }
    }

    static double scaledAge(double age) {
        return (age - 55) / 15;
    }

    /**
     * Writes one person's input row.
     *
     * @param values canonical marker values in the order of {@link #markers()}, NaN where missing; not modified
     * @param age    years; ignored unless {@link #usesAge()}, then a missing age makes the row NaN
     * @param sex    0, 1, or NaN when unknown (then half-way)
     * @param out    receives {@link #width()} floats, column c at {@code at + c * stride}: 1 for a row, the number of people
     *               for one column of a block
     */
    public void write(double[] values, double age, double sex, float[] out, int at, int stride) {
        double[] logs = new double[values.length];
        logarithms(markers, values, logs);
        write(values, logs, age, sex, new double[scratchSize()], out, at, stride);
    }

    /**
     * The same without allocation.
     *
     * @param logs    as {@link #logarithms} gives them for these markers; not modified
     * @param scratch at least {@link #scratchSize()} long, overwritten
     */
    public void write(double[] values, double[] logs, double age, double sex, double[] scratch, float[] out, int at,
            int stride) {
        int p = markers.size();
        int size = p + contextSize();
        standardise(values, logs, scratch, age, sex);
        missing.fill(scratch);
        weights.write(age, out, at + layout.weights() * stride, stride);
        for (int j = 0; j < p; j++)
            out[at + (layout.z() + j) * stride] = (float) scratch[j];
        int c = at + layout.contextAt() * stride;
        if (usesAge) {
            out[c] = (float) scratch[p];
            c += stride;
        }
        out[c] = (float) scratch[size - 1];
        int g = at + layout.interactions() * stride;
        out[g] = product(scratch, interacting[0], interacting[1]);
        out[g + stride] = product(scratch, interacting[2], interacting[3]);
        out[g + 2 * stride] = liverRatio(scratch, interacting[4], interacting[5]);
        basis.write(scratch, size, out, at + layout.skipAt() * stride, stride);
    }

    /** Doubles that {@link #write(double[], double[], double, double, double[], float[], int, int) write} needs. */
    public int scratchSize() {
        return markers.size() + contextSize() + basis.size();
    }

    private static float product(double[] row, int i, int j) {
        return i < 0 || j < 0 ? 0 : (float) (row[i] * row[j]);
    }

    private float liverRatio(double[] row, int i, int j) {
        return i < 0 || j < 0 ? 0 : (float) (mean[i] + sd[i] * row[i] - mean[j] - sd[j] * row[j]);
    }

    /** Input rows of a cohort, one after the other. */
    public float[] write(Cohort people) {
        float[] out = new float[Math.multiplyExact(people.size(), width())];
        double[] values = new double[markers.size()];
        for (int i = 0; i < people.size(); i++) {
            for (int j = 0; j < values.length; j++)
                values[j] = people.value(markers.get(j), i);
            write(values, people.age(i), people.sex(i), out, i * width(), 1);
        }
        return out;
    }

    /** The markers, in input order. */
    public List<Marker> markers() {
        return markers;
    }

    /** Whether age is an input. */
    public boolean usesAge() {
        return usesAge;
    }

    /** Floats per input row. */
    public int width() {
        return layout.width();
    }

    /** Where the parts of a row are. */
    public FeatureLayout layout() {
        return layout;
    }

    /** The linear path's columns. */
    public SkipBasis basis() {
        return basis;
    }

    AdaptiveWeights weights() {
        return weights;
    }

    /** Groups of marker positions, one per organ system that has any of the markers; markers of no system form one more. */
    public List<int[]> systems() {
        List<int[]> systems = new ArrayList<>();
        boolean[] placed = new boolean[markers.size()];
        for (Marker.Organ organ : Marker.Organ.values()) {
            int[] members = organ.members().stream().mapToInt(markers::indexOf).filter(j -> j >= 0).toArray();
            if (members.length > 0)
                systems.add(members);
            for (int j : members)
                placed[j] = true;
        }
        int[] rest = java.util.stream.IntStream.range(0, placed.length).filter(j -> !placed[j]).toArray();
        if (rest.length > 0)
            systems.add(rest);
        return systems;
    }

    /** What a model file keeps. */
    public Stored stored() {
        return new Stored(markers.stream().map(Marker::shortName).toList(), usesAge, floor.clone(), mean.clone(),
                sd.clone(), missing.mean(), missing.covariance(), weights.windows(), basis.stored());
    }

    /** Everything fitted, in plain arrays. */
    public record Stored(List<String> markers, boolean usesAge, double[] floor, double[] mean, double[] sd,
            double[] lawMean,
            double[][] lawCovariance, double[][] windows, SkipBasis.Stored basis) {

        /**
         * The features again.
         *
         * @throws IllegalArgumentException if the arrays do not fit one another
         */
        public HenawFeatures open() {
            List<Marker> known = Objects.requireNonNull(markers, "markers").stream().map(m -> Marker.named(m)
                    .orElseThrow(() -> new IllegalArgumentException("unknown marker " + m))).toList();
            int p = known.size();
            int law = p + (usesAge ? 3 : 1);
            check(p >= 1 && p <= Marker.values().length, "markers");
            check(floor != null && floor.length == p && mean != null && mean.length == p && sd != null
                    && sd.length == p && Arrays.stream(sd).allMatch(v -> v > 0), "floor, mean or sd");
            check(lawMean != null && lawMean.length == law && lawCovariance != null && lawCovariance.length == law
                    && Arrays.stream(lawCovariance).allMatch(r -> r != null && r.length == law), "law");
            check(windows != null && windows.length >= 1
                    && Arrays.stream(windows).allMatch(r -> r != null && r.length == p), "windows");
            return new HenawFeatures(known, usesAge, floor, mean, sd, new ConditionalMeans(p, lawMean, lawCovariance),
                    new AdaptiveWeights(windows), Objects.requireNonNull(basis, "basis").open(known, usesAge));
        }

        private static void check(boolean fits, String what) {
            if (!fits)
                throw new IllegalArgumentException("features: " + what + " of the wrong size");
        }
    }
}
