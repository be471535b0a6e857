package org.lanewise.henaw.network;

import java.util.Arrays;
import org.lanewise.engine.kernels.ColumnKernels;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;
import org.lanewise.henaw.features.FeatureLayout;

/**
 * The derivative of a network's first output with respect to the standardised markers, the interactions and the linear path's
 * columns, age and sex held fixed (the markers' weights are then constants). The backward pass of {@link PackedNetwork} on the
 * same columns: every layer is again a layer, with its weights transposed. Immutable; the caller brings the scratch.
 */
final class PackedGradient {
    private final NetworkShape shape;
    private final int n;
    private final PackedNetwork forward;
    private final float[] none;
    private final float[][] encode1;
    private final float[][] encode2;
    private final float[][] query;
    private final float[][] project;
    private final float[] alone1;
    private final float[] alone2;
    private final float[] pairs;
    private final float[] joint;
    private final float[] output;
    private final float[] skip;

    /** @param weights as {@link NetworkPacking} writes them */
    PackedGradient(NetworkShape shape, float[] weights, int n) {
        this.shape = shape;
        this.n = n;
        forward = PackedNetwork.keeping(shape, weights, n);
        Transposing next = new Transposing(weights);
        int p = shape.markers();
        int e = shape.embed();
        int count = shape.systems().size();
        int context = shape.layout().context();
        next.layer(context, shape.gate());
        next.layer(shape.gate(), p);
        encode1 = new float[p][];
        encode2 = new float[p][];
        for (int j = 0; j < p; j++) {
            encode1[j] = next.layer(2, e);
            encode2[j] = next.layer(e, e);
        }
        query = new float[count + 1][];
        project = new float[count][];
        for (int s = 0; s < count; s++) {
            int k = shape.systems().get(s).length;
            query[s] = k == 1 ? null : next.layer(e, e);
            project[s] = next.layer(shape.attended(k), e);
        }
        query[count] = count == 1 ? null : next.layer(e, e);
        alone1 = next.layer(p + context, shape.hidden(), p);
        alone2 = next.layer(shape.hidden(), shape.hidden() / 2);
        pairs = next.layer(FeatureLayout.INTERACTIONS, shape.joint());
        joint = next.layer(shape.joined(), shape.joint());
        output = next.layer(shape.joint(), shape.outputs());
        skip = next.layer(shape.layout().skip(), 1);
        none = new float[Math.max(shape.joined(), Math.max(p + context, shape.hidden()))];
    }

    /** Floats of scratch. */
    int workSize() {
        return forward.workSize() + new Slopes(shape, n, 0).end;
    }

    /**
     * Evaluates the network and its derivative in every lane.
     *
     * @param x      input columns as for {@link PackedNetwork#evaluate}
     * @param slopes {@code [width][n]}, overwritten; 0 for weights and context
     */
    void evaluate(float[] x, float[] slopes, float[] work) {
        FeatureLayout layout = shape.layout();
        Kernels kernels = KernelProvider.get();
        ColumnKernels columns = kernels.columns();
        NetworkAreas area = forward.areas();
        Slopes slope = new Slopes(shape, n, forward.workSize());
        int e = shape.embed();
        int count = shape.systems().size();
        // The output itself is not needed; its columns go where slopes are about to be.
        forward.evaluate(x, work, slope.joined, work);
        Arrays.fill(slopes, 0);
        for (int c = 0; c < layout.skip(); c++)
            Arrays.fill(slopes, (layout.skipAt() + c) * n, (layout.skipAt() + c + 1) * n, skip[c]);

        for (int o = 0; o < shape.joint(); o++)
            Arrays.fill(work, slope.joint + o * n, slope.joint + (o + 1) * n, output[o]);
        kernels.reluGrad(work, area.joint, work, slope.joint, work, slope.joint, shape.joint() * n);
        back(joint, work, slope.joint, shape.joint(), work, slope.joined, shape.joined(), columns);

        int alone = shape.attended(count) * n;
        int half = shape.hidden() / 2;
        kernels.reluGrad(work, area.joined + alone, work, slope.joined + alone, work, slope.joined + alone,
                (half + shape.joint()) * n);
        back(alone2, work, slope.joined + alone, half, work, slope.wide, shape.hidden(), columns);
        kernels.reluGrad(work, area.alone, work, slope.wide, work, slope.wide, shape.hidden() * n);
        back(alone1, work, slope.wide, shape.hidden(), slopes, layout.z() * n, shape.markers(), columns);
        back(pairs, work, slope.joined + alone + half * n, shape.joint(), slopes, layout.interactions() * n,
                FeatureLayout.INTERACTIONS, columns);

        attention(count, count, work, area.joined, slope.joined, slope, kernels);
        kernels.reluGrad(work, area.joined, work, slope.joined, work, slope.joined, count * e * n);
        Arrays.fill(work, slope.tokens, slope.tokens + shape.markers() * e * n, 0);
        for (int s = 0; s < count; s++) {
            int[] members = shape.systems().get(s);
            back(project[s], work, slope.joined + s * e * n, e, work, slope.system, shape.attended(members.length),
                    columns);
            attention(s, members.length, work, area.system[s], slope.system, slope, kernels);
            for (int k = 0; k < members.length; k++)
                add(work, slope.system + k * e * n, slope.tokens + members[k] * e * n, e, kernels);
        }
        markers(slopes, work, slope, kernels);
    }

