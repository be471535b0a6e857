package org.lanewise.henaw.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.henaw.data.Marker;

/**
 * The columns of HENAW's linear path, the part that the hierarchical elastic net selects from. Every column belongs to one
 * marker or to the context (age and sex), and every marker's columns form a group.
 *
 * <ul>
 * <li>{@link Kind#LINEAR}: z;
 * <li>{@link Kind#HINGES}: z, z x sex, and {@code max(z - k, 0)} at six training quantiles k: a piecewise linear curve per
 * marker;
 * <li>{@link Kind#QUADRATIC}: z, z x sex, z squared and, when age is an input, z x age, age squared, age x sex.
 * </ul>
 *
 * Sex and, when it is an input, age are always there. Columns are standardised with training means and deviations.
 */
public final class SkipBasis {
    /** The family of columns. */
    public enum Kind {
        /** One coefficient per marker. */
        LINEAR,
        /** Piecewise linear curves. */
        HINGES,
        /** Quadratics and products with age and sex. */
        QUADRATIC
    }

    static final SkipBasis EMPTY = new SkipBasis(Kind.QUADRATIC, List.of(), false, new double[0][], new double[0],
            new double[0]);
    private static final double[] KNOT_LEVELS = {.03, .218, .406, .594, .782, .97};

    private final Kind kind;
    private final List<Marker> markers;
    private final boolean usesAge;
    private final double[][] knots;
    private final double[] mean;
    private final double[] sd;
    private final double[] inverse;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> groups = new ArrayList<>();

    private SkipBasis(Kind kind, List<Marker> markers, boolean usesAge, double[][] knots, double[] mean, double[] sd) {
        this.kind = kind;
        this.markers = markers;
        this.usesAge = usesAge;
        this.knots = knots;
        this.mean = mean;
        this.sd = sd;
        inverse = sd == null ? null : Arrays.stream(sd).map(s -> 1 / s).toArray();
        if (!markers.isEmpty())
            nameColumns();
    }

    /** @param rows {@code [z..., age, age squared, sex]} or {@code [z..., sex]}, complete */
    static SkipBasis fit(Kind kind, List<Marker> markers, boolean usesAge, double[][] rows) {
        double[][] knots = new double[markers.size()][];
        for (int j = 0; j < knots.length; j++) {
            int column = j;
            double[] sorted = Arrays.stream(rows).mapToDouble(r -> r[column]).sorted().toArray();
            knots[j] = kind == Kind.HINGES
                    ? Arrays.stream(KNOT_LEVELS).map(q -> quantile(sorted, q)).distinct().toArray()
                    : new double[0];
        }
        SkipBasis raw = new SkipBasis(kind, List.copyOf(markers), usesAge, knots, null, null);
        int f = raw.size();
        double[] mean = new double[f];
        double[] sd = new double[f];
        double[] x = new double[f];
        for (double[] row : rows) {
            raw.columns(row, row.length, x, 0);
            for (int j = 0; j < f; j++)
                mean[j] += x[j] / rows.length;
        }
        for (double[] row : rows) {
            raw.columns(row, row.length, x, 0);
            for (int j = 0; j < f; j++)
                sd[j] += (x[j] - mean[j]) * (x[j] - mean[j]) / rows.length;
        }
        for (int j = 0; j < f; j++)
            sd[j] = sd[j] < 1e-16 ? 1 : Math.sqrt(sd[j]);
        return new SkipBasis(kind, List.copyOf(markers), usesAge, knots, mean, sd);
    }

    private static double quantile(double[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int low = (int) position;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
    }

    private void nameColumns() {
        for (int j = 0; j < markers.size(); j++) {
            String m = markers.get(j).shortName();
            add(m, j);
            if (kind != Kind.LINEAR)
                add(m + " x sex", j);
            if (kind == Kind.QUADRATIC)
                add(m + "^2", j);
            if (kind == Kind.QUADRATIC && usesAge)
                add(m + " x age", j);
            for (double k : knots[j])
                add(m + " above z=" + String.valueOf((float) k), j);
        }
        add("sex", -1);
        if (usesAge)
            add("age", -1);
        if (usesAge && kind != Kind.LINEAR) {
            add("age^2", -1);
            add("age x sex", -1);
        }
    }

    private void add(String name, int group) {
        names.add(name);
        groups.add(group);
    }

    /** Unstandardised columns in the order of {@link #nameColumns}, from a row of {@code size} numbers to {@code out} from c. */
    private void columns(double[] row, int size, double[] out, int c) {
        int p = markers.size();
        double sex = row[size - 1];
        double age = usesAge ? row[p] : 0;
        for (int j = 0; j < p; j++) {
            double z = row[j];
            out[c++] = z;
            if (kind != Kind.LINEAR)
                out[c++] = z * sex;
            if (kind == Kind.QUADRATIC)
                out[c++] = z * z;
            if (kind == Kind.QUADRATIC && usesAge)
                out[c++] = z * age;
            for (double k : knots[j])
                out[c++] = Math.max(z - k, 0);
        }
        out[c++] = sex;
        if (usesAge)
            out[c++] = age;
        if (usesAge && kind != Kind.LINEAR) {
            out[c++] = age * age;
            out[c] = age * sex;
        }
    }

    /** @param row {@code size} numbers, then room for as many as there are columns, which is overwritten */
    void write(double[] row, int size, float[] out, int at, int stride) {
        columns(row, size, row, size);
        for (int j = 0; j < mean.length; j++)
            out[at + j * stride] = (float) ((row[size + j] - mean[j]) * inverse[j]);
    }

    /** Number of columns. */
    public int size() {
        return names.size();
    }

    /** What each column is, for reports. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /** For each column the position of its marker, -1 for age and sex. */
    public int[] groups() {
        return groups.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The columns of one marker. */
    public int[] columnsOf(int marker) {
        return IntStream.range(0, size()).filter(c -> groups.get(c) == marker).toArray();
    }

    Stored stored() {
        return new Stored(kind.name(), knots, mean, sd);
    }

    /** Everything fitted. */
    record Stored(String kind, double[][] knots, double[] mean, double[] sd) {
        public SkipBasis open(List<Marker> markers, boolean usesAge) {
            if (knots == null || knots.length != markers.size() || Arrays.stream(knots).anyMatch(k -> k == null
                    || k.length > KNOT_LEVELS.length))
                throw new IllegalArgumentException("features: knots of the wrong size");
            SkipBasis basis = new SkipBasis(Kind.valueOf(kind), markers, usesAge, knots, mean, sd);
            if (mean == null || sd == null || mean.length != basis.size() || sd.length != basis.size())
                throw new IllegalArgumentException("features: skip columns of the wrong size");
            return basis;
        }
    }
}
