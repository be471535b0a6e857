package org.lanewise.henaw.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.csv.Csv;
import org.lanewise.tabular.csv.CsvChunks;
import org.lanewise.tabular.csv.CsvOptions;

/**
 * Reads a {@link Cohort} from CSV (plain or gzip) in one of the {@link CohortFormat}s. Nothing is invented: a marker the
 * file does not have stays missing, a cell that is no number or out of all bounds is an error that names it.
 *
 * <pre>{@code
 * Cohort people = CohortReader.of(CohortFormat.UKB).unit(Marker.HBA1C, "%").censoredAt("2022-12-31").read(path);
 * }</pre>
 *
 * Immutable; every setting returns another reader.
 */
public final class CohortReader {
    /** Numeric columns of the NHANES extracts that baselines and evaluation look at. */
    private static final List<String> NHANES_REFERENCES = List.of("wave", "pregnant", "phenoage_ref", "kdm_ref");

    private final CohortFormat format;
    private final Map<Marker, MarkerUnit> units;
    private final String censoring;

    private CohortReader(CohortFormat format, Map<Marker, MarkerUnit> units, String censoring) {
        this.format = format;
        this.units = units;
        this.censoring = censoring;
    }

    /** A reader that sniffs units (NHANES columns carry theirs in the name). */
    public static CohortReader of(CohortFormat format) {
        return new CohortReader(Objects.requireNonNull(format), Map.of(), null);
    }

    /** A reader of the NHANES extracts. */
    public static CohortReader nhanes() {
        return of(CohortFormat.NHANES);
    }

    /**
     * Says which unit a marker's columns are in.
     *
     * @throws BadInputException if the marker is not reported in such a unit
     */
    public CohortReader unit(Marker marker, String unit) {
        Map<Marker, MarkerUnit> more = new EnumMap<>(Marker.class);
        more.putAll(units);
        more.put(marker, marker.unit(unit).orElseThrow(() -> new BadInputException("--unit " + marker.shortName() + "="
                + unit + ": known units are "
                + String.join(", ", marker.units().stream().map(MarkerUnit::name).toList()))));
        return new CohortReader(format, more, censoring);
    }

