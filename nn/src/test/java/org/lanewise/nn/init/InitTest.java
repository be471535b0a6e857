package org.lanewise.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Embedding;
import org.lanewise.nn.GRU;
import org.lanewise.nn.Linear;
import org.lanewise.nn.MultiHeadAttention;

class InitTest {
    private static final int OUT = 300;
    private static final int IN = 200;

    /** Checks U(+-bound): the edges are nearly reached, never passed, and the variance is bound^2/3. */
    private static void assertUniform(Tensor weight, double bound) {
        double n = weight.numel();
        float[] values = weight.toArray();
        double max = 0;
        for (float value : values) max = Math.max(max, Math.abs(value));
        assertThat(max).isBetween(bound * (1 - 20 / n), bound * (1 + 1e-6));
        assertMoments(values, 0, bound / Math.sqrt(3));
    }

    /** Mean and standard deviation within about five standard errors. */
    private static void assertMoments(float[] values, double mean, double deviation) {
        double n = values.length;
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (value - mean) * (value - mean);
        }
        assertThat(sum / n).isCloseTo(mean, within(5 * deviation / Math.sqrt(n)));
        assertThat(Math.sqrt(squares / n)).isCloseTo(deviation, within(4 * deviation / Math.sqrt(n)));
    }

    /** The share of a normal law within one deviation tells it from a uniform one (0.577). */
    private static void assertNormal(Tensor weight, double deviation) {
        float[] values = weight.toArray();
        assertMoments(values, 0, deviation);
        int within = 0;
        for (float value : values) if (Math.abs(value) < deviation) within++;
        assertThat(within / (double) values.length).isCloseTo(0.6827, within(2.5 / Math.sqrt(values.length)));
    }

    private static Tensor fresh(BiFunction<Tensor, Rng, Tensor> init) {
        Tensor weight = Tensor.zeros(OUT, IN);
        assertThat(init.apply(weight, Rng.of(1))).isSameAs(weight);
        assertThat(init.apply(Tensor.zeros(OUT, IN), Rng.of(1)).toArray()).as("deterministic")
                .isEqualTo(weight.toArray());
        return weight;
    }

    @Test
    void lawsByFan() {
        assertUniform(fresh(Init::xavierUniform), Math.sqrt(6.0 / (IN + OUT)));
        assertUniform(fresh((w, r) -> Init.xavierUniform(w, 2, r)), 2 * Math.sqrt(6.0 / (IN + OUT)));
        assertNormal(fresh(Init::xavierNormal), Math.sqrt(2.0 / (IN + OUT)));
        assertUniform(fresh((w, r) -> Init.kaimingUniform(w, Activation.RELU, r)), Math.sqrt(6.0 / IN));
        assertNormal(fresh((w, r) -> Init.kaimingNormal(w, Activation.RELU, r)), Math.sqrt(2.0 / IN));
        assertNormal(fresh((w, r) -> Init.kaimingNormal(w, Activation.TANH, r)), 5.0 / 3 / Math.sqrt(IN));
        assertUniform(fresh((w, r) -> Init.fanUniform(w, IN, r)), 1 / Math.sqrt(IN));
    }

    @Test
    void plainLaws() {
        assertUniform(fresh((w, r) -> Init.uniform(w, -3, 3, r)), 3);
        assertNormal(fresh((w, r) -> Init.normal(w, 0, 0.02, r)), 0.02);
        float[] truncated = fresh((w, r) -> Init.truncatedNormal(w, 1, 0.5, r)).toArray();
        for (float value : truncated) assertThat(value).isBetween(0f, 2f);
        assertMoments(truncated, 1, 0.5 * 0.8796); // the deviation of a normal law cut at +-2
        assertThat(Init.ones(Tensor.zeros(2)).toArray()).containsOnly(1f);
        assertThat(Init.zeros(Tensor.ones(2)).toArray()).containsOnly(0f);
        assertThat(Init.constant(Tensor.ones(2), 7).toArray()).containsOnly(7f);
    }

    @Test
    void orthogonalRowsOrColumns() {
        Tensor wide = Init.orthogonal(Tensor.zeros(20, 30), 2, Rng.of(1));
        assertThat(wide.matmul(wide.t()).sub(Tensor.eye(20).mul(4f)).abs().max().item()).isLessThan(1e-5f);
        Tensor tall = Init.orthogonal(Tensor.zeros(30, 4, 5), 1, Rng.of(1)).reshape(30, 20);
        assertThat(tall.t().matmul(tall).sub(Tensor.eye(20)).abs().max().item()).isLessThan(1e-5f);
        assertThat(Init.orthogonal(Tensor.zeros(0, 3), 1, Rng.of(1)).numel()).isZero();
        assertThatThrownBy(() -> Init.orthogonal(Tensor.zeros(3), 1, Rng.of(1))).isInstanceOf(ShapeException.class);
        // uniform over all: the first element is as often negative as positive
        int negative = 0;
        for (int seed = 0; seed < 400; seed++) {
            if (Init.orthogonal(Tensor.zeros(3, 3), 1, Rng.of(seed)).get(0, 0) < 0) negative++;
        }
        assertThat(negative).isBetween(150, 250);
    }

    @Test
    void modulesStartAsPyTorchs() {
        Linear linear = new Linear(IN, OUT, Rng.of(1));
        assertUniform(linear.weight().value(), 1 / Math.sqrt(IN));
        assertUniform(linear.bias().value(), 1 / Math.sqrt(IN));
        assertNormal(new Embedding(OUT, IN, Rng.of(1)).weight().value(), 1);

        var attention = new MultiHeadAttention(64, 4, 0, Rng.of(1)).namedParameters();
        assertUniform(attention.get("in_proj_weight").value(), Math.sqrt(6.0 / (64 + 192)));
        assertUniform(attention.get("out_proj.weight").value(), 1.0 / 8);
        assertThat(attention.get("in_proj_bias").value().toArray()).containsOnly(0f);
        assertThat(attention.get("out_proj.bias").value().toArray()).containsOnly(0f);
        var cross = new MultiHeadAttention(64, 4, 32, 48, 0, true, Rng.of(1)).namedParameters();
        assertUniform(cross.get("k_proj_weight").value(), Math.sqrt(6.0 / (64 + 32)));

        new GRU(50, 64, Rng.of(1)).namedParameters().values().forEach(p -> assertUniform(p.value(), 1.0 / 8));
    }

    @Test
    void vectorsHaveNoFans() {
        assertThatThrownBy(() -> Init.xavierUniform(Tensor.zeros(3), Rng.of(1))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3]");
    }
}
