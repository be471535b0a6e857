package org.lanewise.henaw.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

/**
 * Diagnoses of a file: which columns it needs, and how they become the four labels of {@link Disease}.
 *
 * <ul>
 * <li>UK Biobank: ICD-10 codes of field 41270, one code per array column or several in one cell, separated by {@code |} or
 * {@code ,}; {@code 41270-0.0}, {@code f.41270.0.0}, {@code p41270}, {@code p41270_i0_a3} and so on;
 * <li>canonical: columns {@code cardiovascular, diabetes, cancer, dementia} of 0, 1 or nothing, else a column {@code icd10}
 * of codes.
 * </ul>
 *
 * Where a file has codes, a person without any has none of the diseases, as far as hospitals know; where it has no such
 * column, labels are missing. A code says that the disease was ever recorded, before the blood draw or after.
 */
final class Diagnoses {
    private static final Pattern FIELD = Pattern
            .compile("(?i)(41270(-0\\.\\d+)?|p41270(_i0)?(_a\\d+)?|f\\.41270\\.0\\.\\d+)");
    private static final Pattern CODE = Pattern.compile("[A-Z]\\d[0-9A-Z](\\.?[0-9A-Z]{1,4})?");

    private final List<String> codes = new ArrayList<>();
    private final Map<Disease, String> labels = new EnumMap<>(Disease.class);

    Diagnoses(CohortFormat format, CohortReader.Columns columns) {
        switch (format) {
            case CANONICAL -> {
                for (Disease d : Disease.values())
                    columns.find(List.of(d.label())).ifPresent(c -> labels.put(d, c));
                if (labels.isEmpty())
                    columns.find(List.of("icd10")).ifPresent(codes::add);
            }
            case UKB -> codes.addAll(columns.matching(FIELD));
            case NHANES -> {
            }
        }
        codes.forEach(c -> columns.want(c, ColumnType.TEXT));
        labels.values().forEach(c -> columns.want(c, ColumnType.DOUBLE));
    }

    /** Puts labels into the cohort; leaves them missing when the file has none. */
    void fill(String file, Table table, Cohort.Builder b) {
        labels.forEach((disease, column) -> {
            double[] values = table.numbers(column);
            for (int i = 0; i < values.length; i++)
                if (!Double.isNaN(values[i]) && values[i] != 0 && values[i] != 1)
                    throw BadInputException.at(file).row(i + 1L).column(column).value(table.column(column).text(i))
                            .because("must be 0 or 1");
            b.disease(disease, values);
        });
        if (codes.isEmpty())
            return;
        Map<Disease, double[]> found = new EnumMap<>(Disease.class);
        for (Disease d : Disease.values())
            found.put(d, new double[table.rows()]);
        for (String column : codes) {
            String[] cells = table.texts(column);
            for (int i = 0; i < cells.length; i++)
                if (cells[i] != null)
                    for (String code : split(file, column, cells[i], i))
                        for (Disease d : Disease.values())
                            if (d.includes(code))
                                found.get(d)[i] = 1;
        }
        found.forEach(b::disease);
    }

    /** The codes of a cell, also when it is written as a list: {@code ["I251","E119"]}. */
    private static List<String> split(String file, String column, String cell, int row) {
        List<String> found = new ArrayList<>();
        for (String part : Arrays.asList(cell.replaceAll("[\\[\\]\"']", "").split("[|,;]"))) {
            String code = part.strip().toUpperCase(Locale.ROOT);
            if (code.isEmpty())
                continue;
            if (!CODE.matcher(code).matches())
                throw BadInputException.at(file).row(row + 1L).column(column).value(cell)
                        .because("'" + part.strip() + "' is no ICD-10 code, such as I251 or I25.1");
            found.add(code);
        }
        return found;
    }
}
