package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/** Pointwise losses. */
class LossTest {
    private static final Tensor X = Samples.distinct(1, 3, 4);
    private static final Tensor TARGET = Samples.distinct(2, 3, 4).add(0.05f); // no kink near X
    private static final Tensor LABELS = Samples.uniform(3, 0f, 1f, 3, 4);
    private static final Tensor WEIGHTS = Samples.uniform(4, 0.5f, 2f, 3, 1);

    @FunctionalInterface
    private interface Loss {
        Variable apply(Variable x, Tensor target, Tensor weights, LossReduction reduction);
    }

    private static double[] exact(Tensor t) {
        float[] values = t.toArray();
        double[] exact = new double[values.length];
        for (int i = 0; i < exact.length; i++) exact[i] = values[i];
        return exact;
    }

    private static void check(Loss loss, Tensor target, DoubleBinaryOperator exact) {
        double[] t = exact(target);
        double[] w = Ref.expand(exact(WEIGHTS), new int[] {3, 1}, 3, 4);
        GradCheck.Reference each = in -> Ref.zip(in[0], t, exact);
        Samples.check(in -> loss.apply(in[0], target, null, LossReduction.NONE), each, X);
        Samples.check(in -> loss.apply(in[0], target, WEIGHTS, LossReduction.NONE),
                in -> Ref.zip(each.apply(in), w, (a, b) -> a * b), X);
        Samples.check(in -> loss.apply(in[0], target, null, LossReduction.MEAN),
                in -> new double[] {Ref.sum(each.apply(in)) / 12}, X);
        Samples.check(in -> loss.apply(in[0], target, WEIGHTS, LossReduction.SUM).mul(3f),
                in -> new double[] {3 * Ref.sum(Ref.zip(each.apply(in), w, (a, b) -> a * b))}, X);
        Samples.checkEmpty(in -> loss.apply(in[0], Tensor.zeros(0, 4), null, LossReduction.SUM), Tensor.zeros(0, 4));
        try (Tape tape = Tape.inference()) {
            assertThatThrownBy(() -> loss.apply(tape.constant(X), Tensor.zeros(3, 1), null, LossReduction.MEAN))
                    .isInstanceOf(ShapeException.class).hasMessageContaining("[3, 4]").hasMessageContaining("[3, 1]");
            assertThatThrownBy(() -> loss.apply(tape.constant(X), target, Tensor.ones(2, 3, 4), LossReduction.MEAN))
                    .isInstanceOf(ShapeException.class);
        }
    }

    @Test
    void squared() {
        check(Functions::mse, TARGET, (x, t) -> (x - t) * (x - t));
    }

    @Test
    void absolute() {
        check(Functions::mae, TARGET, (x, t) -> Math.abs(x - t));
    }

    @Test
    void huber() {
        check((x, t, w, r) -> Functions.huber(x, t, 0.6f, w, r), TARGET, (x, t) -> {
            double d = Math.abs(x - t);
            return d <= 0.6f ? d * d / 2 : 0.6f * (d - 0.6f / 2);
        });
        try (Tape tape = Tape.inference()) {
            assertThatThrownBy(() -> Functions.huber(tape.constant(X), TARGET, 0f, null, LossReduction.MEAN))
                    .hasMessageContaining("delta");
        }
    }

    @Test
    void binaryCrossEntropy() {
        check((x, t, w, r) -> Functions.bceWithLogits(x, t, w, null, r), LABELS,
                (x, t) -> t * Ref.softplus(-x) + (1 - t) * Ref.softplus(x));
        Tensor positive = Tensor.full(2.5f, 4);
        check((x, t, w, r) -> Functions.bceWithLogits(x, t, w, positive, r), LABELS,
                (x, t) -> 2.5 * t * Ref.softplus(-x) + (1 - t) * Ref.softplus(x));
    }

    @Test
    void binaryCrossEntropyOfExtremeLogitsIsFinite() {
        try (Tape tape = Tape.recording(1)) {
            Variable x = tape.leaf(Tensor.of(new float[] {-200, 200, 200}, 3));
            Variable loss = Functions.bceWithLogits(x, Tensor.of(new float[] {1, 0, 1}, 3), null, null,
                    LossReduction.NONE);
            assertThat(loss.value().toArray()).containsExactly(200, 200, 0);
            assertThat(tape.backward(loss.sum()).of(x).toArray()).containsExactly(-1, 1, 0);
        }
    }

    @Test
    void quantile() {
        float[] levels = {0.1f, 0.5f, 0.9f};
        Tensor x = Samples.distinct(1, 4, 3);
        Tensor target = Samples.distinct(2, 4).add(0.05f);
        double[] t = Ref.expand(exact(target.unsqueeze(-1)), new int[] {4, 1}, 4, 3);
        double[] q = Ref.expand(new double[] {0.1f, 0.5f, 0.9f}, new int[] {3}, 4, 3);
        GradCheck.Reference each = in -> {
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) {
                y[i] = Math.max(q[i] * (t[i] - in[0][i]), (q[i] - 1) * (t[i] - in[0][i]));
            }
            return y;
        };
        Samples.check(in -> Functions.quantile(in[0], target, levels, LossReduction.NONE), each, x);
        Samples.check(in -> Functions.quantile(in[0], target, levels, LossReduction.MEAN),
                in -> new double[] {Ref.sum(each.apply(in)) / 12}, x);
        try (Tape tape = Tape.inference()) {
            Variable v = tape.constant(x);
            assertThatThrownBy(() -> Functions.quantile(v, target, new float[] {0.5f}, LossReduction.MEAN))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Functions.quantile(v, target, new float[] {0f, 0.5f, 1f}, LossReduction.MEAN))
                    .hasMessageContaining("(0, 1)");
        }
    }

    @Test
    void gaussian() {
        double[] t = exact(TARGET);
        double[] w = Ref.expand(exact(WEIGHTS), new int[] {3, 1}, 3, 4);
        GradCheck.Reference each = in -> {
            double[] y = new double[12];
            for (int i = 0; i < 12; i++) {
                y[i] = (in[1][i] + (t[i] - in[0][i]) * (t[i] - in[0][i]) * Math.exp(-in[1][i])) / 2;
            }
            return y;
        };
        Tensor logVariance = Samples.normal(7, 3, 4);
        Samples.checkEach(in -> Functions.gaussianNll(in[0], in[1], TARGET, null, LossReduction.NONE), each, X,
                logVariance);
        Samples.check(in -> Functions.gaussianNll(in[0], in[1], TARGET, WEIGHTS, LossReduction.MEAN),
                in -> new double[] {Ref.sum(Ref.zip(each.apply(in), w, (a, b) -> a * b)) / 12}, X, logVariance);
    }
}
