package org.lanewise.henaw.published;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.nn.Module;
import org.lanewise.nn.loss.CoxLoss;
import org.lanewise.nn.loss.Losses;
import org.lanewise.optim.Adam;
import org.lanewise.optim.Batches;
import org.lanewise.optim.Callback;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Training;
import org.lanewise.optim.TrainingResult;
import org.lanewise.tabular.BadInputException;

/**
 * Trains the published variant as it was trained: the first 70 % of the rows in file order, the next 15 % choose the epoch by
 * squared error of age, Adam 1e-3, batches of 512 without the last, 20 epochs, gradient norm 1, and
 *
 * <pre>MSE(age) + .3 Cox + .01 (.5 sum|w| + .5 sum w^2 + max(0, ||systems|| - 2 ||individual||))</pre>
 *
 * over every parameter with "weight" in its name. Cox takes tied times in the order of the batch, as published.
 */
public final class PublishedTrainer {
    /** Passes over the data, as published. */
    public static final int EPOCHS = 20;

    private static final double TRAIN = .7;
    private static final double CHOOSE = .85;
    private static final int BATCH = 512;

    private final long seed;
    private final int epochs;
    private Path checkpoints;
    private BooleanSupplier stop = () -> false;
    private Callback callback = new Callback() {};

    /** @param epochs {@link #EPOCHS} as published */
    public PublishedTrainer(long seed, int epochs) {
        this.seed = seed;
        this.epochs = epochs;
    }

    /** Resume from, and write checkpoints into, this folder. */
    public PublishedTrainer checkpoints(Path folder) {
        checkpoints = folder;
        return this;
    }

    /** Asked after every step whether to stop; what was done is in the checkpoints. */
    public PublishedTrainer stopWhen(BooleanSupplier asked) {
        stop = asked;
        return this;
    }

    /** Watches the training. */
    public PublishedTrainer callback(Callback told) {
        callback = told;
        return this;
    }

    /** The rows, in file order, that a model is trained on: the first 70 %. */
    public static Cohort trainedOn(Cohort people) {
        return people.select(IntStream.range(0, (int) (TRAIN * people.size())).toArray());
    }

    /** The rows, in file order, that a trained model has not been chosen by: the last 15 %. */
    public static Cohort heldOut(Cohort people) {
        return people.select(IntStream.range((int) (CHOOSE * people.size()), people.size()).toArray());
    }

    /**
     * Trains.
     *
     * @return the model, or nothing if stopped before the end
     * @throws BadInputException if there are fewer than 100 people, or somebody lacks a marker or age
     */
    public Optional<PublishedModel> train(Cohort people) {
        if (people.size() < 100)
            throw BadInputException.at(people.source()).because("only " + people.size()
                    + " people; training needs 100");
        int first = (int) (TRAIN * people.size());
        Cohort training = trainedOn(people);
        Cohort choosing = people.select(IntStream.range(first, (int) (CHOOSE * people.size())).toArray());
        float[] mean = new float[Marker.NINE.size()];
        float[] sd = new float[mean.length];
        for (int j = 0; j < mean.length; j++)
            moments(training, j, mean, sd);
        Tensor z = PublishedModel.standardised(training, mean, sd);
        Tensor ages = PublishedModel.ages(training);
        PublishedNetwork network = new PublishedNetwork(Rng.of(seed).stream("initial"));
        var regulariser = new Regulariser(network);
        Training plan = Training.of(network,
                new Adam(List.of(ParamGroup.of(network.namedParameters())), 1e-3f),
                new Batches(training.size(), BATCH).shuffled(seed).dropLast(), (tape, rows) -> {
                    PublishedNetwork.Output out = network.forward(tape.constant(z.indexSelect(0, rows)),
                            tape.constant(ages.indexSelect(0, rows)));
                    Variable loss = Losses.mse(out.age(), ages.indexSelect(0, rows)).add(regulariser.of(tape));
                    return cox(out.logHazard(), training, rows).map(c -> loss.add(c.mul(.3f))).orElse(loss);
                }).epochs(epochs).seed(seed).clipNorm(1).stopWhen(stop).callback(callback)
                .validate(() -> Map.of("val_mse", meanSquaredError(network, choosing, mean, sd)))
                .monitor("val_mse", false).restoreBest();
        if (checkpoints != null)
            plan.checkpoints(checkpoints, 0).resume();
        TrainingResult result = plan.run();
        return result.ending() == TrainingResult.Ending.COMPLETED
                ? Optional.of(new PublishedModel(network, mean, sd))
                : Optional.empty();
    }

