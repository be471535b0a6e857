package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.Group;
import org.lanewise.nn.BatchNorm1d;
import org.lanewise.nn.Dropout;
import org.lanewise.nn.Embedding;
import org.lanewise.nn.Linear;
import org.lanewise.nn.Module;
import org.lanewise.nn.Sequential;
import org.lanewise.nn.init.Init;

/**
 * The published network: P flattened and padded to {@value #ENTRIES} numbers, two dense layers, attention, a trunk of four
 * residual blocks on them and embeddings of k and m, and {@code log2 h = softplus(z)}, so that h is at least 1.
 *
 * <ul>
 * <li>{@link Form#A}, 10,875,041 parameters, as published: the 512 features are one token, so the attention's softmax is always 1 and
 * its queries and keys learn nothing;
 * <li>{@link Form#B}, 9,498,337 parameters: eight tokens of 64, averaged after a real attention;
 * <li>{@link Form#GATED}, the published recommendation: {@code g MHA(16 heads, keys of 128) + (1 - g) MHA(8, 64)} with
 * {@code g = sigmoid(dense(k, m))}, and ReLU in the trunk.
 * </ul>
 *
 * Parameters are counted as Keras does, batch norm's moving mean and variance included. Dense weights are Xavier-uniform, biases
 * zero except the last, which starts at the mean label.
 */
public final class PublishedNetwork extends Module {
    /** Numbers of a padded P. */
    public static final int ENTRIES = 20;
    private static final int KINDS_OF_K = 7;
    private static final int KINDS_OF_M = 6;
    private static final int EMBEDDING = 32;
    private static final int FEATURES = 512;
    private static final int TOKENS = 8;
    private static final int TRUNK = 1024;
    private static final int BLOCKS = 4;
    private static final double ATTENTION_DROPOUT = .1;

    /** Which of the three. */
    public enum Form {
        A, B, GATED
    }

    private final Form form;
    private final Embedding ofK;
    private final Embedding ofM;
    private final Sequential features;
    private final TokenAttention attention;
    private final TokenAttention wide;
    private final Linear gate;
    private final Sequential entry;
    private final List<Sequential> blocks = new ArrayList<>();
    private final Sequential head;

    /**
     * @param dropout after every dense layer but the last three, in place of the published .2 and .3; NaN for those
     * @param mean    of the labels, where the output starts
     */
    public PublishedNetwork(Form form, double dropout, double mean, Rng rng) {
        this.form = form;
        boolean published = Double.isNaN(dropout);
        Activation trunk = form == Form.GATED ? Activation.RELU : Activation.GELU;
        ofK = child("k", new Embedding(KINDS_OF_K, EMBEDDING, rng));
        ofM = child("m", new Embedding(KINDS_OF_M, EMBEDDING, rng));
        features = child("features", new Sequential(new Linear(ENTRIES, 256, Activation.GELU, rng),
                new BatchNorm1d(256), new Dropout(published ? .2 : dropout),
                new Linear(256, FEATURES, Activation.GELU, rng), new BatchNorm1d(FEATURES),
                new Dropout(published ? 0 : dropout)));
        int token = form == Form.A ? FEATURES : FEATURES / TOKENS;
        attention = child("attention", new TokenAttention(token, 8, 64, ATTENTION_DROPOUT, rng));
        wide = form == Form.GATED
                ? child("wide", new TokenAttention(token, 16, 128, ATTENTION_DROPOUT, rng))
                : null;
        gate = form == Form.GATED ? child("gate", new Linear(2 * EMBEDDING, 1, rng)) : null;
        entry = child("entry", new Sequential(new Linear(1 + 2 * EMBEDDING + token, TRUNK, trunk, rng),
                new BatchNorm1d(TRUNK), new Dropout(published ? .3 : dropout)));
        for (int b = 0; b < BLOCKS; b++)
            blocks.add(child("block" + b, new Sequential(new Linear(TRUNK, TRUNK, trunk, rng), new BatchNorm1d(TRUNK),
                    new Dropout(published ? .2 : dropout), new Linear(TRUNK, TRUNK, trunk, rng),
                    new BatchNorm1d(TRUNK), new Dropout(published ? 0 : dropout))));
        head = child("head", new Sequential(new Linear(TRUNK, 512, trunk, rng), new BatchNorm1d(512),
                new Linear(512, 256, trunk, rng), new Linear(256, 1, rng)));
        namedModules().values().forEach(module -> {
            if (module instanceof Linear linear) {
                Init.xavierUniform(linear.weight().value(), rng);
                linear.bias().value().fill_(0);
            }
        });
        // softplus is the identity to a thousandth at the means there are, 5 to 15
        namedParameters().get("head.3.bias").value().fill_((float) mean);
    }

    /** Trained parameters and batch norm's moving statistics. */
    public long kerasParameterCount() {
        return parameterCount() + namedBuffers().entrySet().stream()
                .filter(b -> !b.getKey().endsWith("num_batches_tracked")).mapToLong(b -> b.getValue().numel()).sum();
    }

    /**
     * Multiplications and additions of one row's forward pass, two for each multiply-add: dense layers, and the attention's projections
     * and products, those of form A included though its single token makes them idle. What is done element by element (activations,
     * batch norm, dropout, softmax, sums) is left out.
     */
    public double flops() {
        double multiplyAdds = attention.multiplyAdds(tokens()) + (wide == null ? 0 : wide.multiplyAdds(tokens()));
        for (Map.Entry<String, Module> module : namedModules().entrySet())
            if (module.getValue() instanceof Linear linear && !module.getKey().startsWith("attention.")
                    && !module.getKey().startsWith("wide."))
                multiplyAdds += linear.weight().value().numel();
        return 2 * multiplyAdds;
    }

    private int tokens() {
        return form == Form.A ? 1 : TOKENS;
    }

    /**
     * The logarithms to base 2 of the heights.
     *
     * @param p      {@code [rows, 20]}, standardised
     * @param groups each row's n, k and m
     * @return {@code [rows]}
     */
    public Variable forward(Tape tape, Tensor p, Group[] groups) {
        int rows = groups.length;
        int[] k = new int[rows];
        int[] m = new int[rows];
        Tensor n = Tensor.zeros(rows, 1);
        for (int i = 0; i < rows; i++) {
            k[i] = groups[i].k();
            m[i] = groups[i].m();
            n.set(groups[i].n() / 9f, i, 0);
        }
        Variable kinds = Variable.concat(1, ofK.forward(tape, k), ofM.forward(tape, m));
        Variable x = Variable.concat(1, tape.constant(n), kinds, attend(features.forward(tape.constant(p)), kinds));
        x = entry.forward(x);
        for (Sequential block : blocks) x = x.add(block.forward(x));
        return head.forward(x).reshape(rows).softplus();
    }

    private Variable attend(Variable x, Variable kinds) {
        int rows = x.size(0);
        if (form == Form.A) return attention.forward(x.reshape(rows, 1, FEATURES)).reshape(rows, FEATURES);
        Variable tokens = x.reshape(rows, TOKENS, FEATURES / TOKENS);
        Variable narrow = attention.forward(tokens).mean(false, 1);
        if (form == Form.B) return narrow;
        Variable g = gate.forward(kinds).sigmoid();
        return narrow.add(g.mul(wide.forward(tokens).mean(false, 1).sub(narrow)));
    }
}
