package org.lanewise.mheight.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.data.HeightSplit;
import org.lanewise.mheight.data.Symmetry;
import org.lanewise.mheight.network.PublishedNetwork;
import org.lanewise.nn.loss.Losses;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Batches;
import org.lanewise.optim.EarlyStopping;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Plateau;
import org.lanewise.optim.Training;
import org.lanewise.optim.TrainingResult;

/**
 * Trains one published network on a set of rows: loss {@code mean w (softplus(z) - log2 h)^2}, AdamW, the rate halved on plateaus,
 * early stopping by the validation rows, whose best epoch is kept.
 */
public final class PublishedTraining {
    private static final double LEAST_RATE = 1e-6;
    private static final int PREDICTED_AT_ONCE = 2048;

    private final PublishedPlan plan;
    private final PublishedNetwork.Form form;
    private final long seed;

    public PublishedTraining(PublishedPlan plan, PublishedNetwork.Form form, long seed) {
        this.plan = plan;
        this.form = form;
        this.seed = seed;
    }

    /**
     * Trains.
     *
     * @param name for the listener
     * @return the network with the weights of its best epoch, or nothing if stopped before the end
     */
    public Optional<PublishedNetwork> run(String name, HeightSplit split, RowFeatures features,
            TrainingControl control) {
        HeightRows train = split.train();
        double mean = 0;
        for (float y : train.log2()) mean += y / train.size();
        PublishedNetwork network = new PublishedNetwork(form, plan.dropout() < 0 ? Double.NaN : plan.dropout(), mean,
                Rng.of(seed).stream("initial"));
        Map<String, Parameter> parameters = network.namedParameters();
        LoopClock clock = new LoopClock();
        GroupErrors errors = new GroupErrors(train.groups().size());
        StepClock steps = new StepClock(TrainingCost.PASSES * batchRows(train) * network.flops());
        Training training = Training
                .of(network, new AdamW(List.of(ParamGroup.of(parameters).weightDecay((float) plan.decay())),
                        (float) plan.rate()), batches(train),
                        (tape, rows) -> {
                            steps.begin(0);
                            return loss(network, features, train, tape, rows, clock.epoch(), errors);
                        })
                .epochs(plan.epochs()).seed(seed).plateau(new Plateau(.5, plan.plateau(), 0, LEAST_RATE / plan.rate()))
                .validate(() -> metrics(network, features, split, errors)).monitor(Epoch.VALIDATION, false)
                .restoreBest()
                .callback(clock).callback(new EarlyStopping(plan.patience())).stopWhen(control.stop())
                .callback(Epoch.telling(name, plan.epochs(), control.listener()))
                .callback(errors).callback(steps);
        if (control.checkpoints() != null)
            training.checkpoints(control.checkpoints(), 0)
                    .fingerprint(plan + " " + form + " " + seed + " " + hash(split))
                    .resume();
        TrainingResult.Ending ending = training.run().ending();
        control.costs().accept(steps.cost());
        return ending == TrainingResult.Ending.INTERRUPTED ? Optional.empty() : Optional.of(network);
    }

    /** Tells sets of rows apart. */
    private static int hash(HeightSplit split) {
        return Arrays.hashCode(split.train().log2()) * 31 + Arrays.hashCode(split.valid().log2());
    }

    private int batchRows(HeightRows rows) {
        return Math.min(plan.batch(), rows.size());
    }

    /** Without the short last batch, whose statistics would be poor. */
    private Batches batches(HeightRows rows) {
        Batches all = new Batches(rows.size(), batchRows(rows));
        return (plan.curriculum() ? all.ordered(epoch -> curriculum(rows, epoch)) : all.shuffled(seed)).dropLast();
    }

    /** As many rows as there are, of the tiers that the epoch may show: those are repeated. */
    private int[] curriculum(HeightRows rows, long epoch) {
        Tier hardest = epoch < plan.epochs() / 4 ? Tier.EASY : epoch < plan.epochs() / 2 ? Tier.MEDIUM : Tier.HARD;
        int[] order = Rng.of(seed).stream("curriculum").stream(epoch).permutation(rows.size());
        int[] shown = Arrays.stream(order)
                .filter(i -> Tier.of(rows.groups().get(rows.group()[i])).compareTo(hardest) <= 0).toArray();
        if (shown.length == 0) return order;
        int[] repeated = new int[order.length];
        for (int i = 0; i < repeated.length; i++) repeated[i] = shown[i % shown.length];
        return repeated;
    }