    private static void moments(Cohort people, int marker, float[] mean, float[] sd) {
        double sum = 0;
        for (int i = 0; i < people.size(); i++)
            sum += PublishedModel.complete(people, marker, i);
        double centre = sum / people.size();
        double squares = 0;
        for (int i = 0; i < people.size(); i++)
            squares += Math.pow(people.value(Marker.NINE.get(marker), i) - centre, 2);
        if (squares == 0)
            throw BadInputException.at(people.source()).column(Marker.NINE.get(marker).shortName())
                    .because("has no two different values");
        mean[marker] = (float) centre;
        sd[marker] = (float) Math.sqrt(squares / (people.size() - 1));
    }

    /** Empty when the batch holds no death, or there are no outcomes. */
    private static Optional<Variable> cox(Variable logHazard, Cohort people, int[] rows) {
        if (!people.hasOutcomes())
            return Optional.empty();
        Integer[] byTime = IntStream.range(0, rows.length).boxed().toArray(Integer[]::new);
        Arrays.sort(byTime, Comparator.comparingDouble(k -> people.time(rows[k])));
        float[] rank = new float[rows.length];
        boolean[] event = new boolean[rows.length];
        boolean any = false;
        for (int r = 0; r < rows.length; r++) {
            rank[byTime[r]] = r;
            event[byTime[r]] = people.event(rows[byTime[r]]) == 1;
            any |= event[byTime[r]];
        }
        return any ? Optional.of(CoxLoss.breslow().apply(logHazard, rank, event)) : Optional.empty();
    }

    private static double meanSquaredError(PublishedNetwork network, Cohort people, float[] mean, float[] sd) {
        Tensor ages = PublishedModel.ages(people);
        try (Tape tape = Tape.inference()) {
            PublishedNetwork.Output out = network.forward(
                    tape.constant(PublishedModel.standardised(people, mean, sd)), tape.constant(ages));
            return out.age().value().sub(ages).square().mean().item();
        }
    }

    /** The published penalty; its L1 goes through Adam's subgradients, so nothing becomes exactly zero. */
    private static final class Regulariser {
        private final List<Parameter> all = new ArrayList<>();
        private final List<Parameter> systems = new ArrayList<>();
        private final List<Parameter> individual = new ArrayList<>();

        Regulariser(PublishedNetwork network) {
            network.namedParameters().forEach((name, parameter) -> {
                if (name.contains("weight"))
                    all.add(parameter);
            });
            network.systemSide().forEach(module -> collect(module, systems));
            network.individualSide().forEach(module -> collect(module, individual));
        }

        private static void collect(Module module, List<Parameter> into) {
            module.namedParameters().forEach((name, parameter) -> {
                if (name.contains("weight"))
                    into.add(parameter);
            });
        }

        Variable of(Tape tape) {
            Variable absolute = null;
            Variable squared = null;
            for (Parameter parameter : all) {
                Variable w = tape.use(parameter);
                absolute = absolute == null ? w.abs().sum() : absolute.add(w.abs().sum());
                squared = squared == null ? w.square().sum() : squared.add(w.square().sum());
            }
            Variable excess = norm(tape, systems).sub(norm(tape, individual).mul(2)).relu();
            return absolute.mul(.5f).add(squared.mul(.5f)).add(excess).mul(.01f);
        }

        private static Variable norm(Tape tape, List<Parameter> parameters) {
            Variable sum = null;
            for (Parameter parameter : parameters) {
                Variable part = tape.use(parameter).square().sum();
                sum = sum == null ? part : sum.add(part);
            }
            return sum.sqrt();
        }
    }
}
