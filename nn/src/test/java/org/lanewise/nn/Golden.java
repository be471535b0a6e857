package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;

/** One case of src-test-data/nn/golden: state, inputs, outputs, cotangents and gradients, computed by PyTorch in double. */
public final class Golden {
    /** Relative to the largest value of the tensor compared. */
    public static final double TOLERANCE = 1e-5;

    private static final Path FOLDER = Path.of("../src-test-data/nn/golden");

    private final String name;
    private final Map<String, Tensor> tensors;

    private Golden(String name) {
        this.name = name;
        try {
            this.tensors = SafeTensors.read(file(name)).tensors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Golden of(String name) {
        return new Golden(name);
    }

    public static Path file(String name) {
        return FOLDER.resolve(name + ".safetensors");
    }

    public Tensor get(String key) {
        Tensor tensor = tensors.get(key);
        if (tensor == null) throw new IllegalArgumentException(name + " has no " + key + " but " + tensors.keySet());
        return tensor;
    }

    public Tensor in(String key) {
        return get("in." + key);
    }

    public int[] indices(String key) {
        float[] values = in(key).toArray();
        int[] indices = new int[values.length];
        for (int i = 0; i < values.length; i++) indices[i] = (int) values[i];
        return indices;
    }

    /** The tensors whose names begin with {@code prefix} and a dot, without it. */
    public Map<String, Tensor> group(String prefix) {
        Map<String, Tensor> group = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> {
            if (key.startsWith(prefix + ".")) group.put(key.substring(prefix.length() + 1), tensor);
        });
        return group;
    }

    /** The module's computation on a tape, given the differentiated inputs by name; one variable per output. */
    @FunctionalInterface
    public interface Forward {
        Map<String, Variable> apply(Tape tape, Map<String, Variable> inputs);
    }

    /** Loads the state, runs forward and backward, and compares outputs, all gradients and the buffers afterwards. */
    public void check(Module module, Forward forward) {
        module.loadStateDict(group("state"));
        try (Tape tape = Tape.recording(1)) {
            Map<String, Variable> inputs = new LinkedHashMap<>();
            for (String key : group("gin").keySet()) inputs.put(key, tape.leaf(in(key)));
            Map<String, Variable> outputs = forward.apply(tape, inputs);
            Variable loss = tape.constant(Tensor.scalar(0));
            for (var output : outputs.entrySet()) {
                String key = output.getKey().isEmpty() ? "" : "." + output.getKey();
                compare("out" + key, output.getValue().value(), get("out" + key));
                loss = loss.add(output.getValue().mul(get("cot" + key)).sum());
            }
            Gradients gradients = tape.backward(loss);
            inputs.forEach((key, x) -> compare("gin." + key, gradients.of(x), get("gin." + key)));
            Map<String, Parameter> parameters = module.namedParameters();
            assertThat(parameters.keySet()).isEqualTo(group("grad").keySet());
            parameters.forEach((key, p) -> compare("grad." + key, gradients.of(p), get("grad." + key)));
            module.namedBuffers().forEach((key, b) -> compare("after." + key, b, get("after." + key)));
        }
    }

    /** {@link #check} of a module with one input {@code x}. */
    public void checkUnary(UnaryModule module) {
        check(module, (tape, in) -> Map.of("", module.forward(in.get("x"))));
    }

    /** The loss alone: inputs by name, no module. */
    public void checkLoss(Forward forward) {
        check(new Module() {}, forward);
    }

    private void compare(String key, Tensor actual, Tensor expected) {
        if (actual == null) actual = Tensor.zeros(expected.shape()); // the loss does not depend on it
        assertThat(actual.shape()).as(name + " " + key + " shape").isEqualTo(expected.shape());
        float[] a = actual.toArray();
        float[] e = expected.toArray();
        double scale = 1e-3;
        for (float value : e) scale = Math.max(scale, Math.abs(value));
        for (int i = 0; i < a.length; i++) {
            double error = Math.abs((double) a[i] - e[i]) / scale;
            if (!(error <= TOLERANCE)) {
                throw new AssertionError(name + " " + key + ", element " + i + ": " + a[i] + " instead of " + e[i]
                        + ", relative error " + error);
            }
        }
    }
}
