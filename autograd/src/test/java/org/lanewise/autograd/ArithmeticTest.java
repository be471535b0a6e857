package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Tensor;

class ArithmeticTest {
    private static final Tensor CONDITION = Tensor.of(new float[] {1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0}, 3, 4);
    private static final int[][][] SHAPES = {{{3, 4}, {3, 4}}, {{3, 4}, {4}}, {{3, 1}, {4}}, {{3, 1}, {1, 4}},
            {{}, {3, 4}}, {{3, 4}, {1, 1}}, {{2, 3, 4}, {3, 1}}, {{1}, {1}}};

    private static Arguments of(String name, BinaryOperator<Variable> op, DoubleBinaryOperator exact) {
        return Arguments.of(name, op, exact);
    }

    static Stream<Arguments> operations() {
        return Stream.of(of("add", Variable::add, Double::sum), of("sub", Variable::sub, (a, b) -> a - b),
                of("mul", Variable::mul, (a, b) -> a * b), of("div", Variable::div, (a, b) -> a / b),
                of("maximum", Variable::maximum, Math::max), of("minimum", Variable::minimum, Math::min));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void gradientsWithBroadcasting(String name, BinaryOperator<Variable> op, DoubleBinaryOperator exact) {
        for (int[][] shapes : SHAPES) {
            Tensor a = Samples.distinct(1, shapes[0]);
            Tensor b = Samples.distinct(2, shapes[1]).add(2.03f);
            int[] out = a.add(b).shape();
            Samples.checkEach(in -> op.apply(in[0], in[1]),
                    in -> Ref.zip(Ref.expand(in[0], shapes[0], out), Ref.expand(in[1], shapes[1], out), exact), a, b);
        }
        Samples.checkEmpty(in -> op.apply(in[0], in[1]), Tensor.zeros(0, 3), Tensor.ones(3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void bothOperandsOfOneVariable(String name, BinaryOperator<Variable> op, DoubleBinaryOperator exact) {
        Tensor a = Samples.uniform(3, 0.5f, 2f, 5);
        Samples.check(in -> op.apply(in[0], in[0].mul(1.5f).add(1f)),
                in -> Ref.map(in[0], x -> exact.applyAsDouble(x, 1.5 * x + 1)), a);
    }

    @Test
    void tiesShareTheGradient() {
        try (Tape tape = Tape.recording(1)) {
            Variable a = tape.leaf(Tensor.of(new float[] {1, 2, 3}, 3));
            Variable b = tape.leaf(Tensor.of(new float[] {1, 3, 2}, 3));
            Gradients max = tape.backward(a.maximum(b).sum());
            assertThat(max.of(a).toArray()).containsExactly(0.5f, 0, 1);
            assertThat(max.of(b).toArray()).containsExactly(0.5f, 1, 0);
            Gradients min = tape.backward(a.minimum(b).sum());
            assertThat(min.of(a).toArray()).containsExactly(0.5f, 1, 0);
            assertThat(min.of(b).toArray()).containsExactly(0.5f, 0, 1);
        }
    }

    @Test
    void whereSendsTheGradientToTheOneChosen() {
        double[] condition = {1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0};
        Samples.checkEach(in -> in[0].where(CONDITION, in[1]), in -> {
            double[] a = Ref.expand(in[0], new int[] {4}, 3, 4);
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) y[i] = condition[i] != 0 ? a[i] : in[1][i];
            return y;
        }, Samples.normal(1, 4), Samples.normal(2, 3, 4));
    }

    @Test
    void whereDoesNotLetNaNThrough() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {0, 4}, 2));
            Variable y = x.sqrt().where(x.value().gt(0f), tape.constant(Tensor.zeros(2)));
            assertThat(y.value().toArray()).containsExactly(0, 2);
            Variable other = tape.leaf(Tensor.of(new float[] {Float.NaN, 1}, 2));
            Gradients gradients = tape.backward(other.where(Tensor.of(new float[] {0, 1}, 2), x).sum());
            assertThat(gradients.of(other).toArray()).containsExactly(0, 1);
            assertThat(gradients.of(x).toArray()).containsExactly(1, 0);
        }
    }

    @Test
    void constantTensorsAsOperands() {
        Tensor c = Samples.uniform(5, 1f, 2f, 3, 1);
        int[] shape = {3, 1};
        double[] exact = {c.get(0, 0), c.get(1, 0), c.get(2, 0)};
        Samples.check(in -> in[0].mul(c).add(c).div(c).sub(c), in -> Ref.zip(Ref.expand(in[0], new int[] {4}, 3, 4),
                Ref.expand(exact, shape, 3, 4), (x, y) -> (x * y + y) / y - y), Samples.normal(6, 4));
    }
}