    /** Several settings of the form {@code hba1c=%}. */
    public CohortReader units(List<String> settings) {
        CohortReader reader = this;
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            Optional<Marker> marker = equals < 0 ? Optional.empty() : Marker.named(setting.substring(0, equals));
            reader = reader.unit(
                    marker.orElseThrow(() -> new BadInputException("--unit " + setting + ": expected marker=unit")),
                    setting.substring(equals + 1));
        }
        return reader;
    }

    /** UK Biobank only: the day (yyyy-mm-dd) until which deaths were recorded; default the last death in the file. */
    public CohortReader censoredAt(String day) {
        return new CohortReader(format, units, day);
    }

    /**
     * Reads the file.
     *
     * @throws BadInputException in one line, if the file cannot be read, lacks a needed column, or a cell or unit is wrong
     */
    public Cohort read(Path file) {
        return read(new Columns(file));
    }

    private Cohort read(Columns columns) {
        Map<Marker, String> first = markers(columns, 0);
        Map<Marker, String> second = markers(columns, 1);
        for (Marker m : format.required())
            columns.require(format.spellings(m, 0), m.description());
        String age = columns.require(format.age(0), "age");
        String sex = columns.require(format.sex(), "sex");
        if (first.keySet().stream().noneMatch(Marker::isCore))
            throw BadInputException.at(columns.file).because("none of the nine markers is a column; the "
                    + format.label()
                    + " format calls them "
                    + String.join(", ", Marker.NINE.stream().map(m -> format.spellings(m, 0).getFirst()).toList()));
        columns.want(age, ColumnType.DOUBLE);
        columns.want(sex, ColumnType.TEXT);
        Stream.concat(first.values().stream(), second.values().stream())
                .forEach(c -> columns.want(c, ColumnType.DOUBLE));
        Optional<String> id = columns.find(format.id());
        id.ifPresent(c -> columns.want(c, ColumnType.TEXT));
        Optional<String> ageAgain = columns.find(format.age(1));
        ageAgain.ifPresent(c -> columns.want(c, ColumnType.DOUBLE));
        Outcomes outcomes = new Outcomes(format, columns, censoring);
        Diagnoses diagnoses = new Diagnoses(format, columns);
        List<String> references = format == CohortFormat.NHANES
                ? NHANES_REFERENCES.stream().filter(columns::has).toList()
                : List.of();
        references.forEach(c -> columns.want(c, ColumnType.DOUBLE));

        Table table = columns.read();
        if (table.rows() == 0)
            throw BadInputException.at(columns.file).because("no rows");
        Cohort.Builder b = Cohort.builder(columns.file, table.rows()).age(ages(columns.file, table, age))
                .sex(sexes(columns.file, table, sex));
        id.ifPresent(c -> b.ids(named(table.texts(c))));
        convert(columns.file, table, first).forEach(b::marker);
        references.forEach(c -> b.reference(c, table.numbers(c)));
        outcomes.fill(columns.file, table, b);
        diagnoses.fill(columns.file, table, b);
        if (!second.isEmpty()) {
            Cohort.Builder again = Cohort.builder(columns.file + ", second visit", table.rows())
                    .age(ages(columns.file, table, ageAgain.orElse(age))).sex(sexes(columns.file, table, sex));
            convert(columns.file, table, second).forEach(again::marker);
            b.repeat(again.build());
        }
        return b.build();
    }

    private Map<Marker, String> markers(Columns columns, int visit) {
        Map<Marker, String> found = new EnumMap<>(Marker.class);
        for (Marker m : Marker.values())
            columns.find(format.spellings(m, visit)).ifPresent(c -> found.put(m, c));
        return found;
    }

    private Map<Marker, double[]> convert(String file, Table table, Map<Marker, String> columns) {
        Map<Marker, double[]> converted = new EnumMap<>(Marker.class);
        columns.forEach((marker, column) -> {
            MarkerUnit unit = units.get(marker);
            if (unit == null && format == CohortFormat.NHANES)
                unit = marker.nhanesUnit();
            converted.put(marker, new UnitConversion(file, column, marker).apply(table.numbers(column), unit));
        });
        return converted;
    }

    private static double[] ages(String file, Table table, String column) {
        double[] ages = table.numbers(column);
        for (int i = 0; i < ages.length; i++)
            if (ages[i] < 0 || ages[i] > 130)
                throw BadInputException.at(file).row(i + 1L).column(column).value(table.column(column).text(i))
                        .because("not an age in years");
        return ages;
    }

    private static double[] sexes(String file, Table table, String column) {
        String[] cells = table.texts(column);
        double[] sexes = new double[cells.length];
        for (int i = 0; i < cells.length; i++)
            sexes[i] = switch (cells[i] == null ? "" : cells[i].strip().toLowerCase(Locale.ROOT)) {
                case "" -> Double.NaN;
                case "0", "0.0", "f", "female", "w", "woman" -> 0;
                case "1", "1.0", "m", "male", "man" -> 1;
                default -> throw BadInputException.at(file).row(i + 1L).column(column).value(cells[i])
                        .because("sex must be 0 (female) or 1 (male)");
            };
        return sexes;
    }

    private static String[] named(String[] ids) {
        for (int i = 0; i < ids.length; i++)
            if (ids[i] == null)
                ids[i] = String.valueOf(i + 1);
        return ids;
    }

    /** The columns of a file: which exist, which are wanted. */
    static final class Columns {
        final String file;
        private final Path path;
        private final List<String> header;
        private final Map<String, ColumnType> wanted = new LinkedHashMap<>();

        Columns(Path path) {
            this.path = path;
            this.file = path.toString();
            // One row is enough to see the header; a Biobank file may have thousands of columns nobody asks for.
            try (CsvChunks chunks = Csv.chunks(path, CsvOptions.defaults(), 1)) {
                Iterator<Table> tables = chunks.iterator();
                if (!tables.hasNext())
                    throw BadInputException.at(file).because("no rows");
                header = tables.next().names();
            }
        }

        boolean has(String name) {
            return header.contains(name);
        }

        Optional<String> find(List<String> spellings) {
            return spellings.stream()
                    .flatMap(s -> header.stream().filter(h -> h.strip().equalsIgnoreCase(s))).findFirst();
        }

        List<String> matching(Pattern name) {
            return header.stream().filter(h -> name.matcher(h.strip()).matches()).toList();
        }

        String require(List<String> spellings, String what) {
            return find(spellings).orElseThrow(() -> BadInputException.at(file).column(spellings.getFirst())
                    .because("no such column (" + what + (spellings.size() == 1
                            ? ""
                            : "; also looked for " + String.join(", ", spellings.subList(1, spellings.size()))) + ")"));
        }

        void want(String column, ColumnType type) {
            wanted.put(column, type);
        }

        Table read() {
            CsvOptions options = CsvOptions.defaults()
                    .withColumns(new ArrayList<>(wanted.keySet()).toArray(String[]::new));
            for (Map.Entry<String, ColumnType> e : wanted.entrySet())
                options = options.withType(e.getKey(), e.getValue());
            return Csv.read(path, options);
        }
    }
}
