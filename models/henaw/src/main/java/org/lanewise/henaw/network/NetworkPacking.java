package org.lanewise.henaw.network;

import java.util.List;
import java.util.Map;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.ColumnKernels;

/**
 * Writes a network's weights one after the other as {@link PackedNetwork} reads them: every layer {@code [in][out]}, then its
 * bias.
 *
 * <p>Attention is rearranged so that it costs two products of a token less, with the same result but for rounding:
 * <ul>
 * <li>What a key adds to all scores of a query alike cancels in the softmax, so
 * {@code (Wq x + bq) . (Wk y + bk)} becomes {@code (A x + a) . y} with {@code A = Wk' Wq, a = Wk' bq}: no keys are computed.
 * <li>The shares of a query add up to 1, so the values' layer may follow the mixture of tokens instead of preceding it, and
 * then is one with the layer that reads it: {@code P (x + V mix(x) + v) = P x + (P V) mix(x) + P v}.
 * </ul>
 */
final class NetworkPacking {
    private final NetworkShape shape;
    private final Map<String, Tensor> state;
    private final float[] packed;
    private int at;

    private NetworkPacking(NetworkShape shape, Map<String, Tensor> state) {
        this.shape = shape;
        this.state = state;
        packed = new float[shape.layers().stream().mapToInt(NetworkShape.Layer::size).sum()];
    }

    static float[] pack(NetworkShape shape, Map<String, Tensor> state) {
        NetworkPacking packing = new NetworkPacking(shape, state);
        packing.all();
        if (packing.at != packing.packed.length)
            throw new IllegalStateException(packing.at + " weights packed, not " + packing.packed.length);
        return packing.packed;
    }

    private void all() {
        linear("gate_in");
        linear("gate_out");
        int e = shape.embed();
        for (int j = 0; j < shape.markers(); j++) {
            part("encode1", j * 2 * e, 2 * e);
            part("encode1_bias", j * e, e);
            part("encode2", j * e * e, e * e);
            part("encode2_bias", j * e, e);
        }
        for (int s = 0; s < shape.systems().size(); s++) {
            int k = shape.systems().get(s).length;
            float[] bias = values("project" + s + "_bias");
            query("within" + s, k);
            project("within" + s, values("project" + s), k, bias);
            put(bias);
        }
        int k = shape.systems().size();
        query("across", k);
        linear("alone1");
        linear("alone2");
        linear("pairs");
        float[] bias = values("join_rest.bias");
        project("across", values("join_systems"), k, bias);
        put(state.get("join_rest.weight").t().toArray());
        put(bias);
        linear("output");
        put(values("skip.weight"));
        put(new float[1]);
    }

    private float[] values(String name) {
        return state.get(name).toArray();
    }

    private void put(float... values) {
        System.arraycopy(values, 0, packed, at, values.length);
        at += values.length;
    }

    private void part(String name, int from, int count) {
        System.arraycopy(values(name), from, packed, at, count);
        at += count;
    }

    private void linear(String name) {
        put(state.get(name + ".weight").t().toArray());
        put(values(name + ".bias"));
    }

    /** {@code [in][out]} of A / sqrt E, then a / sqrt E. */
    private void query(String attention, int k) {
        if (k == 1)
            return;
        int e = shape.embed();
        float[] w = values(attention + ".in.weight");
        float[] b = values(attention + ".in.bias");
        double scale = 1 / Math.sqrt(e);
        for (int i = 0; i <= e; i++)
            for (int o = 0; o < e; o++) {
                double sum = 0;
                for (int h = 0; h < e; h++)
                    sum += (double) (i < e ? w[h * e + i] : b[h]) * w[(e + h) * e + o];
                put((float) (sum * scale));
            }
    }

    /**
     * The layer that reads attended tokens, {@code [k E][out]}, followed by the same after the values' layer; what that adds to
     * the bias is added to {@code bias}. For a single token the two are one.
     */
    private void project(String attention, float[] p, int k, float[] bias) {
        int e = shape.embed();
        int out = bias.length;
        float[] w = values(attention + ".in.weight");
        float[] b = values(attention + ".in.bias");
        double[] valued = new double[k * e * out];
        double[] shift = new double[out];
        for (int t = 0; t < k; t++)
            for (int h = 0; h < e; h++)
                for (int o = 0; o < out; o++) {
                    double weight = p[(t * e + h) * out + o];
                    shift[o] += b[2 * e + h] * weight;
                    for (int i = 0; i < e; i++)
                        valued[(t * e + i) * out + o] += w[(2 * e + h) * e + i] * weight;
                }
        if (k > 1)
            put(p);
        for (int i = 0; i < valued.length; i++)
            put((float) (k > 1 ? valued[i] : p[i] + valued[i]));
        for (int o = 0; o < out; o++)
            bias[o] = (float) (bias[o] + shift[o]);
    }

    /** The weights of several networks side by side, as {@link ColumnKernels#denseEach} reads them, zeros beyond the last. */
    static float[] interleave(NetworkShape shape, List<float[]> networks, int lanes) {
        float[] all = new float[networks.getFirst().length * lanes];
        for (int m = 0; m < networks.size(); m++) {
            float[] network = networks.get(m);
            int at = 0;
            for (NetworkShape.Layer layer : shape.layers()) {
                int out = layer.out();
                int to = at;
                for (int panel = 0; panel < out; panel += ColumnKernels.PANEL)
                    for (int i = 0; i < layer.in(); i++)
                        for (int o = panel; o < Math.min(panel + ColumnKernels.PANEL, out); o++)
                            all[to++ * lanes + m] = network[at + i * out + o];
                for (int o = 0; o < out; o++)
                    all[to++ * lanes + m] = network[at + layer.in() * out + o];
                at += layer.size();
            }
        }
        return all;
    }
}
