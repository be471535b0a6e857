package org.lanewise.optim;

import java.util.Map;

/**
 * Watches a {@link TrainingLoop} and may end it with {@link TrainingLoop#stop}. All methods run on the training thread, in
 * the order in which the callbacks were added.
 *
 * <p>A callback that decides by what it has seen returns that as {@link #state()}: it is kept in every checkpoint, so that a
 * resumed run decides as the uninterrupted one would.
 */
public interface Callback {

    /** Before the first step, after a checkpoint has been restored. */
    default void onStart(TrainingLoop loop) {}

    /** After each optimiser step. */
    default void afterStep(TrainingLoop loop) {}

    /** After each epoch, when its metrics are known. */
    default void afterEpoch(TrainingLoop loop) {}

    /** After the last step, however the run ended. Not called when it failed. */
    default void onEnd(TrainingLoop loop) {}

    /** What must survive a restart; keys and values are the callback's own. */
    default Map<String, String> state() {
        return Map.of();
    }

    /** Takes back what {@link #state()} gave. */
    default void loadState(Map<String, String> state) {}
}
