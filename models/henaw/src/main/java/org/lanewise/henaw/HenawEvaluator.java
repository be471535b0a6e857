package org.lanewise.henaw;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.clocks.LinearClock;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.evaluation.TestRetest;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.henaw.synth.RepairedOracle;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.metrics.IntervalMetrics;
import org.lanewise.tabular.metrics.RegressionMetrics;

/**
 * Measures a model on people it has not seen, beside the simpler models and on the same rows, and says what the data do not
 * allow by null. The result is a tree of maps and numbers, what {@code metrics.json} holds:
 *
 * <pre>
 * n, age {n, mae, mae_ci, rmse, r, r2, mean_gap, median_guess_mae, ols_mae, ...},
 * mortality {horizon_years, all {n, deaths, c, c_age_sex, c_phenoage, c_cox, ...}, age_40_70 {same}, ...},
 * morbidity {diabetes {n, cases, auc, pr_auc, brier, auc_age_sex, ...}, ...},
 * intervals {coverage90, mean_width, worst_decade_sex, ...}, retest {...}, latency_us {p50, p99}, rows_per_second,
 * elastic_net {...} or, of the published variant, faults {marker_weights, largest_shift_without_age, ...}
 * </pre>
 *
 * <pre>{@code
 * Map<String, Object> metrics = new HenawEvaluator(model).evaluate(people);
 * }</pre>
 */
public final class HenawEvaluator {
    private final HenawModel model;
    private final HenawPredictor predictor;
    private int replicates = 400;
    private long seed = 1;
    private boolean timed = true;

    /** An evaluator of this model. */
    public HenawEvaluator(HenawModel model) {
        this.model = model;
        this.predictor = HenawPredictor.of(model);
    }

    /** Bootstrap replicates behind every interval (default 400). */
    public HenawEvaluator replicates(int wanted) {
        replicates = wanted;
        return this;
    }

    /** Seed of the bootstrap and of simulated second visits. */
    public HenawEvaluator seed(long wanted) {
        seed = wanted;
        return this;
    }

    /** Whether latency and throughput are measured (default yes; about five seconds). */
    public HenawEvaluator timed(boolean wanted) {
        timed = wanted;
        return this;
    }

    /** Measures. */
    public Map<String, Object> evaluate(Cohort people) {
        HenawPredictor.Batch batch = predictor.predict(people);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", people.size());
        out.put("variant", model.config().variant().name().toLowerCase(Locale.ROOT));
        int[] aged = IntStream.range(0, people.size()).filter(i -> people.age(i) >= model.config().youngest()
                && people.age(i) <= model.config().oldest() && people.isComplete(predictor.markers(), i)).toArray();
        out.put("age", aged.length < 2 ? null : age(people, batch, aged));
        out.put("mortality", model.hasMortality() && people.hasOutcomes()
                ? new MortalityEvaluation(model, predictor, replicates, seed).evaluate(people, batch)
                : canary(people, batch));
        out.put("morbidity", new DiseaseEvaluation(predictor, replicates, seed).evaluate(people));
        out.put("intervals", aged.length < 2 || !hasIntervals() ? null : intervals(people, batch, aged));
        out.put("retest", retest(people));
        out.put("filled", filled(batch));
        switch (model) {
            case EnsembleModel ensemble -> out.put("elastic_net", elasticNet(ensemble));
            case PublishedModel published -> out.put("faults", faults(published, people, batch));
        }
        Timing timing = timed ? Timing.of(predictor, people) : Timing.NONE;
        out.put("latency_us", timing.latency());
        out.put("rows_per_second", timing.rowsPerSecond());
        return out;
    }

