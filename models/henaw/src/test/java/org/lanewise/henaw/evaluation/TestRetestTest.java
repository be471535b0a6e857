package org.lanewise.henaw.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.calibration.AgeScale;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.henaw.synth.RepairedOracle;

class TestRetestTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(4_000, 21);

    private record Oracle() implements Clock {
        @Override
        public String label() {
            return "oracle";
        }

        @Override
        public double[] apply(Cohort people) {
            return RepairedOracle.biologicalAge(people);
        }
    }

    @Test
    void theSimulatedSecondVisitHasTheSameSpreadAndTheRightCovariance() {
        Cohort both = TestRetest.simulate(PEOPLE, 2, 5);
        double[] one = PEOPLE.column(Marker.ALBUMIN);
        double[] two = both.repeat().orElseThrow().column(Marker.ALBUMIN);
        double error2 = Math.log1p(4 * Math.pow(TestRetest.errorCv(Marker.ALBUMIN), 2));
        AgeBias line = AgeBias.fit(log(one), PEOPLE.age());
        double v1 = 0;
        double v2 = 0;
        double c = 0;
        for (int i = 0; i < one.length; i++) {
            double a = line.gap(Math.log(one[i]), PEOPLE.age(i));
            double b = line.gap(Math.log(two[i]), PEOPLE.age(i));
            v1 += a * a / one.length;
            v2 += b * b / one.length;
            c += a * b / one.length;
        }
        assertThat(v2 / v1).isCloseTo(1, within(.07));
        assertThat(v1 - c).isCloseTo(error2, within(.1 * error2));
        assertThat(both.repeat().orElseThrow().age()).isEqualTo(PEOPLE.age());
    }

    private static double[] log(double[] x) {
        return IntStream.range(0, x.length).mapToDouble(i -> Math.log(x[i])).toArray();
    }

    @Test
    void ageFlattersThePlainCoefficient() {
        TestRetest t = TestRetest.of(new Oracle(), PEOPLE);
        assertThat(t.people()).isEqualTo(4_000);
        assertThat(t.icc().value().estimate()).isGreaterThan(t.ageAdjusted().value().estimate());
        assertThat(t.ageAdjusted().value().estimate()).isBetween(.7, .95);
        // A clock that is age itself agrees perfectly and has nothing left after age.
        TestRetest more = TestRetest.of(new Oracle(), TestRetest.simulate(PEOPLE, 3, 1));
        TestRetest less = TestRetest.of(new Oracle(), TestRetest.simulate(PEOPLE, 1, 1));
        assertThat(less.ageAdjusted().value().estimate()).isGreaterThan(more.ageAdjusted().value().estimate() + .1);
    }

    @Test
    void aCohortWithoutSecondVisitIsRefused() {
        Cohort once = PublishedGenerator.generate(100, 1);
        assertThatThrownBy(() -> TestRetest.of(new Oracle(), once)).hasMessageContaining("no second visit");
    }

    @Test
    void theGapToTheLineDoesNotDependOnAge() {
        double[] age = PEOPLE.age();
        double[] clock = IntStream.range(0, age.length).mapToDouble(i -> 30 + .4 * age[i] + i % 7).toArray();
        AgeBias line = AgeBias.fit(clock, age);
        double[] gap = IntStream.range(0, age.length).mapToDouble(i -> line.gap(clock[i], age[i])).toArray();
        assertThat(AgeBias.fit(gap, age).slope()).isCloseTo(0, within(1e-12));
        assertThat(line.slope()).isCloseTo(.4, within(.02));
    }

    @Test
    void riskAndYearsAreInverse() {
        AgeScale scale = new AgeScale(new AgeScale.Line(-9, .09), new AgeScale.Line(-8.5, .085), 10);
        for (double age : new double[] {20, 55, 90})
            for (double sex : new double[] {0, 1}) {
                double risk = scale.risk(age, sex);
                assertThat(scale.years(Math.log(-Math.log1p(-risk)), sex)).isCloseTo(age, within(1e-9));
            }
        assertThat(scale.risk(60, 1)).isGreaterThan(scale.risk(60, 0));
        assertThatThrownBy(() -> new AgeScale.Line(0, -.1))
                .hasMessageContaining("does not rise");
    }
}
