package org.lanewise.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;

/**
 * A part of a network: parameters (trained), buffers (kept, not trained) and child modules, under names. A module is an
 * ordinary object: what it needs comes through the constructor, and its computation is a method called {@code forward}.
 *
 * <pre>{@code
 * final class Classifier extends UnaryModule {
 *     private final Linear hidden;
 *     private final Linear output;
 *
 *     Classifier(Rng rng) {
 *         hidden = child("hidden", new Linear(9, 32, Activation.RELU, rng));
 *         output = child("output", new Linear(32, 4, rng));
 *     }
 *
 *     public Variable forward(Variable x) {
 *         return output.forward(hidden.forward(x));
 *     }
 * }
 * }</pre>
 *
 * <p>Names are dotted paths in the order and spelling of PyTorch's ({@code hidden.weight}), and weights have its layout, so
 * that state dicts can be exchanged: {@link #save} writes a safetensors file that
 * {@code torch_module.load_state_dict(load_file(path))} accepts, and {@link #load} reads one that PyTorch wrote.
 *
 * <p>A new module is in training mode. In evaluation mode {@code forward} modifies nothing: any number of threads may then
 * use the module at once, each with its own tape.
 */
public abstract class Module {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private volatile boolean training = true;

    // --- for the constructors of subclasses

    /** Registers a child and returns it. */
    protected final <M extends Module> M child(String name, M module) {
        checkName(name);
        if (module == this) throw new IllegalArgumentException(this + ": a module cannot be its own child");
        children.put(name, module);
        return module;
    }

    /** Registers a trained array with its initial value. */
    protected final Parameter parameter(String name, Tensor initial) {
        checkName(name);
        Parameter parameter = new Parameter(name, initial);
        parameters.put(name, parameter);
        return parameter;
    }

    /** Registers an array that belongs to the state but is not trained. Changes are made in place. */
    protected final Tensor buffer(String name, Tensor initial) {
        checkName(name);
        buffers.put(name, initial);
        return initial;
    }

    private void checkName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(this + ": the name '" + name + "' is empty or has a dot");
        }
        if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
            throw new IllegalArgumentException(this + ": the name '" + name + "' is taken");
        }
    }

    // --- contents

    /** Every parameter below this module, each once even when modules share it. */
    public final List<Parameter> parameters() {
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Parameter> all = new ArrayList<>();
        for (Parameter parameter : namedParameters().values()) {
            if (seen.add(parameter)) all.add(parameter);
        }
        return all;
    }

    /** Every parameter under its dotted name; a shared one under each of its names. */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        namedModules().forEach((path, module) -> module.parameters.forEach((name, p) -> all.put(join(path, name), p)));
        return all;
    }

    /** Every buffer under its dotted name: the tensors themselves, not copies. */
    public final Map<String, Tensor> namedBuffers() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        namedModules().forEach((path, module) -> module.buffers.forEach((name, b) -> all.put(join(path, name), b)));
        return all;
    }

    /** The direct children under their names. */
    public final Map<String, Module> children() {
        return Collections.unmodifiableMap(children);
    }

    /** This module (under the empty name) and every one below it, parents first. */
    public final Map<String, Module> namedModules() {
        Map<String, Module> all = new LinkedHashMap<>();
        collect("", all);
        return all;
    }

    private void collect(String path, Map<String, Module> all) {
        all.put(path, this);
        children.forEach((name, module) -> module.collect(join(path, name), all));
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The number of trained values, shared ones counted once. */
    public final long parameterCount() {
        return parameters().stream().mapToLong(p -> p.value().numel()).sum();
    }

    /** A table of the modules with their shapes and parameter counts, for people. */
    public final String summary() {
        return Summary.of(this);
    }

    /** The parameters registered with this module itself, for {@link Summary}. */
    final Map<String, Parameter> ownParameters() {
        return parameters;
    }

    final Map<String, Tensor> ownBuffers() {
        return buffers;
    }

    // --- mode

    /** Training mode, for this module and all below: dropout drops, batch statistics are used and tracked. */
    public final void train() {
        namedModules().values().forEach(module -> module.training = true);
    }

    /** Evaluation mode, for this module and all below. */
    public final void eval() {
        namedModules().values().forEach(module -> module.training = false);
    }

    /** Whether this module is in training mode. */
    public final boolean isTraining() {
        return training;
    }

    /** Freezes (false) or thaws (true) every parameter below this module. */
    public final void setRequiresGrad(boolean requiresGrad) {
        parameters().forEach(p -> p.setRequiresGrad(requiresGrad));
    }

    // --- state

    /**
     * A copy of all parameters and buffers under their dotted names, in PyTorch's order: a module's own parameters, then its
     * buffers, then its children's.
     */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        state().forEach((name, tensor) -> copy.put(name, tensor.copy()));
        return copy;
    }

    /**
     * Sets all parameters and buffers. The names must be exactly those of {@link #stateDict}, the shapes too; else nothing
     * is changed.
     *
     * @throws StateDictException listing everything missing, unexpected or of the wrong shape
     */
    public final void loadStateDict(Map<String, Tensor> values) {
        Map<String, Tensor> state = state();
        StateDictException.check(toString(), state, values);
        state.forEach((name, tensor) -> tensor.copyFrom(values.get(name)));
    }

    /** Writes the state dict as a safetensors file, whole or not at all. */
    public final void save(Path file) throws IOException {
        save(file, Map.of());
    }

    /** The same with text metadata in the file's header. */
    public final void save(Path file, Map<String, String> metadata) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putIfAbsent("format", "pt"); // the mark by which readers of PyTorch's state dicts know their layout
        SafeTensors.write(file, state(), all);
    }

    /**
     * Reads a state dict written by {@link #save}, or by PyTorch for the same module.
     *
     * @throws StateDictException as {@link #loadStateDict}, the message beginning with the file's name
     */
    public final void load(Path file) throws IOException {
        Map<String, Tensor> values = SafeTensors.read(file).tensors();
        try {
            loadStateDict(values);
        } catch (StateDictException e) {
            throw e.in(file);
        }
    }

    /** The live tensors of {@link #stateDict}. */
    private Map<String, Tensor> state() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        namedModules().forEach((path, module) -> {
            module.parameters.forEach((name, p) -> all.put(join(path, name), p.value()));
            module.buffers.forEach((name, b) -> all.put(join(path, name), b));
        });
        return all;
    }

    /** The type and what sets its shapes apart, such as {@code Linear(9, 32)}: the name used in messages. */
    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
