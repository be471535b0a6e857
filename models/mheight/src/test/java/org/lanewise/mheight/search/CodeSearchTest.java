package org.lanewise.mheight.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;
import org.lanewise.mheight.exact.CodeShape;

class CodeSearchTest {
    private static CodeSearch.Plan plan(CodeShape shape, int m, int bound, int starts, int steps) {
        return new CodeSearch.Plan(shape, m, bound, starts, steps, .3, .01, 1);
    }

    /** All 2 x 2 matrices of entries up to 3 have been tried by hand of a loop: the search must find the smallest h_2. */
    @Test
    void findsTheSmallest() {
        CodeShape shape = new CodeShape(4, 2);
        var solver = org.lanewise.mheight.exact.ExactSolver.of(shape);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 7 * 7 * 7 * 7; i++)
            least = Math.min(least,
                    solver.heights(new double[] {i % 7 - 3, i / 7 % 7 - 3, i / 49 % 7 - 3, i / 343 - 3})[1]);
        CodeSearch.Found found = new CodeSearch(plan(shape, 2, 3, 16, 500)).run(_ -> {}, () -> false);
        assertThat(found.heights()[1]).isEqualTo(least);
    }

    @Test
    void sameResultForAnyThreadsWithinTheBound() {
        CodeSearch.Plan plan = plan(new CodeShape(9, 5), 4, 8, 70, 300);
        List<Double> shares = new ArrayList<>();
        CodeSearch.Found[] found = new CodeSearch.Found[2];
        found[0] = new CodeSearch(plan).run(f -> shares.add(f.share()), () -> false);
        try (WorkerPool one = WorkerPool.of(1)) {
            one.run(() -> found[1] = new CodeSearch(plan).run(_ -> {}, () -> false));
        }
        assertThat(found[1].p()).containsExactly(found[0].p());
        assertThat(found[0].codes()).isEqualTo(70 * 300);
        assertThat(shares).endsWith(1.0).isSorted();
        assertThat(Arrays.stream(found[0].p()).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(8);
        assertThat(found[0].heights()[3]).isFinite().isLessThan(1000);
    }

    @Test
    void stopsWhenAsked() {
        CodeSearch.Found found = new CodeSearch(plan(new CodeShape(9, 4), 5, 4, 8, 10_000)).run(_ -> {}, () -> true);
        assertThat(found.p()).isEmpty();
        assertThatThrownBy(() -> plan(new CodeShape(9, 4), 6, 4, 8, 1)).hasMessageContaining("m = 6");
    }
}
