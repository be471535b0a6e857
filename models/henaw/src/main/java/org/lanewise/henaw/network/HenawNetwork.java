package org.lanewise.henaw.network;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.features.FeatureLayout;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.nn.Dropout;
import org.lanewise.nn.Linear;
import org.lanewise.nn.UnaryModule;

/**
 * The repaired HENAW network. Input {@code [n, width]} as {@link HenawFeatures} writes it, output {@code [n, outputs]}:
 *
 * <pre>
 * weight  = p softmax(log base weight + gate(context))              averages 1, finite temperature
 * encoder = marker by marker: [z weight, z] -> E ReLU -> E
 * system  = x + attention(x) over the system's markers, projected to E, ReLU
 * cross   = y + attention(y) over the systems
 * alone   = [z, context] -> H ReLU -> H/2 ReLU
 * pairs   = interactions -> 16 ReLU
 * deep    = ([cross, alone, pairs] -> 16 ReLU) -> outputs
 * out_0   = skip . columns + deep_0,  out_k = deep_k
 * </pre>
 *
 * The linear {@link #skip()} path starts at zero and is what {@link HierarchicalElasticNet} selects from; the deep path starts near zero,
 * so training begins at the linear model. Tokens are kept as {@code [tokens, n, E]}: attention over at most four tokens is
 * cheaper as broadcast products than as n tiny matrix products.
 */
public final class HenawNetwork extends UnaryModule {
    static final int GATE = 16;
    static final int JOINT = 16;

    private final FeatureLayout layout;
    private final List<int[]> systems;
    private final int embed;
    private final Linear gateIn;
    private final Linear gateOut;
    private final Parameter encode1;
    private final Parameter encode1Bias;
    private final Parameter encode2;
    private final Parameter encode2Bias;
    private final List<TokenAttention> within = new ArrayList<>();
    private final List<Parameter> projections = new ArrayList<>();
    private final List<Parameter> projectionBiases = new ArrayList<>();
    private final TokenAttention across;
    private final Linear alone1;
    private final Linear alone2;
    private final Linear pairs;
    private final Parameter joinSystems;
    private final Linear joinRest;
    private final Linear output;
    private final Linear skip;
    private final Dropout dropout;

    /**
     * @param features what the network will be fed with
     * @param embed    E, the width of a marker's encoding
     * @param hidden   H, the width of the individual path
     * @param dropout  probability on encodings and hidden layers
     * @param outputs  1 for a log hazard, 2 for mean and log deviation
     */
    public HenawNetwork(HenawFeatures features, int embed, int hidden, double dropout, int outputs, Rng rng) {
        this.layout = features.layout();
        this.systems = features.systems();
        this.embed = embed;
        int p = layout.markers();
        int c = layout.context();
        gateIn = child("gate_in", new Linear(c, GATE, Activation.TANH, rng));
        gateOut = child("gate_out", new Linear(GATE, p, rng));
        encode1 = parameter("encode1", normal(rng, .7f, p, 2, embed));
        encode1Bias = parameter("encode1_bias", normal(rng, .3f, p, 1, embed));
        encode2 = parameter("encode2", normal(rng, (float) (1 / Math.sqrt(embed)), p, embed, embed));
        encode2Bias = parameter("encode2_bias", Tensor.zeros(p, 1, embed));
        for (int s = 0; s < systems.size(); s++) {
            int k = systems.get(s).length;
            within.add(child("within" + s, new TokenAttention(embed, rng)));
            projections.add(parameter("project" + s,
                    normal(rng, (float) (1 / Math.sqrt(3.0 * k * embed)), k, embed, embed)));
            projectionBiases.add(parameter("project" + s + "_bias", Tensor.zeros(embed)));
        }
        across = child("across", new TokenAttention(embed, rng));
        alone1 = child("alone1", new Linear(p + c, hidden, Activation.RELU, rng));
        alone2 = child("alone2", new Linear(hidden, hidden / 2, Activation.RELU, rng));
        pairs = child("pairs", new Linear(FeatureLayout.INTERACTIONS, JOINT, Activation.RELU, rng));
        int joined = systems.size() * embed + hidden / 2 + JOINT;
        joinSystems = parameter("join_systems",
                normal(rng, (float) (1 / Math.sqrt(3.0 * joined)), systems.size(), embed, JOINT));
        joinRest = child("join_rest", new Linear(hidden / 2 + JOINT, JOINT, rng));
        output = child("output", new Linear(JOINT, outputs, rng));
        output.weight().value().copyFrom(normal(rng, .01f, outputs, JOINT));
        output.bias().value().fill_(0);
        skip = child("skip", new Linear(layout.skip(), 1, Activation.NONE, false, rng));
        skip.weight().value().fill_(0);
        this.dropout = child("dropout", new Dropout(dropout));
    }

