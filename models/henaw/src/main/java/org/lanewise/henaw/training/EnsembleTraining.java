package org.lanewise.henaw.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.PackedEnsemble;

/**
 * One ensemble on its way: its members, trained one by one in any order and from any thread, and what they say of the people
 * they were trained on.
 */
public final class EnsembleTraining {
    private final Task task;
    private final EnsembleConfig settings;
    private final Cohort people;
    private final HenawFeatures features;
    private final boolean crossFit;
    private final float[] inputs;
    private final int[] fold;
    private final List<Map<String, Tensor>> trained;
    private final Rng rng;
    private final double[] offsets;
    private float[][] outputs;

    /**
     * @param usesAge  whether age is an input
     * @param crossFit whether every member leaves out its own part of the people
     * @param rng      of the whole training; the ensemble takes the stream of its task
     */
    public EnsembleTraining(Task task, EnsembleConfig settings, Cohort people, List<Marker> markers, boolean usesAge,
            boolean crossFit, Rng rng) {
        this.task = task;
        this.settings = settings;
        this.people = people;
        this.crossFit = crossFit;
        this.rng = rng.stream("henaw " + task.name());
        features = HenawFeatures.fit(people, markers, usesAge, settings.basis());
        inputs = features.write(people);
        fold = new int[people.size()];
        int[] order = this.rng.stream("folds").permutation(fold.length);
        for (int k = 0; k < order.length; k++)
            fold[order[k]] = k % settings.members();
        trained = new ArrayList<>(Collections.nCopies(settings.members(), null));
        offsets = new double[settings.members()];
    }

    /** Number of members. */
    public int size() {
        return settings.members();
    }

    /** The people it is trained on. */
    public Cohort people() {
        return people;
    }

    /** What its networks read. */
    public HenawFeatures features() {
        return features;
    }

    /** Trains one member. */
    public void train(int member, TrainingControl control) {
        int[] rows = IntStream.range(0, fold.length).filter(i -> !crossFit || fold[i] != member).toArray();
        Map<String, Tensor> state = new MemberTraining(features, settings, task, inputs, rows,
                rng.stream("member " + member)).run(member, control.within(task.name() + "-" + member)).orElse(null);
        synchronized (trained) {
            trained.set(member, state);
        }
    }

    /** Whether all members are trained to the end. */
    public boolean isComplete() {
        return !trained.contains(null);
    }

    /** The members' weights. */
    public List<Map<String, Tensor>> states() {
        return List.copyOf(trained);
    }

    /** Takes each member's mean off its first output, and returns the means. */
    public double[] centre() {
        for (int m = 0; m < offsets.length; m++)
            for (float v : outputs()[m * task.outputs()])
                offsets[m] += (double) v / people.size();
        return offsets.clone();
    }

    /** The first output for every person, of the member that has not seen the person; of all members when none was held out. */
    public double[] honest() {
        double[] out = new double[people.size()];
        for (int i = 0; i < out.length; i++)
            if (crossFit)
                out[i] = outputs()[fold[i] * task.outputs()][i] - offsets[fold[i]];
            else
                for (int m = 0; m < offsets.length; m++)
                    out[i] += (outputs()[m * task.outputs()][i] - offsets[m]) / offsets.length;
        return out;
    }

    private float[][] outputs() {
        if (outputs == null)
            outputs = new PackedEnsemble(features, trained).evaluate(people);
        return outputs;
    }
}
