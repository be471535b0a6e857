package org.lanewise.nn;

import java.util.List;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;

/**
 * Self-attention and a two-layer perceptron for each position, both with dropout, skip connection and LayerNorm:
 *
 * <pre>
 * norm last (post-norm):  x = norm1(x + attention(x));         x = norm2(x + mlp(x))
 * norm first (pre-norm):  x = x + attention(norm1(x));         x = x + mlp(norm2(x))
 * </pre>
 *
 * <p>Input and output {@code [batch, positions, width]}. Children, with PyTorch's names: {@code self_attn}, {@code linear1},
 * {@code linear2}, {@code norm1}, {@code norm2}.
 *
 * <pre>{@code
 * var layer = new TransformerEncoderLayer(TransformerEncoderLayer.Config.of(384, 12).feedForward(1536), rng);
 * Variable y = layer.forward(x, AttentionMask.padding(padded));
 * }</pre>
 *
 * <p>Sources: Vaswani et al. 2017; for the norm first, Xiong et al. 2020.
 */
public final class TransformerEncoderLayer extends UnaryModule {

    /**
     * The sizes and choices of a layer.
     *
     * @param width of the positions' vectors, a multiple of {@code heads}
     * @param feedForward the width between the perceptron's two layers
     * @param dropout of attention weights, of both branches and inside the perceptron
     * @param eps of both norms
     */
    public record Config(int width, int heads, int feedForward, double dropout, Activation activation,
            boolean normFirst, double eps) {

        /** PyTorch's defaults, but for the four times wider perceptron: dropout 0.1, ReLU, norm last, eps 1e-5. */
        public static Config of(int width, int heads) {
            return new Config(width, heads, 4 * width, 0.1, Activation.RELU, false, LayerNorm.EPS);
        }

        public Config feedForward(int feedForward) {
            return new Config(width, heads, feedForward, dropout, activation, normFirst, eps);
        }

        public Config dropout(double dropout) {
            return new Config(width, heads, feedForward, dropout, activation, normFirst, eps);
        }

        public Config activation(Activation activation) {
            return new Config(width, heads, feedForward, dropout, activation, normFirst, eps);
        }

        public Config normFirst(boolean normFirst) {
            return new Config(width, heads, feedForward, dropout, activation, normFirst, eps);
        }

        public Config eps(double eps) {
            return new Config(width, heads, feedForward, dropout, activation, normFirst, eps);
        }
    }

    private final Config config;
    private final MultiHeadAttention attention;
    private final Linear linear1;
    private final Linear linear2;
    private final LayerNorm norm1;
    private final LayerNorm norm2;
    private final Dropout dropout;

    public TransformerEncoderLayer(Config config, Rng rng) {
        this.config = config;
        int width = config.width;
        this.attention = child("self_attn", new MultiHeadAttention(width, config.heads, config.dropout, rng));
        this.linear1 = child("linear1", new Linear(width, config.feedForward, config.activation, rng));
        this.dropout = child("dropout", new Dropout(config.dropout));
        this.linear2 = child("linear2", new Linear(config.feedForward, width, rng));
        this.norm1 = child("norm1", new LayerNorm(width, config.eps));
        this.norm2 = child("norm2", new LayerNorm(width, config.eps));
    }

    @Override
    public Variable forward(Variable x) {
        return forward(x, null);
    }

    /** @param mask may be null */
    public Variable forward(Variable x, AttentionMask mask) {
        Checks.shape(this, "input", x.shape(), -1, -1, config.width);
        if (config.normFirst) {
            x = x.add(attend(norm1.forward(x), mask));
            return x.add(feedForward(norm2.forward(x)));
        }
        x = norm1.forward(x.add(attend(x, mask)));
        return norm2.forward(x.add(feedForward(x)));
    }

    private Variable attend(Variable x, AttentionMask mask) {
        return dropout.forward(attention.forward(x, x, x, mask));
    }

    private Variable feedForward(Variable x) {
        return dropout.forward(linear2.forward(dropout.forward(linear1.forward(x))));
    }

    @Override
    Step step() {
        Step mlp = new ChainStep(List.of(linear1.step(), linear2.step()));
        return new ChainStep(List.of(new ResidualStep(attention.step(), norm1.step(), config.normFirst),
                new ResidualStep(mlp, norm2.step(), config.normFirst)));
    }

    @Override
    public String toString() {
        return "TransformerEncoderLayer(" + config.width + ", heads " + config.heads + ", "
                + (config.normFirst ? "norm first" : "norm last") + ")";
    }
}
