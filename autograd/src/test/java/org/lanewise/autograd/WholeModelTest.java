package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Tensor;

/** Whole networks against a second implementation in double. */
class WholeModelTest {
    private static final float EPS = 1e-5f;

    private static double[] linear(double[] x, double[] w, double[] b) {
        int out = b.length;
        int in = w.length / out;
        double[] y = Ref.matmul(x, Ref.transpose(w, out, in), x.length / in, in, out);
        for (int i = 0; i < y.length; i++) y[i] += b[i % out];
        return y;
    }

    private static double[] add(double[] a, double[] b) {
        return Ref.zip(a, b, Double::sum);
    }

    @Test
    void residualNetwork() {
        Tensor target = Samples.normal(20, 5, 1);
        double[] exactTarget = new double[5];
        for (int i = 0; i < 5; i++) exactTarget[i] = target.data()[i];
        GradCheck check = GradCheck.of(in -> {
            Variable h = Functions.linear(in[0], in[1], in[2], Activation.RELU);
            for (int block = 0; block < 2; block++) {
                Variable[] p = Arrays.copyOfRange(in, 3 + 6 * block, 9 + 6 * block);
                Variable n = Functions.layerNorm(h, p[0], p[1], EPS);
                h = h.add(Functions.linear(Functions.linear(n, p[2], p[3], Activation.GELU), p[4], p[5]));
            }
            return Functions.mse(Functions.linear(h, in[15], in[16]), target, null, LossReduction.MEAN);
        }, Samples.normal(1, 5, 4), Samples.normal(2, 6, 4), Samples.normal(3, 6).add(2f), Samples.normal(4, 6),
                Samples.normal(5, 6), Samples.normal(6, 8, 6).mul(0.4f), Samples.normal(7, 8),
                Samples.normal(8, 6, 8).mul(0.4f), Samples.normal(9, 6), Samples.normal(10, 6), Samples.normal(11, 6),
                Samples.normal(12, 8, 6).mul(0.4f), Samples.normal(13, 8), Samples.normal(14, 6, 8).mul(0.4f),
                Samples.normal(15, 6), Samples.normal(16, 1, 6), Samples.normal(17, 1));
        GradCheck.Report report = check.together().check(in -> {
            double[] h = Ref.map(linear(in[0], in[1], in[2]), v -> Math.max(v, 0));
            for (int block = 0; block < 2; block++) {
                int p = 3 + 6 * block;
                double[] n = Ref.layerNorm(h, in[p], in[p + 1], EPS);
                h = add(h, linear(Ref.map(linear(n, in[p + 2], in[p + 3]), Ref::gelu), in[p + 4], in[p + 5]));
            }
            double[] y = linear(h, in[15], in[16]);
            return new double[] {Ref.sum(Ref.zip(y, exactTarget, (a, b) -> (a - b) * (a - b))) / 5};
        });
        assertThat(report.error()).isLessThan(1e-6);
    }

    /** Embedding, causal self-attention with several heads, feed-forward, pre-norm; cross-entropy of the next token. */
    @Test
    void transformerBlock() {
        int[] ids = {1, 4, 2, 0, 3, 3};
        int[] next = {4, 2, 5, 3, 3, 1};
        int e = 4;
        AttentionOptions options = AttentionOptions.heads(2).withCausal(true);
        GradCheck check = GradCheck.of(in -> {
            Variable x = Functions.embedding(in[0], ids, 2, 3);
            Variable n = Functions.layerNorm(x, in[1], in[2], EPS);
            Variable[] qkv = Functions.linear(n, in[3], in[4]).split(2, e, e, e);
            x = x.add(Functions.linear(Functions.attention(qkv[0], qkv[1], qkv[2], options), in[5], in[6]));
            n = Functions.layerNorm(x, in[7], in[8], EPS);
            x = x.add(Functions.linear(Functions.linear(n, in[9], in[10], Activation.SILU), in[11], in[12]));
            Variable logits = x.reshape(6, e).matmul(in[0].t()); // weights tied to the embedding
            return Functions.crossEntropy(logits, next, CrossEntropyOptions.DEFAULT.withSmoothing(0.1));
        }, Samples.normal(1, 6, e), Samples.normal(2, e), Samples.normal(3, e), Samples.normal(4, 3 * e, e).mul(0.5f),
                Samples.normal(5, 3 * e), Samples.normal(6, e, e).mul(0.5f), Samples.normal(7, e),
                Samples.normal(8, e), Samples.normal(9, e), Samples.normal(10, 8, e).mul(0.5f), Samples.normal(11, 8),
                Samples.normal(12, e, 8).mul(0.5f), Samples.normal(13, e));
        GradCheck.Report report = check.together().check(in -> {
            double[] x = new double[6 * e];
            for (int i = 0; i < x.length; i++) x[i] = in[0][ids[i / e] * e + i % e];
            double[] n = Ref.layerNorm(x, in[1], in[2], EPS);
            x = add(x, linear(causal(linear(n, in[3], in[4]), e), in[5], in[6]));
            n = Ref.layerNorm(x, in[7], in[8], EPS);
            double[] h = Ref.map(linear(n, in[9], in[10]), v -> v * Ref.sigmoid(v));
            x = add(x, linear(h, in[11], in[12]));
            double[] logits = Ref.rows(Ref.matmul(x, Ref.transpose(in[0], 6, e), 6, e, 6), 6, 6, 1, Ref::logSoftmax);
            double loss = 0;
            for (int i = 0; i < 36; i++) loss -= logits[i] * ((i % 6 == next[i / 6] ? 0.9 : 0) + 0.1 / 6);
            return new double[] {loss / 6};
        });
        assertThat(report.error()).isLessThan(1e-6);
    }

    /** Two sequences of three tokens, two heads of two. */
    private static double[] causal(double[] qkv, int e) {
        double[] out = new double[6 * e];
        for (int i = 0; i < 6; i++) {
            for (int h = 0; h < 2; h++) {
                double[] scores = new double[i % 3 + 1];
                for (int j = 0; j < scores.length; j++) {
                    int key = i - i % 3 + j;
                    for (int c = 2 * h; c < 2 * h + 2; c++) scores[j] += qkv[i * 3 * e + c] * qkv[key * 3 * e + e + c];
                    scores[j] /= Math.sqrt(2);
                }
                double[] p = Ref.softmax(scores);
                for (int j = 0; j < p.length; j++) {
                    int key = i - i % 3 + j;
                    for (int c = 2 * h; c < 2 * h + 2; c++) out[i * e + c] += p[j] * qkv[key * 3 * e + 2 * e + c];
                }
            }
        }
        return out;
    }
}
