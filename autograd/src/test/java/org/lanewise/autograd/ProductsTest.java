package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Tensor;

class ProductsTest {

    static Stream<Arguments> shapes() {
        return Stream.of(Arguments.of(new int[] {3, 4}, new int[] {4, 5}), Arguments.of(new int[] {4}, new int[] {4}),
                Arguments.of(new int[] {4}, new int[] {4, 5}), Arguments.of(new int[] {3, 4}, new int[] {4}),
                Arguments.of(new int[] {2, 3, 4}, new int[] {4, 5}),
                Arguments.of(new int[] {3, 4}, new int[] {2, 4, 5}),
                Arguments.of(new int[] {2, 3, 4}, new int[] {2, 4, 5}),
                Arguments.of(new int[] {2, 1, 3, 4}, new int[] {3, 4, 2}),
                Arguments.of(new int[] {2, 3, 4}, new int[] {1, 4, 2}),
                Arguments.of(new int[] {2, 3, 4}, new int[] {4}), Arguments.of(new int[] {4}, new int[] {2, 4, 3}),
                Arguments.of(new int[] {1, 4}, new int[] {4, 1}));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matmul(int[] a, int[] b) {
        Tensor x = Samples.normal(1, a);
        Tensor y = Samples.normal(2, b);
        Samples.checkEach(in -> in[0].matmul(in[1]), in -> product(in[0], a, in[1], b, x.matmul(y).numel()), x, y);
    }

    /** By the definition: batches broadcast, vectors are rows or columns. */
    private static double[] product(double[] a, int[] as, double[] b, int[] bs, int n) {
        int[] left = as.length == 1 ? new int[] {1, as[0]} : as;
        int[] right = bs.length == 1 ? new int[] {bs[0], 1} : bs;
        int rows = left[left.length - 2];
        int inner = left[left.length - 1];
        int columns = right[right.length - 1];
        int rank = Math.max(left.length, right.length) - 2;
        int batches = n / (rows * columns);
        double[] out = new double[n];
        int[] batch = new int[rank];
        for (int d = 0; d < rank; d++) {
            int l = d - (rank + 2 - left.length);
            int r = d - (rank + 2 - right.length);
            batch[d] = Math.max(l >= 0 ? left[l] : 1, r >= 0 ? right[r] : 1);
        }
        for (int p = 0; p < batches; p++) {
            int ao = batchOf(p, batch, left) * rows * inner;
            int bo = batchOf(p, batch, right) * inner * columns;
            double[] c = Ref.matmul(Arrays.copyOfRange(a, ao, ao + rows * inner),
                    Arrays.copyOfRange(b, bo, bo + inner * columns), rows, inner, columns);
            System.arraycopy(c, 0, out, p * rows * columns, c.length);
        }
        return out;
    }

    private static int batchOf(int p, int[] batch, int... shape) {
        int lead = batch.length - (shape.length - 2);
        int at = 0;
        int step = 1;
        for (int d = batch.length - 1; d >= 0; d--) {
            int place = p % batch[d];
            p /= batch[d];
            if (d < lead) continue;
            if (shape[d - lead] != 1) at += place * step;
            step *= shape[d - lead];
        }
        return at;
    }

    @Test
    void transposedOperands() {
        Tensor a = Samples.normal(1, 4, 3);
        Tensor b = Samples.normal(2, 5, 4);
        Samples.checkEach(in -> in[0].t().matmul(in[1].t()),
                in -> Ref.matmul(Ref.transpose(in[0], 4, 3), Ref.transpose(in[1], 5, 4), 3, 4, 5), a, b);
    }

    @Test
    void usedTwice() {
        Samples.check(in -> in[0].matmul(in[0]).add(in[0]),
                in -> Ref.zip(Ref.matmul(in[0], in[0], 3, 3, 3), in[0], Double::sum), Samples.normal(1, 3, 3));
    }

    @Test
    void einsum() {
        Tensor a = Samples.normal(1, 2, 3, 4);
        Tensor b = Samples.normal(2, 2, 4, 5);
        Samples.checkEach(in -> Functions.einsum("bij,bjk->bik", in[0], in[1]),
                in -> product(in[0], new int[] {2, 3, 4}, in[1], new int[] {2, 4, 5}, 30), a, b);
        Samples.check(in -> Functions.einsum("ij->ji", in[0]), in -> Ref.transpose(in[0], 3, 4),
                Samples.normal(1, 3, 4));
        Samples.check(in -> Functions.einsum("ij->j", in[0]), in -> Ref.reduce(in[0], 1, 3, 4, Ref::sum),
                Samples.normal(1, 3, 4));
        Samples.checkEach(in -> Functions.einsum("i,j", in[0], in[1]), in -> Ref.matmul(in[0], in[1], 3, 1, 4),
                Samples.normal(1, 3), Samples.normal(2, 4));
        // k is summed over in the second operand alone; three operands
        Samples.checkEach(in -> Functions.einsum("ij,jk,i->i", in[0], in[1], in[2]), in -> {
            double[] rows = Ref.reduce(in[1], 4, 5, 1, Ref::sum);
            return Ref.zip(Ref.matmul(in[0], rows, 3, 4, 1), in[2], (x, y) -> x * y);
        }, Samples.normal(1, 3, 4), Samples.normal(2, 4, 5), Samples.normal(3, 3));
        try (Tape tape = Tape.recording(1)) {
            assertThatThrownBy(() -> Functions.einsum("ii->i", tape.leaf(Tensor.eye(3))))
                    .hasMessageContaining("diagonal");
        }
    }

    @Test
    void gradientsAccumulateInTheSumsThemselves() {
        Samples.check(in -> {
            Variable h = in[0].matmul(in[1]);
            return h.matmul(in[1]).add(in[0].matmul(in[1])).add(in[0]);
        }, in -> {
            double[] h = Ref.matmul(in[0], in[1], 4, 3, 3);
            double[] y = Ref.matmul(h, in[1], 4, 3, 3);
            return Ref.zip(Ref.zip(y, h, Double::sum), in[0], Double::sum);
        }, Samples.normal(1, 4, 3), Samples.normal(2, 3, 3));
    }

    @Test
    void empty() {
        Samples.checkEmpty(in -> in[0].matmul(in[1]), Tensor.zeros(0, 3), Tensor.zeros(3, 2));
        Samples.checkEmpty(in -> in[0].matmul(in[1]), Tensor.zeros(2, 0), Tensor.zeros(0, 3));
        Samples.checkEmpty(in -> in[0].matmul(in[1]), Tensor.zeros(0, 2, 3), Tensor.zeros(3, 2));
    }
}
