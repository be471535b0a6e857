package org.lanewise.henaw.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;

/** Writes a cohort as canonical CSV, gzip when the name ends in {@code .gz}; reading it back gives the same numbers. */
public final class CohortWriter {
    private CohortWriter() {}

    /** Writes the file whole or not at all. */
    public static void write(Path file, Cohort people) {
        Csv.write(file, table(people));
    }

    /** The canonical columns: id, age, sex, every present marker, time and event when followed, known diseases, the second visit. */
    public static Table table(Cohort people) {
        List<Column> columns = new ArrayList<>();
        columns.add(TextColumn.of("id", IntStream.range(0, people.size()).mapToObj(people::id).toArray(String[]::new)));
        columns.add(DoubleColumn.of("age", people.age()));
        columns.add(DoubleColumn.of("sex", people.sex()));
        for (Marker m : people.present())
            columns.add(DoubleColumn.of(m.shortName(), people.column(m)));
        if (people.hasOutcomes()) {
            columns.add(DoubleColumn.of("time", people.time()));
            columns.add(DoubleColumn.of("event", people.event()));
        }
        for (Disease d : people.diseases())
            columns.add(DoubleColumn.of(d.label(), people.disease(d)));
        people.repeat().ifPresent(again -> {
            columns.add(DoubleColumn.of("age_repeat", again.age()));
            for (Marker m : again.present())
                columns.add(DoubleColumn.of(m.shortName() + "_repeat", again.column(m)));
        });
        return Table.of(people.source(), columns);
    }
}
