package org.lanewise.henaw.network;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;
import org.lanewise.henaw.features.FeatureLayout;

/**
 * A trained {@link HenawNetwork} as flat arrays, evaluated by column ({@link ColumnMath}) without tape, tensors or
 * allocation. Immutable; the caller brings the {@link #work scratch}.
 */
final class PackedNetwork {
    private final FeatureLayout layout;
    private final List<int[]> systems;
    private final int embed;
    private final int hidden;
    private final int gate;
    private final int joint;
    private final int outputs;
    private final float[] gateIn;
    private final float[] gateInBias;
    private final float[] gateOut;
    private final float[] gateOutBias;
    private final float[] encode1;
    private final float[] encode1Bias;
    private final float[] encode2;
    private final float[] encode2Bias;
    private final float[][] within;
    private final float[][] withinBias;
    private final float[][] project;
    private final float[][] projectBias;
    private final float[] across;
    private final float[] acrossBias;
    private final float[] alone1;
    private final float[] alone1Bias;
    private final float[] alone2;
    private final float[] alone2Bias;
    private final float[] pairs;
    private final float[] pairsBias;
    private final float[] joinSystems;
    private final float[] joinRest;
    private final float[] joinRestBias;
    private final float[] output;
    private final float[] outputBias;
    private final float[] skip;
    private final int attentionSize;

    /** @param state as {@link HenawNetwork#stateDict()} gives it */
    PackedNetwork(FeatureLayout layout, List<int[]> systems, Map<String, Tensor> state) {
        this.layout = layout;
        this.systems = systems;
        gate = state.get("gate_in.weight").size(0);
        embed = state.get("encode2").size(2);
        hidden = state.get("alone1.weight").size(0);
        joint = state.get("output.weight").size(1);
        outputs = state.get("output.weight").size(0);
        gateIn = transposed(state, "gate_in.weight");
        gateInBias = plain(state, "gate_in.bias");
        gateOut = transposed(state, "gate_out.weight");
        gateOutBias = plain(state, "gate_out.bias");
        encode1 = plain(state, "encode1");
        encode1Bias = plain(state, "encode1_bias");
        encode2 = plain(state, "encode2");
        encode2Bias = plain(state, "encode2_bias");
        int s = systems.size();
        within = new float[s][];
        withinBias = new float[s][];
        project = new float[s][];
        projectBias = new float[s][];
        for (int i = 0; i < s; i++) {
            within[i] = transposed(state, "within" + i + ".in.weight");
            withinBias[i] = plain(state, "within" + i + ".in.bias");
            project[i] = plain(state, "project" + i);
            projectBias[i] = plain(state, "project" + i + "_bias");
        }
        across = transposed(state, "across.in.weight");
        acrossBias = plain(state, "across.in.bias");
        alone1 = transposed(state, "alone1.weight");
        alone1Bias = plain(state, "alone1.bias");
        alone2 = transposed(state, "alone2.weight");
        alone2Bias = plain(state, "alone2.bias");
        pairs = transposed(state, "pairs.weight");
        pairsBias = plain(state, "pairs.bias");
        joinSystems = plain(state, "join_systems");
        joinRest = transposed(state, "join_rest.weight");
        joinRestBias = plain(state, "join_rest.bias");
        output = transposed(state, "output.weight");
        outputBias = plain(state, "output.bias");
        skip = plain(state, "skip.weight");
        int most = Math.max(systems.stream().mapToInt(g -> g.length).max().orElseThrow(), s);
        attentionSize = most * embed + most * 3 * embed + most * most;
    }

    private static float[] plain(Map<String, Tensor> state, String name) {
        return state.get(name).toArray();
    }

    private static float[] transposed(Map<String, Tensor> state, String name) {
        return state.get(name).t().toArray();
    }

    /** Floats of scratch per person of a block. */
    int workSize() {
        int wide = Math.max(hidden, Math.max(embed, gate));
        return layout.markers() * (1 + embed) + 3 + attentionSize + systems.size() * embed
                + Math.max(wide, layout.markers())
                + hidden / 2 + 2 * joint;
    }

    int outputs() {
        return outputs;
    }

