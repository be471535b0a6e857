package org.lanewise.henaw.published;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.nn.loss.Losses;

/** The labels of some people, and the loss of the morbidity heads on those that are known. */
final class DiseaseLabels {
    private final List<double[]> labels = new ArrayList<>();

    DiseaseLabels(Cohort people) {
        for (Disease d : Disease.values())
            labels.add(people.disease(d));
    }

    /**
     * Mean over the diseases of the mean cross-entropy over the people whose label is known.
     *
     * @param logits one column {@code [rows, 1]} for each disease
     * @return nothing when no label is known
     */
    Optional<Variable> loss(List<Variable> logits, int[] rows) {
        Variable sum = null;
        int diseases = 0;
        for (int d = 0; d < logits.size(); d++) {
            double[] label = labels.get(d);
            int[] known = IntStream.range(0, rows.length).filter(k -> !Double.isNaN(label[rows[k]])).toArray();
            if (known.length == 0)
                continue;
            float[] y = new float[known.length];
            for (int k = 0; k < y.length; k++)
                y[k] = (float) label[rows[known[k]]];
            Variable mine = known.length == rows.length ? logits.get(d) : logits.get(d).indexSelect(0, known);
            Variable one = Losses.bceWithLogits(mine, Tensor.of(y, y.length, 1));
            sum = sum == null ? one : sum.add(one);
            diseases++;
        }
        return sum == null ? Optional.empty() : Optional.of(sum.mul(1f / diseases));
    }
}
