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

    /** Ample for the compiler on a busy machine. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static void assertAllocates(long atMost, Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (least > atMost && System.nanoTime() < end) {
            long before = threads.getCurrentThreadAllocatedBytes();
            action.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThanOrEqualTo(atMost);
    }

    @Test
    void onlyTheResult() {
        Tensor a = Layouts.random(1, 40, 100);
        Tensor b = Layouts.random(2, 40, 100);
        Tensor out = Tensor.zeros(40, 100);
        try (WorkerPool pool = WorkerPool.of(1)) {
            pool.run(() -> {
                assertAllocates(ARRAY + OBJECT, () -> a.add(b));
                assertAllocates(ARRAY + OBJECT, a::relu);
                assertAllocates(0, () -> Ops.mulInto(a, b, out));
                assertAllocates(0, () -> Ops.reluInto(a, out));
                assertAllocates(0, () -> out.add_(b));
            });
        }
    }
}
