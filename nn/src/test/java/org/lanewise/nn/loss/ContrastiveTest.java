package org.lanewise.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.GradCheck;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.Golden;

class ContrastiveTest {

    @Test
    void infoNceIsTorchs() {
        Golden.of("loss_infonce").checkLoss(
                (_, in) -> Map.of("", Contrastive.infoNce(in.get("a"), in.get("b"), 0.07, false)));
        Golden.of("loss_infonce_symmetric").checkLoss(
                (_, in) -> Map.of("", Contrastive.infoNce(in.get("a"), in.get("b"), 0.07, true)));
    }

    @Test
    void pairwiseSigmoidIsTorchsWithTrainedTemperatureAndBias() {
        Golden.of("loss_siglip").checkLoss((_, in) -> Map.of("", Contrastive.pairwiseSigmoid(
                Contrastive.cosine(in.get("a"), in.get("b")).mul(in.get("t").exp()).add(in.get("bias")))));
    }

    @Test
    void moreCandidatesThanRowsAreNegatives() {
        Tensor scores = LossesTest.random(1, 3, 5);
        GradCheck.of(in -> Contrastive.infoNce(in[0], false), scores).check(in -> {
            double loss = 0;
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                for (int j = 0; j < 5; j++) sum += Math.exp(in[0][i * 5 + j]);
                loss += Math.log(sum) - in[0][i * 5 + i];
            }
            return new double[] {loss / 3};
        });
    }

    @Test
    void rankingIsTheMeanOverOrderedPairs() {
        Tensor scores = LossesTest.random(1, 6, 1);
        float[] relevance = {2, 1, Float.NaN, 2, 0, 1};
        GradCheck.of(in -> Contrastive.ranking(in[0], relevance), scores).check(in -> {
            double sum = 0;
            int pairs = 0;
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    if (relevance[i] > relevance[j]) {
                        sum += Math.log(1 + Math.exp(in[0][j] - in[0][i]));
                        pairs++;
                    }
                }
            }
            return new double[] {sum / pairs};
        });
    }

    @Test
    void nothingToRankIsZero() {
        try (Tape tape = Tape.recording(1)) {
            Variable scores = tape.leaf(Tensor.ones(3));
            Variable loss = Contrastive.ranking(scores, new float[] {1, 1, 1});
            assertThat(loss.item()).isZero();
            assertThat(tape.backward(loss).of(scores).toArray()).containsOnly(0f);
        }
    }

    @Test
    void rowOfZerosHasFiniteGradients() {
        try (Tape tape = Tape.recording(1)) {
            Variable a = tape.leaf(Tensor.zeros(2, 3));
            Variable b = tape.leaf(LossesTest.random(1, 2, 3));
            Gradients gradients = tape.backward(Contrastive.infoNce(a, b, 1, true));
            for (float g : gradients.of(a).toArray()) assertThat(g).isFinite();
            for (float g : gradients.of(b).toArray()) assertThat(g).isFinite();
        }
    }

    @Test
    void shapesAreChecked() {
        try (Tape tape = Tape.inference()) {
            Variable wide = tape.constant(Tensor.zeros(2, 3));
            Variable tall = tape.constant(Tensor.zeros(3, 2));
            assertThatThrownBy(() -> Contrastive.cosine(wide, tall)).isInstanceOf(ShapeException.class)
                    .hasMessageContaining("[2, 3]").hasMessageContaining("[3, 2]");
            assertThatThrownBy(() -> Contrastive.infoNce(tall, false)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Contrastive.infoNce(wide, true)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Contrastive.pairwiseSigmoid(wide)).isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> Contrastive.ranking(wide, new float[2])).isInstanceOf(ShapeException.class);
        }
    }
}
