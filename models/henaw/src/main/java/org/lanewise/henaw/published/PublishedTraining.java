package org.lanewise.henaw.published;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.training.Epoch;
import org.lanewise.henaw.training.TrainingControl;
import org.lanewise.nn.loss.CoxLoss;
import org.lanewise.nn.loss.Losses;
import org.lanewise.optim.Adam;
import org.lanewise.optim.Batches;
import org.lanewise.optim.ParamGroup;
import org.lanewise.optim.Training;
import org.lanewise.optim.TrainingResult;
import org.lanewise.tabular.BadInputException;

/**
 * Trains the published variant as it was trained: the first 70 % of the rows in file order, the next 15 % choose the epoch by
 * squared error of age, Adam 1e-3, batches of 512 without the last, 20 epochs, gradient norm 1, and
 *
 * <pre>
 * MSE(age) + .3 Cox + .2 mean over diseases of BCE
 *     + .01 (.5 sum|w| + .5 sum w^2 + max(0, ||systems|| - 2 ||individual||))
 * </pre>
 *
 * over every parameter with "weight" in its name. Cox takes tied times in the order of the batch, as published. A
 * label that is missing is left out of its disease's mean, and a disease without any label in the batch out of the mean over
 * diseases; the publication divided by four all the same.
 */
public final class PublishedTraining {
    private static final double TRAIN = .7;
    private static final double CHOOSE = .85;
    private static final int BATCH = 512;

    private final long seed;
    private final int epochs;

    /** @param epochs 20 as published */
    public PublishedTraining(long seed, int epochs) {
        this.seed = seed;
        this.epochs = epochs;
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
     * @param withMortality whether deaths are learnt from
     * @return the network, or nothing if stopped before the end
     * @throws BadInputException if somebody lacks a marker or age, or a marker does not vary
     */
    public Optional<StandardisedNetwork> run(Cohort people, boolean withMortality, TrainingControl control) {
        Cohort training = trainedOn(people);
        Cohort choosing = people
                .select(IntStream.range(training.size(), (int) (CHOOSE * people.size())).toArray());
        float[] mean = new float[Marker.NINE.size()];
        float[] sd = new float[mean.length];
        for (int j = 0; j < mean.length; j++)
            moments(training, j, mean, sd);
        PublishedNetwork network = new PublishedNetwork(Rng.of(seed).stream("initial"));
        StandardisedNetwork standardised = new StandardisedNetwork(network, mean, sd);
        Tensor z = standardised.standardised(values(training));
        Tensor ages = ages(training);
        Tensor zChoosing = standardised.standardised(values(choosing));
        Tensor agesChoosing = ages(choosing);
        var labels = new DiseaseLabels(training);
        var regulariser = new PublishedRegulariser(network);
        Training plan = Training.of(network,
                new Adam(List.of(ParamGroup.of(network.namedParameters())), 1e-3f),
                new Batches(training.size(), BATCH).shuffled(seed).dropLast(), (tape, rows) -> {
                    PublishedNetwork.Output out = network.forward(tape.constant(z.indexSelect(0, rows)),
                            tape.constant(ages.indexSelect(0, rows)));
                    Variable loss = Losses.mse(out.age(), ages.indexSelect(0, rows)).add(regulariser.of(tape));
                    Variable whole = labels.loss(out.morbidities(), rows).map(d -> loss.add(d.mul(.2f)))
                            .orElse(loss);
                    Optional<Variable> cox = withMortality ? cox(out.logHazard(), training, rows) : Optional.empty();
                    return cox.map(c -> whole.add(c.mul(.3f))).orElse(whole);
                }).epochs(epochs).seed(seed).clipNorm(1).stopWhen(control.stop())
                .callback(Epoch.telling("published", 0, epochs, control.listener()))
                .validate(() -> Map.of("val_mse", meanSquaredError(network, zChoosing, agesChoosing)))
                .monitor("val_mse", false).restoreBest();
        if (control.checkpoints() != null)
            plan.checkpoints(control.checkpoints(), 0).fingerprint(String.valueOf(Arrays.hashCode(z.toArray())))
                    .resume();
        return plan.run().ending() == TrainingResult.Ending.COMPLETED
                ? Optional.of(standardised)
                : Optional.empty();
    }

    private static void moments(Cohort people, int marker, float[] mean, float[] sd) {
        double sum = 0;
        for (int i = 0; i < people.size(); i++)
            sum += complete(people, marker, i);
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

    private static double meanSquaredError(PublishedNetwork network, Tensor z, Tensor ages) {
        try (Tape tape = Tape.inference()) {
            return network.forward(tape.constant(z), tape.constant(ages)).age().value().sub(ages).square().mean()
                    .item();
        }
    }

    private static double[][] values(Cohort people) {
        double[][] values = new double[people.size()][Marker.NINE.size()];
        for (int i = 0; i < values.length; i++)
            for (int j = 0; j < values[i].length; j++)
                values[i][j] = complete(people, j, i);
        return values;
    }

    private static double complete(Cohort people, int marker, int i) {
        double value = people.value(Marker.NINE.get(marker), i);
        if (Double.isNaN(value))
            throw BadInputException.at(people.source()).row(i + 1).column(Marker.NINE.get(marker).shortName())
                    .because("missing; the published network needs all nine markers");
        return value;
    }

    private static Tensor ages(Cohort people) {
        for (int i = 0; i < people.size(); i++)
            if (Double.isNaN(people.age(i)))
                throw BadInputException.at(people.source()).row(i + 1).column("age")
                        .because("missing; the published network looks at it");
        return StandardisedNetwork.column(people.age());
    }
}
