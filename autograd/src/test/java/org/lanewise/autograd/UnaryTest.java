package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Tensor;

class UnaryTest {

    private static Arguments of(String name, UnaryOperator<Variable> op, DoubleUnaryOperator exact, Tensor at) {
        return Arguments.of(name, op, exact, at);
    }

    static Stream<Arguments> functions() {
        Tensor real = Samples.distinct(1, 4, 5);
        Tensor positive = Samples.uniform(2, 0.3f, 3f, 4, 5);
        return Stream.of(of("neg", Variable::neg, x -> -x, real), of("exp", Variable::exp, Math::exp, real),
                of("expm1", Variable::expm1, Math::expm1, real), of("log", Variable::log, Math::log, positive),
                of("log1p", Variable::log1p, Math::log1p, positive), of("tanh", Variable::tanh, Math::tanh, real),
                of("sigmoid", Variable::sigmoid, Ref::sigmoid, real), of("erf", Variable::erf, Ref::erf, real),
                of("softplus", Variable::softplus, Ref::softplus, real), of("gelu", Variable::gelu, Ref::gelu, real),
                of("silu", Variable::silu, x -> x * Ref.sigmoid(x), real),
                of("relu", Variable::relu, x -> Math.max(x, 0), real),
                of("sqrt", Variable::sqrt, Math::sqrt, positive),
                of("rsqrt", Variable::rsqrt, x -> 1 / Math.sqrt(x), positive),
                of("abs", Variable::abs, Math::abs, real), of("square", Variable::square, x -> x * x, real),
                of("reciprocal", Variable::reciprocal, x -> 1 / x, positive),
                of("pow 3", x -> x.pow(3f), x -> x * x * x, real),
                of("pow -1.5", x -> x.pow(-1.5f), x -> Math.pow(x, -1.5), positive),
                of("pow 0", x -> x.pow(0f), _ -> 1, real),
                of("clamp", x -> x.clamp(-0.45f, 0.75f), x -> Math.min(0.75f, Math.max(-0.45f, x)), real),
                of("add scalar", x -> x.add(2f), x -> x + 2, real), of("sub scalar", x -> x.sub(2f), x -> x - 2, real),
                of("mul scalar", x -> x.mul(2.5f), x -> x * 2.5, real),
                of("div scalar", x -> x.div(3f), x -> x / 3, real));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void gradient(String name, UnaryOperator<Variable> op, DoubleUnaryOperator exact, Tensor at) {
        Samples.check(in -> op.apply(in[0]), in -> Ref.map(in[0], exact), at);
        Samples.checkEmpty(in -> op.apply(in[0]), Tensor.zeros(2, 0));
        Samples.check(in -> op.apply(in[0]), in -> Ref.map(in[0], exact), at.select(0, 0).select(0, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void aGradientUsedElsewhereIsNotOverwritten(String name, UnaryOperator<Variable> op, DoubleUnaryOperator exact,
            Tensor at) {
        Samples.check(in -> op.apply(in[0]).add(in[0]).add(op.apply(in[0])),
                in -> Ref.zip(Ref.map(in[0], exact), in[0], (y, x) -> 2 * y + x), at);
    }

    @Test
    void kinksHaveTheUsualSubgradients() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {0f, -0f, 1f, -1f}, 4));
            assertThat(tape.backward(x.relu().sum()).of(x).toArray()).containsExactly(0, 0, 1, 0);
            assertThat(tape.backward(x.abs().sum()).of(x).toArray()).containsExactly(0, -0f, 1, -1);
            assertThat(tape.backward(x.clamp(-1f, 1f).sum()).of(x).toArray()).containsExactly(1, 1, 1, 1);
            assertThat(tape.backward(x.pow(2f).sum()).of(x).toArray()).containsExactly(0, -0f, 2, -2);
        }
    }

    @Test
    void largeTensorsAreSharedByThreads() {
        Tensor at = Samples.normal(3, 300, 1000);
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(at);
            float[] gradient = tape.backward(x.tanh().mul(2f).sum()).of(x).toArray();
            for (int i = 0; i < gradient.length; i += 997) {
                double t = Math.tanh(at.data()[i]);
                assertThat((double) gradient[i]).isCloseTo(2 * (1 - t * t), org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }
}