    private Variable loss(PublishedNetwork network, RowFeatures features, HeightRows train, Tape tape, int[] rows,
            int epoch, GroupErrors errors) {
        HeightRows batch = train.select(rows);
        double[][] p = batch.p();
        if (plan.symmetry() || plan.noise() > 0) {
            Rng rng = Rng.of(seed).stream("augmentation").stream(epoch);
            for (int i = 0; i < p.length; i++) p[i] = augmented(p[i], batch, i, rng.stream(rows[i]));
        }
        Variable predicted = network.forward(tape, features.of(p), groups(batch));
        tally(predicted.value().toArray(), batch, errors);
        Tensor weights = plan.groupWeights() ? weights(batch) : null;
        Variable loss = Losses.mse(predicted, Tensor.of(batch.log2(), batch.size()), weights);
        return plan.l2() > 0 ? loss.add(squares(network, tape).mul((float) plan.l2())) : loss;
    }

    private double[] augmented(double[] p, HeightRows batch, int row, Rng rng) {
        double[] changed = p.clone();
        if (plan.symmetry())
            new Symmetry(batch.groups().get(batch.group()[row]).shape()).twin(rng, p, 0, changed, 0);
        if (plan.noise() > 0) {
            double squares = 0;
            for (double x : p) squares += x * x / p.length;
            for (int e = 0; e < p.length; e++) changed[e] += plan.noise() * Math.sqrt(squares) * rng.nextGaussian();
        }
        return changed;
    }

    private static Tensor weights(HeightRows batch) {
        float[] weights = new float[batch.size()];
        for (int i = 0; i < weights.length; i++) weights[i] = Tier.weight(batch.groups().get(batch.group()[i]));
        return Tensor.of(weights, weights.length);
    }

    private static Variable squares(PublishedNetwork network, Tape tape) {
        List<Variable> all = new ArrayList<>();
        network.namedParameters().forEach((name, parameter) -> {
            if (parameter.value().rank() == 2 && !name.startsWith("k.") && !name.startsWith("m."))
                all.add(tape.use(parameter).square().sum());
        });
        return all.stream().reduce(Variable::add).orElseThrow();
    }

    private static Group[] groups(HeightRows rows) {
        Group[] groups = new Group[rows.size()];
        for (int i = 0; i < groups.length; i++) groups[i] = rows.groups().get(rows.group()[i]);
        return groups;
    }

    /** The network's log2 heights of rows. */
    public static float[] predict(PublishedNetwork network, RowFeatures features, double[][] p, Group[] groups) {
        float[] all = new float[p.length];
        for (int from = 0; from < p.length; from += PREDICTED_AT_ONCE) {
            int to = Math.min(p.length, from + PREDICTED_AT_ONCE);
            try (Tape tape = Tape.inference()) {
                float[] some = network.forward(tape, features.of(Arrays.copyOfRange(p, from, to)),
                        Arrays.copyOfRange(groups, from, to)).value().toArray();
                System.arraycopy(some, 0, all, from, some.length);
            }
        }
        return all;
    }

    private static void tally(float[] predicted, HeightRows rows, GroupErrors errors) {
        for (int i = 0; i < predicted.length; i++) {
            double error = predicted[i] - rows.log2()[i];
            errors.add(rows.group()[i], error);
        }
    }

    private static Map<String, Double> metrics(PublishedNetwork network, RowFeatures features, HeightSplit split,
            GroupErrors training) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Epoch.TRAINING, training.overRows());
        training.clear();
        HeightRows valid = split.valid();
        GroupErrors errors = new GroupErrors(valid.groups().size());
        tally(predict(network, features, valid.p(), groups(valid)), valid, errors);
        metrics.put(Epoch.VALIDATION, errors.overRows());
        for (int g = 0; g < valid.groups().size(); g++)
            if (errors.has(g)) metrics.put("val_" + valid.groups().get(g), errors.of(g));
        return metrics;
    }
}