    private Map<String, Object> age(Cohort people, HenawPredictor.Batch batch, int[] rows) {
        double[] age = pick(people.age(), rows);
        double[] guess = pick(batch.guessedAge(), rows);
        RegressionMetrics m = RegressionMetrics.of(guess, age);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", rows.length);
        out.put("mae", m.mae());
        out.put("mae_ci", ends(bootstrap(rows.length)
                .interval(counts -> RegressionMetrics.of(guess, age, counts).mae())));
        out.put("rmse", m.rmse());
        out.put("r", m.r());
        out.put("r2", m.r2());
        out.put("mean_gap", m.meanError());
        out.put("median_guess_mae", m.medianGuessMae());
        LinearClock ols = model.baselines().ols();
        double[] line = ols == null ? null : pick(ols.apply(people), rows);
        out.put("ols_mae", line == null ? null : RegressionMetrics.of(line, age).mae());
        out.put("d_ols", line == null
                ? null
                : ends(bootstrap(rows.length).difference(counts -> RegressionMetrics.of(guess, age, counts).mae(),
                        counts -> RegressionMetrics.of(line, age, counts).mae())));
        int[] middle = IntStream.range(0, rows.length).filter(k -> age[k] >= 40 && age[k] <= 70).toArray();
        out.put("mae_40_70", middle.length < 2
                ? null
                : RegressionMetrics.of(pick(guess, middle), pick(age, middle)).mae());
        out.put("gap_slope_on_age", AgeBias.fit(IntStream.range(0, rows.length).mapToDouble(k -> guess[k] - age[k])
                .toArray(), age).slope());
        if (PublishedGenerator.isPublishedFile(people)) {
            out.put("artefact_ceiling_mae", PublishedGenerator.ARTEFACT_CEILING_MAE);
            out.put("claim_below_5_years",
                    "refused: on the published file it can only come from the clipping, which betrays some "
                            + "people's age");
        }
        if (people.source().startsWith(RepairedGenerator.SOURCE)) {
            double oracle = RegressionMetrics.of(pick(RepairedOracle.age(people), rows), age).mae();
            out.put("oracle_mae", oracle);
            out.put("regret", m.mae() / oracle);
        }
        return out;
    }

    /** A model without risk on followed people: the rank of its age by outcome, so that a coin-flip outcome can be seen to stay one. */
    private Map<String, Object> canary(Cohort people, HenawPredictor.Batch batch) {
        if (!people.hasOutcomes())
            return null;
        return new MortalityEvaluation(model, predictor, replicates, seed).byAgeAlone(people, batch);
    }

    private Map<String, Object> intervals(Cohort people, HenawPredictor.Batch batch, int[] rows) {
        double[] age = pick(people.age(), rows);
        double[] lower = pick(batch.lower(), rows);
        double[] upper = pick(batch.upper(), rows);
        double level = model.config().intervalLevel();
        IntervalMetrics m = IntervalMetrics.of(lower, upper, age, level);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("level", level);
        out.put("coverage90", Math.abs(level - .9) < 1e-9 ? m.coverage() : null);
        out.put("coverage", m.coverage());
        out.put("mean_width", m.meanWidth());
        Map<String, Object> cells = new LinkedHashMap<>();
        double worst = Double.NaN;
        for (int sex = 0; sex < 2; sex++)
            for (int decade = 0; decade < 13; decade++) {
                int held = 0;
                int all = 0;
                for (int k = 0; k < rows.length; k++)
                    if (people.sex(rows[k]) == sex && (int) (age[k] / 10) == decade) {
                        all++;
                        held += lower[k] <= age[k] && age[k] <= upper[k] ? 1 : 0;
                    }
                if (all < 30)
                    continue;
                double share = held / (double) all;
                worst = Double.isNaN(worst) ? share : Math.min(worst, share);
                cells.put((sex == 0 ? "women " : "men ") + decade * 10 + "s", share);
            }
        out.put("worst_decade_sex", worst);
        out.put("by_decade_and_sex", cells);
        double[] guess = pick(batch.guessedAge(), rows);
        double[] sd = pick(batch.guessedAgeSd(), rows);
        out.put("nll", IntervalMetrics.gaussianNll(guess, sd, age));
        double[] one = new double[rows.length];
        Arrays.fill(one, RegressionMetrics.of(guess, age).rmse());
        out.put("nll_homoscedastic", IntervalMetrics.gaussianNll(guess, one, age));
        return out;
    }

