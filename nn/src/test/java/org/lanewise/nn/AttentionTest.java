package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** Attention and the transformer's encoder. */
class AttentionTest {
    private final Rng rng = Rng.of(1);

    @Test
    void selfAttentionIsTorchs() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Golden.of("mha").check(module, (_, in) -> Map.of("", module.forward(in.get("x"))));
        MultiHeadAttention plain = new MultiHeadAttention(8, 4, 8, 8, 0, false, rng);
        Golden.of("mha_no_bias").check(plain, (_, in) -> Map.of("", plain.forward(in.get("x"))));
    }

    @Test
    void paddedKeysAreNotSeen() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Golden golden = Golden.of("mha_padding");
        AttentionMask mask = AttentionMask.padding(golden.in("padding"));
        golden.check(module, (_, in) -> {
            Variable x = in.get("x");
            return Map.of("", module.forward(x, x, x, mask));
        });
    }

    @Test
    void additiveMaskIsTorchs() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Golden golden = Golden.of("mha_additive");
        AttentionMask mask = AttentionMask.additive(golden.in("mask"));
        golden.check(module, (_, in) -> {
            Variable x = in.get("x");
            return Map.of("", module.forward(x, x, x, mask));
        });
    }

    @Test
    void crossAttentionWithOwnWidthsIsTorchs() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 6, 5, 0, true, rng);
        Golden golden = Golden.of("mha_cross");
        AttentionMask mask = AttentionMask.padding(golden.in("padding"));
        golden.check(module, (_, in) -> Map.of("", module.forward(in.get("q"), in.get("k"), in.get("v"), mask)));
    }

    @Test
    void crossAttentionWithOneWidthIsSelfAttentionOnEqualInputs() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Tensor x = rng.normal(Tensor.zeros(3, 5, 8), 0, 1);
        try (Tape tape = Tape.inference()) {
            Variable packed = module.forward(tape.constant(x));
            Variable apart = module.forward(tape.constant(x), tape.constant(x), tape.constant(x), null);
            assertThat(apart.value().toArray()).isEqualTo(packed.value().toArray());
        }
    }

    @Test
    void weightsAreTorchs() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Golden golden = Golden.of("mha_weights");
        module.loadStateDict(golden.group("state"));
        Tensor x = golden.in("x");
        Tensor weights = module.weights(x, x, AttentionMask.padding(golden.in("padding")));
        assertThat(weights.shape()).isEqualTo(golden.get("out").shape());
        assertThat(weights.sub(golden.get("out")).abs().max().item()).isLessThan(1e-6f);
    }

    @Test
    void causalMaskIsTheTriangleItStandsFor() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Tensor x = rng.normal(Tensor.zeros(2, 5, 8), 0, 1);
        Tensor triangle = Tensor.zeros(5, 5);
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) triangle.set(Float.NEGATIVE_INFINITY, i, j);
        }
        AttentionMask padding = AttentionMask.lengths(new int[] {5, 3}, 5);
        try (Tape tape = Tape.inference()) {
            Variable in = tape.constant(x);
            Tensor causal = module.forward(in, in, in, AttentionMask.causal().and(padding)).value();
            Tensor added = module.forward(in, in, in, padding.and(AttentionMask.additive(triangle))).value();
            assertThat(causal.sub(added).abs().max().item()).isLessThan(1e-6f);
            Tensor weights = module.weights(x, x, AttentionMask.causal().and(padding));
            assertThat(weights.sub(module.weights(x, x, padding.and(AttentionMask.additive(triangle)))).abs().max()
                    .item()).isZero();
            assertThat(weights.get(0, 0, 0, 1)).isZero();
            assertThat(weights.get(1, 0, 4, 3)).isZero();
            assertThat(weights.get(1, 0, 4, 2)).isPositive();
        }
    }

    @Test
    void fullyPaddedRowsAreFiniteForwardAndBackward() {
        var config = TransformerEncoderLayer.Config.of(8, 2).dropout(0);
        for (boolean normFirst : new boolean[] {false, true}) {
            TransformerEncoder encoder = new TransformerEncoder(config.normFirst(normFirst), 2, true, rng);
            try (Tape tape = Tape.recording(1)) {
                Variable x = tape.leaf(rng.normal(Tensor.zeros(2, 4, 8), 0, 1));
                Variable y = encoder.forward(x, AttentionMask.lengths(new int[] {0, 4}, 4));
                assertFinite(y.value());
                Gradients gradients = tape.backward(y.square().sum());
                assertFinite(gradients.of(x));
                for (Parameter parameter : encoder.parameters()) assertFinite(gradients.of(parameter));
            }
        }
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 0, rng);
        Tensor x = Tensor.ones(2, 4, 8);
        Tensor weights = module.weights(x, x, AttentionMask.lengths(new int[] {0, 4}, 4));
        assertThat(weights.select(0, 0).toArray()).containsOnly(0f);
        assertThat(weights.select(0, 1).sum().item()).isCloseTo(8, within(1e-5f));
    }

    private static void assertFinite(Tensor tensor) {
        for (float value : tensor.toArray()) assertThat(value).isFinite();
    }

    @Test
    void encoderLayersAreTorchs() {
        var config = new TransformerEncoderLayer.Config(8, 2, 12, 0, Activation.RELU, false, 1e-5);
        checkEncoder("encoder_post", config);
        checkEncoder("encoder_pre", config.normFirst(true).activation(Activation.GELU));
    }

    private void checkEncoder(String name, TransformerEncoderLayer.Config config) {
        TransformerEncoderLayer layer = new TransformerEncoderLayer(config, rng);
        Golden golden = Golden.of(name);
        AttentionMask mask = AttentionMask.padding(golden.in("padding"));
        golden.check(layer, (_, in) -> Map.of("", layer.forward(in.get("x"), mask)));
    }

    @Test
    void encoderIsTorchs() {
        TransformerEncoder encoder = encoder(rng);
        Golden golden = Golden.of("encoder_stack");
        AttentionMask mask = AttentionMask.padding(golden.in("padding"));
        golden.check(encoder, (_, in) -> Map.of("", encoder.forward(in.get("x"), mask)));
    }

    static TransformerEncoder encoder(Rng rng) {
        var config = new TransformerEncoderLayer.Config(8, 2, 12, 0, Activation.GELU, true, 1e-5);
        return new TransformerEncoder(config, 2, true, rng);
    }

    @Test
    void dropoutDrawsAreTheTapes() {
        var config = TransformerEncoderLayer.Config.of(8, 2).dropout(0.5);
        TransformerEncoderLayer layer = new TransformerEncoderLayer(config, rng);
        Tensor x = rng.normal(Tensor.zeros(2, 4, 8), 0, 1);
        float[] first = run(layer, x, 3);
        assertThat(run(layer, x, 3)).isEqualTo(first);
        assertThat(run(layer, x, 4)).isNotEqualTo(first);
        layer.eval();
        assertThat(run(layer, x, 3)).isEqualTo(run(layer, x, 4));
    }

    private static float[] run(UnaryModule module, Tensor x, long seed) {
        try (Tape tape = Tape.recording(seed)) {
            return module.forward(tape.constant(x)).value().toArray();
        }
    }

    @Test
    void wrongShapesNameTheModule() {
        MultiHeadAttention module = new MultiHeadAttention(8, 2, 6, 5, 0, true, rng);
        try (Tape tape = Tape.inference()) {
            Variable q = tape.constant(Tensor.zeros(3, 4, 8));
            Variable k = tape.constant(Tensor.zeros(3, 7, 6));
            Variable v = tape.constant(Tensor.zeros(3, 7, 5));
            assertThatThrownBy(() -> module.forward(q, v, v, null)).isInstanceOf(ShapeException.class)
                    .hasMessage("MultiHeadAttention(8, heads 2, keys 6, values 5): keys must have shape [3, *, 6], "
                            + "got [3, 7, 5]");
            Variable fewer = tape.constant(Tensor.zeros(3, 6, 5));
            assertThatThrownBy(() -> module.forward(q, k, fewer, null)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("values").hasMessageContaining("[3, 7, 5]").hasMessageContaining("[3, 6, 5]");
            AttentionMask padding = AttentionMask.padding(Tensor.zeros(3, 4));
            assertThatThrownBy(() -> module.forward(q, k, v, padding)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("padding mask").hasMessageContaining("[3, 7]").hasMessageContaining("[3, 4]");
            AttentionMask added = AttentionMask.additive(Tensor.zeros(7, 4));
            assertThatThrownBy(() -> module.forward(q, k, v, added)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[3, 2, 4, 7]").hasMessageContaining("[1, 1, 7, 4]");
        }
        assertThatThrownBy(() -> new MultiHeadAttention(8, 3, 0, rng)).hasMessageContaining("multiple of the 3 heads");
        assertThatThrownBy(() -> AttentionMask.padding(Tensor.zeros(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> AttentionMask.additive(Tensor.zeros(3))).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> AttentionMask.lengths(new int[] {5}, 4)).hasMessageContaining("length 5 of row 0");
    }
}