    /**
     * Evaluates a block.
     *
     * @param x   input columns, {@code [width][n]}; not modified
     * @param out {@code [outputs][n]} from {@code oo}, overwritten
     */
    void evaluate(float[] x, int n, float[] out, int oo, float[] work) {
        int p = layout.markers();
        int weight = 0;
        int spare = weight + p * n;
        int pair = spare + n;
        int tokens = pair + 2 * n;
        int attention = tokens + p * embed * n;
        int crossed = attention + attentionSize * n;
        int wide = crossed + systems.size() * embed * n;
        int rest = wide + Math.max(Math.max(hidden, p), Math.max(embed, gate)) * n;
        int join = rest + (hidden / 2 + joint) * n;

        weights(x, n, work, weight, spare, wide);
        encode(x, n, work, weight, pair, tokens, wide);
        for (int s = 0; s < systems.size(); s++)
            system(s, n, work, tokens, attention, spare, crossed + s * embed * n);

        // The individual path and the pairs, then everything into the joint layer.
        ColumnMath.linear(x, 0, p, alone1, 0, alone1Bias, 0, work, wide, hidden, n);
        ColumnMath.linear(x, layout.contextAt() * n, layout.context(), alone1, p * hidden, null, 0, work, wide,
                hidden, n);
        ColumnMath.relu(work, wide, hidden * n);
        ColumnMath.linear(work, wide, hidden, alone2, 0, alone2Bias, 0, work, rest, hidden / 2, n);
        ColumnMath.linear(x, layout.interactions() * n, FeatureLayout.INTERACTIONS, pairs, 0, pairsBias, 0, work,
                rest + hidden / 2 * n, joint, n);
        ColumnMath.relu(work, rest, (hidden / 2 + joint) * n);
        ColumnMath.linear(work, rest, hidden / 2 + joint, joinRest, 0, joinRestBias, 0, work, join, joint, n);

        int systemTokens = attention;
        System.arraycopy(work, crossed, work, systemTokens, systems.size() * embed * n);
        attend(across, acrossBias, systems.size(), n, work, systemTokens, spare);
        ColumnMath.linear(work, systemTokens, systems.size() * embed, joinSystems, 0, null, 0, work, join, joint, n);
        ColumnMath.relu(work, join, joint * n);
        ColumnMath.linear(work, join, joint, output, 0, outputBias, 0, out, oo, outputs, n);
        ColumnMath.linear(x, layout.skipAt() * n, layout.skip(), skip, 0, null, 0, out, oo, 1, n);
    }

    private void weights(float[] x, int n, float[] work, int weight, int spare, int wide) {
        int p = layout.markers();
        Kernels kernels = KernelProvider.get();
        ColumnMath.linear(x, layout.contextAt() * n, layout.context(), gateIn, 0, gateInBias, 0, work, wide, gate, n);
        kernels.tanh(work, wide, work, wide, gate * n);
        ColumnMath.linear(work, wide, gate, gateOut, 0, gateOutBias, 0, work, weight, p, n);
        kernels.log(x, layout.weights() * n, work, wide, p * n);
        ColumnMath.add(work, wide, work, weight, p * n);
        ColumnMath.softmax(work, weight, p, p, work, spare, n);
    }

    private void encode(float[] x, int n, float[] work, int weight, int pair, int tokens, int wide) {
        int p = layout.markers();
        for (int j = 0; j < p; j++) {
            ColumnMath.multiply(x, j * n, work, weight + j * n, work, pair, n);
            System.arraycopy(x, j * n, work, pair + n, n);
            ColumnMath.linear(work, pair, 2, encode1, j * 2 * embed, encode1Bias, j * embed, work, wide, embed, n);
            ColumnMath.relu(work, wide, embed * n);
            ColumnMath.linear(work, wide, embed, encode2, j * embed * embed, encode2Bias, j * embed, work,
                    tokens + j * embed * n, embed, n);
        }
    }

    private void system(int s, int n, float[] work, int tokens, int at, int spare, int to) {
        int[] members = systems.get(s);
        for (int k = 0; k < members.length; k++)
            System.arraycopy(work, tokens + members[k] * embed * n, work, at + k * embed * n, embed * n);
        attend(within[s], withinBias[s], members.length, n, work, at, spare);
        ColumnMath.linear(work, at, members.length * embed, project[s], 0, projectBias[s], 0, work, to, embed, n);
        ColumnMath.relu(work, to, embed * n);
    }

    /** {@code x += attention(x)} over {@code k} tokens at {@code at}; scratch follows them. */
    private void attend(float[] in, float[] bias, int k, int n, float[] work, int at, int spare) {
        int all = at + k * embed * n;
        int wide = 3 * embed;
        ColumnMath.linearTokens(work, at, k, embed, in, bias, work, all, wide, n);
        ColumnMath.attend(work, at, all, all + k * wide * n, spare, k, embed, n);
    }
}
