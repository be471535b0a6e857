package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

class CheckpointTest {
    private final Parameter w1 = new Parameter("w1", Samples.normal(1, 6, 6).mul_(0.5f));
    private final Parameter w2 = new Parameter("w2", Samples.normal(2, 6, 6).mul_(0.5f));
    private final Parameter frozen = new Parameter("frozen", Samples.normal(3, 6), false);

    /** A residual block with dropout. */
    private Variable block(Variable x) {
        Tape tape = x.tape();
        Variable h = x.matmul(tape.use(w1)).gelu();
        h = Functions.dropout(h, 0.3f).matmul(tape.use(w2)).add(tape.use(frozen));
        return x.add(Functions.dropout(h, 0.2f));
    }

    private List<float[]> run(Tensor x, UnaryOperator<Variable> middle) {
        try (Tape tape = Tape.recording(9)) {
            Variable leaf = tape.leaf(x);
            Variable h = Functions.dropout(leaf.mul(1.5f), 0.1f);
            h = middle.apply(h);
            Variable loss = Functions.dropout(h, 0.1f).square().mean();
            Gradients gradients = tape.backward(loss);
            assertThat(gradients.contains(frozen)).isFalse();
            List<float[]> all = new ArrayList<>();
            all.add(loss.value().toArray());
            all.add(gradients.of(leaf).toArray());
            gradients.forEach((_, gradient) -> all.add(gradient.toArray()));
            return all;
        }
    }

    @Test
    void sameBitsAsWithoutIt() {
        Tensor x = Samples.normal(4, 50, 6);
        List<float[]> plain = run(x, this::block);
        List<float[]> checkpointed = run(x, h -> Checkpoint.run(in -> block(in[0]), h));
        assertThat(plain).hasSize(4);
        for (int i = 0; i < plain.size(); i++) assertThat(checkpointed.get(i)).isEqualTo(plain.get(i));
    }

    @Test
    void insideAnother() {
        Tensor x = Samples.normal(4, 20, 6);
        Function<Variable[], Variable> inner = in -> block(in[0]);
        List<float[]> plain = run(x, h -> block(h).tanh());
        List<float[]> nested = run(x, h -> Checkpoint.run(in -> Checkpoint.run(inner, in[0]).tanh(), h));
        for (int i = 0; i < plain.size(); i++) assertThat(nested.get(i)).isEqualTo(plain.get(i));
    }

    @Test
    void severalInputsSomeOfThemConstant() {
        Tensor b = Samples.normal(2, 4);
        GradCheck.of(in -> Checkpoint.run(v -> v[0].mul(v[1]).add(v[2]).tanh(), in[0], in[1], in[0].tape().constant(b)),
                Samples.normal(1, 3, 4), Samples.normal(3, 4)).check();
        GradCheck.of(in -> Checkpoint.run(v -> v[0].mul(v[1]), in[0], in[1]), Samples.normal(1, 3, 4),
                Samples.normal(3, 4)).constant(0).check();
    }

    @Test
    void sideEffectsSeeTheReplay() {
        List<Boolean> replays = new ArrayList<>();
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.ones(2));
            Variable y = Checkpoint.run(in -> {
                replays.add(in[0].tape().isReplay());
                return in[0].square();
            }, x);
            assertThat(tape.isReplay()).isFalse();
            tape.backward(y.sum());
        }
        assertThat(replays).containsExactly(false, true);
    }

    @Test
    void nothingIsRecordedWithoutGradients() {
        int[] calls = {0};
        try (Tape tape = Tape.inference()) {
            Variable y = Checkpoint.run(in -> {
                calls[0]++;
                return in[0].square();
            }, tape.constant(Tensor.ones(2)));
            assertThat(y.requiresGrad()).isFalse();
            assertThat(calls[0]).isEqualTo(1);
        }
    }

    @Test
    void outsideVariablesAreRefused() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.ones(2));
            assertThatThrownBy(() -> Checkpoint.run(in -> in[0].mul(x), x)).hasMessageContaining("two tapes")
                    .hasMessageContaining("inside a checkpoint use the function's arguments");
            assertThatThrownBy(() -> Checkpoint.run(_ -> x)).hasMessageContaining("at least one input");
        }
    }
}
