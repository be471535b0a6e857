package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.CrossEntropyOptions;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.GradCheck;
import org.lanewise.autograd.LossReduction;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Golden;

class LossesTest {

    /** One output for each reduction. */
    static Map<String, Variable> reductions(Function<LossReduction, Variable> loss) {
        Map<String, Variable> outputs = new LinkedHashMap<>();
        outputs.put("mean", loss.apply(LossReduction.MEAN));
        outputs.put("sum", loss.apply(LossReduction.SUM));
        outputs.put("none", loss.apply(LossReduction.NONE));
        return outputs;
    }

    @Test
    void mseIsTorchs() {
        Golden golden = Golden.of("loss_mse");
        golden.checkLoss((_, in) -> reductions(r -> Functions.mse(in.get("pred"), golden.in("target"), null, r)));
    }

    @Test
    void maeIsTorchs() {
        Golden golden = Golden.of("loss_mae");
        golden.checkLoss((_, in) -> reductions(r -> Functions.mae(in.get("pred"), golden.in("target"), null, r)));
    }

    @Test
    void huberIsTorchs() {
        Golden golden = Golden.of("loss_huber");
        golden.checkLoss(
                (_, in) -> reductions(r -> Functions.huber(in.get("pred"), golden.in("target"), 0.7f, null, r)));
    }

    @Test
    void bceIsTorchsEvenAtExtremeLogits() {
        Golden golden = Golden.of("loss_bce");
        golden.checkLoss((_, in) -> reductions(
                r -> Functions.bceWithLogits(in.get("logits"), golden.in("target"), null, null, r)));
    }

    @Test
    void weightedBceIsTorchs() {
        Golden golden = Golden.of("loss_bce_weighted");
        golden.checkLoss((_, in) -> reductions(r -> Functions.bceWithLogits(in.get("logits"), golden.in("target"),
                golden.in("weight"), golden.in("pos_weight"), r)));
    }

    @Test
    void crossEntropyIsTorchs() {
        checkCrossEntropy("loss_ce", CrossEntropyOptions.DEFAULT);
    }

    @Test
    void smoothedCrossEntropyIsTorchs() {
        checkCrossEntropy("loss_ce_smooth", CrossEntropyOptions.DEFAULT.withSmoothing(0.1));
    }

    @Test
    void smoothedWeightedCrossEntropyWithIgnoredRowIsTorchs() {
        checkCrossEntropy("loss_ce_full", CrossEntropyOptions.DEFAULT.withSmoothing(0.2).withIgnoreIndex(-100)
                .withClassWeights(Golden.of("loss_ce_full").in("weight")));
    }

    private static void checkCrossEntropy(String name, CrossEntropyOptions options) {
        Golden golden = Golden.of(name);
        golden.checkLoss((_, in) -> reductions(
                r -> Losses.crossEntropy(in.get("logits"), golden.indices("target"), options.withReduction(r))));
    }

    @Test
    void crossEntropyOfNothingIsZero() {
        try (Tape tape = Tape.recording(1)) {
            Variable logits = tape.leaf(random(1, 2, 3));
            Variable loss = Losses.crossEntropy(logits, new int[] {7, 7},
                    CrossEntropyOptions.DEFAULT.withIgnoreIndex(7));
            assertThat(loss.item()).isZero();
            assertThat(tape.backward(loss).of(logits).toArray()).containsOnly(0f);
        }
    }

    @Test
    void shortFormsAreMeans() {
        Tensor p = random(1, 4, 3);
        Tensor y = random(2, 4, 3);
        Tensor rows = Tensor.of(new float[] {1, 2, 0, 5}, 4, 1);
        try (Tape tape = Tape.inference()) {
            Variable x = tape.constant(p);
            assertThat(Losses.mse(x, y).item()).isCloseTo(p.sub(y).square().mean().item(), within(1e-6f));
            assertThat(Losses.mse(x, y, rows).item()).isCloseTo(p.sub(y).square().mul(rows).mean().item(),
                    within(1e-6f));
            assertThat(Losses.mae(x, y, rows).item()).isCloseTo(p.sub(y).abs().mul(rows).mean().item(), within(1e-6f));
            assertThat(Losses.mae(x, y).item()).isCloseTo(p.sub(y).abs().mean().item(), within(1e-6f));
            assertThat(Losses.huber(x, y, 1e6).item()).isCloseTo(Losses.mse(x, y).item() / 2, within(1e-6f));
            assertThat(Losses.quantile(x, y, 0.5).item()).isCloseTo(Losses.mae(x, y).item() / 2, within(1e-6f));
            assertThat(Losses.bceWithLogits(tape.constant(Tensor.zeros(2)), Tensor.ones(2)).item())
                    .isCloseTo((float) Math.log(2), within(1e-6f));
            assertThat(Losses.crossEntropy(tape.constant(Tensor.zeros(2, 5)), 0, 4).item())
                    .isCloseTo((float) Math.log(5), within(1e-6f));
        }
    }

    @Test
    void pinballAgreesWithItsFormula() {
        Tensor p = random(1, 4, 2);
        Tensor y = random(2, 4);
        float[] target = y.toArray();
        GradCheck.of(in -> Losses.quantiles(in[0], y, 0.125f, 0.75f), p).check(in -> {
            double sum = 0;
            for (int i = 0; i < 8; i++) {
                double q = i % 2 == 0 ? 0.125 : 0.75;
                double error = target[i / 2] - in[0][i];
                sum += Math.max(q * error, (q - 1) * error);
            }
            return new double[] {sum / 8};
        });
    }

    @Test
    void columnAgainstRowIsAnError() {
        try (Tape tape = Tape.inference()) {
            Variable column = tape.constant(Tensor.zeros(4, 1));
            Tensor row = Tensor.zeros(4);
            assertThatThrownBy(() -> Losses.mse(column, row)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("mse").hasMessageContaining("[4, 1]").hasMessageContaining("[4]");
            assertThatThrownBy(() -> Losses.bceWithLogits(column, row)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Losses.quantiles(column, row, 0.1f, 0.9f)).isInstanceOf(ShapeException.class);
        }
    }

    static Tensor random(long seed, int... shape) {
        return Rng.of(seed).normal(Tensor.zeros(shape), 0, 1);
    }
}
