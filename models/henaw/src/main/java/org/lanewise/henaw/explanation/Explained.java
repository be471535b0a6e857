package org.lanewise.henaw.explanation;

import java.util.Arrays;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.PackedEnsemble;

/**
 * The figure that explanations take apart: log hazard when the model was trained on mortality, else the guessed age in years.
 * It is the ensemble's mean over input rows, without the checks for missing input, so that it can be asked for someone of
 * whom nothing is known but age and sex.
 */
public final class Explained {
    private final PackedEnsemble ensemble;
    private final double[] offsets;
    private final double scale;

    private Explained(PackedEnsemble ensemble, double[] offsets, double scale) {
        this.ensemble = ensemble;
        this.offsets = offsets;
        this.scale = scale;
    }

    /** Log hazard: each member's first output less its offset. */
    public static Explained logHazard(PackedEnsemble ensemble, double[] offsets) {
        return new Explained(ensemble, offsets, 1);
    }

    /** Guessed age in years: outputs are in standard deviations of the training ages. */
    public static Explained guessedAge(PackedEnsemble ensemble, double mean, double sd) {
        double[] offsets = new double[ensemble.size()];
        Arrays.fill(offsets, -mean / sd);
        return new Explained(ensemble, offsets, sd);
    }

    /** What the figure is computed from. */
    public HenawFeatures features() {
        return ensemble.features();
    }

    /** The figure from one member's first output. */
    double of(int member, double output) {
        return scale * (output - offsets[member]);
    }

    /** How much the figure rises with an output, before averaging over members. */
    public double scale() {
        return scale;
    }

    /** Figures of people given as rows of marker values (NaN where unknown), all of one age and sex. */
    public double[] of(double[][] people, double age, double sex) {
        double[] figures = new double[people.length];
        int blocks = (people.length + PackedEnsemble.BLOCK - 1) / PackedEnsemble.BLOCK;
        int tasks = Math.min(blocks, WorkerPool.current().threads());
        WorkerPool.current().forEach(tasks, t -> {
            PackedEnsemble.Evaluation block = ensemble.people();
            double[] logs = new double[features().markers().size()];
            for (int b = t * blocks / tasks; b < (t + 1) * blocks / tasks; b++) {
                int from = b * PackedEnsemble.BLOCK;
                int n = Math.min(PackedEnsemble.BLOCK, people.length - from);
                for (int r = 0; r < n; r++) {
                    HenawFeatures.logarithms(features().markers(), people[from + r], logs);
                    block.enter(r, people[from + r], logs, age, sex);
                }
                block.run();
                for (int m = 0; m < ensemble.size(); m++)
                    for (int r = 0; r < n; r++)
                        figures[from + r] += of(m, block.output(m, 0, r)) / ensemble.size();
            }
        });
        return figures;
    }
}
