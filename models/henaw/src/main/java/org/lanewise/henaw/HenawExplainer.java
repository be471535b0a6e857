package org.lanewise.henaw;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.lanewise.engine.Rng;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.explanation.ShapleyValues;

/**
 * Says how much each marker moved a person's figure away from what is usual for the age and sex. The figure is the log hazard
 * when a model of the repaired variant was trained on mortality, else the guessed age in years.
 *
 * <p>Two methods that share the starting point, someone of the same age and sex of whom no marker is known (the repaired
 * variant then goes by conditional means, the published one by the means of its training people):
 * <ul>
 * <li>exact Shapley values over all 2^p sets of markers; a marker outside the set is unknown, so correlated markers share
 * what they tell together;
 * <li>integrated gradients along the straight line between the two input rows, with the completeness gap.
 * </ul>
 *
 * <pre>{@code
 * HenawExplainer.Explanation e = HenawExplainer.of(model).explain(values, 56, 1);
 * e.shapley().forEach((marker, share) -> System.out.println(marker.shortName() + " " + share));
 * }</pre>
 */
public abstract sealed class HenawExplainer permits EnsembleExplainer, PublishedExplainer {
    /** For the variants. */
    HenawExplainer() {}

    /**
     * An explainer of this model.
     *
     * @throws IllegalArgumentException if the model has more than {@value ShapleyValues#LIMIT} markers
     */
    public static HenawExplainer of(HenawModel model) {
        HenawExplainer explainer = switch (model) {
            case EnsembleModel ensemble -> new EnsembleExplainer(ensemble);
            case PublishedModel published -> new PublishedExplainer(published);
        };
        int markers = explainer.markers().size();
        if (markers > ShapleyValues.LIMIT)
            throw new IllegalArgumentException("explanations are exact and take 2^markers evaluations: at most "
                    + ShapleyValues.LIMIT + " markers, not " + markers);
        return explainer;
    }

    /**
     * Why one person's figure is what it is.
     *
     * @param figure              log hazard, or guessed age in years
     * @param usual               the figure of someone of this age and sex with no marker known
     * @param shapley             by marker; adds up to {@code figure - usual}
     * @param integratedGradients by marker; adds up to {@code figure - usual - completenessGap}
     * @param completenessGap     what integrated gradients leave unexplained
     * @param systems             Shapley values summed over the organ systems; a marker of two systems gives half to each
     */
    public record Explanation(double figure, double usual, Map<Marker, Double> shapley,
            Map<Marker, Double> integratedGradients, double completenessGap, Map<Marker.Organ, Double> systems) {}

    /** What the figure is called and measured in. */
    public abstract String figureName();

    /** The markers, in the order of {@code values}. */
    public abstract List<Marker> markers();

    /** The figure of people given as rows of marker values (NaN where unknown), all of one age and sex. */
    abstract double[] figures(double[][] people, double age, double sex);

    /** Integrated gradients by marker, from nothing known to these values. */
    abstract double[] integratedGradients(double[] values, double age, double sex);

    /**
     * Explains one person.
     *
     * @param values one per marker of {@link #markers()}, canonical units, NaN where not measured (its share is then 0)
     * @param age    years
     * @param sex    0 female, 1 male
     */
    public Explanation explain(double[] values, double age, double sex) {
        int p = markers().size();
        if (values.length != p)
            throw new IllegalArgumentException(
                    "explain: " + values.length + " values for the " + p + " markers " + markers());
        double[][] coalitions = new double[1 << p][p];
        for (int s = 0; s < coalitions.length; s++)
            for (int j = 0; j < p; j++)
                coalitions[s][j] = (s >> j & 1) == 1 ? values[j] : Double.NaN;
        double[] v = figures(coalitions, age, sex);
        double[] shapley = ShapleyValues.of(v);
        double usual = v[0];
        double all = v[v.length - 1];
        double[] byMarker = integratedGradients(values, age, sex);
        double gap = all - usual - Arrays.stream(byMarker).sum();
        return new Explanation(all, usual, named(shapley), named(byMarker), gap, systems(shapley));
    }

    /**
     * Permutation importance: how much worse a score gets when one marker's values are dealt out anew among the people, mean
     * over {@code repeats} deals.
     *
     * @param score of the model on a cohort, larger is better (such as a C-statistic, or a negative mean error)
     */
    public Map<Marker, Double> permutation(Cohort people, ToDoubleFunction<Cohort> score, int repeats, long seed) {
        double whole = score.applyAsDouble(people);
        Map<Marker, Double> loss = new LinkedHashMap<>();
        for (Marker marker : markers()) {
            double[] column = people.column(marker);
            double sum = 0;
            for (int r = 0; r < repeats; r++) {
                int[] order = Rng.of(seed).stream(marker.shortName()).stream(r).permutation(people.size());
                double[] dealt = new double[column.length];
                for (int i = 0; i < dealt.length; i++)
                    dealt[i] = column[order[i]];
                sum += whole - score.applyAsDouble(people.with(Map.of(marker, dealt)));
            }
            loss.put(marker, sum / repeats);
        }
        return loss;
    }

    private Map<Marker, Double> named(double[] shares) {
        Map<Marker, Double> named = new LinkedHashMap<>();
        for (int j = 0; j < shares.length; j++)
            named.put(markers().get(j), shares[j]);
        return named;
    }

    private Map<Marker.Organ, Double> systems(double[] shapley) {
        Map<Marker.Organ, Double> sums = new EnumMap<>(Marker.Organ.class);
        for (int j = 0; j < shapley.length; j++) {
            Marker marker = markers().get(j);
            List<Marker.Organ> homes = Arrays.stream(Marker.Organ.values()).filter(o -> o.members().contains(marker))
                    .toList();
            for (Marker.Organ home : homes)
                sums.merge(home, shapley[j] / homes.size(), Double::sum);
        }
        return sums;
    }
}
