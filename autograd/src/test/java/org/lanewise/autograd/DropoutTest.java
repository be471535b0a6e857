package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

class DropoutTest {

    private static float[] masked(long seed, float p, int... shape) {
        try (Tape tape = Tape.inference(seed)) {
            return Functions.dropout(tape.constant(Tensor.ones(shape)), p).value().toArray();
        }
    }

    @Test
    void theGradientHasTheSameMask() {
        Tensor x = Samples.normal(1, 37, 101);
        try (Tape tape = Tape.recording(5)) {
            Variable leaf = tape.leaf(x);
            Variable y = Functions.dropout(leaf, 0.3f);
            Tensor mask = y.value().div(x);
            Tensor g = Samples.normal(2, 37, 101);
            float[] expected = g.mul(mask).toArray();
            float[] gradient = tape.backward(y, g).of(leaf).toArray();
            for (int i = 0; i < expected.length; i++) assertThat(gradient[i]).isCloseTo(expected[i], offset(1e-5f));
        }
        GradCheck.of(in -> Functions.dropout(in[0], 0.4f).square(), Samples.normal(3, 6, 9)).check();
        Samples.checkEmpty(in -> Functions.dropout(in[0], 0.4f), Tensor.zeros(0, 3));
    }

    @Test
    void theRateAndTheMeanAreRight() {
        int n = 1_000_000;
        for (float p : new float[] {0.1f, 0.5f, 0.85f}) {
            float[] y = masked(7, p, n);
            int dropped = 0;
            double sum = 0;
            for (float v : y) {
                if (v == 0) dropped++;
                sum += v;
            }
            double deviation = Math.sqrt(p * (1 - p) / n);
            assertThat(dropped / (double) n).isCloseTo(p, offset(4 * deviation + 1e-5));
            assertThat(sum / n).isCloseTo(1, offset(4 * deviation / (1 - p)));
        }
    }

    @Test
    void neighboursAreIndependent() {
        int n = 1 << 20;
        float[] y = masked(11, 0.5f, n);
        for (int lag : new int[] {1, 2, 4, 16, 256, 512, 1024, 4096}) {
            double both = 0;
            for (int i = 0; i + lag < n; i++) both += y[i] * y[i + lag] / 4;
            assertThat(both / (n - lag)).as("lag %d", lag).isCloseTo(0.25, offset(4 * 0.5 / Math.sqrt(n)));
        }
    }

    @Test
    void masksFollowTheTapesSeedAndTheirNumber() {
        assertThat(masked(3, 0.5f, 2000)).isEqualTo(masked(3, 0.5f, 2000)).isNotEqualTo(masked(4, 0.5f, 2000));
        try (Tape tape = Tape.inference(3)) {
            Variable ones = tape.constant(Tensor.ones(2000));
            float[] first = Functions.dropout(ones, 0.5f).value().toArray();
            assertThat(Functions.dropout(ones, 0.5f).value().toArray()).isNotEqualTo(first);
        }
    }

    @Test
    void thePositionInATaskDoesNotMatter() {
        DropoutMask mask = DropoutMask.of(Rng.of(1), 0.5f);
        float[] two = new float[2 * DropoutMask.BLOCK];
        long[] words = DropoutMask.words();
        mask.write(0, two, 0, words);
        mask.write(1, two, DropoutMask.BLOCK, words);
        float[] second = new float[DropoutMask.BLOCK];
        mask.write(1, second, 0, words);
        assertThat(second).isEqualTo(java.util.Arrays.copyOfRange(two, DropoutMask.BLOCK, two.length));
    }

    @Test
    void extremes() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(Tensor.ones(3));
            assertThat(Functions.dropout(x, 0f)).isSameAs(x);
            assertThatThrownBy(() -> Functions.dropout(x, 1f)).hasMessageContaining("1.0 is not in [0, 1)");
            assertThatThrownBy(() -> Functions.dropout(x, -0.1f)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Functions.dropout(x, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
