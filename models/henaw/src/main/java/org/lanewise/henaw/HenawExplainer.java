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
import org.lanewise.henaw.explanation.Explained;
import org.lanewise.henaw.explanation.IntegratedGradients;
import org.lanewise.henaw.explanation.ShapleyValues;
import org.lanewise.henaw.features.FeatureLayout;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.PackedEnsemble;

/**
 * Says how much each marker moved a person's figure away from what is usual for the age and sex. The figure is the log hazard
 * when the model was trained on mortality, else the guessed age in years.
 *
 * <p>Two methods that share the starting point, someone of the same age and sex of whom no marker is known (the model then
 * goes by conditional means):
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
public final class HenawExplainer {
    private final HenawModel model;
    private final Explained figure;
    private final IntegratedGradients gradients;
    private final int[][] owners;

    private HenawExplainer(HenawModel model) {
        this.model = model;
        EnsembleModel ensemble = (EnsembleModel) model;
        PackedEnsemble packed;
        if (ensemble.hasMortality()) {
            EnsembleModel.MortalityPart part = ensemble.mortality();
            packed = new PackedEnsemble(part.features(), part.members());
            figure = Explained.logHazard(packed, part.offsets());
        } else {
            EnsembleModel.AgePart part = ensemble.age();
            packed = new PackedEnsemble(part.features(), part.members());
            figure = Explained.guessedAge(packed, part.mean(), part.sd());
        }
        gradients = new IntegratedGradients(packed);
        owners = owners(figure.features());
        if (markers().size() > ShapleyValues.LIMIT)
            throw new IllegalArgumentException("explanations are exact and take 2^markers evaluations: at most "
                    + ShapleyValues.LIMIT + " markers, not " + markers().size());
    }

    /**
     * An explainer of this model.
     *
     * @throws IllegalArgumentException if the model has more than {@value ShapleyValues#LIMIT} markers
     */
    public static HenawExplainer of(HenawModel model) {
        return new HenawExplainer(model);
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
    public String figureName() {
        return model.hasMortality() ? "log hazard" : "guessed age (years)";
    }

    /** The markers, in the order of {@code values}. */
    public List<Marker> markers() {
        return figure.features().markers();
    }

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
        double[] v = figure.of(coalitions, age, sex);
        double[] shapley = ShapleyValues.of(v);
        double usual = v[0];
        double all = v[v.length - 1];
        double[] byColumn = gradients.of(row(coalitions[0], age, sex), row(values, age, sex));
        double[] byMarker = new double[p];
        for (int c = 0; c < byColumn.length; c++)
            for (int owner : owners[c])
                byMarker[owner] += figure.scale() * byColumn[c] / owners[c].length;
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

    private float[] row(double[] values, double age, double sex) {
        float[] row = new float[figure.features().width()];
        figure.features().write(values, age, sex, row, 0, 1);
        return row;
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

    /** The markers that each column of an input row is made of; none for age and sex. */
    private static int[][] owners(HenawFeatures features) {
        FeatureLayout layout = features.layout();
        int[][] owners = new int[layout.width()][];
        Arrays.fill(owners, new int[0]);
        for (int j = 0; j < layout.markers(); j++) {
            owners[layout.z() + j] = new int[] {j};
            owners[layout.weights() + j] = new int[] {j};
        }
        Marker[][] pairs = {{Marker.CRP, Marker.HBA1C}, {Marker.CREATININE, Marker.ALBUMIN}, {Marker.AST, Marker.ALT}};
        for (int g = 0; g < pairs.length; g++)
            owners[layout.interactions() + g] = Arrays.stream(pairs[g]).mapToInt(features.markers()::indexOf)
                    .filter(j -> j >= 0).toArray();
        int[] groups = features.basis().groups();
        for (int c = 0; c < groups.length; c++)
            if (groups[c] >= 0)
                owners[layout.skipAt() + c] = new int[] {groups[c]};
        return owners;
    }
}
