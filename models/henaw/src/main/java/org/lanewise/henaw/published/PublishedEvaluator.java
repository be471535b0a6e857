package org.lanewise.henaw.published;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.lanewise.henaw.clocks.LinearClock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.metrics.RegressionMetrics;
import org.lanewise.tabular.survival.Concordance;
import org.lanewise.tabular.survival.Survival;

/**
 * Measures the published variant as {@code HenawEvaluator} measures the repaired one, and shows its faults: which marker the
 * weighting has collapsed onto, and how far the guesses move when age, which the gate sees, is replaced by a constant.
 */
public final class PublishedEvaluator {
    private final PublishedModel model;
    private final LinearClock ols;

    private PublishedEvaluator(PublishedModel model, LinearClock ols) {
        this.model = model;
        this.ols = ols;
    }

    /** An evaluator without the least-squares line, which needs the training people. */
    public static PublishedEvaluator of(PublishedModel model) {
        return new PublishedEvaluator(model, null);
    }

    /** An evaluator that fits the least-squares line on the same people as the network. */
    public static PublishedEvaluator of(PublishedModel model, Cohort training) {
        return new PublishedEvaluator(model, LinearClock.age("least squares on age", training, Marker.NINE));
    }

    /** Measures; a figure that the data do not allow is null. */
    public Map<String, Object> evaluate(Cohort people) {
        PublishedModel.Prediction guess = model.predict(people);
        RegressionMetrics m = RegressionMetrics.of(guess.age(), people.age());
        Map<String, Object> age = new LinkedHashMap<>();
        age.put("mae", m.mae());
        age.put("rmse", m.rmse());
        age.put("r", m.r());
        age.put("mean_gap", m.meanError());
        age.put("median_guess_mae", m.medianGuessMae());
        age.put("ols_mae", ols == null ? null : RegressionMetrics.of(ols.apply(people), people.age()).mae());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", people.size());
        out.put("variant", "published");
        out.put("age", age);
        out.put("mortality", mortality(people, guess.logHazard()));
        Map<String, Object> faults = new LinkedHashMap<>();
        Map<String, Object> weights = new LinkedHashMap<>();
        model.weights().forEach((marker, weight) -> weights.put(marker.shortName(), weight));
        faults.put("marker_weights", weights);
        faults.put("largest_shift_without_age", shiftWithoutAge(people, guess.age()));
        out.put("faults", faults);
        return out;
    }

    private static Map<String, Object> mortality(Cohort people, double[] logHazard) {
        if (!people.hasOutcomes())
            return null;
        Survival outcome = Survival.of(people.time(), people.event());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("deaths", outcome.eventCount());
        out.put("c", Concordance.harrell(outcome, logHazard).index());
        out.put("c_age", Concordance.harrell(outcome, people.age()).index());
        return out;
    }

    /** Years by which the guesses move at most when everybody is said to be 55. */
    private double shiftWithoutAge(Cohort people, double[] guesses) {
        double[] constant = new double[people.size()];
        Arrays.fill(constant, 55);
        double[] blind = model.apply(people.withAge(constant));
        double largest = 0;
        for (int i = 0; i < blind.length; i++)
            largest = Math.max(largest, Math.abs(blind[i] - guesses[i]));
        return largest;
    }

    /** The markers with nearly all of the weight, for a sentence in a report. */
    public static Optional<Marker> collapsedOnto(PublishedModel model) {
        return model.weights().entrySet().stream().filter(e -> e.getValue() > .9).map(Map.Entry::getKey).findFirst();
    }
}
