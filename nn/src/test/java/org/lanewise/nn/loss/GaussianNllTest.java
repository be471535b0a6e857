package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.LossReduction;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Golden;

class GaussianNllTest {
    private static final GaussianNll NLL = GaussianNll.standard();

    @Test
    void isTorchs() {
        Golden golden = Golden.of("loss_gaussian");
        golden.checkLoss((_, in) -> LossesTest.reductions(
                r -> NLL.apply(in.get("mean"), in.get("log_variance"), golden.in("target"), null, r)));
    }

    @Test
    void betaWeighsByAConstantPowerOfTheVariance() {
        Tensor y = LossesTest.random(3, 6);
        Tensor mean = LossesTest.random(1, 6);
        Tensor logVariance = LossesTest.random(2, 6);
        Tensor rows = Tensor.of(new float[] {1, 2, 3, 0, 1, 1});
        Tensor weights = logVariance.mul(0.5f).exp().mul(rows);
        for (LossReduction reduction : new LossReduction[] {LossReduction.SUM, LossReduction.MEAN}) {
            Tensor[] actual = gradients(NLL.beta(0.5), mean, logVariance, y, rows, reduction);
            Tensor[] expected = gradients(NLL, mean, logVariance, y, weights, reduction);
            for (int i = 0; i < 3; i++) {
                float error = actual[i].sub(expected[i]).abs().max().item();
                assertThat(error).isLessThan(1e-6f + 1e-5f * expected[i].abs().max().item());
            }
        }
    }

    private static Tensor[] gradients(GaussianNll nll, Tensor mean, Tensor logVariance, Tensor y, Tensor weights,
            LossReduction reduction) {
        try (Tape tape = Tape.recording(1)) {
            Variable m = tape.leaf(mean);
            Variable s = tape.leaf(logVariance);
            Variable loss = nll.apply(m, s, y, weights, reduction);
            Gradients gradients = tape.backward(loss);
            return new Tensor[] {loss.value(), gradients.of(m), gradients.of(s)};
        }
    }

    @Test
    void staysFiniteAndRecoversBelowTheFloor() {
        Tensor[] found = gradients(NLL, Tensor.of(new float[] {3}), Tensor.of(new float[] {-500}),
                Tensor.of(new float[] {4}), null, LossReduction.MEAN);
        for (Tensor tensor : found) assertThat(tensor.item()).isFinite();
        assertThat(found[2].item()).as("pushes the log-variance up").isNegative();
    }

    @Test
    void faultsAreNamed() {
        try (Tape tape = Tape.inference()) {
            Variable m = tape.constant(Tensor.zeros(3));
            Variable s = tape.constant(Tensor.zeros(3, 1));
            assertThatThrownBy(() -> NLL.apply(m, s, Tensor.zeros(3))).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[3]").hasMessageContaining("[3, 1]");
            assertThatThrownBy(() -> NLL.apply(m, m, Tensor.zeros(2))).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[2]");
            assertThatThrownBy(() -> NLL.apply(m, m, Tensor.zeros(3), Tensor.ones(2), LossReduction.SUM))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> NLL.beta(2)).hasMessageContaining("beta");
        }
    }
}
