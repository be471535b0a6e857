package org.lanewise.nn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;

/**
 * A state dict that does not fit its module. The message is one line with every fault, for instance {@code Linear(5, 3):
 * the state dict does not fit; missing: bias [3]; unexpected: scale [3]; shape: weight must be [3, 5], is [5, 3]}.
 */
public final class StateDictException extends IllegalArgumentException {
    /** Of a network mistaken for another every name differs; this many of each kind show that. */
    private static final int SHOWN = 20;

    private StateDictException(String message) {
        super(message);
    }

    /** The same fault with the file it was found in. */
    StateDictException in(Path file) {
        return new StateDictException(file + ": " + getMessage());
    }

    /** Throws unless names and shapes agree. */
    static void check(String module, Map<String, Tensor> expected, Map<String, Tensor> actual) {
        List<String> missing = new ArrayList<>();
        List<String> unexpected = new ArrayList<>();
        List<String> shapes = new ArrayList<>();
        expected.forEach((name, tensor) -> {
            Tensor value = actual.get(name);
            if (value == null) {
                missing.add(name + " " + Arrays.toString(tensor.shape()));
            } else if (!Arrays.equals(value.shape(), tensor.shape())) {
                shapes.add(name + " must be " + Arrays.toString(tensor.shape()) + ", is "
                        + Arrays.toString(value.shape()));
            }
        });
        actual.forEach((name, tensor) -> {
            if (!expected.containsKey(name)) {
                unexpected.add(tensor == null ? name : name + " " + Arrays.toString(tensor.shape()));
            }
        });
        if (missing.isEmpty() && unexpected.isEmpty() && shapes.isEmpty()) return;
        StringBuilder message = new StringBuilder(module).append(": the state dict does not fit");
        list(message, "missing", missing);
        list(message, "unexpected", unexpected);
        list(message, "shape", shapes);
        throw new StateDictException(message.toString());
    }

    private static void list(StringBuilder message, String kind, List<String> faults) {
        if (faults.isEmpty()) return;
        int shown = Math.min(SHOWN, faults.size());
        message.append("; ").append(kind).append(": ").append(String.join(", ", faults.subList(0, shown)));
        if (faults.size() > shown) message.append(" and ").append(faults.size() - shown).append(" more");
    }
}
