package org.lanewise.henaw.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.metrics.RankedScores;

class RepairedGeneratorTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(6_000, 11);

    private static double mae(double[] predicted, double[] age) {
        return IntStream.range(0, age.length).mapToDouble(i -> Math.abs(predicted[i] - age[i])).average().orElseThrow();
    }

    @Test
    void theOracleIsTheBestAbsoluteErrorAndUnbiased() {
        double[] age = PEOPLE.age();
        double[] oracle = RepairedOracle.age(PEOPLE);
        double best = mae(oracle, age);
        double[] sorted = age.clone();
        Arrays.sort(sorted);
        double[] median = new double[age.length];
        Arrays.fill(median, sorted[age.length / 2]);
        assertThat(best).isLessThan(.85 * mae(median, age));
        // Any smooth distortion of the posterior median must lose.
        for (double factor : new double[] {.85, 1.15}) {
            double[] other = Arrays.stream(oracle).map(a -> 55 + factor * (a - 55)).toArray();
            assertThat(mae(other, age)).isGreaterThan(best);
        }
        for (double shift : new double[] {-.7, .7})
            assertThat(mae(Arrays.stream(oracle).map(a -> a + shift).toArray(), age)).isGreaterThan(best);
        // Half of the people are older than their posterior median.
        double older = IntStream.range(0, age.length).filter(i -> age[i] > oracle[i]).count() / (double) age.length;
        assertThat(older).isCloseTo(.5, within(.025));
    }

    @Test
    void deathsFollowTheHazardAndCensoringIsIndependent() {
        double[] score = RepairedOracle.biologicalAge(PEOPLE);
        Integer[] order = IntStream.range(0, PEOPLE.size()).boxed().sorted((a, b) -> Double.compare(score[a], score[b]))
                .toArray(Integer[]::new);
        double[] deaths = new double[3];
        for (int k = 0; k < order.length; k++)
            deaths[3 * k / order.length] += PEOPLE.event(order[k]);
        assertThat(deaths[0] * 2).isLessThan(deaths[1]);
        assertThat(deaths[1] * 2).isLessThan(deaths[2]);
        for (int i = 0; i < PEOPLE.size(); i++)
            if (PEOPLE.event(i) == 0)
                assertThat(PEOPLE.time(i)).isBetween(8., 14.);
    }

    @Test
    void theSecondVisitDiffersOnlyByMeasurementError() {
        Cohort again = PEOPLE.repeat().orElseThrow();
        MarkerLaw rdw = MarkerLaw.POPULATION.get(Marker.RDW);
        double ss = 0;
        for (int i = 0; i < PEOPLE.size(); i++)
            ss += Math.pow(PEOPLE.value(Marker.RDW, i) - again.value(Marker.RDW, i), 2) / PEOPLE.size();
        assertThat(Math.sqrt(ss / 2)).isCloseTo(rdw.error(), within(.01));
        assertThat(again.age()).isEqualTo(PEOPLE.age());
    }

    @Test
    void theSameSeedGivesTheSamePeopleAndMorePeopleTheSameFirst() {
        Cohort few = RepairedGenerator.generate(100, 11);
        for (Marker m : Marker.NINE)
            assertThat(few.column(m)).isEqualTo(Arrays.copyOf(PEOPLE.column(m), 100));
        assertThat(few.time()).isEqualTo(Arrays.copyOf(PEOPLE.time(), 100));
        assertThat(RepairedGenerator.generate(100, 12).age()).isNotEqualTo(few.age());
    }

    @Test
    void diseasesFollowTheirLawAndChangeNothingElse() {
        Cohort sick = RepairedGenerator.withDiseases(6_000, 11);
        assertThat(sick.time()).isEqualTo(PEOPLE.time());
        assertThat(sick.column(Marker.GGT)).isEqualTo(PEOPLE.column(Marker.GGT));
        assertThat(PEOPLE.diseases()).isEmpty();
        for (Disease d : Disease.values()) {
            double[] label = sick.disease(d);
            double[] oracle = DiseaseLaw.POPULATION.get(d).oracle(sick);
            boolean[] has = new boolean[label.length];
            int cases = 0;
            for (int i = 0; i < has.length; i++) {
                has[i] = label[i] == 1;
                cases += has[i] ? 1 : 0;
            }
            assertThat(cases / 6_000.).as(d.label()).isBetween(.01, .25);
            double best = RankedScores.of(oracle, has).rocAuc();
            assertThat(best).as(d.label()).isGreaterThan(RankedScores.of(sick.age(), has).rocAuc() + .01);
            // Nor does any single marker know as much.
            assertThat(best).isGreaterThan(RankedScores.of(sick.column(Marker.HBA1C), has).rocAuc());
        }
    }
}
