package org.lanewise.mheight.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.autograd.Tape;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

class NetworksTest {
    private static final int COUNT = 64;

    @Test
    void publishedSizes() {
        assertThat(new PublishedNetwork(PublishedNetwork.Form.A, Double.NaN, 9, Rng.of(1)).kerasParameterCount())
                .isEqualTo(10_875_041);
        assertThat(new PublishedNetwork(PublishedNetwork.Form.B, Double.NaN, 9, Rng.of(1)).kerasParameterCount())
                .isEqualTo(9_498_337);
        assertThat(new PublishedNetwork(PublishedNetwork.Form.GATED, .4, 9, Rng.of(1)).kerasParameterCount())
                .isEqualTo(10_028_898);
    }

    /** Multiply-adds counted by hand from the published layers; attention with eight tokens of 64. */
    @Test
    void publishedOperations() {
        double dense = 20 * 256 + 256 * 512 + 8 * 1024 * 1024 + 1024 * 512 + 512 * 256 + 256;
        double oneToken = 4 * 512 * 512 + 2 * 512 + (1 + 64 + 512) * 1024;
        double narrow = 8 * 4 * 64 * 512 + 2 * 8 * 8 * 512;
        double wide = 8 * 4 * 64 * 2048 + 2 * 8 * 8 * 2048;
        double afterTokens = (1 + 64 + 64) * 1024;
        double[] expected = {dense + oneToken, dense + narrow + afterTokens, dense + narrow + wide + afterTokens + 64};
        for (PublishedNetwork.Form form : PublishedNetwork.Form.values())
            assertThat(new PublishedNetwork(form, 0, 9, Rng.of(1)).flops()).as(form.name())
                    .isEqualTo(2 * expected[form.ordinal()]);
    }

    @Test
    void publishedOutputsStartAtTheMeanAndAreAtLeastOne() {
        for (PublishedNetwork.Form form : PublishedNetwork.Form.values()) {
            PublishedNetwork network = new PublishedNetwork(form, .4, 9.5, Rng.of(2));
            network.eval();
            try (Tape tape = Tape.inference()) {
                float[] y = network.forward(tape, Rng.of(3).normal(Tensor.zeros(9, 20), 0, 1),
                        Group.PUBLISHED.toArray(Group[]::new)).value().toArray();
                double mean = 0;
                for (float x : y) {
                    assertThat(x).isNotNegative();
                    mean += x / y.length;
                }
                assertThat(mean).isBetween(6.0, 13.0);
            }
        }
    }

    private static float[] predict(HeightNetwork network, CodeShape shape, double[] p, int copy) {
        network.eval();
        ExactSolver solver = ExactSolver.of(shape);
        try (Tape tape = Tape.inference()) {
            return network.forward(tape, shape, network.input(solver, p, COUNT, copy)).value().toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void heightsOfColumnsRise(int k) {
        CodeShape shape = new CodeShape(9, k);
        SubmatrixNetwork network = new SubmatrixNetwork(new SubmatrixNetwork.Size(4, 3), Rng.of(1));
        double[] p = new CodeStream(CodeLaw.D1, shape, 1).take(0, COUNT);
        float[] y = predict(network, shape, p, 0);
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isPositive();
            if (i % shape.parity() > 0) assertThat(y[i]).isGreaterThan(y[i - 1]);
        }
        assertThat(predict(network, shape, p, 1)).isNotEqualTo(y);
        assertThat(predict(network, shape, p, 1)).isEqualTo(predict(network, shape, p, 1));
    }

    /** With alternating signs, which training has to find, the learned products are minors, and heights are exact in every order. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void productsCanBeMinors(int k) {
        CodeShape shape = new CodeShape(9, k);
        SubmatrixNetwork network = new SubmatrixNetwork(new SubmatrixNetwork.Size(1, 1), Rng.of(1));
        network.namedParameters().forEach((name, parameter) -> {
            if (name.startsWith("min") || name.startsWith("max")) parameter.value().fill_((float) Math.log(1000));
            if (name.equals("entry") || name.startsWith("weights")) parameter.value().fill_(1);
            if (name.startsWith("floor")) parameter.value().fill_(-20);
            if (name.startsWith("products"))
                for (int t = 0; t < parameter.value().size(0); t++) parameter.value().set(t % 2 == 0 ? 1 : -1, t, 0);
        });
        assertThat(network.learnedMinors()).extracting(LearnedMinor::size).containsExactly(2, 3, 4);
        assertThat(network.learnedMinors()).allSatisfy(minor -> assertThat(minor.deviation()).isLessThan(1e-12));
        double[] p = new CodeStream(CodeLaw.D1, shape, 1).take(0, COUNT);
        double[] h = new double[COUNT * shape.parity()];
        ExactSolver.of(shape).heights(p, COUNT, h);
        for (int copy = 0; copy < 3; copy++) {
            float[] y = predict(network, shape, p, copy);
            int off = 0; // minors of a millionth of the largest are no better in float
            for (int i = 0; i < h.length; i++) if (Math.abs(y[i] - Math.log(h[i]) / Math.log(2)) > .05) off++;
            assertThat(off).isLessThan(h.length / 20);
        }
    }

    @Test
    void productsDoNotStartAsMinors() {
        assertThat(new SubmatrixNetwork(new SubmatrixNetwork.Size(8, 1), Rng.of(42)).learnedMinors())
                .allSatisfy(minor -> assertThat(minor.deviation()).isGreaterThan(.5));
    }

    /** At high temperatures the messages are the exact formula. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void minorsTendToTheFormula(int k) {
        CodeShape shape = new CodeShape(9, k);
        MinorNetwork network = new MinorNetwork();
        network.namedParameters().forEach((name, parameter) -> {
            if (name.startsWith("min") || name.startsWith("max")) parameter.value().fill_((float) Math.log(1000));
        });
        double[] p = new CodeStream(CodeLaw.D1, shape, 1).take(0, COUNT);
        double[] h = new double[COUNT * shape.parity()];
        ExactSolver.of(shape).heights(p, COUNT, h);
        float[] y = predict(network, shape, p, 0);
        for (int i = 0; i < h.length; i++)
            assertThat((double) y[i]).isCloseTo(Math.log(h[i]) / Math.log(2), within(.05));
        assertThat(predict(new MinorNetwork(), shape, p, 0)).isNotEqualTo(y);
    }
}
