package org.lanewise.nn;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;

/**
 * Modules one after the other, under the names {@code 0}, {@code 1}, ...
 *
 * <p>An activation module right after a {@link Linear} without one of its own is computed within the linear layer's product.
 *
 * <pre>{@code
 * Sequential net = new Sequential(new Linear(9, 64, rng), new GELU(), new Dropout(0.1), new Linear(64, 1, rng));
 * }</pre>
 */
public final class Sequential extends UnaryModule {
    private final List<UnaryModule> modules;

    public Sequential(UnaryModule... modules) {
        this(List.of(modules));
    }

    public Sequential(List<? extends UnaryModule> modules) {
        this.modules = List.copyOf(modules);
        for (int i = 0; i < modules.size(); i++) child(Integer.toString(i), modules.get(i));
    }

    @Override
    public Variable forward(Variable x) {
        for (int i = 0; i < modules.size(); i++) {
            UnaryModule module = modules.get(i);
            Activation fused = activationAfter(i);
            if (fused != null) {
                x = ((Linear) module).forward(x, fused);
                i++;
            } else {
                x = module.forward(x);
            }
        }
        return x;
    }

    /** The activation that the linear layer number {@code i} computes on the way, or null. */
    private Activation activationAfter(int i) {
        return modules.get(i) instanceof Linear linear && linear.activation() == Activation.NONE
                && i + 1 < modules.size() && modules.get(i + 1) instanceof ActivationModule next
                        ? next.activation()
                        : null;
    }

    @Override
    Step step() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < modules.size(); i++) {
            Activation fused = activationAfter(i);
            if (fused != null) steps.add(((Linear) modules.get(i++)).step(fused));
            else steps.add(modules.get(i).step());
        }
        return new ChainStep(steps);
    }

    public int size() {
        return modules.size();
    }

    public UnaryModule get(int index) {
        return modules.get(index);
    }
}
