package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** Layer, root mean square and batch normalisation. */
class NormTest {
    private static final float EPS = 1e-3f;

    private static double[] rmsNorm(double[] x, double... gamma) {
        int n = gamma.length;
        return Ref.rows(x, x.length / n, n, 1, row -> {
            double r = 1 / Math.sqrt(Ref.sum(Ref.map(row, v -> v * v)) / n + EPS);
            return Ref.zip(Ref.map(row, v -> v * r), gamma, (a, b) -> a * b);
        });
    }

    /** [N, C, L]: each channel is a row of its own after the first two dimensions change places. */
    private static double[] batchNorm(double[] x, double[] gamma, double[] beta, int n, int length) {
        int c = gamma.length;
        double[] y = new double[x.length];
        for (int j = 0; j < c; j++) {
            double[] channel = new double[n * length];
            for (int i = 0; i < channel.length; i++) channel[i] = x[(i / length * c + j) * length + i % length];
            double mean = Ref.sum(channel) / channel.length;
            double var = Ref.sum(Ref.map(channel, v -> (v - mean) * (v - mean))) / channel.length;
            for (int i = 0; i < channel.length; i++) {
                y[(i / length * c + j) * length + i % length] = (channel[i] - mean) / Math.sqrt(var + EPS) * gamma[j]
                        + beta[j];
            }
        }
        return y;
    }

    @Test
    void layerNorm() {
        Function<Variable[], Variable> op = in -> Functions.layerNorm(in[0], in[1], in[2], EPS);
        Samples.checkEach(op, in -> Ref.layerNorm(in[0], in[1], in[2], EPS), Samples.normal(1, 2, 3, 7),
                Samples.normal(2, 7), Samples.normal(3, 7));
        Samples.check(op, in -> Ref.layerNorm(in[0], in[1], in[2], EPS), Samples.normal(4, 3, 2, 10),
                Samples.normal(5, 2, 10), Samples.normal(6, 2, 10));
        Samples.checkEmpty(op, Tensor.zeros(0, 4), Tensor.ones(4), Tensor.zeros(4));
        Samples.checkEmpty(op, Tensor.zeros(2, 0), Tensor.ones(0), Tensor.zeros(0));
    }

    @Test
    void layerNormWithoutShift() {
        Samples.check(in -> Functions.layerNorm(in[0], in[1], null, EPS),
                in -> Ref.layerNorm(in[0], in[1], new double[6], EPS), Samples.normal(1, 4, 6), Samples.normal(2, 6));
    }

    @Test
    void aGradientUsedElsewhereIsNotOverwritten() {
        Tensor gamma = Samples.normal(2, 6);
        double[] exact = new double[6];
        for (int i = 0; i < 6; i++) exact[i] = gamma.data()[i];
        Samples.check(in -> {
            Variable g = in[0].tape().constant(gamma);
            return in[0].add(Functions.layerNorm(in[0], g, null, EPS));
        }, in -> Ref.zip(in[0], Ref.layerNorm(in[0], exact, new double[6], EPS), Double::sum),
                Samples.normal(1, 4, 6));
    }

    @Test
    void manyRowsAreSummedInBlocks() {
        Tensor x = Samples.normal(1, 600, 80);
        Tensor gamma = Samples.normal(2, 80);
        Tensor seed = Samples.normal(3, 600, 80);
        try (Tape tape = Tape.recording(1)) {
            Variable g = tape.leaf(gamma);
            Variable b = tape.leaf(Tensor.zeros(80));
            Gradients gradients = tape.backward(Functions.layerNorm(tape.constant(x), g, b, EPS), seed);
            double[] ones = new double[80];
            java.util.Arrays.fill(ones, 1);
            double[] xs = Ref.map(new double[600 * 80], v -> v);
            for (int i = 0; i < xs.length; i++) xs[i] = x.data()[i];
            double[] h = Ref.layerNorm(xs, ones, new double[80], EPS);
            for (int j = 0; j < 80; j++) {
                double dGamma = 0;
                double dBeta = 0;
                for (int i = 0; i < 600; i++) {
                    dGamma += h[i * 80 + j] * seed.data()[i * 80 + j];
                    dBeta += seed.data()[i * 80 + j];
                }
                assertThat((double) gradients.of(g).data()[j]).isCloseTo(dGamma, offset(3e-5));
                assertThat((double) gradients.of(b).data()[j]).isCloseTo(dBeta, offset(3e-5));
            }
        }
    }

    @Test
    void rootMeanSquare() {
        Samples.checkEach(in -> Functions.rmsNorm(in[0], in[1], EPS), in -> rmsNorm(in[0], in[1]),
                Samples.normal(1, 2, 3, 7), Samples.normal(2, 7));
    }

    @Test
    void batchNormOfRows() {
        Samples.checkEach(in -> Functions.batchNorm(in[0], in[1], in[2], EPS).output(),
                in -> batchNorm(in[0], in[1], in[2], 8, 1), Samples.normal(1, 8, 5), Samples.normal(2, 5),
                Samples.normal(3, 5));
    }

    @Test
    void batchNormOfSequences() {
        Samples.check(in -> Functions.batchNorm(in[0], in[1], in[2], EPS).output().square(),
                in -> Ref.map(batchNorm(in[0], in[1], in[2], 3, 4), v -> v * v), Samples.normal(1, 3, 2, 4),
                Samples.normal(2, 2), Samples.normal(3, 2));
    }

    @Test
    void batchNormTellsItsStatistics() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {1, 10, 3, 20, 5, 60}, 3, 2));
            BatchNorm result = Functions.batchNorm(x, tape.constant(Tensor.ones(2)), tape.constant(Tensor.zeros(2)),
                    EPS);
            assertThat(result.mean().toArray()).containsExactly(3, 30);
            assertThat(result.variance().toArray()).containsExactly(8 / 3f, 1400 / 3f);
            assertThat(result.count()).isEqualTo(3);
        }
    }

    @Test
    void wrongShapes() {
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(Tensor.zeros(3, 4));
            Variable p = tape.constant(Tensor.ones(3));
            assertThatThrownBy(() -> Functions.layerNorm(x, p, p, EPS)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("layerNorm").hasMessageContaining("[3, 4]").hasMessageContaining("[3]");
            assertThatThrownBy(() -> Functions.rmsNorm(x, p, EPS)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Functions.batchNorm(x, p, p, EPS)).isInstanceOf(ShapeException.class);
            Variable one = tape.constant(Tensor.zeros(1, 3));
            assertThatThrownBy(() -> Functions.batchNorm(one, p, p, EPS)).hasMessageContaining("fewer than two");
        }
    }
}
