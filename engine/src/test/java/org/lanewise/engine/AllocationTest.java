package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Element-wise operations on contiguous tensors allocate their result and nothing else; destination forms nothing. */
class AllocationTest {

    private static final int N = 4000;
    private static final int ARRAY = 16 + 4 * N;
    /** The Tensor object itself. */
    private static final int OBJECT = 64;

    private static long allocated(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) action.run();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            action.run();
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }

    @Test
    void onlyTheResult() {
        Tensor a = Layouts.random(1, 40, 100);
        Tensor b = Layouts.random(2, 40, 100);
        Tensor out = Tensor.zeros(40, 100);
        try (WorkerPool pool = WorkerPool.of(1)) {
            pool.run(() -> {
                assertThat(allocated(() -> a.add(b))).isLessThanOrEqualTo(ARRAY + OBJECT);
                assertThat(allocated(a::relu)).isLessThanOrEqualTo(ARRAY + OBJECT);
                assertThat(allocated(() -> Ops.mulInto(a, b, out))).isZero();
                assertThat(allocated(() -> Ops.reluInto(a, out))).isZero();
                assertThat(allocated(() -> out.add_(b))).isZero();
            });
        }
    }
}
