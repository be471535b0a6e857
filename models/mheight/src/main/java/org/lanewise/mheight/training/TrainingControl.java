package org.lanewise.mheight.training;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a training is kept, stopped and watched; none of it changes what is learnt.
 *
 * @param checkpoints folder to resume from and to write into, or null for none
 * @param stop        asked after every step
 * @param listener    told of every epoch
 * @param costs       told what a training took, when it ends or is left
 */
public record TrainingControl(Path checkpoints, BooleanSupplier stop, Consumer<Epoch> listener,
        Consumer<TrainingCost> costs) {
    /** Nothing kept, never stopped, nobody told. */
    public static final TrainingControl NONE = new TrainingControl(null, () -> false, _ -> {}, _ -> {});

    /** The same with a folder of its own inside the checkpoints, so that trainings do not meet. */
    public TrainingControl within(String name) {
        return new TrainingControl(checkpoints == null ? null : checkpoints.resolve(name), stop, listener,
                costs);
    }
}
