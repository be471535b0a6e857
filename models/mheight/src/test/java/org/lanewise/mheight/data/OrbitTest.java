package org.lanewise.mheight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/** Symmetric twins, canonical forms, keys and splits. */
class OrbitTest {
    private static final int COUNT = 300;

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void twinsKeepHeightsAndKeys(int k) {
        CodeShape shape = new CodeShape(9, k);
        ExactSolver solver = ExactSolver.of(shape);
        double[] p = new CodeStream(CodeLaw.D2, shape, 3).take(0, COUNT);
        double[] twins = new double[p.length];
        Symmetry symmetry = new Symmetry(shape);
        Rng rng = Rng.of(4);
        for (int i = 0; i < COUNT; i++) symmetry.twin(rng, p, i * shape.entries(), twins, i * shape.entries());
        assertThat(twins).isNotEqualTo(p);
        assertThat(heights(solver, twins)).containsExactly(heights(solver, p));
        assertThat(OrbitKey.of(solver, twins, COUNT)).containsExactly(OrbitKey.of(solver, p, COUNT));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void canonicalFormsKeepHeightsAndKeysAndAreBounded(int k) {
        CodeShape shape = new CodeShape(9, k);
        ExactSolver solver = ExactSolver.of(shape);
        double[] p = new CodeStream(CodeLaw.D1, shape, 3).take(0, COUNT);
        double[] canonical = new CanonicalForm(solver).of(p, COUNT);
        assertThat(Arrays.stream(canonical).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(1 + 1e-12);
        double[] h = heights(solver, p);
        double[] same = heights(solver, canonical);
        for (int i = 0; i < h.length; i++) assertThat(same[i]).isCloseTo(h[i], within(1e-9 * h[i]));
        assertThat(OrbitKey.of(solver, canonical, COUNT)).containsExactly(OrbitKey.of(solver, p, COUNT));
        // twins meet in one form
        double[] twins = new double[p.length];
        Rng rng = Rng.of(4);
        for (int i = 0; i < COUNT; i++)
            new Symmetry(shape).twin(rng, p, i * shape.entries(), twins, i * shape.entries());
        double[] met = new CanonicalForm(solver).of(twins, COUNT);
        for (int i = 0; i < met.length; i++) assertThat(met[i]).isCloseTo(canonical[i], within(1e-10));
    }

    @Test
    void differentCodesHaveDifferentKeys() {
        CodeShape shape = new CodeShape(9, 5);
        double[] p = new CodeStream(CodeLaw.D1, shape, 8).take(0, 2000);
        long[] keys = OrbitKey.of(ExactSolver.of(shape), p, 2000);
        assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(2000);
    }

    @Test
    void splitsPartNoMatrix() {
        HeightRows rows = HeightRows.draw(CodeLaw.D2, Group.PUBLISHED, 500, 1);
        assertThat(rows.size()).isEqualTo(4500);
        for (int g = 0; g < 9; g++) assertThat(rows.rowsOf(g)).hasSize(500);
        HeightSplit split = HeightSplit.byOrbit(rows, .15, 1);
        assertThat(split.valid().size()).isBetween(550, 800);
        assertThat(split.train().size() + split.valid().size()).isEqualTo(4500);
        assertThat(split.sharedOrbits()).isZero();
        assertThat(new HeightSplit(split.train(), split.train()).sharedOrbits()).isEqualTo(1);
        HeightSplit leaking = HeightSplit.leaking(rows, .15, 1);
        assertThat(leaking.sharedOrbits()).isGreaterThan(.95);
        assertThat(leaking.sharedRows()).isBetween(.8, .97);
    }

    @Test
    void labelsAreTheSolvers() {
        HeightRows rows = HeightRows.draw(CodeLaw.D2, Group.PUBLISHED, 30, 9);
        for (int i = 0; i < rows.size(); i++) {
            Group g = rows.groups().get(rows.group()[i]);
            double h = ExactSolver.of(g.shape()).heights(rows.p()[i])[g.m() - 1];
            assertThat((double) rows.log2()[i]).isCloseTo(Math.log(h) / Math.log(2), within(1e-5));
        }
    }

    private static double[] heights(ExactSolver solver, double[] p) {
        double[] h = new double[COUNT * solver.shape().parity()];
        solver.heights(p, COUNT, h);
        return h;
    }
}
