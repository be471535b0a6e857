package org.lanewise.henaw.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HenawNetwork;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Batches;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Schedule;
import org.lanewise.optim.Training;
import org.lanewise.optim.TrainingResult;

/**
 * Trains one member of an ensemble:
 *
 * <pre>minimise  loss of the task + ridge/2 ||w||^2 + lasso ||w||_1 + group sum over markers sqrt(size) ||w_marker||_2</pre>
 *
 * with w the linear path. The smooth part is minimised by AdamW in two groups: the linear path at its own rate without decay,
 * the rest with decoupled decay; the other two terms by a {@link ProximalStep}. Gradients are scaled to norm {@value #CLIP} at
 * most. The rate warms up linearly over {@value #WARM_UP} of the steps and falls to 0 as a cosine.
 *
 * <p>Every random draw is a function of (seed, task, member, epoch, step), so a training that was interrupted and resumed
 * from its checkpoint ends in the same bits as one that was not.
 */
public final class MemberTraining {
    private static final float CLIP = 5;
    private static final double WARM_UP = .05;
    private static final float BETA1 = .9f;
    private static final float BETA2 = .98f;
    private static final float EPSILON = 1e-8f;
    private static final String SKIP = "skip.weight";

    private final HenawFeatures features;
    private final EnsembleConfig settings;
    private final Task task;
    private final float[] inputs;
    private final int[] rows;
    private final Rng rng;

    /**
     * @param inputs all input rows, {@link HenawFeatures#width()} each; not modified
     * @param rows   the people this member is trained on
     * @param rng    the member's own stream
     */
    public MemberTraining(HenawFeatures features, EnsembleConfig settings, Task task, float[] inputs, int[] rows,
            Rng rng) {
        this.features = features;
        this.settings = settings;
        this.task = task;
        this.inputs = inputs;
        this.rows = rows;
        this.rng = rng;
    }

    /**
     * Trains to the end or until told to stop.
     *
     * @param member number in its ensemble, for the listener
     * @return the weights, or nothing if stopped (the checkpoint holds the rest)
     */
    public Optional<Map<String, Tensor>> run(int member, TrainingControl control) {
        HenawNetwork network = settings.network(features, task.outputs(), rng.stream("initial"));
        AdamW optimizer = new AdamW(groups(network), 1, BETA1, BETA2, EPSILON);
        Batches batches = new Batches(rows.length, settings.batch()).even()
                .ordered(epoch -> rng.stream(epoch).stream("order").permutation(rows.length));
        long steps = (long) batches.perEpoch() * settings.epochs();
        Schedule cosine = Schedule.cosine(steps, 0);
        Training plan = Training.of(network, optimizer, batches, (tape, batch) -> loss(network, tape, batch))
                .epochs(settings.epochs())
                .seeds((epoch, batch) -> rng.stream(epoch).stream("tape " + batch).nextLong())
                .schedule(step -> Math.min(1, (step + 1) / (WARM_UP * steps)) * cosine.factor(step)).clipNorm(CLIP)
                .stopWhen(control.stop())
                .callback(new ProximalStep(settings.net(), optimizer, SKIP, features.basis().groups()))
                .callback(Epoch.telling(task.name(), member, settings.epochs(), control.listener()));
        if (control.checkpoints() != null)
            plan.checkpoints(control.checkpoints(), 0).fingerprint(fingerprint()).resume();
        return plan.run().ending() == TrainingResult.Ending.COMPLETED
                ? Optional.of(network.stateDict())
                : Optional.empty();
    }

    /** The optimiser's own rate is 1, so the factors are the groups' rates. */
    private List<ParamGroup> groups(HenawNetwork network) {
        ParamGroup all = ParamGroup.of(network.namedParameters());
        return List.of(all.where((name, _) -> name.equals(SKIP)).rateFactor((float) settings.skipRate()),
                all.where((name, _) -> !name.equals(SKIP)).rateFactor((float) settings.deepRate())
                        .weightDecay((float) settings.decay()));
    }

    private Variable loss(HenawNetwork network, Tape tape, int[] batch) {
        int[] people = new int[batch.length];
        for (int k = 0; k < people.length; k++)
            people[k] = rows[batch[k]];
        Variable loss = task.loss(network.forward(tape.constant(gather(people))), people);
        double ridge = settings.net().ridge();
        return loss == null || ridge == 0
                ? loss
                : loss.add(tape.use(network.skip()).square().sum().mul((float) (ridge / 2)));
    }

    private Tensor gather(int[] people) {
        int width = features.width();
        float[] x = new float[people.length * width];
        for (int k = 0; k < people.length; k++)
            System.arraycopy(inputs, people[k] * width, x, k * width, width);
        return Tensor.of(x, people.length, width);
    }

    private String fingerprint() {
        return settings + " " + task.name() + " " + Arrays.hashCode(inputs) + " " + Arrays.hashCode(rows);
    }
}
