package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.WorkerPool;

class SoftmaxDescentTest {
    /** Five classes by their position on two of six columns, more rows than a block has. */
    private static ElasticNetPath path() {
        Random random = new Random(3);
        int rows = 4500;
        double[] x = new double[rows * 6];
        double[] y = new double[rows];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
        }
        for (int i = 0; i < rows; i++) {
            double at = 2.5 + x[i] + x[rows + i] / 2 + random.nextGaussian() / 2;
            y[i] = Math.max(0, Math.min(4, Math.floor(at)));
        }
        return new ElasticNet(
                ElasticNetParams.builder(Family.multinomial(5)).l1Ratio(0.5).alphas(AlphaGrid.auto(12, 1e-3)).build())
                .fitPath(ColumnStore.ofDoubles(rows, x), Response.of(y));
    }

    @Test
    void thePathIsCertifiedAndHasTheSameBitsForAnyNumberOfThreads() throws Exception {
        ElasticNetPath one;
        ElasticNetPath three;
        try (WorkerPool pool = WorkerPool.of(1)) {
            one = pool.call(SoftmaxDescentTest::path);
        }
        try (WorkerPool pool = WorkerPool.of(3)) {
            three = pool.call(SoftmaxDescentTest::path);
        }
        for (int k = 0; k < one.size(); k++) {
            assertThat(one.steps().get(k).gap()).isLessThanOrEqualTo(1e-4);
            assertThat(three.steps().get(k).gap()).isEqualTo(one.steps().get(k).gap());
            assertThat(three.model(k)).usingRecursiveComparison().isEqualTo(one.model(k));
        }
        assertThat(one.steps().getLast().devianceRatio()).isGreaterThan(0.3);
    }

    @Test
    void theBestConstantMinimisesThePenalty() {
        assertThat(SoftmaxDescent.constant(new double[] {3, -1, 0}, 1, 0)).isZero();
        assertThat(SoftmaxDescent.constant(new double[] {3, 1, 2}, 1, 0)).isEqualTo(2);
        assertThat(SoftmaxDescent.constant(new double[] {3, 1, 5}, 0, 1)).isCloseTo(3, within(1e-15));
        // The derivative by c, 2 - 1 + 2 (3 c - 8), vanishes at 2.5.
        assertThat(SoftmaxDescent.constant(new double[] {0, 0, 8}, 1, 2)).isCloseTo(2.5, within(1e-15));
    }
}
