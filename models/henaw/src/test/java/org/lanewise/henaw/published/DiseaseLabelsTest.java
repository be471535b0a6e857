package org.lanewise.henaw.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lanewise.autograd.Gradients;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;

class DiseaseLabelsTest {
    private static final double NO = Double.NaN;

    @Test
    void missingLabelsAreInNeitherSumNorDivisor() {
        DiseaseLabels labels = new DiseaseLabels(Cohort.builder("four", 4)
                .disease(Disease.CARDIOVASCULAR, new double[] {1, NO, 0, NO})
                .disease(Disease.CANCER, new double[] {0, 0, 1, 1}).build());
        try (Tape tape = Tape.recording(1)) {
            List<Variable> logits = List.of(tape.leaf(Tensor.of(new float[] {2, 9, -1}, 3, 1)),
                    tape.leaf(Tensor.of(new float[] {5, 5, 5}, 3, 1)),
                    tape.leaf(Tensor.of(new float[] {.5f, -.5f, 1}, 3, 1)),
                    tape.leaf(Tensor.of(new float[] {7, 7, 7}, 3, 1)));
            Variable loss = labels.loss(logits, new int[] {0, 1, 2}).orElseThrow();
            double heart = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-1))) / 2;
            double cancer = (Math.log1p(Math.exp(.5)) + Math.log1p(Math.exp(-.5)) + Math.log1p(Math.exp(-1))) / 3;
            assertThat((double) loss.item()).isCloseTo((heart + cancer) / 2, within(1e-6));
            Gradients gradients = tape.backward(loss);
            assertThat(gradients.of(logits.get(0)).toArray()[1]).isZero();
            assertThat(gradients.of(logits.get(1))).isNull();
        }
    }

    @Test
    void withoutAnyKnownLabelThereIsNoLoss() {
        DiseaseLabels labels = new DiseaseLabels(
                Cohort.builder("two", 2).disease(Disease.DIABETES, new double[] {1, NO}).build());
        try (Tape tape = Tape.recording(1)) {
            Variable logit = tape.leaf(Tensor.zeros(1, 1));
            assertThat(labels.loss(List.of(logit, logit, logit, logit), new int[] {1})).isEmpty();
        }
    }
}
