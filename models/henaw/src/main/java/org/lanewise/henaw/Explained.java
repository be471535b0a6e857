package org.lanewise.henaw;

import java.util.Arrays;

/**
 * The figure that explanations take apart: log hazard when the model was trained on mortality, else the guessed age in years.
 * It is the ensemble's mean over input rows, without the checks for missing input, so that it can be asked for someone of
 * whom nothing is known but age and sex.
 */
final class Explained {
    private final PackedEnsemble ensemble;
    private final double[] offsets;
    private final double scale;

    Explained(HenawModel model) {
        if (model.hasMortality()) {
            HenawModel.MortalityPart part = model.mortality();
            ensemble = new PackedEnsemble(part.features(), part.members());
            offsets = part.offsets();
            scale = 1;
        } else {
            HenawModel.AgePart part = model.age();
            ensemble = new PackedEnsemble(part.features(), part.members());
            scale = part.sd();
            offsets = new double[part.members().size()];
            Arrays.fill(offsets, -part.mean() / scale);
        }
    }

    HenawFeatures features() {
        return ensemble.features();
    }

    /** The figure from one member's first output. */
    double of(int member, double output) {
        return scale * (output - offsets[member]);
    }

    /** How much the figure rises with an output, before averaging over members. */
    double scale() {
        return scale;
    }

    /** Figures of people given as rows of marker values (NaN where unknown), all of one age and sex. */
    double[] of(double[][] people, double age, double sex) {
        double[] figures = new double[people.length];
        for (int from = 0; from < people.length; from += PackedEnsemble.BLOCK) {
            int n = Math.min(PackedEnsemble.BLOCK, people.length - from);
            float[] x = new float[features().width() * n];
            for (int r = 0; r < n; r++)
                features().write(people[from + r], age, sex, x, r, n);
            float[] out = new float[ensemble.columns() * n];
            ensemble.evaluate(x, n, out, new float[ensemble.workSize() * n]);
            for (int m = 0; m < ensemble.size(); m++)
                for (int r = 0; r < n; r++)
                    figures[from + r] += of(m, out[m * ensemble.outputs() * n + r]) / ensemble.size();
        }
        return figures;
    }
}
