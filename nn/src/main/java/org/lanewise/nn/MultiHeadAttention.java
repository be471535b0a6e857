package org.lanewise.nn;

import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.init.Init;

/**
 * Attention in several heads: {@code softmax(Q K}<sup>T</sup>{@code / sqrt(d) + mask) V} for each head's share of the projected
 * queries, keys and values, put together and projected again.
 *
 * <p>Queries {@code [batch, queries, width]}, keys {@code [batch, keys, keyWidth]}, values {@code [batch, keys,
 * valueWidth]}, output {@code [batch, queries, width]}. Dropout is of the attention weights.
 *
 * <p>Parameters, with PyTorch's names: {@code in_proj_weight [3 width, width]} (queries, keys, values one below the other), or
 * {@code q_proj_weight}, {@code k_proj_weight [width, keyWidth]} and {@code v_proj_weight [width, valueWidth]} when a width
 * differs; {@code in_proj_bias [3 width]}; {@code out_proj.weight}, {@code out_proj.bias}. In-projections are Xavier
 * uniform, biases zero.
 *
 * <pre>{@code
 * MultiHeadAttention attention = new MultiHeadAttention(512, 8, 0.1, rng);
 * Variable y = attention.forward(x, x, x, AttentionMask.padding(padded));
 * }</pre>
 *
 * <p>Source: Vaswani et al. 2017.
 */
public final class MultiHeadAttention extends Module {
    private final int width;
    private final int heads;
    private final int keyWidth;
    private final int valueWidth;
    private final double dropout;
    /** All three in-projections when they have one width, else null. */
    private final Parameter packed;
    private final Parameter query;
    private final Parameter key;
    private final Parameter value;
    private final Parameter bias;
    private final Linear out;

    /** Self-attention: one width, with biases. */
    public MultiHeadAttention(int width, int heads, double dropout, Rng rng) {
        this(width, heads, width, width, dropout, true, rng);
    }

    /**
     * @param width of queries and output, a multiple of {@code heads}
     * @param bias whether all projections have one
     */
    public MultiHeadAttention(int width, int heads, int keyWidth, int valueWidth, double dropout, boolean bias,
            Rng rng) {
        this.width = Checks.positive("MultiHeadAttention", "width", width);
        this.heads = Checks.positive("MultiHeadAttention", "heads", heads);
        this.keyWidth = Checks.positive("MultiHeadAttention", "keyWidth", keyWidth);
        this.valueWidth = Checks.positive("MultiHeadAttention", "valueWidth", valueWidth);
        this.dropout = Checks.probability("MultiHeadAttention", "dropout", dropout);
        if (width % heads != 0) {
            throw new IllegalArgumentException("MultiHeadAttention: the width " + width + " is not a multiple of the "
                    + heads + " heads");
        }
        boolean same = keyWidth == width && valueWidth == width;
        this.packed = same
                ? parameter("in_proj_weight", Init.xavierUniform(Tensor.zeros(3 * width, width), rng))
                : null;
        this.query = same ? null : parameter("q_proj_weight", Init.xavierUniform(Tensor.zeros(width, width), rng));
        this.key = same ? null : parameter("k_proj_weight", Init.xavierUniform(Tensor.zeros(width, keyWidth), rng));
        this.value = same ? null : parameter("v_proj_weight", Init.xavierUniform(Tensor.zeros(width, valueWidth), rng));
        this.bias = bias ? parameter("in_proj_bias", Tensor.zeros(3 * width)) : null;
        this.out = child("out_proj", new Linear(width, width, Activation.NONE, bias, rng));
        if (bias) Init.zeros(out.bias().value());
    }

    /** Self-attention without a mask. */
    public Variable forward(Variable x) {
        return forward(x, x, x, null);
    }

    /**
     * The attended values.
     *
     * @param mask may be null
     */
    public Variable forward(Variable queries, Variable keys, Variable values, AttentionMask mask) {
        check(queries.shape(), keys.shape(), values.shape());
        Variable q;
        Variable k;
        Variable v;
        if (packed != null && queries == keys && keys == values) {
            Variable[] parts = linear(queries, packed, bias).split(-1, width, width, width);
            q = parts[0];
            k = parts[1];
            v = parts[2];
        } else {
            q = projected(queries, query, 0);
            k = projected(keys, key, 1);
            v = projected(values, value, 2);
        }
        if (mask != null) mask.check(this, queries.size(0), heads, queries.size(1), keys.size(1));
        float drop = isTraining() ? (float) dropout : 0f;
        return out.forward(Functions.attention(q, k, v, AttentionMask.options(mask, heads, drop)));
    }

    private static Variable linear(Variable x, Parameter weight, Parameter bias) {
        return Functions.linear(x, x.tape().use(weight), bias == null ? null : x.tape().use(bias), Activation.NONE);
    }

    /** The in-projection number {@code part} by its own weight, or by its rows of the packed one. */
    private Variable projected(Variable x, Parameter own, int part) {
        Variable weight = own != null
                ? x.tape().use(own)
                : x.tape().use(packed).slice(0, part * width, (part + 1) * width);
        Variable shift = bias == null ? null : x.tape().use(bias).slice(0, part * width, (part + 1) * width);
        return Functions.linear(x, weight, shift, Activation.NONE);
    }

    /**
     * The attention weights {@code [batch, heads, queries, keys]}, for looking at: each row adds up to one, or is zero where
     * every key is hidden. Without dropout.
     *
     * @param mask may be null
     */
    public Tensor weights(Tensor queries, Tensor keys, AttentionMask mask) {
        int[] values = keys.shape();
        if (values.length == 3) values[2] = valueWidth;
        check(queries.shape(), keys.shape(), values);
        if (mask != null) mask.check(this, queries.size(0), heads, queries.size(1), keys.size(1));
        try (Tape tape = Tape.inference()) {
            Variable q = projected(tape.constant(queries), query, 0);
            Variable k = projected(tape.constant(keys), key, 1);
            return Functions.attentionWeights(q.value(), k.value(), AttentionMask.options(mask, heads, 0));
        }
    }

    /** Self-attention with copies of the weights. */
    Step step() {
        if (packed == null) throw new UnsupportedOperationException(this + " does not attend to itself");
        return new AttentionStep(toString(), width, heads, packed, bias, out.step());
    }

    private void check(int[] queries, int[] keys, int[] values) {
        Checks.shape(this, "queries", queries, -1, -1, width);
        Checks.shape(this, "keys", keys, queries[0], -1, keyWidth);
        Checks.shape(this, "values", values, queries[0], keys[1], valueWidth);
    }

    @Override
    public String toString() {
        String widths = packed == null ? ", keys " + keyWidth + ", values " + valueWidth : "";
        return "MultiHeadAttention(" + width + ", heads " + heads + widths + ")";
    }
}
