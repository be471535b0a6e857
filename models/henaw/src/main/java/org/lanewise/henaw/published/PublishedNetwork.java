package org.lanewise.henaw.published;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.network.HenawNetwork;
import org.lanewise.nn.BatchNorm1d;
import org.lanewise.nn.Dropout;
import org.lanewise.nn.Linear;
import org.lanewise.nn.Module;
import org.lanewise.nn.MultiHeadAttention;
import org.lanewise.nn.ReLU;
import org.lanewise.nn.Sequential;
import org.lanewise.nn.UnaryModule;
import org.lanewise.nn.init.Init;

/**
 * HENAW as published, 38,447 parameters, for comparison with the repaired {@link HenawNetwork}:
 *
 * <pre>
 * x w -> nine encoders 1-16-16 -> four systems (attention of 4 heads, no residual; concat -> 16)
 *     -> attention across the systems                                           4 x 16
 * x w -> 64 ReLU BN -> 32 ReLU BN                                                   32
 * z0 z1, z2 z3, z7 / z8 -> 32 ReLU -> 16                                            16
 * 112 -> 16 -> age,  112 -> 64 -> log hazard,  four times 112 -> 32 -> morbidity
 * </pre>
 *
 * The ratio of two z-scores changes sign at random; it is kept because it was published.
 */
public final class PublishedNetwork extends Module {
    /** What the layers add up to. */
    public static final int PARAMETERS = 38_447;

    private static final int E = 16;
    private static final int HEADS = 4;
    private static final double DROPOUT = .2;
    private static final int JOINED = 4 * E + 32 + 16;
    private static final int MORBIDITIES = 4;

    private final PublishedWeighting weighting;
    private final List<Sequential> encoders = new ArrayList<>();
    private final List<MultiHeadAttention> within = new ArrayList<>();
    private final List<Linear> projections = new ArrayList<>();
    private final List<int[]> systems = new ArrayList<>();
    private final MultiHeadAttention across;
    private final Sequential individual;
    private final Sequential interactions;
    private final Sequential age;
    private final Sequential mortality;
    private final List<Sequential> morbidities = new ArrayList<>();

    /**
     * What the heads say, {@code [n, 1]} each, and four morbidity logits.
     *
     * @param age in years
     * @param logHazard of death
     * @param morbidities logits of cardiovascular disease, diabetes, cancer, dementia
     */
    public record Output(Variable age, Variable logHazard, List<Variable> morbidities) {}

    /** Xavier-uniform weights, zero biases, as published. */
    public PublishedNetwork(Rng rng) {
        weighting = child("adaptive_weighting", new PublishedWeighting(Marker.NINE.size(), rng));
        for (int j = 0; j < Marker.NINE.size(); j++)
            encoders.add(child("encoder" + j, new Sequential(new Linear(1, E, rng), new ReLU(), new Dropout(DROPOUT),
                    new Linear(E, E, rng))));
        for (Marker.Organ organ : Marker.Organ.values()) {
            int[] members = organ.members().stream().mapToInt(Marker.NINE::indexOf).toArray();
            systems.add(members);
            within.add(child(organ.label() + "_attention", new MultiHeadAttention(E, HEADS, DROPOUT, rng)));
            projections.add(child(organ.label() + "_projection", new Linear(members.length * E, E, rng)));
        }
        across = child("across", new MultiHeadAttention(E, HEADS, DROPOUT, rng));
        individual = child("individual", new Sequential(new Linear(9, 64, rng), new ReLU(), new BatchNorm1d(64),
                new Dropout(DROPOUT), new Linear(64, 32, rng), new ReLU(), new BatchNorm1d(32), new Dropout(DROPOUT)));
        interactions = child("interactions", new Sequential(new Linear(3, 32, rng), new ReLU(), new Dropout(DROPOUT),
                new Linear(32, 16, rng)));
        age = head("age", 16, rng);
        mortality = head("mortality", 64, rng);
        for (int k = 0; k < MORBIDITIES; k++)
            morbidities.add(head("morbidity" + k, 32, rng));
        namedModules().forEach((name, module) -> {
            if (module instanceof Linear linear) {
                Init.xavierUniform(linear.weight().value(), rng);
                linear.bias().value().fill_(0);
            }
        });
    }

