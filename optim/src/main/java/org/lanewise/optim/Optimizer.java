package org.lanewise.optim;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * A first-order optimiser: turns gradients into a change of the parameters, keeping one or two arrays of state for each.
 *
 * <p>A parameter without a gradient in a step is left alone, and so is its state. The state is saved and restored by
 * parameter name, so that a resumed run continues with the same bits. Not thread-safe.
 *
 * <pre>{@code
 * var optimizer = new AdamW(List.of(ParamGroup.of(model.namedParameters()).weightDecay(0.01f)), 1e-3f);
 * try (Tape tape = Tape.recording(seed)) {
 *     Variable loss = Losses.mse(model.forward(tape.constant(x)), tape.constant(y));
 *     optimizer.step(tape.backward(loss));
 * }
 * }</pre>
 */
public abstract class Optimizer {

    /** Elements per task: fixed, so that the split never depends on the number of threads. */
    private static final int CHUNK = 1 << 15;

    private static final String STEPS = "steps";

    private final List<ParamGroup> groups;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final String[] stateNames;
    private float learningRate;
    private long steps;

    /** One parameter with its group and its state arrays. */
    private record Slot(Parameter parameter, ParamGroup group, float[][] state) {}

    /** What an update rule sees: ranges of equal meaning in the parameter, its gradient and its state arrays. */
    protected record Range(float[] value, float[] gradient, float[][] state, int from, int count, float rate,
            float weightDecay) {}

    /**
     * @param learningRate >= 0, finite
     * @param stateNames one name for each state array, such as {@code "exp_avg"}
     * @throws IllegalArgumentException if two parameters share a name, or one parameter is in two groups
     */
    protected Optimizer(List<ParamGroup> groups, float learningRate, String... stateNames) {
        this.groups = List.copyOf(groups);
        this.stateNames = stateNames.clone();
        setRate(learningRate);
        var seen = new IdentityHashMap<Parameter, String>();
        for (ParamGroup group : groups) {
            group.parameters().forEach((name, parameter) -> {
                String earlier = seen.put(parameter, name);
                if (earlier != null) {
                    throw new IllegalArgumentException(
                            "parameter '" + name + "' is already in a group as '" + earlier + "'");
                }
                Tensor value = parameter.value();
                if (!value.isContiguous() || value.offset() != 0) {
                    throw new IllegalArgumentException("parameter '" + name + "' must own its array, it is a view");
                }
                var slot = new Slot(parameter, group, new float[stateNames.length][value.numel()]);
                if (slots.put(name, slot) != null) {
                    throw new IllegalArgumentException("two parameters are named '" + name + "'");
                }
            });
        }
    }

    /** Applies this optimiser's rule to one range; {@code t} counts steps from 1. */
    protected abstract void update(Kernels kernels, Range range, long t);

    /**
     * Applies one step.
     *
     * @param gradients of the loss by parameter; not modified
     * @throws ShapeException if a gradient has not its parameter's shape
     */
    public void step(Gradients gradients) {
        steps++;
        Kernels kernels = KernelProvider.get();
        slots.forEach((name, slot) -> {
            Tensor gradient = gradients.of(slot.parameter);
            if (gradient == null || !slot.parameter.requiresGrad()) return;
            Tensor value = slot.parameter.value();
            if (!Arrays.equals(gradient.shape(), value.shape())) {
                throw new ShapeException("step", "the gradient of '" + name + "' has shape "
                        + Arrays.toString(gradient.shape()) + ", the parameter " + Arrays.toString(value.shape()));
            }
            float[] g = gradient.isContiguous() && gradient.offset() == 0 ? gradient.data() : gradient.toArray();
            float rate = learningRate * slot.group.rateFactor();
            int n = value.numel();
            WorkerPool.current().forEach((n + CHUNK - 1) / CHUNK, chunk -> {
                int from = chunk * CHUNK;
                update(kernels, new Range(value.data(), g, slot.state, from, Math.min(CHUNK, n - from), rate,
                        slot.group.weightDecay()), steps);
            });
        });
    }

