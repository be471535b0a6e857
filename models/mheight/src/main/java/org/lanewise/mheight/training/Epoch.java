package org.lanewise.mheight.training;

import java.util.Map;
import java.util.function.Consumer;

import org.lanewise.optim.Callback;
import org.lanewise.optim.TrainingLoop;

/**
 * A network has finished a pass over its training data, or the steps between two validations.
 *
 * @param network which one
 * @param number  from 1
 * @param of      how many there are at most
 * @param metrics {@code train_loss}, which may be weighted and penalised; {@code train_log2_mse}, the plain error of the epoch's steps,
 *                as they went, so with dropout and before the weights were averaged; {@code val_log2_mse}, and {@code val_(k,m)} of
 *                each group. Both plain errors are means over rows for the published networks, over groups on endless codes
 * @param earlier whether it was done before the run was resumed
 */
public record Epoch(String network, int number, int of, Map<String, Double> metrics, boolean earlier) {
    /** The plain error in training, to be compared with {@link #VALIDATION}. */
    public static final String TRAINING = "train_log2_mse";
    /** The monitored metric. */
    public static final String VALIDATION = "val_log2_mse";

    /** Tells a listener of every epoch of a training, those before it was resumed included, in order. */
    static Callback telling(String network, int of, Consumer<Epoch> listener) {
        return new Callback() {
            @Override
            public void onStart(TrainingLoop loop) {
                int number = 1;
                for (Map<String, Double> metrics : loop.history())
                    listener.accept(new Epoch(network, number++, of, metrics, true));
            }

            @Override
            public void afterEpoch(TrainingLoop loop) {
                listener.accept(new Epoch(network, loop.history().size(), of, loop.metrics(), false));
            }
        };
    }
}
