package org.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

class LbfgsTest {

    @Test
    void findsTheMinimumOfRosenbrocksValley() {
        var p = new Parameter("p", Tensor.of(new float[] {-1.2f, 1f}, 2));
        Lbfgs.Result result = new Lbfgs(Map.of("p", p)).minimise(() -> {
            try (Tape tape = Tape.recording(0)) {
                Variable x = tape.use(p).select(0, 0);
                Variable y = tape.use(p).select(0, 1);
                Variable valley = y.sub(x.square()).square().mul(100f);
                Variable loss = valley.add(x.neg().add(1f).square());
                return new Lbfgs.Evaluation(loss.value().item(), tape.backward(loss));
            }
        }, 200);
        assertThat(p.value().toArray()).containsExactly(new float[] {1, 1}, within(2e-3f));
        assertThat(result.value()).isLessThan(1e-6);
        assertThat(result.iterations()).isLessThan(60);
    }

    @Test
    void solvesLeastSquaresToFloatAccuracy() {
        Tensor x = Tensor.zeros(50, 6);
        Rng.of(1).normal(x, 0f, 1f);
        Tensor truth = Tensor.of(new float[] {1, -2, 3, 0, 0.5f, 4}, 6, 1);
        Tensor y = x.matmul(truth);
        var w = new Parameter("w", Tensor.zeros(6, 1));
        Lbfgs.Result result = new Lbfgs(Map.of("w", w)).minimise(() -> {
            try (Tape tape = Tape.recording(0)) {
                Variable loss = tape.constant(x).matmul(tape.use(w)).sub(tape.constant(y)).square().mean();
                return new Lbfgs.Evaluation(loss.value().item(), tape.backward(loss));
            }
        }, 100);
        assertThat(w.value().toArray()).containsExactly(truth.toArray(), within(1e-3f));
        assertThat(result.evaluations()).isLessThan(60);
    }
}
