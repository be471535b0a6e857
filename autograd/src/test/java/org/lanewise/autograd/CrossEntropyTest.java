package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class CrossEntropyTest {
    private static final Tensor X = Samples.normal(1, 6, 5);
    private static final int[] TARGETS = {0, 4, 2, 2, -1, 3};
    private static final Tensor WEIGHTS = Tensor.of(new float[] {1f, 0.5f, 2f, 1.5f, 0.25f}, 5);

    private static double[] rows(double[] x, double[] weights, double smoothing) {
        double[] losses = new double[6];
        for (int i = 0; i < 6; i++) {
            if (TARGETS[i] < 0) continue;
            double[] l = Ref.logSoftmax(java.util.Arrays.copyOfRange(x, 5 * i, 5 * i + 5));
            losses[i] = -(1 - smoothing) * weights[TARGETS[i]] * l[TARGETS[i]];
            for (int c = 0; c < 5; c++) losses[i] -= smoothing / 5 * weights[c] * l[c];
        }
        return losses;
    }

    @Test
    void everyCombination() {
        for (double smoothing : new double[] {0, 0.1}) {
            for (Tensor weights : new Tensor[] {null, WEIGHTS}) {
                double[] w = weights == null ? new double[] {1, 1, 1, 1, 1} : new double[] {1, 0.5, 2, 1.5, 0.25};
                CrossEntropyOptions options = CrossEntropyOptions.DEFAULT.withSmoothing(smoothing)
                        .withClassWeights(weights).withIgnoreIndex(-1);
                double total = 0;
                for (int target : TARGETS) if (target >= 0) total += w[target];
                double norm = total;
                Samples.check(in -> Functions.crossEntropy(in[0], TARGETS, options),
                        in -> new double[] {Ref.sum(rows(in[0], w, smoothing)) / norm}, X);
                Samples.check(
                        in -> Functions.crossEntropy(in[0], TARGETS, options.withReduction(LossReduction.SUM)).mul(2f),
                        in -> new double[] {2 * Ref.sum(rows(in[0], w, smoothing))}, X);
                Samples.check(
                        in -> Functions.crossEntropy(in[0], TARGETS, options.withReduction(LossReduction.NONE)),
                        in -> rows(in[0], w, smoothing), X);
            }
        }
    }

    @Test
    void leadingDimensionsAreRows() {
        int[] targets = {0, 4, 2, 2, 1, 3};
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X.reshape(2, 3, 5));
            Variable each = Functions.crossEntropy(x, targets,
                    CrossEntropyOptions.DEFAULT.withReduction(LossReduction.NONE));
            assertThat(each.shape()).containsExactly(2, 3);
            assertThat(each.mean().item()).isCloseTo(Functions.crossEntropy(x, targets).item(), offset(1e-6f));
            assertThat(tape.backward(Functions.crossEntropy(x, targets)).of(x).shape()).containsExactly(2, 3, 5);
        }
    }

    @Test
    void largeLogitsAreSafe() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {1000, 0, -1000}, 1, 3));
            assertThat(Functions.crossEntropy(x, 0).item()).isEqualTo(0f);
            Variable loss = Functions.crossEntropy(x, 2);
            assertThat(loss.item()).isEqualTo(2000f);
            assertThat(tape.backward(loss).of(x).toArray()).containsExactly(1, 0, -1);
        }
    }

    @Test
    void wrongTargets() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(X);
            assertThatThrownBy(() -> Functions.crossEntropy(x, 0, 1)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("crossEntropy").hasMessageContaining("2 targets");
            assertThatThrownBy(() -> Functions.crossEntropy(x, 0, 1, 2, 5, 4, 3))
                    .hasMessageContaining("target 5 at position 3");
            assertThatThrownBy(() -> CrossEntropyOptions.DEFAULT.withSmoothing(1))
                    .hasMessageContaining("smoothing 1.0");
        }
    }
}
