package org.lanewise.optim;

import java.util.Locale;

/** Tells a listener how far a run is, after each step and each epoch. What it looks like is the listener's matter. */
public final class ProgressCallback implements Callback {

    private final Listener listener;

    /** Takes progress reports; called often, so it must be cheap. */
    @FunctionalInterface
    public interface Listener {
        /** @param done steps done, of {@code total}; {@code message} describes the present state in a few words */
        void progress(long done, long total, String message);
    }

    /** @param listener called on the training thread */
    public ProgressCallback(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void afterStep(TrainingLoop loop) {
        report(loop, String.format(Locale.ROOT, "epoch %d  loss %.5g", loop.epoch() + 1, loop.epochLoss()));
    }

    @Override
    public void afterEpoch(TrainingLoop loop) {
        var text = new StringBuilder(String.format(Locale.ROOT, "epoch %d", loop.epoch() + 1));
        loop.metrics().forEach((name, value) -> text.append(String.format(Locale.ROOT, "  %s %.5g", name, value)));
        report(loop, text.toString());
    }

    private void report(TrainingLoop loop, String message) {
        listener.progress(loop.step(), loop.totalSteps(), message);
    }
}
