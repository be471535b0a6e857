package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

/** Gradients computed in the memory of an earlier step: the same bits as fresh ones. */
class RecyclingTest {
    private static final int WIDTH = 64;

    private final Parameter w = parameter("w", 1);
    private final Parameter v = parameter("v", 2);
    private final Parameter gamma = new Parameter("gamma", Tensor.ones(WIDTH));
    private final Parameter beta = new Parameter("beta", Tensor.zeros(WIDTH));
    private final List<Parameter> parameters = List.of(w, v, gamma, beta);

    private static Parameter parameter(String name, long seed) {
        return new Parameter(name, numbers(seed, WIDTH, WIDTH).mul_(0.1f));
    }

    private static Tensor numbers(long seed, int... shape) {
        Tensor t = Tensor.zeros(shape);
        Rng.of(seed).normal(t.data(), 0, t.numel(), 0f, 1f);
        return t;
    }

    /** Values used twice, residual sums, views, joins and reductions: every way to hand a gradient on. */
    private Variable loss(Tape tape, int rows, long seed) {
        Variable x = tape.constant(numbers(seed, rows, WIDTH));
        for (int layer = 0; layer < 3; layer++) {
            Variable y = Functions.linear(x, tape.use(w), null, Activation.GELU);
            y = Functions.layerNorm(y.add(x), tape.use(gamma), tape.use(beta), 1e-5f);
            Variable z = y.matmul(tape.use(v)).tanh();
            Variable joined = z.slice(0, 0, rows / 2, 1).add(y.slice(0, rows / 2, rows, 1).t().t());
            x = Functions.dropout(x.add(y.mul(z)), 0.1f).add(joined.reshape(-1, WIDTH).mean());
        }
        return x.square().mean();
    }

    @Test
    void givesTheBitsOfFreshGradientsStepAfterStep() {
        Gradients spent = new Gradients();
        for (int step = 0; step < 6; step++) {
            int rows = step == 3 ? 48 : 32; // the last batch of an epoch has another size
            try (Tape fresh = Tape.recording(step); Tape again = Tape.recording(step).reuse(spent)) {
                Gradients expected = fresh.backward(loss(fresh, rows, step));
                Gradients actual = again.backward(loss(again, rows, step));
                for (Parameter p : parameters)
                    assertThat(actual.of(p).toArray()).as(p.name() + ", step " + step)
                            .isEqualTo(expected.of(p).toArray());
                spent = actual;
            }
        }
    }

    @Test
    void gradientsOfAStepDoNotShareMemory() {
        Gradients spent = new Gradients();
        for (int step = 0; step < 3; step++) {
            try (Tape tape = Tape.recording(step).reuse(spent)) {
                spent = tape.backward(loss(tape, WIDTH, step)); // intermediate gradients are as large as w and v
                assertThat(spent.of(w).data()).isNotSameAs(spent.of(v).data());
                spent.of(w).fill_(Float.NaN);
                assertThat(spent.of(v).isNaN().sum().item()).isZero();
            }
        }
    }
}
