package org.lanewise.mheight.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.ScalarLanes;

class ExactSolverTest {
    static List<GoldenCase> goldenCases() throws IOException {
        return GoldenCase.all();
    }

    private static double[] whole(SplittableRandom random, int length, int bound) {
        return random.ints(length, -bound, bound + 1).asDoubleStream().toArray();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void golden(GoldenCase c) {
        double[] h = ExactSolver.of(c.shape()).heights(c.p());
        assertThat(new RationalSolver(c.shape()).heights(c.p())).containsExactly(roundedOr(c, h));
        if (c.isWhole())
            assertThat(h).containsExactly(c.heights());
        else
            for (int m = 0; m < h.length; m++)
                assertThat(h[m]).isCloseTo(c.heights()[m], within(1e-12 * c.heights()[m]));
    }

    /** Decimal fractions are not the binary numbers the solver is given: those are compared with the solver itself. */
    private static double[] roundedOr(GoldenCase c, double[] h) {
        if (c.isWhole()) return c.heights();
        double[] rational = new RationalSolver(c.shape()).heights(c.p());
        for (int m = 0; m < h.length; m++) assertThat(h[m]).isCloseTo(rational[m], within(0x1p-48 * rational[m]));
        return rational;
    }

    @ParameterizedTest
    @CsvSource({"9,4,200,9", "9,5,60,9", "9,6,60,9", "9,4,20,100", "5,2,100,5", "7,3,50,4", "8,6,40,4", "6,1,20,9",
            "6,5,20,9", "10,3,6,9"})
    void reducedLinearPrograms(int n, int k, int count, int bound) {
        CodeShape shape = new CodeShape(n, k);
        ExactSolver solver = ExactSolver.of(shape);
        SplittableRandom random = new SplittableRandom(n * 100 + k);
        for (int i = 0; i < count; i++) {
            double[] p = whole(random, shape.entries(), bound);
            double[] h = solver.heights(p);
            for (int m = 1; m <= n - k; m++) {
                double lp = ReducedLp.height(shape, p, m);
                if (Double.isInfinite(lp))
                    assertThat(h[m - 1]).isInfinite();
                else
                    assertThat(h[m - 1]).as("m = %d of %s", m, java.util.Arrays.toString(p))
                            .isCloseTo(lp, within(1e-7 * lp));
            }
        }
    }

    /** Every shape there is: the lanes against rational arithmetic, bit for bit, and heights that rise with m. */
    @Test
    void allShapesAgreeWithRationalArithmetic() {
        for (int n = 2; n <= CodeShape.LONGEST; n++)
            for (int k = 1; k < n; k++) {
                CodeShape shape = new CodeShape(n, k);
                int count = n < 10 ? 9 : 1;
                double[] all = whole(new SplittableRandom(100 * n + k), count * shape.entries(), 100);
                double[] h = new double[count * shape.parity()];
                ExactSolver.of(shape).heights(all, count, h);
                for (int i = 0; i < count; i++) {
                    double[] p = java.util.Arrays.copyOfRange(all, i * shape.entries(), (i + 1) * shape.entries());
                    double[] ours = java.util.Arrays.copyOfRange(h, i * shape.parity(), (i + 1) * shape.parity());
                    assertThat(ours).as(shape.toString()).containsExactly(new RationalSolver(shape).heights(p));
                    assertThat(ours[0]).isGreaterThanOrEqualTo(1);
                    assertThat(ours).isSorted();
                }
            }
    }

    @Test
    void realNumbersAreAccurate() {
        CodeShape shape = new CodeShape(9, 4);
        SplittableRandom random = new SplittableRandom(5);
        ExactSolver solver = ExactSolver.of(shape);
        for (int i = 0; i < 40; i++) {
            double scale = Math.pow(10, random.nextInt(-4, 5));
            double[] p = random.doubles(shape.entries(), -scale, scale).toArray();
            double[] expected = new RationalSolver(shape).heights(p);
            double[] h = solver.heights(p);
            for (int m = 0; m < h.length; m++)
                assertThat(h[m]).isCloseTo(expected[m], within(0x1p-48 * expected[m]));
        }
    }

    /** Minors that vanish, or nearly, in numbers that are not whole; entries that would overflow. */
    @Test
    void cancellationIsRescued() {
        CodeShape shape = new CodeShape(9, 4);
        ExactSolver solver = ExactSolver.of(shape);
        SplittableRandom random = new SplittableRandom(8);
        double[] p = random.doubles(shape.entries(), -1, 1).toArray();
        for (int i = 0; i < 4; i++) p[i * 5 + 1] = p[i * 5] / 4; // parallel columns: a rank of 3 among any 4 with both
        assertThat(solver.heights(p)[4]).isInfinite();
        assertThat(solver.heights(p)[2]).isFinite();
        for (int i = 0; i < 4; i++) p[i * 5 + 1] += i * i * Math.ulp(p[i * 5 + 1]); // by a few bits not parallel
        assertThat(solver.heights(p)).containsExactly(new RationalSolver(shape).heights(p));
        assertThat(solver.heights(p)[4]).isFinite().isGreaterThan(1e12);
        double[] huge = random.doubles(shape.entries(), 1e200, 1e201).toArray();
        assertThat(solver.heights(huge)).containsExactly(new RationalSolver(shape).heights(huge));
    }

    @Test
    void parallelColumnsAreInfiniteFromTheRightHeightOn() {
        CodeShape shape = new CodeShape(9, 4);
        double[] p = new double[20];
        java.util.Arrays.fill(p, 1); // five equal columns: minimum distance 2, so only h_1 is finite
        assertThat(ExactSolver.of(shape).heights(p)).startsWith(4).endsWith(Double.POSITIVE_INFINITY)
                .satisfies(h -> assertThat(h[1]).isInfinite());
    }

    @Test
    void zeroEntryMakesTheLastHeightInfinite() {
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            double[] p = new SplittableRandom(k).doubles(shape.entries(), 1, 2).toArray();
            assertThat(ExactSolver.of(shape).heights(p)[shape.parity() - 1]).isFinite();
            p[7] = 0;
            assertThat(ExactSolver.of(shape).heights(p)[shape.parity() - 1]).isInfinite();
        }
    }

