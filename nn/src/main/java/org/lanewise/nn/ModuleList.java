package org.lanewise.nn;

import java.util.List;

/**
 * Modules under the names {@code 0}, {@code 1}, ..., for a parent that calls them itself.
 *
 * <pre>{@code
 * ModuleList<Linear> heads = child("heads", new ModuleList<>(List.of(new Linear(16, 1, rng), new Linear(16, 4, rng))));
 * for (Linear head : heads.list()) outputs.add(head.forward(x));
 * }</pre>
 */
public final class ModuleList<M extends Module> extends Module {
    private final List<M> modules;

    public ModuleList(List<? extends M> modules) {
        this.modules = List.copyOf(modules);
        for (int i = 0; i < modules.size(); i++) child(Integer.toString(i), modules.get(i));
    }

    /** The modules in order, not modifiable. */
    public List<M> list() {
        return modules;
    }

    public M get(int index) {
        return modules.get(index);
    }

    public int size() {
        return modules.size();
    }
}
