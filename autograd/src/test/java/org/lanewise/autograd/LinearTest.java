package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.engine.Activation;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

class LinearTest {

    private static DoubleUnaryOperator exact(Activation activation) {
        return switch (activation) {
            case NONE -> x -> x;
            case RELU -> x -> Math.max(x, 0);
            case GELU -> Ref::gelu;
            case SILU -> x -> x * Ref.sigmoid(x);
            case TANH -> Math::tanh;
            case SIGMOID -> Ref::sigmoid;
        };
    }

    private static double[] linear(double[] x, double[] w, double[] b, int in, int out) {
        int rows = x.length / in;
        double[] y = Ref.matmul(x, Ref.transpose(w, out, in), rows, in, out);
        return Ref.zip(y, Ref.expand(b, new int[] {out}, rows, out), Double::sum);
    }

    @ParameterizedTest
    @EnumSource
    void gradients(Activation activation) {
        Tensor x = Samples.uniform(1, -1f, 1f, 2, 3, 4);
        Tensor w = Samples.uniform(2, -0.9f, 0.9f, 5, 4);
        // far enough from 0 to keep clear of the kink, near enough to matter
        Tensor b = activation == Activation.RELU
                ? Tensor.of(new float[] {3.7f, -3.7f, 3.8f, -3.8f, 4f}, 5)
                : Samples.normal(3, 5);
        Samples.checkEach(in -> Functions.linear(in[0], in[1], in[2], activation),
                in -> Ref.map(linear(in[0], in[1], in[2], 4, 5), exact(activation)), x, w, b);
        Samples.check(in -> Functions.linear(in[0], in[1], null, activation),
                in -> Ref.map(linear(in[0], in[1], new double[5], 4, 5), exact(activation)),
                x.abs().add(0.1f).select(0, 1),
                w.abs().add(0.1f));
        Samples.checkEmpty(in -> Functions.linear(in[0], in[1], in[2], activation), Tensor.zeros(0, 4), w, b);
    }

    @ParameterizedTest
    @EnumSource
    void trainingAndInferenceGiveTheSameBits(Activation activation) {
        Tensor x = Samples.normal(1, 33, 70);
        Tensor w = Samples.normal(2, 129, 70);
        Tensor b = Samples.normal(3, 129);
        try (Tape train = Tape.recording(1); Tape infer = Tape.inference()) {
            Tensor trained = Functions.linear(train.constant(x), train.leaf(w), train.leaf(b), activation).value();
            Tensor inferred = Functions.linear(infer.constant(x), infer.leaf(w), infer.leaf(b), activation).value();
            assertThat(trained.toArray()).isEqualTo(inferred.toArray());
        }
    }

    @Test
    void gradientsAccumulateInTheSumsThemselves() {
        // weights shared by two layers, an input used by three
        Samples.check(in -> {
            Variable h = Functions.linear(in[0], in[1], in[2], Activation.TANH);
            return Functions.linear(h, in[1], in[2]).add(Functions.linear(in[0], in[1], null)).add(in[0]);
        }, in -> {
            double[] h = Ref.map(linear(in[0], in[1], in[2], 3, 3), Math::tanh);
            double[] y = linear(h, in[1], in[2], 3, 3);
            double[] z = linear(in[0], in[1], new double[3], 3, 3);
            return Ref.zip(Ref.zip(y, z, Double::sum), in[0], Double::sum);
        }, Samples.normal(1, 4, 3), Samples.normal(2, 3, 3), Samples.normal(3, 3));
    }

    @Test
    void wrongShapes() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(Tensor.zeros(2, 4));
            Variable w = tape.constant(Tensor.zeros(5, 3));
            assertThatThrownBy(() -> Functions.linear(x, w, null)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("linear").hasMessageContaining("[2, 4]").hasMessageContaining("[5, 3]");
            Variable good = tape.constant(Tensor.zeros(5, 4));
            Variable b = tape.constant(Tensor.zeros(4));
            assertThatThrownBy(() -> Functions.linear(x, good, b)).isInstanceOf(ShapeException.class);
        }
    }
}
