package org.lanewise.mheight.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.mheight.network.HeightNetwork;
import org.lanewise.nn.loss.Losses;
import org.lanewise.optim.AdamW;
import org.lanewise.optim.Batches;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Schedule;
import org.lanewise.optim.Training;
import org.lanewise.optim.TrainingResult;
import org.lanewise.optim.WeightAverage;

/**
 * Trains a network on codes that nobody has seen before: step s takes the next codes of dimension 4, 5 or 6 in turn and labels them
 * with the exact solver. The loss is the mean of {@code w_m (prediction - log2 h_m)^2} over all m whose height is finite, with
 * {@code w_m} about one by the standard deviation of group (k,m): unweighted, nine tenths of the gradient would be the tails'.
 */
public final class StreamTraining {
    /** About one by the deviation of log2 h for codimension a = 1, 2, 3 and more. */
    private static final float[] WEIGHT = {.54f, 1.05f, 2};

    private final StreamPlan plan;
    private final CodeLaw law;
    private final long seed;
    private final ExactSolver[] solvers = new ExactSolver[3];
    private final CodeStream[] codes = new CodeStream[3];

    public StreamTraining(StreamPlan plan, CodeLaw law, long seed) {
        this.plan = plan;
        this.law = law;
        this.seed = seed;
        for (int i = 0; i < 3; i++) {
            CodeShape shape = new CodeShape(9, 4 + i);
            solvers[i] = ExactSolver.of(shape);
            codes[i] = new CodeStream(law, shape, seed);
        }
    }

    /** Codes of one shape with what the network sees and should say. */
    private record Batch(CodeShape shape, Tensor input, Tensor target, Tensor weights) {}

    /**
     * Trains.
     *
     * @param name for the listener
     * @return whether it came to its end
     */
    public boolean run(String name, HeightNetwork network, TrainingControl control) {
        List<Batch> validation = validationBatches(network);
        int epochs = (plan.steps() + plan.validateEvery() - 1) / plan.validateEvery();
        LoopClock clock = new LoopClock();
        GroupErrors errors = new GroupErrors(Group.PUBLISHED.size());
        StepClock steps = new StepClock(Arrays.stream(solvers)
                .mapToDouble(s -> TrainingCost.PASSES * plan.codes() * network.flops(s.shape())).toArray());
        Training training = Training
                .of(network,
                        new AdamW(List.of(ParamGroup.of(network.namedParameters()).weightDecay((float) plan.decay())),
                                (float) plan.rate()),
                        new Batches(plan.validateEvery(), 1),
                        (tape, step) -> loss(network, tape, (long) clock.epoch() * plan.validateEvery() + step[0],
                                steps, errors))
                .epochs(epochs).seed(seed).clipNorm((float) plan.clip())
                .schedule(Schedule.warmUp(plan.warmUp(), Schedule.cosine(plan.steps() - plan.warmUp(), .01)))
                .validate(() -> metrics(network, validation, errors)).monitor(Epoch.VALIDATION, false)
                .callback(clock).stopWhen(control.stop()).callback(Epoch.telling(name, epochs, control.listener()))
                .callback(errors).callback(steps);
        if (plan.average() > 0)
            training.average(WeightAverage.exponential(network.namedParameters(), plan.average())).restoreBest();
        if (control.checkpoints() != null)
            training.checkpoints(control.checkpoints(), 0).fingerprint(plan + " " + law + " " + seed).resume();
        boolean ended = training.run().ending() != TrainingResult.Ending.INTERRUPTED;
        control.costs().accept(steps.cost());
        return ended;
    }

    private Variable loss(HeightNetwork network, Tape tape, long step, StepClock steps, GroupErrors errors) {
        int which = (int) (step % 3);
        steps.begin(which);
        Batch batch = batch(network, which, codes[which].take(step / 3 * plan.codes(), plan.codes()), step);
        Variable predicted = network.forward(tape, batch.shape, batch.input);
        tally(predicted.value(), batch, errors);
        return Losses.mse(predicted, batch.target, batch.weights);
    }

    /** Adds the unweighted errors of the published groups. */
    private static void tally(Tensor predicted, Batch batch, GroupErrors errors) {
        for (int g = 0; g < Group.PUBLISHED.size(); g++) {
            Group group = Group.PUBLISHED.get(g);
            if (!group.shape().equals(batch.shape)) continue;
            for (int i = 0; i < predicted.size(0); i++)
                if (batch.weights.get(i, group.m() - 1) != 0)
                    errors.add(g, predicted.get(i, group.m() - 1) - batch.target.get(i, group.m() - 1));
        }
    }

    private Batch batch(HeightNetwork network, int which, double[] p, long copy) {
        CodeShape shape = solvers[which].shape();
        int r = shape.parity();
        int count = p.length / shape.entries();
        double[] heights = new double[count * r];
        solvers[which].heights(p, count, heights);
        float[] target = new float[heights.length];
        float[] weights = new float[heights.length];
        for (int i = 0; i < heights.length; i++) {
            if (Double.isInfinite(heights[i])) continue; // weight 0
            target[i] = HeightRows.log2(heights[i]);
            int codimension = r - i % r;
            weights[i] = WEIGHT[Math.min(codimension, WEIGHT.length) - 1];
        }
        return new Batch(shape, network.input(solvers[which], p, count, copy), Tensor.of(target, count, r),
                Tensor.of(weights, count, r));
    }

    /** Of another stream than the training's. */
    private List<Batch> validationBatches(HeightNetwork network) {
        return java.util.stream.IntStream.range(0, 3).mapToObj(i -> batch(network, i,
                new CodeStream(law, solvers[i].shape(), ~seed).take(0, plan.validationCodes()), -1)).toList();
    }

    private static Map<String, Double> metrics(HeightNetwork network, List<Batch> validation, GroupErrors training) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Epoch.TRAINING, training.overGroups());
        training.clear();
        GroupErrors fresh = new GroupErrors(Group.PUBLISHED.size());
        for (Batch batch : validation)
            try (Tape tape = Tape.inference()) {
                tally(network.forward(tape, batch.shape, batch.input).value(), batch, fresh);
            }
        metrics.put(Epoch.VALIDATION, fresh.overGroups());
        for (int g = 0; g < Group.PUBLISHED.size(); g++) metrics.put("val_" + Group.PUBLISHED.get(g), fresh.of(g));
        return metrics;
    }
}
