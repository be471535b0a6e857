package org.lanewise.optim;

import java.time.Duration;

/**
 * Ends a run after a given time. With checkpoints the run can be resumed, and the clock then starts anew. Where a run with a
 * time limit ends depends on the machine; what it has computed until then does not.
 */
public final class TimeLimit implements Callback {

    private final long nanos;
    private long start;

    /** @param limit positive */
    public TimeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) throw new IllegalArgumentException("time limit must be positive");
        nanos = limit.toNanos();
    }

    @Override
    public void onStart(TrainingLoop loop) {
        start = System.nanoTime();
    }

    @Override
    public void afterStep(TrainingLoop loop) {
        if (System.nanoTime() - start >= nanos) loop.stop(TrainingResult.Ending.TIME_LIMIT);
    }
}