    private Map<String, Object> retest(Cohort people) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (people.repeat().isPresent()) {
            out.put("measured", agreement(people));
            if (people.source().startsWith(RepairedGenerator.SOURCE)) {
                Cohort again = people.repeat().get();
                out.put("oracle_icc_age_adjusted", TestRetest.of(RepairedOracle.biologicalAge(people),
                        RepairedOracle.biologicalAge(again), people.age(), again.age()).ageAdjusted().value()
                        .estimate());
            }
            return out;
        }
        Cohort middle = people.where(i -> people.age(i) >= 40 && people.age(i) <= 70
                && people.isComplete(predictor.markers(), i));
        if (middle.size() < 50)
            return null;
        out.put("note", "simulated from published within-person variation, not measured; ages 40 to 70");
        for (int multiple = 1; multiple <= 3; multiple++)
            out.put("simulated_x" + multiple, agreement(TestRetest.simulate(middle, multiple, seed)));
        return out;
    }

    private Map<String, Object> agreement(Cohort people) {
        Cohort again = people.repeat().orElseThrow();
        TestRetest t = TestRetest.of(predictor.predict(people).biologicalAge(),
                predictor.predict(again).biologicalAge(),
                people.age(), again.age());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", t.people());
        out.put("icc", t.icc().value().estimate());
        out.put("icc_ci", ends(t.icc().value()));
        out.put("icc_age_adjusted", t.ageAdjusted().value().estimate());
        out.put("icc_age_adjusted_ci", ends(t.ageAdjusted().value()));
        out.put("sem_years", t.ageAdjusted().standardErrorOfMeasurement());
        return out;
    }

    private static Map<String, Object> filled(HenawPredictor.Batch batch) {
        int people = 0;
        int markers = 0;
        for (int f : batch.filled()) {
            people += f > 0 ? 1 : 0;
            markers += f;
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("people_with_missing_markers", people);
        out.put("markers_filled_by_conditional_mean", markers);
        return out;
    }

    /** The share of each marker's coefficients in the linear paths that the elastic net left different from zero. */
    private static Map<String, Object> elasticNet(EnsembleModel model) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (boolean risk : model.hasMortality() ? new boolean[] {false, true} : new boolean[] {false}) {
            Map<String, Object> shares = new LinkedHashMap<>();
            model.selected(risk).forEach((marker, share) -> shares.put(marker.shortName(), share));
            out.put(risk ? "mortality_kept" : "age_kept", shares);
        }
        return out;
    }

    private boolean hasIntervals() {
        return model instanceof EnsembleModel;
    }

    /** What is wrong with the published variant: where its weights have gone, and how much it makes of the true age. */
    private Map<String, Object> faults(PublishedModel published, Cohort people, HenawPredictor.Batch batch) {
        Map<String, Object> weights = new LinkedHashMap<>();
        published.network().collapse().forEach((marker, weight) -> weights.put(marker.shortName(), weight));
        double[] constant = new double[people.size()];
        Arrays.fill(constant, 55);
        double[] blind = predictor.predict(people.withAge(constant)).guessedAge();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("marker_weights", weights);
        out.put("largest_shift_without_age", IntStream.range(0, blind.length)
                .mapToDouble(i -> Math.abs(blind[i] - batch.guessedAge()[i])).filter(Double::isFinite).max()
                .orElse(Double.NaN));
        out.put("diseases_trained", published.diseases().stream().map(Disease::label).toList());
        return out;
    }

    private Bootstrap bootstrap(int rows) {
        return Bootstrap.rows(rows).withReplicates(replicates).withSeed(seed);
    }

    static double[] pick(double[] x, int[] rows) {
        return IntStream.of(rows).mapToDouble(i -> x[i]).toArray();
    }

    static double[] ends(Interval i) {
        return new double[] {i.lower(), i.upper()};
    }
}
