package org.lanewise.henaw.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;

/**
 * Trains one member of an ensemble. Every random draw is a function of (seed, task, member, epoch, step), so a training that
 * was interrupted and resumed from its checkpoint ends in the same bits as one that was not.
 */
public final class MemberTraining {
    private final HenawFeatures features;
    private final EnsembleConfig settings;
    private final Task task;
    private final float[] inputs;
    private final int[] rows;
    private final Rng rng;
    private final Path checkpoint;

    /**
     * @param inputs     all input rows, {@link HenawFeatures#width()} each; not modified
     * @param rows       the people this member is trained on
     * @param rng        the member's own stream
     * @param checkpoint file to resume from and to write after each epoch, or null for none
     */
    public MemberTraining(HenawFeatures features, EnsembleConfig settings, Task task, float[] inputs, int[] rows,
            Rng rng,
            Path checkpoint) {
        this.features = features;
        this.settings = settings;
        this.task = task;
        this.inputs = inputs;
        this.rows = rows;
        this.rng = rng;
        this.checkpoint = checkpoint;
    }

    /**
     * Trains to the end or until told to stop.
     *
     * @param stop asked after every epoch
     * @param each told of every finished epoch
     * @return the weights, or null if stopped (the checkpoint holds the rest)
     */
    public Map<String, Tensor> run(BooleanSupplier stop, EpochListener each) {
        HenawNetwork network = new HenawNetwork(features, settings.embed(), settings.hidden(), settings.dropout(),
                task.outputs(), rng.stream("initial"));
        int batches = Math.max(1, rows.length / settings.batch());
        ProximalAdamW optimiser = new ProximalAdamW(network, features.basis().groups(), settings,
                batches * settings.epochs());
        int done = restore(network, optimiser);
        for (int epoch = done; epoch < settings.epochs(); epoch++) {
            if (stop.getAsBoolean())
                return null;
            double loss = epoch(network, optimiser, epoch, batches);
            if (!Double.isFinite(loss))
                throw new ArithmeticException("training diverged: the loss of " + task.name() + " is " + loss
                        + " in epoch " + (epoch + 1) + "; lower the learning rates");
            save(network, optimiser, epoch + 1);
            each.finished(epoch + 1, loss);
        }
        return network.stateDict();
    }

    /** Hears of finished epochs. */
    public interface EpochListener {
        void finished(int epoch, double loss);
    }

    private double epoch(HenawNetwork network, ProximalAdamW optimiser, int epoch, int batches) {
        Rng mine = rng.stream(epoch);
        int[] order = mine.stream("order").permutation(rows.length);
        double sum = 0;
        int counted = 0;
        for (int b = 0; b < batches; b++) {
            int from = (int) ((long) b * order.length / batches);
            int to = (int) ((long) (b + 1) * order.length / batches);
            int[] batch = new int[to - from];
            for (int k = 0; k < batch.length; k++)
                batch[k] = rows[order[from + k]];
            try (Tape tape = Tape.recording(mine.stream("tape " + b).nextLong())) {
                Variable loss = task.loss(network.forward(tape.constant(gather(batch))), batch);
                if (loss == null)
                    continue;
                sum += loss.item();
                counted++;
                optimiser.step(tape.backward(loss));
            }
        }
        return counted == 0 ? 0 : sum / counted;
    }

    private Tensor gather(int[] batch) {
        int width = features.width();
        float[] x = new float[batch.length * width];
        for (int k = 0; k < batch.length; k++)
            System.arraycopy(inputs, batch[k] * width, x, k * width, width);
        return Tensor.of(x, batch.length, width);
    }

    private void save(HenawNetwork network, ProximalAdamW optimiser, int epochs) {
        if (checkpoint == null)
            return;
        Map<String, Tensor> all = new LinkedHashMap<>(network.stateDict());
        all.putAll(optimiser.state());
        try {
            SafeTensors.write(checkpoint, all, Map.of("epochs", String.valueOf(epochs), "steps",
                    String.valueOf(optimiser.steps())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + checkpoint, e);
        }
    }

    private int restore(HenawNetwork network, ProximalAdamW optimiser) {
        if (checkpoint == null || !Files.exists(checkpoint))
            return 0;
        try {
            SafeTensors file = SafeTensors.read(checkpoint);
            Map<String, Tensor> weights = new LinkedHashMap<>(file.tensors());
            weights.keySet().removeIf(name -> name.startsWith("adam."));
            network.loadStateDict(weights);
            optimiser.restore(file.tensors(), Integer.parseInt(file.metadata().get("steps")));
            return Integer.parseInt(file.metadata().get("epochs"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + checkpoint, e);
        }
    }
}
