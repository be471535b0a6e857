package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class IndexingTest {
    private static final Tensor X = Samples.normal(1, 3, 4, 2);

    @Test
    void gather() {
        int[] index = {0, 3, 1, 1, 2, 2, 0, 3, 3, 3, 1, 0};
        Samples.check(in -> in[0].gather(1, index, 3, 2, 2).square(), in -> {
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) {
                double v = in[0][(i / 4 * 4 + index[i]) * 2 + i % 2];
                y[i] = v * v;
            }
            return y;
        }, X);
        Samples.checkEmpty(in -> in[0].gather(0, new int[0], 0, 2), Tensor.zeros(3, 2));
    }

    @Test
    void indexSelect() {
        int[] index = {3, 0, 3, 3, 1};
        Samples.check(in -> in[0].indexSelect(-2, index).square(), in -> {
            double[] y = new double[30];
            for (int i = 0; i < 30; i++) {
                double v = in[0][(i / 10 * 4 + index[i / 2 % 5]) * 2 + i % 2];
                y[i] = v * v;
            }
            return y;
        }, X);
        Samples.checkEmpty(in -> in[0].indexSelect(0, new int[0]), Tensor.zeros(3, 2));
    }

    @Test
    void scatterAdd() {
        int[] index = {0, 2, 2, 1, 0, 2};
        Samples.checkEach(in -> in[0].scatterAdd(0, index, new int[] {3, 2}, in[1]).square(), in -> {
            double[] y = in[0].clone();
            for (int i = 0; i < 6; i++) y[index[i] * 2 + i % 2] += in[1][i];
            return Ref.map(y, v -> v * v);
        }, Samples.normal(1, 4, 2), Samples.normal(2, 3, 2));
    }

    @Test
    void embedding() {
        int[] ids = {4, 0, 4, 2, 1, 4};
        Samples.check(in -> Functions.embedding(in[0], ids, 2, 3).square(), in -> {
            double[] y = new double[18];
            for (int i = 0; i < 18; i++) y[i] = Math.pow(in[0][ids[i / 3] * 3 + i % 3], 2);
            return y;
        }, Samples.normal(1, 5, 3));
        Samples.checkEmpty(in -> Functions.embedding(in[0], new int[0], 0, 4), Tensor.zeros(3, 2));
    }

    @Test
    void thePaddingRowGetsNoGradient() {
        try (Tape tape = Tape.recording(1)) {
            Variable weight = tape.leaf(Samples.normal(1, 3, 2));
            Variable rows = Functions.paddedEmbedding(weight, 1, new int[] {0, 1, 2, 1, 0}, 5);
            assertThat(rows.shape()).containsExactly(5, 2);
            assertThat(tape.backward(rows.sum()).of(weight).toArray()).containsExactly(2, 2, 0, 0, 1, 1);
        }
    }

    @Test
    void wrongIndices() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(X);
            assertThatThrownBy(() -> Functions.embedding(x, new int[] {0}, 1)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("embedding");
            Variable weight = tape.constant(Samples.normal(1, 3, 2));
            assertThatThrownBy(() -> Functions.embedding(weight, new int[] {0, 1}, 3))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Functions.embedding(weight, new int[] {3}, 1)).hasMessageContaining("3");
        }
    }
}
