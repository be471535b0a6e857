package org.lanewise.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.lanewise.autograd.Parameter;

/** The table behind {@link Module#summary}. */
final class Summary {

    private record Row(String module, String shapes, String count) {
    }

    private Summary() {}

    static String of(Module root) {
        Set<Parameter> counted = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("module", "parameters", "count"));
        root.namedModules().forEach((path, module) -> rows.add(row(path, module, counted)));

        int first = rows.stream().mapToInt(r -> r.module.length()).max().orElse(0);
        int second = rows.stream().mapToInt(r -> r.shapes.length()).max().orElse(0);
        int third = rows.stream().mapToInt(r -> r.count.length()).max().orElse(0);
        String format = "%-" + first + "s  %-" + second + "s  %" + third + "s%n";
        StringBuilder table = new StringBuilder();
        for (Row row : rows) table.append(String.format(Locale.ROOT, format, row.module, row.shapes, row.count));

        long trained = root.parameters().stream().filter(Parameter::requiresGrad).mapToLong(p -> p.value().numel())
                .sum();
        long buffers = root.namedBuffers().values().stream().mapToLong(b -> b.numel()).sum();
        table.append(String.format(Locale.ROOT, "%,d parameters, %,d of them trained; %,d values in buffers%n",
                root.parameterCount(), trained, buffers));
        return table.toString();
    }

    private static Row row(String path, Module module, Set<Parameter> counted) {
        long depth = path.isEmpty() ? 0 : 1 + path.chars().filter(c -> c == '.').count();
        String name = path.substring(path.lastIndexOf('.') + 1);
        String label = "  ".repeat((int) depth) + (name.isEmpty() ? "" : name + ": ") + module;

        StringJoiner shapes = new StringJoiner(", ");
        long count = 0;
        for (var entry : module.ownParameters().entrySet()) {
            Parameter parameter = entry.getValue();
            boolean shared = !counted.add(parameter);
            if (!shared) count += parameter.value().numel();
            shapes.add(entry.getKey() + " " + Arrays.toString(parameter.value().shape())
                    + (shared ? " (shared)" : parameter.requiresGrad() ? "" : " (frozen)"));
        }
        return new Row(label, shapes.toString(), count == 0 ? "" : String.format(Locale.ROOT, "%,d", count));
    }
}