    @Test
    void symmetriesKeepTheHeights() {
        SplittableRandom random = new SplittableRandom(11);
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            int r = shape.parity();
            double[] p = whole(random, shape.entries(), 50);
            double[] q = new double[p.length];
            for (int i = 0; i < k; i++)
                for (int c = 0; c < r; c++) // rows reversed, columns turned, signs of rows and columns changed
                    q[(k - 1 - i) * r + (c + 1) % r] = p[i * r + c] * (i % 2 == 0 ? 1 : -1) * (c == 1 ? -1 : 1);
            assertThat(ExactSolver.of(shape).heights(q)).containsExactly(ExactSolver.of(shape).heights(p));
        }
    }

    @Test
    void scalingPIsNoSymmetry() {
        CodeShape shape = new CodeShape(4, 2);
        assertThat(ExactSolver.of(shape).heights(new double[] {-8, 6, 2, -12})[1]).isNotEqualTo(27);
    }

    @Test
    void sameBitsForAnyThreadsAndAnyPlaceInTheBatch() {
        CodeShape shape = new CodeShape(9, 5);
        int count = 9001;
        double[] p = new SplittableRandom(3).doubles(count * shape.entries(), -100, 100).toArray();
        ExactSolver solver = ExactSolver.of(shape);
        double[] one = new double[count * shape.parity()];
        double[] three = new double[one.length];
        try (WorkerPool pool = WorkerPool.of(1)) {
            pool.run(() -> solver.heights(p, count, one));
        }
        try (WorkerPool pool = WorkerPool.of(3)) {
            pool.run(() -> solver.heights(p, count, three));
        }
        assertThat(three).containsExactly(one);
        for (int i = 0; i < count; i += 997)
            assertThat(solver.heights(java.util.Arrays.copyOfRange(p, i * 20, (i + 1) * 20)))
                    .containsExactly(java.util.Arrays.copyOfRange(one, i * 4, (i + 1) * 4));
    }

    /** The first codes are solved by plain loops, the later ones by vectors: nobody can tell. */
    @Test
    void sameBitsColdAndWarm() {
        CodeShape shape = new CodeShape(9, 4);
        LaneSolver solver = new LaneSolver(new SolverTables(shape));
        double[] p = new SplittableRandom(6).doubles(8 * shape.entries(), -100, 100).toArray();
        double[] scalar = new double[8 * shape.parity()];
        double[] vector = new double[scalar.length];
        solver.solve(ScalarLanes.INSTANCE, p, 0, 8, scalar, 0);
        solver.solve(KernelProvider.get().lanes(), p, 0, 8, vector, 0);
        assertThat(vector).containsExactly(scalar);
        ExactSolver.warmUp();
        assertThat(KernelChoice.now()).isSameAs(KernelProvider.get().lanes());
        double[] warm = new double[scalar.length];
        ExactSolver.of(shape).heights(p, 8, warm);
        assertThat(warm).containsExactly(scalar);
    }

    @Test
    void refusesWhatItCannotSolve() {
        assertThatThrownBy(() -> new CodeShape(13, 4)).hasMessageContaining("n = 13").hasMessageContaining("2 to 12");
        assertThatThrownBy(() -> new CodeShape(9, 9)).hasMessageContaining("k = 9 with n = 9");
        ExactSolver solver = ExactSolver.of(new CodeShape(4, 2));
        assertThatThrownBy(() -> solver.heights(new double[3])).hasMessageContaining("4 entries, not 3");
        assertThatThrownBy(() -> solver.heights(new double[] {1, 2, Double.NaN, 4}))
                .hasMessageContaining("entry 2 is NaN");
    }
}
