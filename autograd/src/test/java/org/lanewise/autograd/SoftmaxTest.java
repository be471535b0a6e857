package org.lanewise.autograd;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

class SoftmaxTest {
    private static final Tensor X = Samples.normal(1, 3, 5, 2);

    @Test
    void softmaxAlongEachDimension() {
        for (int dim = -1; dim < 3; dim++) {
            int d = dim;
            int at = Math.floorMod(dim, 3);
            int[] shape = X.shape();
            Samples.check(in -> in[0].softmax(d), in -> Ref.rows(in[0], Dims.product(shape, 0, at), shape[at],
                    Dims.product(shape, at + 1, 3), Ref::softmax), X);
            Samples.check(in -> in[0].logSoftmax(d), in -> Ref.rows(in[0], Dims.product(shape, 0, at), shape[at],
                    Dims.product(shape, at + 1, 3), Ref::logSoftmax), X);
        }
    }

    @Test
    void longRows() {
        Tensor x = Samples.normal(2, 2, 70);
        Samples.check(in -> in[0].softmax(1), in -> Ref.rows(in[0], 2, 70, 1, Ref::softmax), x);
        Samples.check(in -> in[0].logSoftmax(1), in -> Ref.rows(in[0], 2, 70, 1, Ref::logSoftmax), x);
    }

    @Test
    void aGradientUsedElsewhereIsNotOverwritten() {
        Samples.check(in -> in[0].softmax(-1).add(in[0].logSoftmax(-1)).add(in[0]), in -> Ref.rows(in[0], 15, 2, 1,
                row -> Ref.zip(Ref.zip(Ref.softmax(row), Ref.logSoftmax(row), Double::sum), row, Double::sum)), X);
    }

    @Test
    void empty() {
        Samples.checkEmpty(in -> in[0].softmax(1), Tensor.zeros(0, 3));
        Samples.checkEmpty(in -> in[0].logSoftmax(1), Tensor.zeros(0, 3));
        Samples.checkEmpty(in -> in[0].softmax(1), Tensor.zeros(2, 0));
    }
}
