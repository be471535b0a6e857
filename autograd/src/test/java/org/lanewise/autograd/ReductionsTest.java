package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lanewise.engine.Tensor;

class ReductionsTest {
    private static final Tensor X = Samples.distinct(1, 3, 4, 2);

    private static double mean(double... row) {
        return Ref.sum(row) / row.length;
    }

    private static double var(int lost, double... row) {
        double mean = mean(row);
        return Ref.sum(Ref.map(row, v -> (v - mean) * (v - mean))) / (row.length - lost);
    }

    private static double max(double... row) {
        double max = row[0];
        for (double v : row) max = Math.max(max, v);
        return max;
    }

    private static double min(double... row) {
        return -max(Ref.map(row, v -> -v));
    }

    private static Arguments of(String name, Function<Variable, Variable> along1, Function<Variable, Variable> kept,
            ToDoubleFunction<double[]> exact) {
        return Arguments.of(name, along1, kept, exact);
    }

    static Stream<Arguments> reductions() {
        return Stream.of(of("sum", x -> x.sum(false, 1), x -> x.sum(true, -2), Ref::sum),
                of("mean", x -> x.mean(false, 1), x -> x.mean(true, -2), ReductionsTest::mean),
                of("var", x -> x.var(true, false, 1), x -> x.var(true, true, -2), row -> var(1, row)),
                of("biased var", x -> x.var(false, false, 1), x -> x.var(false, true, -2), row -> var(0, row)),
                of("max", x -> x.max(1, false), x -> x.max(-2, true), ReductionsTest::max),
                of("min", x -> x.min(1, false), x -> x.min(-2, true), ReductionsTest::min),
                of("logSumExp", x -> x.logSumExp(1, false), x -> x.logSumExp(-2, true), Ref::logSumExp));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reductions")
    void alongADimension(String name, Function<Variable, Variable> along1, Function<Variable, Variable> kept,
            ToDoubleFunction<double[]> exact) {
        GradCheck.Reference reference = in -> Ref.reduce(in[0], 3, 4, 2, exact);
        Samples.check(in -> along1.apply(in[0]), reference, X);
        Samples.check(in -> kept.apply(in[0]), reference, X);
        Samples.check(in -> kept.apply(in[0]).mul(in[0]),
                in -> Ref.zip(Ref.expand(Ref.reduce(in[0], 3, 4, 2, exact), new int[] {3, 1, 2}, 3, 4, 2), in[0],
                        (a, b) -> a * b),
                X);
        Samples.checkEmpty(in -> along1.apply(in[0]), Tensor.zeros(0, 4, 2));
    }

    @Test
    void ofAllElements() {
        Samples.check(in -> in[0].sum(), in -> new double[] {Ref.sum(in[0])}, X);
        Samples.check(in -> in[0].mean(), in -> new double[] {mean(in[0])}, X);
        Samples.check(in -> in[0].max(), in -> new double[] {max(in[0])}, X);
        Samples.check(in -> in[0].min(), in -> new double[] {min(in[0])}, X);
        Samples.check(in -> in[0].norm(), in -> new double[] {Math.sqrt(Ref.sum(Ref.map(in[0], v -> v * v)))}, X);
        Samples.check(in -> in[0].sum(), in -> in[0], Tensor.scalar(3f));
        Samples.check(in -> in[0].mean(), in -> in[0], Tensor.scalar(3f));
        Samples.checkEmpty(in -> in[0].sum(), Tensor.zeros(2, 0));
    }

    @Test
    void alongSeveralDimensions() {
        Samples.check(in -> in[0].sum(false, 0, 2), in -> Ref.reduce(Ref.reduce(in[0], 12, 2, 1, Ref::sum), 1, 3, 4,
                Ref::sum), X);
        Samples.check(in -> in[0].mean(true, 1, 2), in -> Ref.reduce(in[0], 3, 8, 1, ReductionsTest::mean), X);
        Samples.check(in -> in[0].var(true, false, 1, 2), in -> Ref.reduce(in[0], 3, 8, 1, row -> var(1, row)), X);
    }

    @Test
    void tiesShareTheGradient() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {3, 1, 3, 2, 2, 2}, 2, 3));
            assertThat(tape.backward(x.max(1, false).sum()).of(x).toArray()).containsExactly(0.5f, 0, 0.5f, 1 / 3f,
                    1 / 3f, 1 / 3f);
            assertThat(tape.backward(x.min()).of(x).toArray()).containsExactly(0, 1, 0, 0, 0, 0);
        }
    }

    @Test
    void degenerateCases() {
        try (Tape tape = Tape.recording(1)) {
            Variable zero = tape.leaf(Tensor.zeros(3));
            assertThat(tape.backward(zero.norm()).of(zero).toArray()).containsExactly(0, 0, 0);
            Variable masked = tape.leaf(Tensor.full(Float.NEGATIVE_INFINITY, 1, 3));
            assertThat(tape.backward(masked.logSumExp(1, false).sum()).of(masked).toArray()).containsExactly(0, 0, 0);
        }
    }

    @Test
    void cumsum() {
        for (int dim = 0; dim < 3; dim++) {
            int d = dim;
            int[] shape = X.shape();
            int outer = Dims.product(shape, 0, d);
            int inner = Dims.product(shape, d + 1, 3);
            Samples.check(in -> in[0].cumsum(d), in -> Ref.rows(in[0], outer, shape[d], inner, row -> {
                double[] y = row.clone();
                for (int i = 1; i < y.length; i++) y[i] += y[i - 1];
                return y;
            }), X);
        }
        Samples.checkEmpty(in -> in[0].cumsum(1), Tensor.zeros(2, 0));
    }
}
