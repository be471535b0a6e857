package org.lanewise.henaw.network;

import java.util.List;
import org.lanewise.engine.kernels.ColumnKernels;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;
import org.lanewise.henaw.features.FeatureLayout;

/**
 * Trained {@link HenawNetwork}s as one array of weights in the order of their use, evaluated on columns of lanes
 * ({@link ColumnKernels}) without tape, tensors or allocation. The lanes are people who share one network, or networks that share
 * one person; the two give the same bits. Immutable; the caller brings the scratch.
 */
final class PackedNetwork {
    private final NetworkShape shape;
    private final float[] weights;
    private final int n;
    private final boolean own;
    private final NetworkAreas area;

    private PackedNetwork(NetworkShape shape, float[] weights, int n, boolean own, boolean kept) {
        this.shape = shape;
        this.weights = weights;
        this.n = n;
        this.own = own;
        area = new NetworkAreas(shape, n, kept);
    }

    /** One network for n people at a time. */
    static PackedNetwork shared(NetworkShape shape, float[] weights, int n) {
        return new PackedNetwork(shape, weights, n, false, false);
    }

    /** Several networks for one person, in n lanes. */
    static PackedNetwork sideBySide(NetworkShape shape, List<float[]> networks, int n) {
        return new PackedNetwork(shape, NetworkPacking.interleave(shape, networks, n), n, true, false);
    }

    /** {@link #shared}, keeping all activations in the scratch. */
    static PackedNetwork keeping(NetworkShape shape, float[] weights, int n) {
        return new PackedNetwork(shape, weights, n, false, true);
    }

    /** Where activations are in the scratch. */
    NetworkAreas areas() {
        return area;
    }

    /** Floats of scratch. */
    int workSize() {
        return area.end;
    }

    /**
     * Evaluates every lane.
     *
     * @param x   input columns, {@code [width][n]}, with the logarithms of the adaptive weights in place of the weights
     * @param out {@code [outputs][n]} from {@code oo}, overwritten
     */
    void evaluate(float[] x, float[] out, int oo, float[] work) {
        FeatureLayout layout = shape.layout();
        Kernels kernels = KernelProvider.get();
        ColumnKernels columns = kernels.columns();
        int e = shape.embed();
        int at = encode(x, work, kernels);
        for (int s = 0; s < shape.systems().size(); s++) {
            int[] members = shape.systems().get(s);
            for (int k = 0; k < members.length; k++)
                System.arraycopy(work, area.tokens + members[k] * e * n, work, area.system[s] + k * e * n, e * n);
            at = attend(at, s, members.length, work, area.system[s], columns);
            at = dense(at, work, area.system[s], shape.attended(members.length), work, area.joined + s * e * n, e,
                    true, columns);
        }
        // Systems, the individual path and the pairs lie one after the other, as the joint layer reads them.
        at = attend(at, shape.systems().size(), shape.systems().size(), work, area.joined, columns);
        int alone = area.joined + shape.attended(shape.systems().size()) * n;
        at = dense(at, x, layout.z() * n, shape.markers() + layout.context(), work, area.alone, shape.hidden(),
                true, columns);
        at = dense(at, work, area.alone, shape.hidden(), work, alone, shape.hidden() / 2, true, columns);
        at = dense(at, x, layout.interactions() * n, FeatureLayout.INTERACTIONS, work, alone + shape.hidden() / 2 * n,
                shape.joint(), true, columns);
        at = dense(at, work, area.joined, shape.joined(), work, area.joint, shape.joint(), true, columns);
        at = dense(at, work, area.joint, shape.joint(), out, oo, shape.outputs(), false, columns);
        dense(at, x, layout.skipAt() * n, layout.skip(), work, area.skip, 1, false, columns);
        kernels.add(out, oo, work, area.skip, out, oo, n);
    }

    /** Weighs the markers and encodes each; returns where the next weights are. */
    private int encode(float[] x, float[] work, Kernels kernels) {
        FeatureLayout layout = shape.layout();
        ColumnKernels columns = kernels.columns();
        int p = shape.markers();
        int e = shape.embed();
        int at = dense(0, x, layout.contextAt() * n, layout.context(), work, area.gate, shape.gate(), false,
                columns);
        kernels.tanh(work, area.gate, work, area.gate, shape.gate() * n);
        at = dense(at, work, area.gate, shape.gate(), work, area.weight, p, false, columns);
        kernels.add(work, area.weight, x, layout.weights() * n, work, area.weight, p * n);
        columns.softmax(work, area.weight, 1, p, p, n);
        kernels.mul(work, area.weight, x, layout.z() * n, work, area.weighted, p * n);
        for (int j = 0; j < p; j++) {
            System.arraycopy(work, area.weighted + j * n, work, area.pair, n);
            System.arraycopy(x, (layout.z() + j) * n, work, area.pair + n, n);
            at = dense(at, work, area.pair, 2, work, area.encoded[j], e, true, columns);
            at = dense(at, work, area.encoded[j], e, work, area.tokens + j * e * n, e, false, columns);
        }
        return at;
    }

    /** Attention s: writes the mixtures of its {@code k} tokens behind them; a single token is its own mixture and needs none. */
    private int attend(int at, int s, int k, float[] work, int tokens, ColumnKernels columns) {
        if (k == 1)
            return at;
        int e = shape.embed();
        int next = at;
        for (int q = 0; q < k; q++)
            next = dense(at, work, tokens + q * e * n, e, work, area.query[s] + q * e * n, e, false, columns);
        columns.scores(work, area.query[s], work, tokens, k, e, work, area.share[s], n);
        columns.softmax(work, area.share[s], k, k, 1, n);
        columns.mix(work, area.share[s], work, tokens, k, e, work, tokens + k * e * n, n);
        return next;
    }

    private int dense(int at, float[] x, int xo, int in, float[] y, int yo, int out, boolean relu,
            ColumnKernels columns) {
        int lanes = own ? n : 1;
        int bias = at + in * out * lanes;
        if (own)
            columns.denseEach(x, xo, in, weights, at, weights, bias, y, yo, out, n, relu);
        else
            columns.dense(x, xo, in, weights, at, weights, bias, y, yo, out, n, relu);
        return bias + out * lanes;
    }
}
