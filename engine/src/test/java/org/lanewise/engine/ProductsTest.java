package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.Layouts.each;
import static org.lanewise.engine.Layouts.random;
import static org.lanewise.engine.TensorAssert.assertTensor;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductsTest {

    /** Operand shapes and the shape of the product. */
    private static final int[][][] SHAPES = {{{3, 4}, {4, 5}, {3, 5}}, {{1, 7}, {7, 1}, {1, 1}}, {{4}, {4}, {}},
            {{4}, {4, 5}, {5}}, {{3, 4}, {4}, {3}}, {{2, 3, 4}, {4, 5}, {2, 3, 5}}, {{2, 3, 4}, {2, 4, 5}, {2, 3, 5}},
            {{3, 4}, {2, 4, 5}, {2, 3, 5}}, {{2, 1, 3, 4}, {6, 4, 5}, {2, 6, 3, 5}},
            {{6, 3, 4}, {2, 1, 4, 5}, {2, 6, 3, 5}},
            {{2, 3, 4}, {4}, {2, 3}}, {{4}, {2, 4, 5}, {2, 5}}, {{0, 4}, {4, 5}, {0, 5}}, {{3, 0}, {0, 5}, {3, 5}},
            {{2, 3, 4}, {0, 4, 5}, null}, {{33, 70}, {70, 41}, {33, 41}}, {{0, 3, 4}, {4, 2}, {0, 3, 2}}};

    private static double[] reference(Tensor a, Tensor b, int[] shape) {
        Tensor x = a.rank() == 1 ? a.unsqueeze(0) : a;
        Tensor y = b.rank() == 1 ? b.unsqueeze(1) : b;
        int[] full = shape.clone();
        if (b.rank() == 1) full = append(full, 1);
        if (a.rank() == 1) {
            int n = full[full.length - 1];
            full[full.length - 1] = 1;
            full = append(full, n);
        }
        double[] out = new double[Shapes.numel("test", full)];
        int k = x.size(-1);
        int[] at = {0};
        each(full, i -> {
            double sum = 0;
            for (int p = 0; p < k; p++) {
                int[] left = i.clone();
                left[left.length - 1] = p;
                int[] right = i.clone();
                right[right.length - 2] = p;
                sum += Layouts.broadcast(x, left) * Layouts.broadcast(y, right);
            }
            out[at[0]++] = sum;
        });
        return out;
    }

    private static int[] append(int[] shape, int size) {
        int[] out = Arrays.copyOf(shape, shape.length + 1);
        out[shape.length] = size;
        return out;
    }

    @ParameterizedTest
    @EnumSource
    void matmul(Layouts layout) {
        for (int[][] shapes : SHAPES) {
            Tensor a = random(1, shapes[0]);
            Tensor b = random(2, shapes[1]);
            for (Layouts other : Layouts.values()) {
                String what = Shapes.text(shapes[0]) + layout + Shapes.text(shapes[1]) + other;
                if (shapes[2] == null) {
                    assertThatThrownBy(() -> a.matmul(b)).isInstanceOf(ShapeException.class)
                            .hasMessageContaining("[2, 3, 4]").hasMessageContaining("[0, 4, 5]");
                    continue;
                }
                double[] expected = reference(a, b, shapes[2]);
                assertTensor(what, layout.of(a).matmul(other.of(b)), shapes[2], expected, 1e-5);
                if (a.rank() < 2 || b.rank() < 2) continue;
                Tensor out = other.of(Tensor.full(Float.NaN, shapes[2]));
                assertTensor(what, Ops.matmulInto(layout.of(a), b, out), shapes[2], expected, 1e-5);
            }
        }
    }

    @Test
    void headsAreWrittenBetweenOneAnother() {
        Tensor a = random(3, 2, 5, 6, 7);
        Tensor b = random(4, 2, 5, 7, 3);
        Tensor out = Tensor.full(Float.NaN, 2, 6, 5, 3).transpose(1, 2);
        assertTensor("heads", Ops.matmulInto(a, b, out), new int[] {2, 5, 6, 3}, reference(a, b, out.shape()), 1e-5);
        Tensor shared = Tensor.zeros(6, 9);
        shared.slice(1, 0, 6).copyFrom(random(5, 6, 6));
        Tensor left = shared.slice(1, 0, 3);
        Tensor right = shared.slice(1, 3, 6).slice(0, 0, 3);
        double[] expected = reference(left, right, new int[] {6, 3});
        assertTensor("one array", Ops.matmulInto(left, right, shared.slice(1, 6, 9)), new int[] {6, 3}, expected, 1e-5);
    }

    @ParameterizedTest
    @EnumSource
    void linear(Layouts layout) {
        for (int[] shape : new int[][] {{5}, {4, 5}, {2, 3, 5}, {0, 5}, {1, 5}}) {
            Tensor x = random(6, shape);
            Tensor w = random(7, 6, 5);
            Tensor bias = random(8, 6);
            int[] to = shape.clone();
            to[to.length - 1] = 6;
            Tensor expected = x.matmul(w.t()).add(bias);
            assertTensor("linear", Ops.linear(layout.of(x), layout.of(w), layout.of(bias), Activation.NONE), to,
                    Layouts.values(expected), 1e-5);
            assertTensor("relu", Ops.linear(layout.of(x), w, bias, Activation.RELU), to,
                    Layouts.values(expected.relu()),
                    1e-5);
            assertTensor("no bias", Ops.linear(layout.of(x), w, null, Activation.TANH), to,
                    Layouts.values(x.matmul(w.t()).tanh()), 1e-5);
            Tensor out = layout.of(Tensor.full(Float.NaN, to));
            assertTensor("into", Ops.linearInto(x, w, bias, Activation.NONE, out), to, Layouts.values(expected), 1e-5);
        }
        assertThatThrownBy(() -> Ops.linear(random(1, 2, 4), random(1, 6, 5), null, Activation.NONE))
                .isInstanceOf(ShapeException.class).hasMessageContaining("linear").hasMessageContaining("[2, 4]")
                .hasMessageContaining("[6, 5]");
        assertThatThrownBy(() -> Ops.linear(random(1, 2, 5), random(1, 6, 5), random(1, 5), Activation.NONE))
                .isInstanceOf(ShapeException.class).hasMessageContaining("bias");
    }

    @Test
    void bitsDependNeitherOnThreadsNorOnLayoutNorOnTheBatch() {
        Tensor a = random(9, 70, 300);
        Tensor b = random(10, 300, 90);
        float[] expected = a.matmul(b).toArray();
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                pool.run(() -> {
                    assertThat(a.matmul(b).toArray()).isEqualTo(expected);
                    assertThat(Layouts.TRANSPOSED.of(a).matmul(Layouts.TRANSPOSED.of(b)).toArray()).isEqualTo(expected);
                    assertThat(a.slice(0, 3, 4).matmul(b).toArray()).isEqualTo(Arrays.copyOfRange(expected, 270, 360));
                });
            }
        }
    }

    @Test
    void wrongShapesAreNamed() {
        assertThatThrownBy(() -> random(1, 3, 4).matmul(random(1, 5, 2))).isInstanceOf(ShapeException.class)
                .hasMessage("matmul: shapes [3, 4] and [5, 2] do not fit: the inner sizes 4 and 5 differ");
        assertThatThrownBy(() -> Tensor.scalar(1).matmul(random(1, 5))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[]");
        assertThatThrownBy(() -> Ops.matmulInto(random(1, 3, 4), random(1, 4, 2), Tensor.zeros(3, 3)))
                .isInstanceOf(ShapeException.class).hasMessageContaining("[3, 2]").hasMessageContaining("[3, 3]");
    }
}
