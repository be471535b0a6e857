package org.lanewise.henaw;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.published.StandardisedNetwork;

/**
 * Predicts with the published variant. It fills nothing in: a person without one of the nine markers or without age gets no
 * figure. Its biological age is the guessed age, its gap the difference to the true age, as published.
 */
final class PublishedPredictor extends HenawPredictor {
    private static final int BLOCK = 256;

    private final PublishedModel model;

    PublishedPredictor(PublishedModel model) {
        this.model = model;
    }

    @Override
    public List<Marker> markers() {
        return Marker.NINE;
    }

    @Override
    public PublishedModel model() {
        return model;
    }

    @Override
    public Prediction predict(double[] values, double years, double sex) {
        Batch one = Batch.of(1);
        predict(values, years, sex, one, 0);
        return one.row(0);
    }

    @Override
    public void predict(double[] values, double years, double sex, Batch out, int row) {
        if (values.length != Marker.NINE.size())
            throw new IllegalArgumentException(
                    "predict: " + values.length + " values for the " + Marker.NINE.size() + " markers " + Marker.NINE);
        clear(out, row, row + 1);
        if (!Double.isNaN(years) && Arrays.stream(values).noneMatch(Double::isNaN))
            put(model.network().evaluate(new double[][] {values}, new double[] {years}), new double[] {years}, out,
                    new int[] {row});
    }

    @Override
    public Batch predict(Cohort people) {
        Batch out = Batch.of(people.size());
        clear(out, 0, people.size());
        forEachBlock(people, rows -> {
            double[] ages = Arrays.stream(rows).mapToDouble(people::age).toArray();
            put(model.network().evaluate(values(people, rows), ages), ages, out, rows);
        });
        return out;
    }

    @Override
    public Details details(Cohort people) {
        int n = people.size();
        double[][] morbidity = nothing(Disease.values().length, n);
        double[][] weights = nothing(Marker.NINE.size(), n);
        forEachBlock(people, rows -> {
            double[] ages = Arrays.stream(rows).mapToDouble(people::age).toArray();
            scatter(model.network().evaluate(values(people, rows), ages).morbidity(), morbidity, rows);
            scatter(model.network().weights(ages), weights, rows);
        });
        Map<Disease, double[]> diseases = new EnumMap<>(Disease.class);
        for (Disease disease : Disease.values())
            diseases.put(disease, morbidity[disease.ordinal()]);
        Map<Marker, double[]> named = new LinkedHashMap<>();
        for (int j = 0; j < weights.length; j++)
            named.put(Marker.NINE.get(j), weights[j]);
        return new Details(diseases, model.diseases(), named);
    }

    /** The published variant has no baseline hazard, so a log hazard ranks people and is not a probability. */
    @Override
    public double[] riskBy(double t, double[] logHazard) {
        double[] unknown = new double[logHazard.length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    /** Blocks of people of whom everything is known. */
    private void forEachBlock(Cohort people, Consumer<int[]> work) {
        model.check(people);
        int[] known = IntStream.range(0, people.size())
                .filter(i -> people.isComplete(Marker.NINE, i) && !Double.isNaN(people.age(i))).toArray();
        WorkerPool.current().forEach((known.length + BLOCK - 1) / BLOCK,
                b -> work.accept(Arrays.copyOfRange(known, b * BLOCK, Math.min(known.length, (b + 1) * BLOCK))));
    }

    private static double[][] values(Cohort people, int[] rows) {
        double[][] values = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            int row = rows[r];
            values[r] = Marker.NINE.stream().mapToDouble(marker -> people.value(marker, row)).toArray();
        }
        return values;
    }

    private void put(StandardisedNetwork.Output from, double[] ages, Batch to, int[] rows) {
        for (int r = 0; r < rows.length; r++) {
            to.guessedAge()[rows[r]] = from.age()[r];
            to.biologicalAge()[rows[r]] = from.age()[r];
            to.gap()[rows[r]] = from.age()[r] - ages[r];
            if (model.hasMortality())
                to.logHazard()[rows[r]] = from.logHazard()[r];
        }
    }

    private static void clear(Batch batch, int from, int to) {
        for (double[] column : new double[][] {batch.biologicalAge(), batch.gap(), batch.risk(), batch.logHazard(),
                batch.guessedAge(), batch.guessedAgeSd(), batch.lower(), batch.upper()})
            Arrays.fill(column, from, to, Double.NaN);
        Arrays.fill(batch.filled(), from, to, 0);
    }

    private static double[][] nothing(int columns, int n) {
        double[][] all = new double[columns][n];
        for (double[] column : all)
            Arrays.fill(column, Double.NaN);
        return all;
    }

    private static void scatter(double[][] from, double[][] to, int[] rows) {
        for (int c = 0; c < to.length; c++)
            for (int r = 0; r < rows.length; r++)
                to[c][rows[r]] = from[c][r];
    }
}
