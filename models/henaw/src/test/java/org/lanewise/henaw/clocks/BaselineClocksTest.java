package org.lanewise.henaw.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.NhanesData;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortReader;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.synth.RepairedGenerator;

class BaselineClocksTest {
    private static Cohort nhanes(int wave) {
        return CohortReader.nhanes().read(NhanesData.file("nhanes" + wave + ".csv.gz"));
    }

    private static void assertReproduces(Cohort people, Clock clock, String column, double tolerance, int atLeast) {
        double[] reference = people.reference(column).orElseThrow();
        double[] years = clock.apply(people);
        double worst = 0;
        int compared = 0;
        for (int i = 0; i < years.length; i++) {
            if (Double.isNaN(reference[i]))
                continue;
            assertThat(years[i]).as("%s row %d", people.source(), i).isNotNaN();
            worst = Math.max(worst, Math.abs(years[i] - reference[i]));
            compared++;
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
        assertThat(compared).isGreaterThan(atLeast);
    }

    @Test
    void phenoAgeReproducesTheStoredColumn() {
        assertReproduces(nhanes(3), PhenoAge.BIOAGE, "phenoage_ref", 1e-5, 4_000);
        assertReproduces(nhanes(4), PhenoAge.BIOAGE, "phenoage_ref", 1e-5, 15_000);
    }

    @Test
    void klemeraDoubalFittedAsBioAgeReproducesTheStoredColumn() {
        Cohort iii = nhanes(3);
        double[] pregnant = iii.reference("pregnant").orElseThrow();
        Cohort fitted = iii.where(i -> iii.age(i) >= 30 && iii.age(i) <= 75 && pregnant[i] != 1);
        KlemeraDoubal clock = KlemeraDoubal.fit(fitted, KlemeraDoubal.LEVINE_2013);
        assertReproduces(iii, clock, "kdm_ref", 1e-4, 9_000);
        assertReproduces(nhanes(4), clock, "kdm_ref", .001, 3_000);
        assertThat(clock.variance(0)).isBetween(65.9, 66.1);
    }

    @Test
    void dysregulationIsDistanceFromTheYoung() {
        Cohort people = RepairedGenerator.generate(4_000, 1);
        HomeostaticDysregulation clock = HomeostaticDysregulation.fit(people, Marker.NINE);
        double[] distance = clock.apply(people);
        // Whitened normal deviations of nine markers: the median squared distance of the young is near the chi-squared one.
        double[] young = java.util.stream.IntStream.range(0, people.size()).filter(i -> people.age(i) < 44)
                .mapToDouble(i -> Math.exp(2 * distance[i])).sorted().toArray();
        assertThat(young[young.length / 2]).isBetween(7.6, 9.2);
        assertThatThrownBy(() -> HomeostaticDysregulation.fit(people.where(i -> i < 50), Marker.NINE))
                .hasMessageContaining("young people");
    }

    @Test
    void aMissingInputGivesNaN() {
        Cohort nobody = Cohort.builder("empty", 2).age(new double[] {50, 60}).sex(new double[] {0, 1}).build();
        for (Clock clock : List.<Clock>of(PhenoAge.LEVINE, PhenoAge.BIOAGE))
            assertThat(clock.apply(nobody)).containsExactly(Double.NaN, Double.NaN);
    }
}
