package org.lanewise.mheight.training;

import org.lanewise.optim.Callback;
import org.lanewise.optim.TrainingLoop;

/** Tells a loss which epoch it is in, so that what it draws depends on the epoch and survives a restart. */
final class LoopClock implements Callback {
    private TrainingLoop loop;

    @Override
    public void onStart(TrainingLoop started) {
        loop = started;
    }

    /** From 0. */
    int epoch() {
        return loop.epoch();
    }
}
