package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class AttentionTest {
    private static final int B = 2;
    private static final int H = 2;
    private static final Tensor Q = Samples.normal(1, B, 3, 4);
    private static final Tensor K = Samples.normal(2, B, 5, 4);
    private static final Tensor V = Samples.normal(3, B, 5, 6);
    private static final Tensor MASK = Tensor.of(new float[] {1, 1, 0, 1, 1, 1, 1, 1, 0, 0}, B, 5);

    /** By the definition, one weight at a time; {@code factors} multiply the weights after the softmax. */
    private static double[] attention(double[][] in, AttentionOptions options, int t, int s, int e, int ev,
            double[] factors) {
        double[] out = new double[B * t * ev];
        int heads = options.heads();
        int d = e / heads;
        int dv = ev / heads;
        Tensor bias = options.bias() == null ? Tensor.zeros(B, heads, t, s) : options.bias().expand(B, heads, t, s);
        for (int b = 0; b < B; b++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < t; i++) {
                    double[] scores = new double[s];
                    for (int j = 0; j < s; j++) {
                        for (int c = 0; c < d; c++) {
                            scores[j] += in[0][(b * t + i) * e + h * d + c] * in[1][(b * s + j) * e + h * d + c];
                        }
                        scores[j] = scores[j] / Math.sqrt(d) + bias.get(b, h, i, j);
                        boolean hidden = options.causal() && j > i
                                || options.keyMask() != null && options.keyMask().get(b, j) == 0;
                        if (hidden) scores[j] = Double.NEGATIVE_INFINITY;
                    }
                    double[] p = Ref.softmax(scores);
                    for (int j = 0; j < s; j++) {
                        double weight = p[j] * (factors == null ? 1 : factors[((b * heads + h) * t + i) * s + j]);
                        for (int c = 0; c < dv; c++) {
                            out[(b * t + i) * ev + h * dv + c] += weight * in[2][(b * s + j) * ev + h * dv + c];
                        }
                    }
                }
            }
        }
        return out;
    }

    private static void check(AttentionOptions options) {
        Samples.checkEach(in -> Functions.attention(in[0], in[1], in[2], options),
                in -> attention(in, options, 3, 5, 4, 6, null), Q, K, V);
    }

    @Test
    void plain() {
        check(AttentionOptions.heads(1));
        check(AttentionOptions.heads(H));
    }

    @Test
    void masked() {
        check(AttentionOptions.heads(H).withKeyMask(MASK));
        check(AttentionOptions.heads(H).withCausal(true));
        check(AttentionOptions.heads(H).withBias(Samples.normal(5, H, 1, 5)));
        check(AttentionOptions.heads(H).withCausal(true).withKeyMask(MASK).withBias(Samples.normal(6, 3, 5)));
    }

    @Test
    void maskedPositionsHaveNoInfluence() {
        AttentionOptions options = AttentionOptions.heads(H).withKeyMask(MASK);
        Tensor k = K.copy();
        Tensor v = V.copy();
        k.select(0, 0).select(0, 2).fill_(100f);
        v.select(0, 1).select(0, 4).fill_(-7f);
        try (Tape tape = Tape.recording(1)) {
            Variable key = tape.leaf(k);
            Variable y = Functions.attention(tape.constant(Q), key, tape.constant(v), options);
            Variable original = Functions.attention(tape.constant(Q), tape.constant(K), tape.constant(V), options);
            assertThat(y.value().toArray()).isEqualTo(original.value().toArray());
            Tensor gradient = tape.backward(y.square().sum()).of(key);
            assertThat(gradient.select(0, 0).select(0, 2).toArray()).containsOnly(0f);
        }
    }

    @Test
    void aQueryThatSeesNothingGetsZeros() {
        AttentionOptions options = AttentionOptions.heads(H).withKeyMask(Tensor.zeros(B, 5));
        try (Tape tape = Tape.recording(1)) {
            Variable q = tape.leaf(Q);
            Variable v = tape.leaf(V);
            Variable y = Functions.attention(q, tape.constant(K), v, options);
            assertThat(y.value().toArray()).containsOnly(0f);
            Gradients gradients = tape.backward(y.sum());
            assertThat(gradients.of(q).toArray()).containsOnly(0f);
            assertThat(gradients.of(v).toArray()).containsOnly(0f);
        }
    }

    @Test
    void selfAttentionOfOneVariableAndOfSlices() {
        AttentionOptions options = AttentionOptions.heads(H);
        Samples.check(in -> Functions.attention(in[0], in[0], in[0], options),
                in -> attention(new double[][] {in[0], in[0], in[0]}, options, 3, 3, 4, 4, null), Q);
        Samples.check(in -> {
            Variable[] parts = in[0].split(2, 4, 4, 4);
            return Functions.attention(parts[0], parts[1], parts[2], options);
        }, in -> {
            double[][] parts = new double[3][B * 3 * 4];
            for (int i = 0; i < in[0].length; i++) parts[i % 12 / 4][i / 12 * 4 + i % 4] = in[0][i];
            return attention(parts, options, 3, 3, 4, 4, null);
        }, Samples.normal(4, B, 3, 12));
    }

    @Test
    void dropoutOnTheWeights() {
        AttentionOptions options = AttentionOptions.heads(H).withDropout(0.4f);
        // with the unit matrix as values the output is the dropped weights themselves
        Tensor unit = Tensor.eye(5).expand(B, 5, 5).contiguous();
        Tensor values = Tensor.concat(2, unit, unit);
        double[] factors = new double[B * H * 3 * 5];
        try (Tape tape = Tape.inference(1)) {
            Tensor dropped = Functions.attention(tape.constant(Q), tape.constant(K), tape.constant(values), options)
                    .value();
            Tensor weights = Functions.attentionWeights(Q, K, options);
            int zeros = 0;
            for (int i = 0; i < factors.length; i++) {
                int head = i / 15 % H;
                double w = dropped.get(i / 30, i / 5 % 3, head * 5 + i % 5);
                factors[i] = w / weights.get(i / 30, head, i / 5 % 3, i % 5);
                assertThat(factors[i]).satisfiesAnyOf(f -> assertThat(f).isZero(),
                        f -> assertThat(f).isCloseTo(1 / 0.6, offset(1e-4)));
                if (factors[i] == 0) zeros++;
                factors[i] = factors[i] == 0 ? 0 : 65536.0 / (65536 - Math.round(0.4f * 65536));
            }
            assertThat(zeros).isBetween(10, 40);
        }
        Samples.check(in -> Functions.attention(in[0], in[1], in[2], options),
                in -> attention(in, options, 3, 5, 4, 6, factors), Q, K, V);
    }

    @Test
    void longSequencesGoTileByTile() {
        int t = 150;
        int s = 700;
        AttentionOptions options = AttentionOptions.heads(H).withCausal(true);
        Tensor q = Samples.normal(1, B, t, 8);
        Tensor k = Samples.normal(2, B, s, 8);
        Tensor v = Samples.normal(3, B, s, 4);
        Tensor seed = Samples.normal(4, B, t, 4);
        try (Tape tape = Tape.recording(1)) {
            Variable[] in = {tape.leaf(q), tape.leaf(k), tape.leaf(v)};
            Variable fused = Functions.attention(in[0], in[1], in[2], options);
            Gradients gradients = tape.backward(fused, seed);
            Variable[] heads = new Variable[H];
            Tensor hidden = Tensor.arange(s).gt(Tensor.arange(t).unsqueeze(1));
            for (int h = 0; h < H; h++) {
                Variable scores = in[0].slice(2, 4 * h, 4 * h + 4)
                        .matmul(in[1].slice(2, 4 * h, 4 * h + 4).transpose(1, 2)).mul(0.5f);
                Variable weights = tape.constant(Tensor.scalar(Float.NEGATIVE_INFINITY)).where(hidden, scores)
                        .softmax(-1);
                heads[h] = weights.matmul(in[2].slice(2, 2 * h, 2 * h + 2));
            }
            Variable plain = Variable.concat(2, heads);
            close(fused.value(), plain.value());
            Gradients expected = tape.backward(plain, seed);
            for (Variable input : in) close(gradients.of(input), expected.of(input));
        }
    }

    private static void close(Tensor a, Tensor b) {
        assertThat(a.shape()).isEqualTo(b.shape());
        assertThat(a.sub(b).abs().max().item()).isLessThan(2e-6f * Math.max(1, b.abs().max().item()));
    }

    @Test
    void weightsOfEachRowAddUpToOne() {
        Tensor weights = Functions.attentionWeights(Q, K, AttentionOptions.heads(H).withKeyMask(MASK));
        assertThat(weights.shape()).containsExactly(B, H, 3, 5);
        for (float sum : weights.sum(false, 3).toArray()) assertThat(sum).isCloseTo(1f, offset(1e-6f));
        assertThat(weights.get(0, 1, 2, 2)).isZero();
    }

    @Test
    void emptyAndWrongShapes() {
        AttentionOptions options = AttentionOptions.heads(H);
        Samples.checkEmpty(in -> Functions.attention(in[0], in[1], in[2], options), Tensor.zeros(0, 3, 4),
                Tensor.zeros(0, 5, 4), Tensor.zeros(0, 5, 6));
        Samples.checkEmpty(in -> Functions.attention(in[0], in[1], in[2], options), Tensor.ones(2, 3, 4),
                Tensor.zeros(2, 0, 4), Tensor.zeros(2, 0, 6));
        try (Tape tape = Tape.inference()) {
            Variable q = tape.constant(Q);
            Variable k = tape.constant(K);
            Variable v = tape.constant(V);
            assertThatThrownBy(() -> Functions.attention(q, v, v, options)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("attention");
            assertThatThrownBy(() -> Functions.attention(q, k, q, options)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("same positions");
            assertThatThrownBy(() -> Functions.attention(q, k, v, AttentionOptions.heads(3)))
                    .hasMessageContaining("3 heads");
            assertThatThrownBy(() -> Functions.attention(q, k, v, options.withKeyMask(Tensor.ones(2, 4))))
                    .hasMessageContaining("key mask");
            assertThatThrownBy(() -> Functions.attention(q, k, v, options.withBias(Tensor.ones(4, 5))))
                    .isInstanceOf(ShapeException.class);
        }
    }
}
