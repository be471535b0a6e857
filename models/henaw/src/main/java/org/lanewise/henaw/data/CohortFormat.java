package org.lanewise.henaw.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lanewise.tabular.BadInputException;

/**
 * The three ways a file may name its columns.
 *
 * <ul>
 * <li>{@link #CANONICAL}: {@code id, age, sex, crp, hba1c, ..., time, event}; a second visit is {@code crp_repeat} and so
 * on. What {@link CohortWriter} writes; any of the columns but age and sex may be absent.
 * <li>{@link #NHANES}: the columns of the NHANES extracts ({@code crp_mg_dl}, {@code died_all_cause}, ...).
 * <li>{@link #UKB}: UK Biobank fields as {@code 30710-0.0}, {@code 30710}, {@code f.30710.0.0} or {@code p30710_i0};
 * instance 1 is the second visit.
 * </ul>
 */
public enum CohortFormat {
    /** Short names, canonical units. */
    CANONICAL,
    /** NHANES extracts. */
    NHANES,
    /** UK Biobank field ids. */
    UKB;

    /** Age at assessment 21003, or at recruitment 21022. */
    private static final List<Integer> UKB_AGE = List.of(21003, 21022);

    /** The format with this name. */
    public static CohortFormat named(String name) {
        return Arrays.stream(values()).filter(f -> f.label().equals(name.strip().toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new BadInputException("--format " + name + ": unknown, there are "
                        + Arrays.stream(values()).map(CohortFormat::label).collect(Collectors.joining(", "))));
    }

    /** Lower-case name, as on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How this format may spell the column of a marker at visit 0 or 1, best first; empty when it has no such column. */
    List<String> spellings(Marker marker, int visit) {
        return switch (this) {
            case CANONICAL -> List.of(visit == 0 ? marker.shortName() : marker.shortName() + "_repeat");
            case NHANES -> visit == 0 ? List.of(marker.nhanesName()) : List.of();
            case UKB -> visit == 0 ? and(ukb(marker.field(), 0), marker.shortName()) : ukb(marker.field(), 1);
        };
    }

    List<String> id() {
        return switch (this) {
            case CANONICAL -> List.of("id", "eid", "seqn", "participant_id");
            case NHANES -> List.of("seqn");
            case UKB -> List.of("eid", "f.eid", "id");
        };
    }

    List<String> age(int visit) {
        return switch (this) {
            case CANONICAL -> List.of(visit == 0 ? "age" : "age_repeat");
            case NHANES -> visit == 0 ? List.of("age") : List.of();
            case UKB -> visit == 0
                    ? and(UKB_AGE.stream().flatMap(f -> ukb(f, 0).stream()).toList(), "age")
                    : ukb(UKB_AGE.getFirst(), 1);
        };
    }

    List<String> sex() {
        return this == UKB ? and(ukb(31, 0), "sex") : List.of("sex");
    }

    /** The spellings of a field at one instance. */
    static List<String> ukb(int field, int instance) {
        Stream<String> spelled = Stream.of(field + "-" + instance + ".0", "p" + field + "_i" + instance,
                "f." + field + "." + instance + ".0");
        // Without an instance the first visit is meant.
        return (instance == 0 ? Stream.concat(spelled, Stream.of(String.valueOf(field), "p" + field)) : spelled)
                .toList();
    }

    private static List<String> and(List<String> some, String more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** The markers without which a file of this format is not one. */
    List<Marker> required() {
        return this == NHANES
                ? Marker.NINE.stream().filter(m -> m != Marker.AST && m != Marker.ALT).toList()
                : List.of();
    }
}
