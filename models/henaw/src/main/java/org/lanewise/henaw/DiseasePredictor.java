package org.lanewise.henaw;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.network.PackedEnsemble;

/**
 * Chances of the diseases that a model was trained on: the mean log odds of a disease's ensemble, as a probability. Immutable
 * and thread-safe.
 */
final class DiseasePredictor {
    private record Packed(PackedEnsemble ensemble, double offset) {}

    private final Map<Disease, Packed> parts = new EnumMap<>(Disease.class);

    DiseasePredictor(EnsembleModel model) {
        for (EnsembleModel.DiseasePart part : model.diseases())
            parts.put(part.disease(), new Packed(new PackedEnsemble(part.features(), part.members()), part.offset()));
    }

    List<Disease> all() {
        return List.copyOf(parts.keySet());
    }

    /** The chance of each disease for everybody; NaN where age is missing. */
    Map<Disease, double[]> predict(Cohort people) {
        Map<Disease, double[]> chances = new EnumMap<>(Disease.class);
        parts.forEach((disease, part) -> chances.put(disease, chances(part, people)));
        return chances;
    }

    private static double[] chances(Packed part, Cohort people) {
        float[][] outputs = part.ensemble.evaluate(people);
        double[] chance = new double[people.size()];
        for (int i = 0; i < chance.length; i++) {
            double sum = 0;
            for (float[] member : outputs)
                sum += member[i];
            chance[i] = 1 / (1 + StrictMath.exp(-part.offset - sum / outputs.length));
        }
        return chance;
    }
}