    /** From the encoded markers to their standardised values. */
    private void markers(float[] slopes, float[] work, Slopes slope, Kernels kernels) {
        NetworkAreas area = forward.areas();
        int e = shape.embed();
        for (int j = 0; j < shape.markers(); j++) {
            int z = (shape.layout().z() + j) * n;
            back(encode2[j], work, slope.tokens + j * e * n, e, work, slope.wide, e, kernels.columns());
            kernels.reluGrad(work, area.encoded[j], work, slope.wide, work, slope.wide, e * n);
            back(encode1[j], work, slope.wide, e, work, slope.pair, 2, kernels.columns());
            kernels.fma(work, slope.pair, work, area.weight + j * n, slopes, z, slopes, z, n);
            kernels.add(slopes, z, work, slope.pair + n, slopes, z, n);
        }
    }

    /**
     * Attention s over {@code k} tokens: adds to the slopes of the tokens, at {@code to}, what comes from those of their mixtures,
     * which follow them.
     */
    private void attention(int s, int k, float[] work, int tokens, int to, Slopes slope, Kernels kernels) {
        if (k == 1)
            return;
        ColumnKernels columns = kernels.columns();
        NetworkAreas area = forward.areas();
        int e = shape.embed();
        int mixed = to + k * e * n;
        // shares a: tokens get a' m, scores get a (m . x - sum over keys of a (m . x))
        transpose(work, area.share[s], k, work, slope.turned);
        columns.mix(work, slope.turned, work, mixed, k, e, work, slope.query, n);
        add(work, slope.query, to, k * e, kernels);
        columns.scores(work, mixed, work, tokens, k, e, work, slope.score, n);
        kernels.mul(work, area.share[s], work, slope.score, work, slope.score, k * k * n);
        for (int q = 0; q < k; q++) {
            int row = q * k * n;
            System.arraycopy(work, slope.score + row, work, slope.pair, n);
            for (int t = 1; t < k; t++)
                add(work, slope.score + row + t * n, slope.pair, 1, kernels);
            kernels.neg(work, slope.pair, work, slope.pair, n);
            for (int t = 0; t < k; t++) {
                int cell = slope.score + row + t * n;
                kernels.fma(work, area.share[s] + row + t * n, work, slope.pair, work, cell, work, cell, n);
            }
        }
        // scores are queries times tokens, and queries a layer on tokens
        transpose(work, slope.score, k, work, slope.turned);
        columns.mix(work, slope.turned, work, area.query[s], k, e, work, slope.query, n);
        add(work, slope.query, to, k * e, kernels);
        columns.mix(work, slope.score, work, tokens, k, e, work, slope.query, n);
        for (int q = 0; q < k; q++) {
            back(query[s], work, slope.query + q * e * n, e, work, slope.wide, e, columns);
            add(work, slope.wide, to + q * e * n, e, kernels);
        }
    }

    private void add(float[] work, int from, int to, int units, Kernels kernels) {
        kernels.add(work, to, work, from, work, to, units * n);
    }

    private void transpose(float[] x, int xo, int k, float[] y, int yo) {
        for (int q = 0; q < k; q++)
            for (int t = 0; t < k; t++)
                System.arraycopy(x, xo + (q * k + t) * n, y, yo + (t * k + q) * n, n);
    }

    /** Slopes of a layer's {@code in} inputs from those of its {@code out} outputs. */
    private void back(float[] transposed, float[] y, int yo, int out, float[] x, int xo, int in,
            ColumnKernels columns) {
        columns.dense(y, yo, out, transposed, 0, none, 0, x, xo, in, n, false);
    }

    /** Reads layers in their order, transposed to {@code [out][in]}, and skips their biases. */
    private static final class Transposing {
        private final float[] weights;
        private int at;

        Transposing(float[] weights) {
            this.weights = weights;
        }

        float[] layer(int in, int out) {
            return layer(in, out, in);
        }

        /** Only its first {@code wanted} inputs. */
        float[] layer(int in, int out, int wanted) {
            float[] transposed = new float[out * wanted];
            for (int i = 0; i < wanted; i++)
                for (int o = 0; o < out; o++)
                    transposed[o * wanted + i] = weights[at + i * out + o];
            at += in * out + out;
            return transposed;
        }
    }

    /** Where slopes are in the scratch, behind the activations. */
    private static final class Slopes {
        final int joint;
        final int joined;
        final int wide;
        final int tokens;
        final int system;
        final int query;
        final int score;
        final int turned;
        final int pair;
        final int end;

        Slopes(NetworkShape s, int n, int from) {
            int most = s.most();
            joint = from;
            joined = joint + s.joint() * n;
            wide = joined + s.joined() * n;
            tokens = wide + Math.max(s.hidden(), s.embed()) * n;
            system = tokens + s.markers() * s.embed() * n;
            query = system + 2 * most * s.embed() * n;
            score = query + most * s.embed() * n;
            turned = score + most * most * n;
            pair = turned + most * most * n;
            end = pair + 2 * n;
        }
    }
}
