package org.lanewise.mheight.network;

import org.lanewise.autograd.AttentionOptions;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.nn.Linear;
import org.lanewise.nn.Module;

/**
 * Self-attention of several heads whose keys may be wider than the tokens' share: {@code [batch, tokens, width]} to the same, with
 * queries, keys and values of {@code heads * key} columns, all projections with biases. {@code nn.MultiHeadAttention} has keys
 * of {@code width / heads}.
 */
final class TokenAttention extends Module {
    private final int heads;
    private final double dropout;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear out;

    TokenAttention(int width, int heads, int keyWidth, double dropout, Rng rng) {
        this.heads = heads;
        this.dropout = dropout;
        query = child("query", new Linear(width, heads * keyWidth, rng));
        key = child("key", new Linear(width, heads * keyWidth, rng));
        value = child("value", new Linear(width, heads * keyWidth, rng));
        out = child("out", new Linear(heads * keyWidth, width, rng));
    }

    /** Multiply-adds of one row: the four projections of each token, and two products of heads' tokens with each other. */
    double multiplyAdds(int tokens) {
        double projections = 4.0 * query.weight().value().numel();
        int columns = query.bias().value().size(0);
        return tokens * projections + 2.0 * tokens * tokens * columns;
    }

    Variable forward(Variable x) {
        AttentionOptions options = AttentionOptions.heads(heads).withDropout(isTraining() ? (float) dropout : 0f);
        return out.forward(Functions.attention(query.forward(x), key.forward(x), value.forward(x), options));
    }
}