    private Sequential head(String name, int hidden, Rng rng) {
        return child(name, new Sequential(new Linear(JOINED, hidden, rng), new ReLU(), new Dropout(DROPOUT),
                new Linear(hidden, 1, rng)));
    }

    /** @param z standardised markers {@code [n, 9]}; {@code years} ages {@code [n, 1]}, which the gate looks at */
    public Output forward(Variable z, Variable years) {
        return forward(z, z.tape().constant(derived(z.value())), years);
    }

    /** @param derived what {@link #derived} makes of z, {@code [n, 3]} */
    Output forward(Variable z, Variable derived, Variable years) {
        Variable weighted = z.mul(weighting.forward(z, years));
        Variable joined = Variable.concat(1, systems(weighted), individual.forward(weighted),
                interactions.forward(derived));
        return new Output(age.forward(joined), mortality.forward(joined),
                morbidities.stream().map(head -> head.forward(joined)).toList());
    }

    private Variable systems(Variable weighted) {
        Variable[] vectors = new Variable[systems.size()];
        Variable[] tokens = new Variable[encoders.size()];
        for (int j = 0; j < tokens.length; j++)
            tokens[j] = encoders.get(j).forward(weighted.slice(1, j, j + 1));
        int n = weighted.size(0);
        for (int s = 0; s < vectors.length; s++) {
            int[] members = systems.get(s);
            Variable[] mine = new Variable[members.length];
            for (int k = 0; k < mine.length; k++)
                mine[k] = tokens[members[k]];
            Variable attended = within.get(s).forward(Variable.stack(1, mine));
            vectors[s] = projections.get(s).forward(attended.reshape(n, members.length * E));
        }
        return across.forward(Variable.stack(1, vectors)).reshape(n, systems.size() * E);
    }

    /** {@code [z0 z1, z2 z3, z7 / z8]} with the published limits. */
    static Tensor derived(Tensor z) {
        int n = z.size(0);
        Tensor out = Tensor.zeros(n, 3);
        for (int i = 0; i < n; i++) {
            out.set(limited(z.get(i, 0) * z.get(i, 1), -1e6f, 1e6f), i, 0);
            out.set(limited(z.get(i, 2) * z.get(i, 3), -1e6f, 1e6f), i, 1);
            float below = z.get(i, 8);
            out.set(Math.abs(below) < 1e-6f ? 1 : limited(z.get(i, 7) / below, .1f, 10), i, 2);
        }
        return out;
    }

    /** Partial derivatives of the three derived inputs of row i by the nine z-scores; 0 at the published limits. */
    static float[][] derivedSlopes(Tensor z, int i) {
        float[][] slopes = new float[3][Marker.NINE.size()];
        for (int k = 0; k < 2; k++) {
            float a = z.get(i, 2 * k);
            float b = z.get(i, 2 * k + 1);
            if (Math.abs(a * b) < 1e6f) {
                slopes[k][2 * k] = b;
                slopes[k][2 * k + 1] = a;
            }
        }
        float above = z.get(i, 7);
        float below = z.get(i, 8);
        if (Math.abs(below) >= 1e-6f && above / below > .1f && above / below < 10) {
            slopes[2][7] = 1 / below;
            slopes[2][8] = -above / (below * below);
        }
        return slopes;
    }

    private static float limited(float x, float low, float high) {
        return Math.min(Math.max(x, low), high);
    }

    PublishedWeighting weighting() {
        return weighting;
    }

    /** Modules that the published constraint calls the systems' side. */
    List<Module> systemSide() {
        List<Module> all = new ArrayList<>(encoders);
        all.addAll(within);
        all.addAll(projections);
        all.add(across);
        return all;
    }

    /** Modules of the individual path. */
    List<UnaryModule> individualSide() {
        return List.of(individual);
    }
}
