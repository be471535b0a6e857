package org.lanewise.henaw.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

class PublishedGeneratorTest {
    private static final Cohort PEOPLE = PublishedGenerator.generate(10_000, 42);

    private static List<double[]> columns(Cohort people) {
        List<double[]> columns = new ArrayList<>(List.of(people.age(), people.sex()));
        Marker.NINE.forEach(m -> columns.add(people.column(m)));
        columns.add(people.time());
        columns.add(people.event());
        return columns;
    }

    @Test
    void equalsNumpyRowByRowAndInTheColumnSums() throws IOException {
        List<double[]> columns = columns(PEOPLE);
        List<String> golden = Files.readAllLines(Path.of("../../src-test-data/henaw/published_generator.csv"));
        assertThat(golden).hasSize(23);
        for (String line : golden.subList(1, golden.size())) {
            String[] cells = line.split(",");
            for (int c = 0; c < columns.size(); c++) {
                double expected = Double.parseDouble(cells[c + 1]);
                double actual = cells[0].equals("sum")
                        ? sum(columns.get(c))
                        : columns.get(c)[Integer.parseInt(cells[0])];
                double tolerance = cells[0].equals("sum") ? 1e-9 * Math.abs(expected) : 1e-12 * Math.max(1, expected);
                assertThat(actual).as("row %s column %d", cells[0], c).isCloseTo(expected, within(tolerance));
            }
        }
    }

    @Test
    void eventsAreCoinFlipsAndFollowUpIsConstant() {
        double[] event = PEOPLE.event();
        assertThat(sum(event)).isEqualTo(1991);
        long full = java.util.Arrays.stream(PEOPLE.time()).filter(t -> t == 10).count();
        assertThat(full).isEqualTo(9905);
    }

    private static double sum(double[] x) {
        double s = 0;
        for (double v : x)
            s += v;
        return s;
    }
}
