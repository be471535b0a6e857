package org.lanewise.henaw.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * People, one per row: who they are, what was measured (canonical units, NaN when missing), and what became of them.
 * Immutable: every array handed out is a copy, every selection a new cohort.
 *
 * <p>Time is in years from the blood draw, {@link #event} is 1 for death and 0 for censoring; both are NaN for a person
 * without follow-up. {@code sex} is 0 for women and 1 for men, NaN when unknown.
 *
 * <pre>{@code
 * Cohort people = CohortReader.nhanes().read(Path.of("nhanes3.csv.gz"));
 * Cohort usable = people.where(i -> people.hasOutcome(i) && people.isComplete(Marker.NINE, i));
 * }</pre>
 */
public final class Cohort {
    private final String source;
    private final String[] ids;
    private final double[] age;
    private final double[] sex;
    private final Map<Marker, double[]> markers;
    private final double[] time;
    private final double[] event;
    private final Map<Disease, double[]> diseases;
    private final Map<String, double[]> references;
    private final Cohort repeat;

    private Cohort(Builder b) {
        source = b.source;
        ids = b.ids;
        age = b.age;
        sex = b.sex;
        markers = Collections.unmodifiableMap(new EnumMap<>(b.markers));
        time = b.time;
        event = b.event;
        diseases = Collections.unmodifiableMap(new EnumMap<>(b.diseases));
        references = Collections.unmodifiableMap(new TreeMap<>(b.references));
        repeat = b.repeat;
    }

    /** Starts a cohort of {@code size} people, everything missing. */
    public static Builder builder(String source, int size) {
        return new Builder(source, size);
    }

    /** Where the rows came from: a file name or a generator. */
    public String source() {
        return source;
    }

    /** Number of people. */
    public int size() {
        return age.length;
    }

    /** Identifier of row {@code i} as read. */
    public String id(int i) {
        return ids[i];
    }

    /** Chronological age of row {@code i} in years. */
    public double age(int i) {
        return age[i];
    }

    /** 0 for a woman, 1 for a man, NaN when unknown. */
    public double sex(int i) {
        return sex[i];
    }

    /** Years followed from the blood draw; NaN without follow-up. */
    public double time(int i) {
        return time[i];
    }

    /** 1 died at {@link #time}, 0 censored then, NaN without follow-up. */
    public double event(int i) {
        return event[i];
    }

    /** The value of a marker, NaN when missing. */
    public double value(Marker marker, int i) {
        double[] column = markers.get(marker);
        return column == null ? Double.NaN : column[i];
    }

    /** Copy of the ages. */
    public double[] age() {
        return age.clone();
    }

    /** Copy of the sexes. */
    public double[] sex() {
        return sex.clone();
    }

    /** Copy of the follow-up times. */
    public double[] time() {
        return time.clone();
    }

    /** Copy of the event flags. */
    public double[] event() {
        return event.clone();
    }

    /** Copy of a marker's column; all NaN when the source has no such column. */
    public double[] column(Marker marker) {
        double[] column = markers.get(marker);
        return column == null ? filled(size()) : column.clone();
    }

    /** The diseases of which it is known of somebody whether they have it. */
    public List<Disease> diseases() {
        return diseases.entrySet().stream().filter(e -> Arrays.stream(e.getValue()).anyMatch(v -> !Double.isNaN(v)))
                .map(Map.Entry::getKey).toList();
    }

    /** 1 for those who have the disease, 0 for those who do not, NaN where that is not known. */
    public double[] disease(Disease disease) {
        double[] column = diseases.get(disease);
        return column == null ? filled(size()) : column.clone();
    }

    /** Copy of a further numeric column of the source (for example {@code phenoage_ref}), if it has it. */
    public Optional<double[]> reference(String name) {
        return Optional.ofNullable(references.get(name)).map(double[]::clone);
    }

    /** Names of the further columns. */
    public Set<String> referenceNames() {
        return references.keySet();
    }

    /** The markers of which at least one value is present. */
    public List<Marker> present() {
        return markers.entrySet().stream().filter(e -> Arrays.stream(e.getValue()).anyMatch(v -> !Double.isNaN(v)))
                .map(Map.Entry::getKey).toList();
    }

    /** Whether person {@code i} was followed. */
    public boolean hasOutcome(int i) {
        return !Double.isNaN(time[i]) && !Double.isNaN(event[i]);
    }

    /** Whether anybody was followed. */
    public boolean hasOutcomes() {
        return IntStream.range(0, size()).anyMatch(this::hasOutcome);
    }

    /** Whether person {@code i} has a value for each of these markers. */
    public boolean isComplete(List<Marker> wanted, int i) {
        for (Marker m : wanted)
            if (Double.isNaN(value(m, i)))
                return false;
        return true;
    }

    /** The same people measured a second time (row {@code i} is row {@code i}), when the source has repeat visits. */
    public Optional<Cohort> repeat() {
        return Optional.ofNullable(repeat);
    }

    /** The people in these rows, in this order. */
    public Cohort select(int[] rows) {
        Builder b = new Builder(source, rows.length);
        for (int k = 0; k < rows.length; k++)
            b.ids[k] = ids[rows[k]];
        b.age = pick(age, rows);
        b.sex = pick(sex, rows);
        b.time = pick(time, rows);
        b.event = pick(event, rows);
        markers.forEach((m, c) -> b.markers.put(m, pick(c, rows)));
        diseases.forEach((d, c) -> b.diseases.put(d, pick(c, rows)));
        references.forEach((m, c) -> b.references.put(m, pick(c, rows)));
        b.repeat = repeat == null ? null : repeat.select(rows);
        return b.build();
    }

    /** The people whose row number passes, in their order. */
    public Cohort where(IntPredicate wanted) {
        return select(IntStream.range(0, size()).filter(wanted).toArray());
    }

    /** This cohort with some markers' values replaced; everything else is shared. */
    public Cohort with(Map<Marker, double[]> replaced) {
        Builder b = copy();
        replaced.forEach(b::marker);
        return b.build();
    }

    /** This cohort with other ages, for asking what a model makes of them. */
    public Cohort withAge(double[] ages) {
        return copy().age(ages).build();
    }

    /** This cohort with other follow-up. */
    public Cohort withOutcome(double[] newTime, double[] newEvent) {
        return copy().outcome(newTime, newEvent).build();
    }

    /** This cohort with other labels of one disease. */
    public Cohort withDisease(Disease disease, double[] labels) {
        return copy().disease(disease, labels).build();
    }

    /** This cohort with a second visit of the same people. */
    public Cohort withRepeat(Cohort second) {
        return copy().repeat(second).build();
    }

    /** This cohort with another account of where it comes from. */
    public Cohort withSource(String other) {
        return copy(other).build();
    }

    private Builder copy() {
        return copy(source);
    }

    private Builder copy(String origin) {
        Builder b = new Builder(origin, size());
        b.ids = ids;
        b.age = age;
        b.sex = sex;
        b.time = time;
        b.event = event;
        b.markers.putAll(markers);
        b.diseases.putAll(diseases);
        b.references.putAll(references);
        b.repeat = repeat;
        return b;
    }

    private static double[] pick(double[] column, int[] rows) {
        double[] out = new double[rows.length];
        for (int k = 0; k < rows.length; k++)
            out[k] = column[rows[k]];
        return out;
    }

    private static double[] filled(int n) {
        double[] column = new double[n];
        Arrays.fill(column, Double.NaN);
        return column;
    }

    @Override
    public String toString() {
        return "Cohort[" + source + ", " + size() + " people, " + present().size() + " markers"
                + (hasOutcomes() ? ", followed" : "") + (repeat == null ? "" : ", two visits") + "]";
    }

    /** Collects columns; each array must have the cohort's length and is copied. Not thread-safe. */
    public static final class Builder {
        private final String source;
        private String[] ids;
        private double[] age;
        private double[] sex;
        private double[] time;
        private double[] event;
        private final Map<Marker, double[]> markers = new EnumMap<>(Marker.class);
        private final Map<Disease, double[]> diseases = new EnumMap<>(Disease.class);
        private final Map<String, double[]> references = new TreeMap<>();
        private Cohort repeat;

        private Builder(String source, int size) {
            this.source = Objects.requireNonNull(source);
            ids = new String[size];
            Arrays.setAll(ids, i -> String.valueOf(i + 1));
            age = filled(size);
            sex = filled(size);
            time = filled(size);
            event = filled(size);
        }

        /** Identifiers (default 1..n). */
        public Builder ids(String[] values) {
            ids = values.clone();
            check("ids", values.length);
            return this;
        }

        /** Ages in years. */
        public Builder age(double[] values) {
            age = checked("age", values);
            return this;
        }

        /** 0 women, 1 men. */
        public Builder sex(double[] values) {
            sex = checked("sex", values);
            return this;
        }

        /** One marker's column in its canonical unit. */
        public Builder marker(Marker marker, double[] values) {
            markers.put(marker, checked(marker.shortName(), values));
            return this;
        }

        /** Follow-up in years and death flags. */
        public Builder outcome(double[] years, double[] died) {
            time = checked("time", years);
            event = checked("event", died);
            return this;
        }

        /** Labels of a disease: 1, 0, or NaN where it is not known. */
        public Builder disease(Disease disease, double[] labels) {
            diseases.put(disease, checked(disease.label(), labels));
            return this;
        }

        /** A further numeric column kept under its own name. */
        public Builder reference(String name, double[] values) {
            references.put(name, checked(name, values));
            return this;
        }

        /** The same people at their second visit. */
        public Builder repeat(Cohort second) {
            check("repeat visit", second.size());
            repeat = second;
            return this;
        }

        /** The finished cohort. */
        public Cohort build() {
            return new Cohort(this);
        }

        private double[] checked(String name, double[] values) {
            check(name, values.length);
            return values.clone();
        }

        private void check(String name, int length) {
            if (length != age.length)
                throw new IllegalArgumentException(
                        "Column " + name + " has " + length + " rows, the cohort " + age.length);
        }
    }
}
