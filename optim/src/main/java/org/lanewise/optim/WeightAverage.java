package org.lanewise.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;

/**
 * A running average of a model's parameters, kept beside the model: {@link #exponential} (EMA, Polyak averaging with
 * forgetting) or {@link #uniform} (SWA, Izmailov et al. 2018).
 *
 * <pre>{@code
 * var average = WeightAverage.exponential(model.namedParameters(), 0.999);
 * optimizer.step(gradients);
 * average.update();
 * try (WeightAverage.Scope _ = average.swapIn()) {
 *     evaluate(model);                    // with averaged weights
 * }                                       // the trained ones are back
 * }</pre>
 *
 * <p>Running statistics of batch normalisation are not averaged: after swapping in a uniform average, pass the training
 * data through the model once in training mode to renew them.
 */
public final class WeightAverage {

    private static final String COUNT = "count";

    private final Map<String, Parameter> parameters;
    private final Map<String, float[]> average = new LinkedHashMap<>();
    private final double decay;
    private long count;

    /** Puts the trained weights back when closed. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private WeightAverage(Map<String, Parameter> parameters, double decay) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.decay = decay;
        parameters.forEach((name, parameter) -> average.put(name, parameter.value().toArray()));
    }

    /**
     * {@code average = d average + (1 - d) p} with {@code d = min(decay, (1 + t) / (10 + t))}, so that the first updates
     * do not cling to the random start.
     *
     * @param decay in (0, 1)
     */
    public static WeightAverage exponential(Map<String, Parameter> parameters, double decay) {
        if (!(decay > 0 && decay < 1)) throw new IllegalArgumentException("decay must be in (0, 1), not " + decay);
        return new WeightAverage(parameters, decay);
    }

    /** The arithmetic mean of the weights at all updates. */
    public static WeightAverage uniform(Map<String, Parameter> parameters) {
        return new WeightAverage(parameters, Double.NaN);
    }

    /** Takes the present weights into the average. */
    public void update() {
        double keep = Double.isNaN(decay)
                ? (double) count / (count + 1)
                : Math.min(decay, (1.0 + count) / (10.0 + count));
        count++;
        float weight = (float) (1 - keep);
        parameters.forEach((name, parameter) -> {
            float[] to = average.get(name);
            float[] from = parameter.value().data();
            for (int i = 0; i < to.length; i++) to[i] += weight * (from[i] - to[i]);
        });
    }

    /** Updates taken so far. */
    public long count() {
        return count;
    }

    /** Exchanges the model's weights for the averaged ones until the scope is closed. */
    public Scope swapIn() {
        swap();
        return this::swap;
    }

    private void swap() {
        parameters.forEach((name, parameter) -> {
            float[] kept = average.get(name);
            float[] live = parameter.value().data();
            for (int i = 0; i < kept.length; i++) {
                float value = live[i];
                live[i] = kept[i];
                kept[i] = value;
            }
        });
    }

    /** A copy of the averages and the count, for a checkpoint. */
    public Map<String, Tensor> state() {
        var state = new LinkedHashMap<String, Tensor>();
        state.put(COUNT, Tensor.of(new float[] {count >>> 24, count & 0xFFFFFF}, 2));
        average.forEach((name, values) -> state.put("average." + name,
                Tensor.of(values.clone(), parameters.get(name).value().shape())));
        return state;
    }

    /**
     * Goes on from a checkpoint.
     *
     * @throws IllegalArgumentException if the names or sizes are not this model's
     */
    public void loadState(Map<String, Tensor> state) {
        Map<String, Tensor> own = state();
        if (!own.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("weight average: expected " + new TreeSet<>(own.keySet()) + ", got "
                    + new TreeSet<>(state.keySet()));
        }
        own.forEach((name, tensor) -> {
            if (tensor.numel() != state.get(name).numel()) {
                throw new IllegalArgumentException("weight average: '" + name + "' has " + state.get(name).numel()
                        + " values, expected " + tensor.numel());
            }
        });
        float[] saved = state.get(COUNT).toArray();
        count = ((long) saved[0] << 24) | (long) saved[1];
        average.forEach((name, to) -> System.arraycopy(state.get("average." + name).toArray(), 0, to, 0, to.length));
    }
}
