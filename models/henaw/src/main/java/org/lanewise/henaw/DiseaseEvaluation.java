package org.lanewise.henaw;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.henaw.clocks.LinearClock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.synth.DiseaseLaw;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.RankedScores;
import org.lanewise.henaw.synth.RepairedGenerator;

/**
 * Diseases in an evaluation: areas under the ROC and the precision-recall curve and the Brier score, beside logistic regression
 * on age and sex fitted on the training people, on the same rows, with paired bootstrap intervals.
 */
final class DiseaseEvaluation {
    private static final int FEWEST = 5;

    private final HenawPredictor predictor;
    private final int replicates;
    private final long seed;

    DiseaseEvaluation(HenawPredictor predictor, int replicates, long seed) {
        this.predictor = predictor;
        this.replicates = replicates;
        this.seed = seed;
    }

    /** A tree per disease that the model and the people both have; null without any. */
    Map<String, Object> evaluate(Cohort people) {
        HenawPredictor.Details details = predictor.details(people);
        Map<String, Object> out = new LinkedHashMap<>();
        for (Disease disease : details.trained())
            if (people.diseases().contains(disease))
                out.put(disease.label(), one(people, disease, details.diseases().get(disease)));
        return out.isEmpty() ? null : out;
    }

    private Map<String, Object> one(Cohort people, Disease disease, double[] chance) {
        double[] label = people.disease(disease);
        LinearClock ageSex = predictor.model().baselines().diseases().get(disease);
        double[] odds = ageSex == null ? null : ageSex.apply(people);
        int[] rows = IntStream.range(0, people.size()).filter(i -> !Double.isNaN(label[i]) && !Double.isNaN(chance[i])
                && (odds == null || !Double.isNaN(odds[i]))
                && people.isComplete(predictor.markers(), i)).toArray();
        boolean[] has = new boolean[rows.length];
        int cases = 0;
        for (int k = 0; k < rows.length; k++) {
            has[k] = label[rows[k]] == 1;
            cases += has[k] ? 1 : 0;
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", rows.length);
        out.put("cases", cases);
        if (cases < FEWEST || rows.length - cases < FEWEST)
            return out;
        Bootstrap bootstrap = Bootstrap.rows(rows.length).withReplicates(replicates).withSeed(seed);
        double[] mine = HenawEvaluator.pick(chance, rows);
        RankedScores own = RankedScores.of(mine, has);
        put(out, "auc", bootstrap.interval(own::rocAuc));
        put(out, "pr_auc", bootstrap.interval(own::prAuc));
        put(out, "brier", bootstrap.interval(counts -> brier(mine, has, counts)));
        out.put("prevalence", cases / (double) rows.length);
        if (odds != null) {
            double[] theirs = IntStream.of(rows).mapToDouble(i -> 1 / (1 + Math.exp(-odds[i]))).toArray();
            RankedScores other = RankedScores.of(theirs, has);
            out.put("auc_age_sex", other.rocAuc());
            out.put("pr_auc_age_sex", other.prAuc());
            out.put("brier_age_sex", brier(theirs, has, null));
            put(out, "d_auc", bootstrap.difference(own::rocAuc, other::rocAuc));
            put(out, "d_pr_auc", bootstrap.difference(own::prAuc, other::prAuc));
            put(out, "d_brier", bootstrap.difference(counts -> brier(mine, has, counts),
                    counts -> brier(theirs, has, counts)));
        }
        if (people.source().startsWith(RepairedGenerator.SOURCE)) {
            double[] oracle = DiseaseLaw.POPULATION.get(disease).oracle(people);
            out.put("oracle_auc", RankedScores.of(HenawEvaluator.pick(oracle, rows), has).rocAuc());
        }
        return out;
    }

    private static void put(Map<String, Object> out, String name, Interval i) {
        out.put(name, i.estimate());
        out.put(name + "_ci", HenawEvaluator.ends(i));
    }

    /** @param counts how often each row is there; null for once */
    private static double brier(double[] chance, boolean[] has, int[] counts) {
        double sum = 0;
        double n = 0;
        for (int i = 0; i < chance.length; i++) {
            int times = counts == null ? 1 : counts[i];
            double error = chance[i] - (has[i] ? 1 : 0);
            sum += times * error * error;
            n += times;
        }
        return sum / n;
    }
}
