package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.SafeTensors;

/** Values and gradients of PyTorch, computed in double; see {@code src-test-data/autograd/golden.py}. */
class GoldenTest {
    private static final int PYTORCH_IGNORED = -100;
    private static Map<String, Tensor> golden;

    @BeforeAll
    static void load() throws IOException {
        golden = SafeTensors.read(Path.of("../src-test-data/autograd/golden.safetensors")).tensors();
    }

    private static void check(String name, Function<Variable[], Variable> function, String... inputs) {
        try (Tape tape = Tape.recording(1)) {
            Variable[] leaves = new Variable[inputs.length];
            for (int i = 0; i < inputs.length; i++) leaves[i] = tape.leaf(golden.get(name + ".in." + inputs[i]));
            Variable out = function.apply(leaves);
            close(name + ".out", out.value());
            Gradients gradients = tape.backward(out, golden.get(name + ".cot"));
            for (int i = 0; i < inputs.length; i++) close(name + ".grad." + inputs[i], gradients.of(leaves[i]));
        }
    }

    private static void close(String name, Tensor actual) {
        Tensor expected = golden.get(name);
        assertThat(actual.shape()).as(name).isEqualTo(expected.shape());
        float size = Math.max(0.1f, expected.abs().max().item());
        assertThat(actual.sub(expected).abs().max().item() / size).as(name).isLessThan(1e-6f);
    }

    private static int[] targets() {
        float[] values = golden.get("crossEntropy.targets").toArray();
        int[] targets = new int[values.length];
        for (int i = 0; i < targets.length; i++) targets[i] = (int) values[i];
        return targets;
    }

    @Test
    void normalisation() {
        check("layerNorm", in -> Functions.layerNorm(in[0], in[1], in[2], 1e-5f), "x", "gamma", "beta");
        check("rmsNorm", in -> Functions.rmsNorm(in[0], in[1], 1e-5f), "x", "gamma");
        check("batchNorm", in -> Functions.batchNorm(in[0], in[1], in[2], 1e-5f).output(), "x", "gamma", "beta");
        check("batchNormSequence", in -> Functions.batchNorm(in[0], in[1], in[2], 1e-5f).output(), "x", "gamma",
                "beta");
    }

    @Test
    void activations() {
        check("gelu", in -> in[0].gelu(), "x");
        check("silu", in -> in[0].silu(), "x");
        check("softplus", in -> in[0].softplus(), "x");
        check("linearGelu", in -> Functions.linear(in[0], in[1], in[2], Activation.GELU), "x", "w", "b");
    }

    @Test
    void attention() {
        AttentionOptions options = AttentionOptions.heads(3);
        Tensor mask = golden.get("attentionPadded.mask");
        check("attentionPadded", in -> Functions.attention(in[0], in[1], in[2], options.withKeyMask(mask)), "q", "k",
                "v");
        check("attentionCausal", in -> Functions.attention(in[0], in[1], in[2], options.withCausal(true)), "q", "k",
                "v");
    }

    @Test
    void crossEntropy() {
        CrossEntropyOptions options = CrossEntropyOptions.DEFAULT.withIgnoreIndex(PYTORCH_IGNORED);
        Tensor weights = golden.get("crossEntropy.weights");
        check("crossEntropy", in -> Functions.crossEntropy(in[0], targets(), options), "x");
        check("crossEntropySmoothed", in -> Functions.crossEntropy(in[0], targets(), options.withSmoothing(0.1)), "x");
        check("crossEntropyWeighted", in -> Functions.crossEntropy(in[0], targets(),
                options.withSmoothing(0.2).withClassWeights(weights)), "x");
    }

    @Test
    void pointwiseLosses() {
        check("bce", in -> Functions.bceWithLogits(in[0], golden.get("bce.labels"), null, golden.get("bce.positive"),
                LossReduction.MEAN), "x");
        check("huber", in -> Functions.huber(in[0], golden.get("huber.target"), 0.7f, null, LossReduction.MEAN), "x");
        check("gaussianNll", in -> Functions.gaussianNll(in[0], in[1], golden.get("gaussianNll.target"), null,
                LossReduction.MEAN), "x", "s");
    }

    @Test
    void others() {
        check("matmulBroadcast", in -> in[0].matmul(in[1]), "a", "b");
        check("logSumExp", in -> in[0].logSumExp(1, false), "x");
    }
}
