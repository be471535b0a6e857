package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** Layers without memory: linear, embedding, norms, activations, dropout and what strings them together. */
class LayersTest {
    private final Rng rng = Rng.of(1);

    @Test
    void linearIsTorchs() {
        Golden.of("linear").checkUnary(new Linear(5, 3, rng));
        Golden.of("linear_no_bias").checkUnary(new Linear(5, 3, Activation.NONE, false, rng));
    }

    @Test
    void fusedActivationIsTheActivationAfterwards() {
        Tensor x = rng.normal(Tensor.zeros(4, 5), 0, 2);
        for (Activation activation : Activation.values()) {
            Linear fused = new Linear(5, 3, activation, Rng.of(7));
            Linear plain = new Linear(5, 3, Rng.of(7));
            try (Tape tape = Tape.inference()) {
                Variable y = plain.forward(tape.constant(x));
                Variable expected = activation == Activation.NONE ? y : ActivationModule.of(activation).forward(y);
                assertThat(fused.forward(tape.constant(x)).value().toArray()).isEqualTo(expected.value().toArray());
            }
        }
    }

    @Test
    void embeddingIsTorchs() {
        Embedding module = Embedding.withPadding(7, 4, 2, rng);
        Golden golden = Golden.of("embedding");
        golden.check(module, (tape, _) -> Map.of("", module.forward(tape, golden.indices("ids"), 2, 3)));
    }

    @Test
    void paddingRowStartsAtZero() {
        Tensor table = Embedding.withPadding(7, 4, 2, rng).weight().value();
        assertThat(table.select(0, 2).toArray()).containsOnly(0f);
        assertThat(table.select(0, 3).toArray()).doesNotContain(0f);
    }

    @Test
    void normsAreTorchs() {
        Golden.of("layernorm").checkUnary(new LayerNorm(6));
        Golden.of("rmsnorm").checkUnary(new RMSNorm(6));
    }

    @Test
    void activationsAreTorchs() {
        Map<String, UnaryModule> modules = Map.of("gelu", new GELU(), "relu", new ReLU(), "silu", new SiLU(), "tanh",
                new Tanh(), "softplus", new Softplus(), "sigmoid", new Sigmoid());
        Golden.of("activations").check(new Sequential(), (_, in) -> {
            Map<String, Variable> out = new LinkedHashMap<>();
            modules.forEach((name, module) -> out.put(name, module.forward(in.get("x"))));
            return out;
        });
    }

    @Test
    void sequentialIsTorchs() {
        Golden.of("mlp").checkUnary(mlp(rng));
    }

    static Sequential mlp(Rng rng) {
        return new Sequential(new Linear(5, 8, rng), new GELU(), new BatchNorm1d(8), new Linear(8, 8, rng), new SiLU(),
                new LayerNorm(8), new Linear(8, 2, rng));
    }

    @Test
    void residualMlpIsTorchs() {
        Golden.of("residual_mlp").checkUnary(new ResidualMlp(6, Activation.GELU, Norm.BATCH, 0, rng));
    }

    @Test
    void residualAddsWithTheNormBeforeOrAfter() {
        Tensor x = rng.normal(Tensor.zeros(3, 6), 1, 2);
        LayerNorm norm = new LayerNorm(6);
        Linear inner = new Linear(6, 6, rng);
        try (Tape tape = Tape.inference()) {
            Variable in = tape.constant(x);
            Tensor plain = in.add(inner.forward(in)).value();
            assertThat(Residual.of(inner).forward(in).value().toArray()).isEqualTo(plain.toArray());
            assertThat(Residual.postNorm(inner, norm).forward(in).value().toArray())
                    .isEqualTo(norm.forward(tape.constant(plain)).value().toArray());
            assertThat(Residual.preNorm(norm, inner).forward(in).value().toArray())
                    .isEqualTo(in.add(inner.forward(norm.forward(in))).value().toArray());
            assertThatThrownBy(() -> Residual.of(new Linear(6, 5, rng)).forward(in))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("Residual")
                    .hasMessageContaining("[3, 6]").hasMessageContaining("[3, 5]");
        }
    }

    @Test
    void dropoutDropsInTrainingOnlyAndKeepsTheMean() {
        Dropout dropout = new Dropout(0.25);
        Tensor ones = Tensor.ones(100, 100);
        float[] first;
        try (Tape tape = Tape.recording(5)) {
            first = dropout.forward(tape.constant(ones)).value().toArray();
            float[] second = dropout.forward(tape.constant(ones)).value().toArray();
            assertThat(second).as("another draw").isNotEqualTo(first);
        }
        int dropped = 0;
        for (float value : first) {
            if (value == 0) dropped++;
            else assertThat(value).isEqualTo(1 / 0.75f);
        }
        assertThat(dropped).isBetween(2300, 2700); // six standard deviations are 260
        try (Tape tape = Tape.recording(5)) {
            assertThat(dropout.forward(tape.constant(ones)).value().toArray()).as("same seed").isEqualTo(first);
            dropout.eval();
            Variable x = tape.constant(ones);
            assertThat(dropout.forward(x)).isSameAs(x);
        }
    }

    @Test
    void wrongShapesNameTheModule() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(Tensor.zeros(2, 4));
            for (UnaryModule module : List.of(new Linear(5, 3, rng), new LayerNorm(5), new RMSNorm(5),
                    new BatchNorm1d(5), new ResidualMlp(5, Activation.RELU, Norm.NONE, 0, rng))) {
                assertThatThrownBy(() -> module.forward(x)).isInstanceOf(ShapeException.class)
                        .hasMessageContaining(module.toString()).hasMessageContaining("5]")
                        .hasMessageContaining("[2, 4]");
            }
            assertThatThrownBy(() -> new Linear(5, 3, rng).forward(x))
                    .hasMessage("Linear(5, 3): input must have shape [..., 5], got [2, 4]");
            Embedding table = new Embedding(7, 4, rng);
            assertThatThrownBy(() -> table.forward(tape, new int[] {1, 7}))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("Embedding(7, 4)").hasMessageContaining("id 7 at position 1");
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> new Linear(0, 3, rng)).hasMessageContaining("Linear: in must be positive");
        assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> new Dropout(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Embedding.withPadding(7, 4, 7, rng)).hasMessageContaining("padding index 7");
    }

    @Test
    void emptyBatchesPass() {
        try (Tape tape = Tape.recording(1)) {
            Sequential net = new Sequential(new Linear(5, 8, rng), new GELU(), new LayerNorm(8), new Linear(8, 2, rng));
            assertThat(net.forward(tape.constant(Tensor.zeros(0, 5))).shape()).containsExactly(0, 2);
        }
    }
}