    /** The state arrays of a parameter, not copied. */
    protected final float[][] state(String parameter) {
        return slot(parameter).state;
    }

    /** The rate of a parameter: the learning rate times its group's factor. */
    protected final float rate(String parameter) {
        return learningRate * slot(parameter).group.rateFactor();
    }

    private Slot slot(String parameter) {
        Slot slot = slots.get(parameter);
        if (slot == null)
            throw new IllegalArgumentException("no parameter '" + parameter + "', there are " + slots.keySet());
        return slot;
    }

    /** The rate of the coming steps, before the groups' factors. */
    public float learningRate() {
        return learningRate;
    }

    /** Sets the rate of the coming steps, usually from a {@link Schedule}. */
    public void learningRate(float rate) {
        setRate(rate);
    }

    private void setRate(float rate) {
        if (!(rate >= 0) || Float.isInfinite(rate)) {
            throw new IllegalArgumentException("learning rate must be finite and >= 0, not " + rate);
        }
        learningRate = rate;
    }

    /** Steps taken so far. */
    public long steps() {
        return steps;
    }

    /** The groups as given. */
    public List<ParamGroup> groups() {
        return groups;
    }

    /** The parameters that this optimiser changes, by name. */
    public Map<String, Parameter> parameters() {
        var all = new LinkedHashMap<String, Parameter>();
        slots.forEach((name, slot) -> all.put(name, slot.parameter));
        return all;
    }

    /** A copy of all state: {@code <parameter>.<state>} for each array, and the step count. */
    public Map<String, Tensor> state() {
        var state = new LinkedHashMap<String, Tensor>();
        // Two floats of 24 bits hold any step count below 2^48 exactly.
        state.put(STEPS, Tensor.of(new float[] {steps >>> 24, steps & 0xFFFFFF}, 2));
        slots.forEach((name, slot) -> {
            for (int i = 0; i < stateNames.length; i++) {
                state.put(name + "." + stateNames[i], Tensor.of(slot.state[i].clone(), slot.parameter.value().shape()));
            }
        });
        return state;
    }

    /**
     * Takes over what {@link #state()} gave.
     *
     * @throws IllegalArgumentException naming missing, unexpected or misshapen entries; nothing is changed then
     */
    public void loadState(Map<String, Tensor> state) {
        Map<String, Tensor> own = state();
        var missing = new TreeSet<>(own.keySet());
        missing.removeAll(state.keySet());
        var unexpected = new TreeSet<>(state.keySet());
        unexpected.removeAll(own.keySet());
        if (!missing.isEmpty() || !unexpected.isEmpty()) {
            throw new IllegalArgumentException("optimiser state: missing " + missing + ", unexpected " + unexpected);
        }
        own.forEach((name, tensor) -> {
            if (!Arrays.equals(tensor.shape(), state.get(name).shape())) {
                throw new ShapeException("loadState", "'" + name + "' has shape "
                        + Arrays.toString(state.get(name).shape()) + ", expected " + Arrays.toString(tensor.shape()));
            }
        });
        float[] count = state.get(STEPS).toArray();
        steps = ((long) count[0] << 24) | (long) count[1];
        slots.forEach((name, slot) -> {
            for (int i = 0; i < stateNames.length; i++) {
                float[] from = state.get(name + "." + stateNames[i]).toArray();
                System.arraycopy(from, 0, slot.state[i], 0, from.length);
            }
        });
    }

    /** Checks a coefficient in [0, 1). */
    static float fraction(String name, float value) {
        if (!(value >= 0 && value < 1)) throw new IllegalArgumentException(name + " must be in [0, 1), not " + value);
        return value;
    }

    /** Checks a positive finite coefficient. */
    static float positive(String name, float value) {
        if (!(value > 0) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }
}
