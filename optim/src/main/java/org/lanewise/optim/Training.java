package org.lanewise.optim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.nn.Module;

/**
 * The plan of a training run; {@link #run()} carries it out.
 *
 * <pre>{@code
 * TrainingResult result = Training.of(model, optimizer, new Batches(rows, 256).shuffled(seed),
 *         (tape, rows) -> Losses.mse(model.forward(tape.constant(x.indexSelect(0, rows))),
 *                 tape.constant(y.indexSelect(0, rows))))
 *     .epochs(100).seed(seed)
 *     .schedule(Schedule.cosine(10_000, 0.01)).clipNorm(1f)
 *     .validate(() -> Map.of("val_mae", validationError(model)))
 *     .monitor("val_mae", false).restoreBest()
 *     .callback(new EarlyStopping(20))
 *     .checkpoints(Path.of("runs/a/checkpoints"), 0).resume()
 *     .run();
 * }</pre>
 *
 * <p>Every random choice is derived from the seed and the step, so two runs with the same seed give the same bits, and so does
 * a run that was interrupted and resumed any number of times.
 */
public final class Training {

    final Module model;
    final Optimizer optimizer;
    final Batches batches;
    final Loss loss;
    int epochs = 1;
    long seed;
    Seeds seeds;
    int accumulate = 1;
    float clipNorm = Float.POSITIVE_INFINITY;
    float clipValue = Float.POSITIVE_INFINITY;
    Schedule schedule = Schedule.constant();
    Plateau plateau;
    WeightAverage average;
    Supplier<Map<String, Double>> validation = Map::of;
    String monitor;
    boolean largerIsBetter;
    boolean restoreBest;
    boolean skipAnomalies;
    Path checkpoints;
    int checkpointEvery;
    String fingerprint = "";
    boolean resume;
    BooleanSupplier stopRequested = () -> false;
    final List<Callback> callbacks = new ArrayList<>();

    /** The mean loss over some rows of the training data. */
    @FunctionalInterface
    public interface Loss {
        /**
         * @param tape of this step
         * @param rows numbers of the batch's rows
         * @return a scalar; null if the batch teaches nothing (a survival loss without deaths), which leaves the step out
         */
        Variable of(Tape tape, int[] rows);
    }

    /** The seed of all that is random inside the model, by epoch and batch, both from 0. */
    @FunctionalInterface
    public interface Seeds {
        /** A function of its arguments alone, or a resumed run would not end in the bits of an uninterrupted one. */
        long of(int epoch, int batch);
    }

    private Training(Module model, Optimizer optimizer, Batches batches, Loss loss) {
        this.model = Objects.requireNonNull(model);
        this.optimizer = Objects.requireNonNull(optimizer);
        this.batches = Objects.requireNonNull(batches);
        this.loss = Objects.requireNonNull(loss);
        if (batches.perEpoch() == 0) throw new IllegalArgumentException("there are no rows to train on");
    }

    /** One epoch, constant rate, no validation; the methods below change that. */
    public static Training of(Module model, Optimizer optimizer, Batches batches, Loss loss) {
        return new Training(model, optimizer, batches, loss);
    }

    /** Passes over the data, >= 0. */
    public Training epochs(int count) {
        if (count < 0) throw new IllegalArgumentException("epochs must be >= 0, not " + count);
        epochs = count;
        return this;
    }

    /** Seeds dropout and all else random inside the model. */
    public Training seed(long value) {
        seed = value;
        return this;
    }

    /** The same by a function, for a model that is one of several and has its own stream of random numbers. */
    public Training seeds(Seeds function) {
        seeds = Objects.requireNonNull(function);
        return this;
    }

    /** Adds the gradients of {@code batches} batches (weighted by their rows) before each optimiser step. */
    public Training accumulate(int batches) {
        if (batches < 1) throw new IllegalArgumentException("accumulate must be >= 1, not " + batches);
        accumulate = batches;
        return this;
    }

    /** Bounds the joint norm of the gradients. */
    public Training clipNorm(float maxNorm) {
        clipNorm = Optimizer.positive("clipNorm", maxNorm);
        return this;
    }

    /** Bounds each component of the gradients. */
    public Training clipValue(float limit) {
        clipValue = Optimizer.positive("clipValue", limit);
        return this;
    }

    /** The rate's factor by step; the base is the optimiser's rate when the run starts. */
    public Training schedule(Schedule factor) {
        schedule = Objects.requireNonNull(factor);
        return this;
    }

    /** Lowers the rate further when the monitored metric stops to improve. */
    public Training plateau(Plateau rule) {
        plateau = Objects.requireNonNull(rule);
        return this;
    }

    /** Updates an average after each step; validation and {@link #restoreBest} use the averaged weights. */
    public Training average(WeightAverage weights) {
        average = Objects.requireNonNull(weights);
        return this;
    }

    /** Metrics after each epoch, computed with the model in evaluation mode; {@code train_loss} is added to them. */
    public Training validate(Supplier<Map<String, Double>> metrics) {
        validation = Objects.requireNonNull(metrics);
        return this;
    }

    /** The metric that decides which epoch is best, such as {@code "val_loss"} or {@code "train_loss"}. */
    public Training monitor(String metric, boolean largerIsBetter) {
        monitor = Objects.requireNonNull(metric);
        this.largerIsBetter = largerIsBetter;
        return this;
    }

    /** Leaves the model with the weights of the best epoch instead of the last. Needs {@link #monitor}. */
    public Training restoreBest() {
        restoreBest = true;
        return this;
    }

    /** Drops a step whose loss or gradient is not finite instead of ending the run with a report. */
    public Training skipAnomalies() {
        skipAnomalies = true;
        return this;
    }

    /**
     * Keeps {@code last.safetensors} (all state) and, with {@link #monitor}, {@code best.safetensors} (weights) in a
     * directory: after each epoch,
     * every {@code everySteps} steps if that is above 0, and when the run is stopped.
     */
    public Training checkpoints(Path directory, int everySteps) {
        checkpoints = Objects.requireNonNull(directory);
        checkpointEvery = everySteps;
        return this;
    }

    /** Goes on from the last checkpoint if there is one. */
    public Training resume() {
        resume = true;
        return this;
    }

    /**
     * Describes settings and data, for instance as a hash: a checkpoint with another fingerprint is refused, since it would
     * not give what an uninterrupted run gives.
     */
    public Training fingerprint(String text) {
        fingerprint = Objects.requireNonNull(text);
        return this;
    }

    /** Asked after each step; once true, the run writes its checkpoint and ends. */
    public Training stopWhen(BooleanSupplier requested) {
        stopRequested = Objects.requireNonNull(requested);
        return this;
    }

    /** Adds a callback. */
    public Training callback(Callback callback) {
        callbacks.add(Objects.requireNonNull(callback));
        return this;
    }

    /**
     * Trains.
     *
     * @throws TrainingException if the loss or a gradient is not finite
     * @throws CheckpointException if a checkpoint is of another run
     * @throws java.io.UncheckedIOException if a checkpoint cannot be read or written
     */
    public TrainingResult run() {
        if (monitor == null && (restoreBest || plateau != null)) {
            throw new IllegalStateException("restoreBest and plateau need a monitored metric");
        }
        return new TrainingLoop(this).run();
    }
}
