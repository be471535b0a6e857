package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {
    @Test
    void everyTaskRunsOnce() {
        for (int threads = 1; threads <= 4; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                for (int round = 0; round < 500; round++) {
                    int tasks = round % 17;
                    AtomicIntegerArray seen = new AtomicIntegerArray(Math.max(tasks, 1));
                    pool.forEach(tasks, seen::incrementAndGet);
                    for (int i = 0; i < tasks; i++) assertThat(seen.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void allThreadsWork() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.of(3)) {
            Thread.sleep(50); // workers are asleep by now and must be woken
            CountDownLatch together = new CountDownLatch(3);
            pool.forEach(3, i -> {
                together.countDown();
                try {
                    assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void severalCallersShareAPool() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.of(3)) {
            AtomicInteger total = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 200; i++) pool.forEach(7, task -> total.addAndGet(task));
                }));
            }
            for (Thread caller : callers) caller.join();
            assertThat(total.get()).isEqualTo(4 * 200 * 21);
        }
    }

    @Test
    void nestedCallsRunInline() {
        try (WorkerPool pool = WorkerPool.of(3)) {
            pool.forEach(6, outer -> {
                Thread here = Thread.currentThread();
                pool.forEach(5, inner -> assertThat(Thread.currentThread()).isSameAs(here));
            });
        }
    }

    @Test
    void exceptionsReachTheCaller() {
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                assertThatThrownBy(() -> pool.forEach(10, i -> {
                    if (i == 7) throw new IllegalStateException("task " + i);
                })).isInstanceOf(IllegalStateException.class).hasMessage("task 7");
                AtomicInteger after = new AtomicInteger();
                pool.forEach(10, i -> after.incrementAndGet());
                assertThat(after.get()).isEqualTo(10);
            }
        }
    }

    @Test
    void currentIsTheBoundPool() throws Exception {
        assertThat(WorkerPool.current()).isSameAs(WorkerPool.shared());
        try (WorkerPool one = WorkerPool.of(1); WorkerPool two = WorkerPool.of(2)) {
            one.run(() -> {
                assertThat(WorkerPool.current()).isSameAs(one);
                two.run(() -> assertThat(WorkerPool.current()).isSameAs(two));
                assertThat(WorkerPool.current()).isSameAs(one);
            });
            assertThat(two.call(() -> WorkerPool.current().threads())).isEqualTo(2);
        }
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> WorkerPool.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WorkerPool.shared().close()).isInstanceOf(UnsupportedOperationException.class);
        WorkerPool closed = WorkerPool.of(2);
        closed.close();
        assertThatThrownBy(() -> closed.forEach(2, i -> {})).isInstanceOf(IllegalStateException.class);
    }
}
