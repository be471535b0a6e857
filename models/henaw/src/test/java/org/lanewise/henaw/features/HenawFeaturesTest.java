package org.lanewise.henaw.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.synth.RepairedGenerator;

class HenawFeaturesTest {
    private static final Cohort PEOPLE = RepairedGenerator.generate(3_000, 5);

    private static float[] column(float[] rows, int width, int c) {
        float[] out = new float[rows.length / width];
        for (int i = 0; i < out.length; i++)
            out[i] = rows[i * width + c];
        return out;
    }

    @Test
    void everySkipColumnIsStandardisedAndNamed() {
        for (boolean usesAge : new boolean[] {false, true})
            for (SkipBasis.Kind kind : SkipBasis.Kind.values()) {
                HenawFeatures f = HenawFeatures.fit(PEOPLE, Marker.NINE, usesAge, kind);
                float[] rows = f.write(PEOPLE);
                assertThat(f.basis().names()).doesNotHaveDuplicates();
                for (int c = f.layout().skipAt(); c < f.width(); c++) {
                    float[] x = column(rows, f.width(), c);
                    double mean = IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
                    double var = IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).average().orElseThrow();
                    assertThat(mean).isCloseTo(0, within(1e-5));
                    assertThat(var).isCloseTo(1, within(1e-4));
                }
            }
    }

    @Test
    void weightsAverageOneAndFavourSteadyMarkersWithoutCollapsing() {
        HenawFeatures f = HenawFeatures.fit(PEOPLE, Marker.NINE, true, SkipBasis.Kind.QUADRATIC);
        float[] w = new float[9];
        for (double age : new double[] {18, 40, 47.5, 61, 95}) {
            f.weights().write(age, w, 0, 1);
            double sum = IntStream.range(0, 9).mapToDouble(j -> w[j]).sum();
            assertThat(sum).isCloseTo(9, within(1e-5));
            assertThat(w[Marker.ALBUMIN.ordinal()]).isGreaterThan(w[Marker.CRP.ordinal()]);
            for (float v : w)
                assertThat(v).isBetween(.3f, 2f);
        }
    }

    @Test
    void ageChangesNothingWhenAgeIsTheTarget() {
        HenawFeatures f = HenawFeatures.fit(PEOPLE, Marker.NINE, false, SkipBasis.Kind.HINGES);
        double[] values = Marker.NINE.stream().mapToDouble(m -> PEOPLE.value(m, 0)).toArray();
        float[] a = new float[f.width()];
        float[] b = new float[f.width()];
        f.write(values, 20, 1, a, 0, 1);
        f.write(values, 90, 1, b, 0, 1);
        assertThat(a).isEqualTo(b);
    }

    @Test
    void aMissingMarkerGetsItsConditionalMean() {
        // AST and ALT are made one and the same up to noise, so a missing ALT follows AST.
        double[] alt = PEOPLE.column(Marker.AST);
        for (int i = 0; i < alt.length; i++)
            alt[i] *= i % 2 == 0 ? 1.01 : .99;
        Cohort linked = PEOPLE.with(Map.of(Marker.ALT, alt));
        HenawFeatures f = HenawFeatures.fit(linked, Marker.NINE, true, SkipBasis.Kind.QUADRATIC);
        double[] values = Marker.NINE.stream().mapToDouble(m -> linked.value(m, 17)).toArray();
        float[] whole = new float[f.width()];
        float[] holed = new float[f.width()];
        f.write(values, 50, 0, whole, 0, 1);
        values[8] = Double.NaN;
        f.write(values, 50, 0, holed, 0, 1);
        assertThat(holed[8]).isCloseTo(whole[8], within(.1f));
        assertThat(Arrays.copyOf(holed, 8)).isEqualTo(Arrays.copyOf(whole, 8));
        Arrays.fill(values, Double.NaN);
        f.write(values, 50, Double.NaN, holed, 0, 1);
        for (float v : holed)
            assertThat(v).isFinite();
    }

    @Test
    void expectationMaximisationRecoversTheLawFromHoles() {
        double[] crp = PEOPLE.column(Marker.CRP);
        double[] rdw = PEOPLE.column(Marker.RDW);
        for (int i = 0; i < crp.length; i++) {
            if (i % 5 == 0)
                crp[i] = Double.NaN;
            if (i % 7 == 0)
                rdw[i] = Double.NaN;
        }
        Cohort holed = PEOPLE.with(Map.of(Marker.CRP, crp, Marker.RDW, rdw));
        HenawFeatures f = HenawFeatures.fit(holed, Marker.NINE, true, SkipBasis.Kind.QUADRATIC);
        HenawFeatures g = HenawFeatures.fit(PEOPLE, Marker.NINE, true, SkipBasis.Kind.QUADRATIC);
        double[][] a = f.stored().lawCovariance();
        double[][] b = g.stored().lawCovariance();
        for (int j = 0; j < a.length; j++)
            for (int k = 0; k < a.length; k++)
                assertThat(a[j][k]).isCloseTo(b[j][k], within(.06));
    }

    @Test
    void storedFeaturesWriteTheSameBits() {
        HenawFeatures f = HenawFeatures.fit(PEOPLE, Marker.NINE, true, SkipBasis.Kind.HINGES);
        assertThat(f.stored().open().write(PEOPLE)).isEqualTo(f.write(PEOPLE));
        HenawFeatures.Stored s = f.stored();
        assertThatThrownBy(() -> new HenawFeatures.Stored(s.markers(), true, new double[2], s.mean(), s.sd(),
                s.lawMean(), s.lawCovariance(), s.windows(), s.basis()).open())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("floor");
    }

    @Test
    void systemsOverlapAndFollowTheMarkersThatAreThere() {
        List<Marker> seven = Marker.NINE.subList(0, 7);
        List<int[]> systems = HenawFeatures.fit(PEOPLE, seven, true, SkipBasis.Kind.QUADRATIC).systems();
        assertThat(systems).hasSize(4);
        assertThat(systems.get(0)).containsExactly(0, 4);
        assertThat(systems.get(1)).containsExactly(1, 6);
        assertThat(systems.get(3)).containsExactly(5, 4);
    }
}
