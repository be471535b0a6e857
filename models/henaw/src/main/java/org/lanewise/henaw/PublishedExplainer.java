package org.lanewise.henaw;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lanewise.henaw.data.Marker;

/**
 * Explains the guessed age of the published variant. A marker that is not known is taken at its training mean, since the
 * network cannot do without.
 */
final class PublishedExplainer extends HenawExplainer {
    private final PublishedModel model;

    PublishedExplainer(PublishedModel model) {
        this.model = model;
    }

    @Override
    public String figureName() {
        return "guessed age (years)";
    }

    @Override
    public List<Marker> markers() {
        return Marker.NINE;
    }

    /** Of somebody of whom a marker is missing nothing is said, as in a prediction. */
    @Override
    public Explanation explain(double[] values, double age, double sex) {
        Explanation explanation = super.explain(values, age, sex);
        if (Arrays.stream(values).noneMatch(Double::isNaN))
            return explanation;
        Map<Marker, Double> nothing = new EnumMap<>(explanation.shapley());
        nothing.replaceAll((_, _) -> Double.NaN);
        Map<Marker.Organ, Double> none = new EnumMap<>(explanation.systems());
        none.replaceAll((_, _) -> Double.NaN);
        return new Explanation(Double.NaN, explanation.usual(), nothing, nothing, Double.NaN, none);
    }

    @Override
    double[] figures(double[][] people, double age, double sex) {
        double[] ages = new double[people.length];
        Arrays.fill(ages, age);
        return model.network().evaluate(Arrays.stream(people).map(this::filled).toArray(double[][]::new), ages).age();
    }

    @Override
    double[] integratedGradients(double[] values, double age, double sex) {
        return model.network().integratedGradients(filled(values), age);
    }

    private double[] filled(double[] values) {
        float[] mean = model.network().mean();
        double[] all = values.clone();
        for (int j = 0; j < all.length; j++)
            if (Double.isNaN(all[j]))
                all[j] = mean[j];
        return all;
    }
}
