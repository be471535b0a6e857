package org.lanewise.henaw.training;

import java.util.Map;
import java.util.function.Consumer;
import org.lanewise.optim.Callback;
import org.lanewise.optim.TrainingLoop;

/**
 * A network has finished a pass over its training data.
 *
 * @param ensemble {@code age}, {@code mortality} or {@code published}
 * @param member   which network of it, from 0
 * @param number   from 1
 * @param of       how many passes the network takes in total
 * @param metrics  {@code train_loss}, and what else is measured after every pass
 * @param earlier  whether it was done before the run was resumed
 */
public record Epoch(String ensemble, int member, int number, int of, Map<String, Double> metrics, boolean earlier) {
    /** Tells a listener of every epoch of a training, those before it was resumed included, in order. */
    public static Callback telling(String ensemble, int member, int of, Consumer<Epoch> listener) {
        return new Callback() {
            @Override
            public void onStart(TrainingLoop loop) {
                int number = 1;
                for (Map<String, Double> metrics : loop.history())
                    listener.accept(new Epoch(ensemble, member, number++, of, metrics, true));
            }

            @Override
            public void afterEpoch(TrainingLoop loop) {
                listener.accept(new Epoch(ensemble, member, loop.history().size(), of, loop.metrics(), false));
            }
        };
    }
}
