package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** Rearrangements: forward and backward follow from where each element goes, which the tensor operation tells. */
class ViewsTest {
    private static final Tensor X = Samples.normal(1, 3, 4, 2);

    private static Arguments of(String name, UnaryOperator<Variable> op, UnaryOperator<Tensor> tensor) {
        return Arguments.of(name, op, tensor);
    }

    static Stream<Arguments> views() {
        return Stream.of(of("reshape", x -> x.reshape(6, -1), x -> x.reshape(6, -1)),
                of("flatten", Variable::flatten, Tensor::flatten),
                of("transpose", x -> x.transpose(0, -1), x -> x.transpose(0, -1)),
                of("permute", x -> x.permute(2, 0, 1), x -> x.permute(2, 0, 1)),
                of("permute negative", x -> x.permute(-1, 0, 1), x -> x.permute(-1, 0, 1)),
                of("t", x -> x.select(0, 1).t(), x -> x.select(0, 1).t()),
                of("slice", x -> x.slice(1, 1, 3), x -> x.slice(1, 1, 3)),
                of("slice in steps", x -> x.slice(-2, 0, 4, 2), x -> x.slice(-2, 0, 4, 2)),
                of("select", x -> x.select(1, 2), x -> x.select(1, 2)),
                of("select last", x -> x.select(-1, -1), x -> x.select(-1, -1)),
                of("expand", x -> x.unsqueeze(1).expand(5, 3, 2, 4, 2), x -> x.unsqueeze(1).expand(5, 3, 2, 4, 2)),
                of("squeeze", x -> x.slice(0, 1, 2).squeeze(0), x -> x.slice(0, 1, 2).squeeze(0)),
                of("unsqueeze", x -> x.unsqueeze(-1), x -> x.unsqueeze(-1)),
                of("chain", x -> x.permute(1, 2, 0).reshape(8, 3).slice(0, 2, 7).t(),
                        x -> x.permute(1, 2, 0).reshape(8, 3).slice(0, 2, 7).t()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("views")
    void gradient(String name, UnaryOperator<Variable> op, UnaryOperator<Tensor> tensor) {
        float[] origin = tensor.apply(Tensor.arange(24).reshape(3, 4, 2)).toArray();
        GradCheck.Reference reference = in -> {
            double[] y = new double[origin.length];
            for (int i = 0; i < y.length; i++) y[i] = in[0][(int) origin[i]];
            return y;
        };
        Samples.check(in -> op.apply(in[0]), reference, X);
        // a nonlinear use and a second one, so that gradients differ and accumulate
        Samples.check(in -> op.apply(in[0]).square().add(op.apply(in[0].mul(2f))),
                in -> Ref.map(reference.apply(in), v -> v * v + 2 * v), X);
    }

    @Test
    void split() {
        Samples.check(in -> {
            Variable[] parts = in[0].split(1, 1, 2, 1);
            return parts[0].mul(parts[2]).add(parts[1]);
        }, in -> {
            double[] y = new double[12];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 2; j++) {
                    for (int k = 0; k < 2; k++) {
                        y[(i * 2 + j) * 2 + k] = in[0][i * 8 + k] * in[0][i * 8 + 6 + k] + in[0][i * 8 + 2 + j * 2 + k];
                    }
                }
            }
            return y;
        }, X);
        try (Tape tape = Tape.inference()) {
            assertThatThrownBy(() -> tape.constant(X).split(1, 1, 2)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("split");
        }
    }

    @Test
    void emptyViews() {
        Samples.checkEmpty(in -> in[0].reshape(0, 5), Tensor.zeros(2, 0));
        Samples.checkEmpty(in -> in[0].slice(0, 1, 1), Tensor.zeros(2, 3));
        Samples.checkEmpty(in -> in[0].transpose(0, 1), Tensor.zeros(2, 0));
        Samples.checkEmpty(in -> in[0].expand(0, 3), Tensor.zeros(1, 3));
    }

    @Test
    void viewsDoNotCopyForward() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(X);
            assertThat(x.permute(2, 0, 1).value().data()).isSameAs(X.data());
            assertThat(x.slice(1, 1, 3).select(0, 1).unsqueeze(0).expand(4, 2, 2).value().data()).isSameAs(X.data());
        }
    }
}
