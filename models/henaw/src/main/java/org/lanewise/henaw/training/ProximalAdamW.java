package org.lanewise.henaw.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;
import org.lanewise.henaw.network.HierarchicalElasticNet;

/**
 * AdamW in two groups: the linear path at its own learning rate, without decay, with ridge gradient and the proximal step of
 * {@link HierarchicalElasticNet}; everything else with decoupled decay. Gradients are scaled to norm
 * {@value #CLIP} at most. The rate warms up linearly over {@value #WARM_UP} of the steps and falls to 0 as a cosine.
 */
final class ProximalAdamW {
    private static final double CLIP = 5;
    private static final double WARM_UP = .05;
    private static final float BETA1 = .9f;
    private static final float BETA2 = .98f;
    private static final float EPS = 1e-8f;

    private final Map<String, Parameter> parameters;
    private final Parameter skip;
    private final int[] groups;
    private final EnsembleConfig settings;
    private final int totalSteps;
    private final Map<String, Tensor> first = new LinkedHashMap<>();
    private final Map<String, Tensor> second = new LinkedHashMap<>();
    private int steps;

    ProximalAdamW(HenawNetwork network, int[] groups, EnsembleConfig settings, int totalSteps) {
        this.parameters = network.namedParameters();
        this.skip = network.skip();
        this.groups = groups;
        this.settings = settings;
        this.totalSteps = totalSteps;
        parameters.forEach((name, p) -> {
            first.put(name, Tensor.zeros(p.value().shape()));
            second.put(name, Tensor.zeros(p.value().shape()));
        });
    }

    /** Moves the parameters along the gradients, which are modified. */
    void step(Gradients gradients) {
        steps++;
        clip(gradients);
        double factor = Math.min(1, steps / (WARM_UP * totalSteps)) * .5
                * (1 + StrictMath.cos(Math.PI * (steps - 1) / totalSteps));
        float bias1 = (float) (1 - StrictMath.pow(BETA1, steps));
        float bias2 = (float) (1 / Math.sqrt(1 - StrictMath.pow(BETA2, steps)));
        parameters.forEach((name, p) -> {
            Tensor g = gradients.of(p);
            if (g == null)
                return;
            boolean linear = p == skip;
            float rate = (float) (factor * (linear ? settings.skipRate() : settings.deepRate()));
            if (linear)
                g.addScaled_(p.value(), (float) settings.net().ridge());
            Tensor contiguous = g.contiguous();
            KernelProvider.get().adamStep(p.value().data(), contiguous.data(), first.get(name).data(),
                    second.get(name).data(), 0, p.value().numel(), rate, rate / bias1, BETA1, BETA2, bias2, EPS,
                    linear ? 0 : (float) settings.decay(), false);
            if (linear)
                settings.net().proximal(p.value().data(), groups, stepLengths(second.get(name).data(), rate, bias2));
        });
    }

    private static double[] stepLengths(float[] v, double rate, double bias2) {
        double[] lengths = new double[v.length];
        for (int c = 0; c < v.length; c++)
            lengths[c] = rate / (Math.sqrt(v[c]) * bias2 + EPS);
        return lengths;
    }

    private void clip(Gradients gradients) {
        double squares = 0;
        for (Parameter p : parameters.values()) {
            Tensor g = gradients.of(p);
            if (g != null) {
                float norm = g.norm().item();
                squares += (double) norm * norm;
            }
        }
        double norm = Math.sqrt(squares);
        if (norm > CLIP)
            gradients.scale((float) (CLIP / norm));
    }

    int steps() {
        return steps;
    }

    /** Moments by parameter, to be written beside the parameters. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        first.forEach((name, m) -> state.put("adam.m." + name, m));
        second.forEach((name, v) -> state.put("adam.v." + name, v));
        return state;
    }

    void restore(Map<String, Tensor> state, int stepsDone) {
        first.forEach((name, m) -> m.copyFrom(state.get("adam.m." + name)));
        second.forEach((name, v) -> v.copyFrom(state.get("adam.v." + name)));
        steps = stepsDone;
    }
}
