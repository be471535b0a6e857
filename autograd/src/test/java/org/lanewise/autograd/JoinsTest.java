package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

class JoinsTest {

    @Test
    void concat() {
        Samples.checkEach(in -> Variable.concat(1, in[0], in[1]).square(), in -> {
            double[] y = new double[15];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 5; j++) y[i * 5 + j] = j < 2 ? in[0][i * 2 + j] : in[1][i * 3 + j - 2];
            }
            return Ref.map(y, v -> v * v);
        }, Samples.normal(1, 3, 2), Samples.normal(2, 3, 3));
        Samples.check(in -> Variable.concat(-2, in[0], in[0], in[0].mul(2f)),
                in -> {
                    double[] y = new double[18];
                    for (int i = 0; i < 18; i++) y[i] = in[0][i % 6] * (i < 12 ? 1 : 2);
                    return y;
                }, Samples.normal(3, 3, 2));
        Samples.checkEmpty(in -> Variable.concat(0, in), Tensor.zeros(0, 2), Tensor.zeros(3, 2));
    }

    @Test
    void stack() {
        Samples.checkEach(in -> Variable.stack(-1, in[0], in[1]).square(), in -> {
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) y[i] = in[i % 2][i / 2] * in[i % 2][i / 2];
            return y;
        }, Samples.normal(1, 3, 2), Samples.normal(2, 3, 2));
        Samples.checkEmpty(in -> Variable.stack(0, in), Tensor.zeros(0, 2), Tensor.zeros(0, 2));
    }

    @Test
    void nothingToJoin() {
        assertThatThrownBy(() -> Variable.concat(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing to join");
    }
}
