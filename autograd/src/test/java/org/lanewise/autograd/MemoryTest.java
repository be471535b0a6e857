package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Tensor;

/** What the tape holds, seen through weak references. */
class MemoryTest {

    /** Notes when its derivative runs. */
    private static final Rule<Runnable> PROBE = Rule.of("probe", (probe, g, in) -> {
        probe.run();
        in.pass(0, g);
    });

    private static WeakReference<float[]> watch(Variable v) {
        return new WeakReference<>(v.value().data());
    }

    private static boolean collected(WeakReference<float[]> reference) {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            System.gc();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return reference.get() == null;
    }

    /** The loss of a chain whose intermediate values only the tape holds. */
    private static Variable chain(Variable x, List<WeakReference<float[]>> saved) {
        Variable h = x.exp();
        saved.add(watch(h));
        Variable y = h.tanh();
        saved.add(watch(y));
        return y.sum();
    }

    @Test
    void savedValuesAreGoneAfterBackward() {
        List<WeakReference<float[]>> saved = new ArrayList<>();
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.ones(1000));
            Variable loss = chain(x, saved);
            System.gc();
            assertThat(saved).allMatch(reference -> reference.get() != null);
            tape.backward(loss);
            assertThat(saved).allMatch(MemoryTest::collected);
        }
    }

    @Test
    void savedValuesAreReleasedAsTheWalkConsumesThem() {
        List<WeakReference<float[]>> saved = new ArrayList<>();
        List<Boolean> found = new ArrayList<>();
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.ones(1000));
            Runnable probe = () -> saved.forEach(reference -> found.add(collected(reference)));
            Variable probed = tape.record(PROBE, x.value().copy(), probe, x);
            tape.backward(chain(probed, saved));
        }
        assertThat(found).containsExactly(true, true);
    }

    @Test
    void valuesThatNoRuleSavesAreNotHeld() {
        List<WeakReference<float[]>> values = new ArrayList<>();
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.ones(1000));
            Variable last = unsaved(x, values);
            assertThat(values).allMatch(MemoryTest::collected);
            assertThat(tape.backward(last.sum()).of(x).toArray()).containsOnly(6f);
        }
    }

    private static Variable unsaved(Variable x, List<WeakReference<float[]>> values) {
        Variable a = x.add(1f);
        values.add(watch(a));
        Variable b = a.mul(2f);
        values.add(watch(b));
        Variable c = b.add(b).add(b.relu().detach().sub(b.detach()));
        values.add(watch(c));
        return c.add(b).add(1f);
    }

    @Test
    void constantBranchesSaveNothing() {
        try (Tape tape = Tape.recording(1)) {
            WeakReference<float[]> value = constantBranch(tape);
            assertThat(collected(value)).isTrue();
        }
    }

    private static WeakReference<float[]> constantBranch(Tape tape) {
        return watch(tape.constant(Tensor.ones(1000)).exp().tanh());
    }

    @Test
    void closingReleasesEverything() {
        List<WeakReference<float[]>> saved = new ArrayList<>();
        Variable loss;
        try (Tape tape = Tape.recording(1)) {
            loss = chain(tape.leaf(Tensor.ones(1000)), saved);
        }
        assertThat(saved).allMatch(MemoryTest::collected);
        assertThat(loss.item()).isPositive();
    }

    @Test
    void checkpointsKeepOnlyTheirInputs() {
        Parameter w = new Parameter("w", Samples.normal(1, 32, 32));
        try (Tape tape = Tape.recording(1)) {
            List<WeakReference<float[]>> inside = new ArrayList<>();
            Variable x = tape.leaf(Tensor.ones(100, 32));
            Variable y = Checkpoint.run(in -> {
                Variable h = Functions.linear(in[0], in[0].tape().use(w), null, Activation.GELU);
                inside.add(watch(h));
                return h.tanh();
            }, x);
            assertThat(inside).hasSize(1).allMatch(MemoryTest::collected);
            tape.backward(y.sum());
            assertThat(inside).hasSize(2);
        }
    }
}
