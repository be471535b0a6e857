package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class BatchNorm1dTest {

    @Test
    void trainingIsTorchsRunningStatisticsIncluded() {
        Golden.of("batchnorm_train").checkUnary(new BatchNorm1d(4));
    }

    @Test
    void evaluationIsTorchs() {
        BatchNorm1d module = new BatchNorm1d(4);
        module.eval();
        Golden.of("batchnorm_eval").checkUnary(module);
    }

    @Test
    void evaluationChangesNothing() {
        BatchNorm1d module = new BatchNorm1d(3);
        module.eval();
        try (Tape tape = Tape.recording(1)) {
            module.forward(tape.constant(Rng.of(1).normal(Tensor.zeros(5, 3), 4, 2)));
        }
        assertThat(module.namedBuffers().get("running_mean").toArray()).containsOnly(0f);
        assertThat(module.namedBuffers().get("running_var").toArray()).containsOnly(1f);
        assertThat(module.namedBuffers().get("num_batches_tracked").item()).isZero();
    }

    @Test
    void farFromZeroLosesNoDigits() {
        BatchNorm1d module = new BatchNorm1d(1);
        module.namedBuffers().get("running_mean").fill_(100_000f);
        module.eval();
        try (Tape tape = Tape.inference()) {
            Variable y = module.forward(tape.constant(Tensor.of(new float[] {100_001}, 1, 1)));
            assertThat(y.item()).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void oneRowHasNoVariance() {
        BatchNorm1d module = new BatchNorm1d(3);
        try (Tape tape = Tape.inference()) {
            Variable one = tape.constant(Tensor.zeros(1, 3));
            assertThatThrownBy(() -> module.forward(one)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("BatchNorm1d(3)").hasMessageContaining("training")
                    .hasMessageContaining("[1, 3]");
            module.eval();
            assertThat(module.forward(one).shape()).containsExactly(1, 3);
        }
    }
}
