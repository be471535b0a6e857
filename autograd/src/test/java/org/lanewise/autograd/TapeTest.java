package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class TapeTest {
    private static final Tensor X = Tensor.of(new float[] {1, 2, 3}, 3);

    @Test
    void usedTwiceAccumulates() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            Variable y = x.mul(x).add(x).add(x.mul(3f)).sum();
            Gradients gradients = tape.backward(y);
            assertThat(gradients.of(x).toArray()).containsExactly(6, 8, 10);
        }
    }

    @Test
    void aParameterIsOneLeaf() {
        Parameter w = new Parameter("w", X.copy());
        try (Tape tape = Tape.recording(1)) {
            assertThat(tape.use(w)).isSameAs(tape.use(w));
            Gradients gradients = tape.backward(tape.use(w).mul(tape.use(w)).sum());
            assertThat(gradients.of(w).toArray()).containsExactly(2, 4, 6);
            assertThat(gradients.of(tape.use(w))).isSameAs(gradients.of(w));
            assertThat(gradients.parameters()).containsExactly(w);
        }
    }

    @Test
    void leavesOwnTheirGradients() {
        try (Tape tape = Tape.recording(1)) {
            Variable a = tape.leaf(X);
            Variable b = tape.leaf(X);
            Tensor seed = Tensor.ones(3);
            Gradients gradients = tape.backward(a.add(b), seed);
            gradients.of(a).mul_(5f);
            assertThat(gradients.of(b).toArray()).containsExactly(1, 1, 1);
            assertThat(seed.toArray()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void aSharedGradientIsNotModifiedByLaterContributions() {
        try (Tape tape = Tape.recording(1)) {
            Variable a = tape.leaf(X);
            Variable b = tape.leaf(X);
            Variable sum = a.reshape(1, 3).add(b); // b's gradient is a view of the one that a shares
            Gradients gradients = tape.backward(sum.add(a.mul(b)).sum());
            assertThat(gradients.of(a).toArray()).containsExactly(2, 3, 4);
            assertThat(gradients.of(b).toArray()).containsExactly(2, 3, 4);
        }
    }

    @Test
    void frozenParametersAndDetachedValuesGetNothing() {
        Parameter w = new Parameter("w", X.copy(), false);
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            Gradients gradients = tape.backward(x.mul(tape.use(w)).add(x.square().detach()).sum());
            assertThat(gradients.of(w)).isNull();
            assertThat(gradients.contains(w)).isFalse();
            assertThat(gradients.of(x).toArray()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void noGradDoesNotRecord() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            Variable y = tape.noGrad(() -> x.mul(2f));
            assertThat(y.requiresGrad()).isFalse();
            assertThat(x.mul(2f).requiresGrad()).isTrue();
            assertThat(tape.isRecording()).isTrue();
        }
    }

    @Test
    void inferenceRecordsNothing() {
        try (Tape tape = Tape.inference()) {
            Variable y = tape.leaf(X).mul(2f).sum();
            assertThat(y.item()).isEqualTo(12f);
            assertThat(y.requiresGrad()).isFalse();
            assertThatThrownBy(() -> tape.backward(y)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not record");
        }
    }

    @Test
    void aGraphIsWalkedOnce() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            Variable square = x.square();
            Variable loss = square.sum();
            tape.backward(loss);
            assertThatThrownBy(() -> tape.backward(loss)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sum was differentiated already");
            assertThatThrownBy(() -> tape.backward(square.mean())).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("square was differentiated already");
            assertThat(tape.backward(x.square().sum()).of(x).toArray()).containsExactly(2, 4, 6);
        }
    }

    @Test
    void misuseIsNamed() {
        Tape closed = Tape.recording(1);
        Variable old = closed.leaf(X);
        closed.close();
        assertThatThrownBy(() -> old.mul(2f)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        try (Tape tape = Tape.recording(1); Tape other = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            assertThatThrownBy(() -> x.add(other.leaf(X))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two tapes");
            assertThatThrownBy(() -> tape.backward(x.square())).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("not a scalar");
            assertThatThrownBy(() -> tape.backward(tape.constant(X).sum())).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no parameter or leaf");
            assertThatThrownBy(() -> tape.backward(x.square(), Tensor.ones(2))).isInstanceOf(ShapeException.class);
            Variable y = x.square();
            Gradients gradients = tape.backward(y.sum());
            assertThatThrownBy(() -> gradients.of(y)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("leaves");
        }
    }

    @Test
    void gradientsAddAndScale() {
        Parameter w = new Parameter("w", X.copy());
        Gradients total = new Gradients();
        for (int i = 0; i < 2; i++) {
            try (Tape tape = Tape.recording(i)) {
                Variable v = tape.use(w);
                total.add(tape.backward(v.square().sum()));
            }
        }
        total.scale(0.5f);
        assertThat(total.of(w).toArray()).containsExactly(2, 4, 6);
    }

    @Test
    void deepGraphsDoNotRecurse() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            Variable y = x;
            for (int i = 0; i < 100_000; i++) y = y.add(1f);
            assertThat(tape.backward(y.sum()).of(x).toArray()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void anomaliesAreTracedToTheirOperation() {
        Tensor zero = Tensor.of(new float[] {1, 0, 2}, 3);
        try (Tape tape = Tape.recording(1).findAnomalies()) {
            Variable x = tape.leaf(zero);
            assertThatThrownBy(() -> x.mul(2f).log()).isInstanceOf(ArithmeticException.class)
                    .hasMessageStartingWith("log: the result is not finite");
            Variable root = x.mul(3f).sqrt().sum();
            assertThatThrownBy(() -> tape.backward(root)).isInstanceOf(ArithmeticException.class)
                    .hasMessageStartingWith("backward of sqrt").hasMessageContaining("input 0 (mul)");
            Variable masked = x.where(Tensor.of(new float[] {1, 0, 1}, 3),
                    tape.constant(Tensor.full(Float.NEGATIVE_INFINITY, 3)));
            assertThat(tape.backward(masked.softmax(0), Tensor.ones(3)).of(x).get(1)).isZero();
            Variable nan = tape.leaf(zero);
            assertThatThrownBy(() -> Checkpoint.run(in -> in[0].log(), nan)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void spentGradientsAreOverwritten() {
        Parameter w = new Parameter("w", Samples.normal(1, 4, 3));
        Parameter table = new Parameter("table", Samples.normal(2, 5, 3));
        Gradients fresh = steps(w, table, null);
        Gradients spent = steps(w, table, null);
        Tensor memory = spent.of(w);
        memory.fill_(Float.NaN);
        spent.of(table).fill_(Float.NaN);
        Gradients reused = steps(w, table, spent);
        assertThat(reused.of(w)).isSameAs(memory);
        assertThat(reused.of(w).toArray()).isEqualTo(fresh.of(w).toArray());
        assertThat(reused.of(table).toArray()).isEqualTo(fresh.of(table).toArray());
        assertThat(spent.parameters()).isEmpty();
    }

    private static Gradients steps(Parameter w, Parameter table, Gradients spent) {
        try (Tape tape = Tape.recording(1).reuse(spent)) {
            Variable x = Functions.embedding(tape.use(table), new int[] {1, 4, 1}, 3);
            Variable y = Functions.linear(x, tape.use(w), null).add(Functions.linear(x, tape.use(w), null).tanh());
            return tape.backward(y.square().sum());
        }
    }
}