    private static Tensor normal(Rng rng, float deviation, int... shape) {
        return rng.normal(Tensor.zeros(shape), 0, deviation);
    }

    @Override
    public Variable forward(Variable x) {
        int p = layout.markers();
        Variable z = x.slice(1, layout.z(), layout.z() + p);
        Variable context = x.slice(1, layout.contextAt(), layout.contextAt() + layout.context());
        Variable systemPart = join(tokens(x, z, context));
        Variable alone = dropout.forward(alone1.forward(Variable.concat(1, z, context)));
        alone = dropout.forward(alone2.forward(alone));
        Variable pair = pairs.forward(x.slice(1, layout.interactions(), layout.skipAt()));
        Variable rest = joinRest.forward(Variable.concat(1, alone, pair));
        Variable deep = output.forward(dropout.forward(systemPart.add(rest).relu()));
        Variable linear = skip.forward(x.slice(1, layout.skipAt(), layout.width()));
        int outputs = deep.size(1);
        if (outputs == 1)
            return deep.add(linear);
        return Variable.concat(1, deep.slice(1, 0, 1).add(linear), deep.slice(1, 1, outputs));
    }

    /** Encoded markers {@code [p, n, E]}. */
    private Variable tokens(Variable x, Variable z, Variable context) {
        int p = layout.markers();
        Variable base = x.slice(1, layout.weights(), layout.weights() + p);
        Variable gate = gateOut.forward(gateIn.forward(context));
        Variable weight = base.log().add(gate).softmax(1).mul(p);
        Variable each = Variable.stack(2, z.mul(weight).t(), z.t());
        Variable hidden = each.matmul(use(x, encode1)).add(use(x, encode1Bias)).relu();
        return dropout.forward(hidden).matmul(use(x, encode2)).add(use(x, encode2Bias));
    }

    /** Systems from tokens, attention across them, and their share of the joint layer {@code [n, 16]}. */
    private Variable join(Variable tokens) {
        Variable[] vectors = new Variable[systems.size()];
        for (int s = 0; s < vectors.length; s++) {
            Variable mine = within.get(s).forward(tokens.indexSelect(0, systems.get(s)));
            vectors[s] = mine.matmul(use(tokens, projections.get(s))).sum(false, 0)
                    .add(use(tokens, projectionBiases.get(s))).relu();
        }
        Variable crossed = across.forward(Variable.stack(0, vectors));
        return crossed.matmul(use(tokens, joinSystems)).sum(false, 0);
    }

    private static Variable use(Variable x, Parameter parameter) {
        return x.tape().use(parameter);
    }

    /** The linear path, weight {@code [1, columns]}. */
    public Parameter skip() {
        return skip.weight();
    }

    @Override
    public String toString() {
        return "HenawNetwork(" + layout.markers() + " markers, " + systems.size() + " systems, E " + embed + ")";
    }

    /** {@code x + attention(x)} of one head over tokens {@code [k, n, E]}. */
    private static final class TokenAttention extends UnaryModule {
        private final int embed;
        private final Linear in;

        TokenAttention(int embed, Rng rng) {
            this.embed = embed;
            in = child("in", new Linear(embed, 3 * embed, rng));
        }

        @Override
        public Variable forward(Variable x) {
            if (x.size(0) == 1)
                return x.add(in.forward(x).slice(2, 2 * embed, 3 * embed));
            Variable all = in.forward(x);
            Variable query = all.slice(2, 0, embed).unsqueeze(1);
            Variable key = all.slice(2, embed, 2 * embed).unsqueeze(0);
            Variable value = all.slice(2, 2 * embed, 3 * embed).unsqueeze(0);
            Variable score = query.mul(key).sum(true, 3).mul((float) (1 / Math.sqrt(embed)));
            return x.add(score.softmax(1).mul(value).sum(false, 1));
        }
    }
}
