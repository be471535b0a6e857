package org.lanewise.henaw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.clocks.Clock;
import org.lanewise.henaw.clocks.LinearClock;
import org.lanewise.henaw.clocks.PhenoAge;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.synth.RepairedGenerator;
import org.lanewise.henaw.synth.RepairedOracle;
import org.lanewise.tabular.metrics.Bootstrap;
import org.lanewise.tabular.metrics.Interval;
import org.lanewise.tabular.survival.BrierScore;
import org.lanewise.tabular.survival.Concordance;
import org.lanewise.tabular.survival.ConcordanceCounter;
import org.lanewise.tabular.survival.RiskCalibration;
import org.lanewise.tabular.survival.Survival;

/**
 * The survival half of an evaluation: discrimination beside the simpler models on the same rows, with paired intervals, within
 * one age, calibration and Brier score.
 *
 * <p>The rows are followed people with every marker of the model, and with PhenoAge's inputs when most of them have those, so
 * that every column of a table is about the same people. {@code complete} gives the model's C without the PhenoAge condition.
 */
final class MortalityEvaluation {
    private final HenawModel model;
    private final HenawPredictor predictor;
    private final int replicates;
    private final long seed;

    MortalityEvaluation(HenawModel model, HenawPredictor predictor, int replicates, long seed) {
        this.model = model;
        this.predictor = predictor;
        this.replicates = replicates;
        this.seed = seed;
    }

    Map<String, Object> evaluate(Cohort people, HenawPredictor.Batch batch) {
        double horizon = model.config().horizonYears();
        Map<String, double[]> rivals = rivals(people);
        double[] pheno = rivals.get("c_phenoage");
        int[] complete = IntStream.range(0, people.size())
                .filter(i -> people.hasOutcome(i) && people.age(i) >= 20 && people.isComplete(predictor.markers(), i))
                .toArray();
        int[] comparable = IntStream.of(complete).filter(i -> !Double.isNaN(pheno[i])).toArray();
        boolean withPheno = 2 * comparable.length >= complete.length && comparable.length > 0;
        if (!withPheno) {
            rivals.put("c_phenoage", null);
            comparable = complete;
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("horizon_years", horizon);
        out.put("rows", withPheno
                ? "followed people with all markers of the model and of PhenoAge"
                : "followed people with all markers of the model");
        out.put("all", band(people, batch, rivals, comparable, _ -> true));
        out.put("age_40_70", band(people, batch, rivals, comparable, i -> people.age(i) >= 40 && people.age(i) <= 70));
        out.put("complete", completeOnly(people, batch, complete));
        out.put("calibration", calibration(people, batch, comparable));
        if (people.source().startsWith(RepairedGenerator.SOURCE)) {
            double oracle = c(people, RepairedOracle.biologicalAge(people), complete);
            out.put("oracle_c", oracle);
            out.put("oracle_share", (c(people, batch.logHazard(), complete) - .5) / (oracle - .5));
            LinearClock cox = model.baselines().cox();
            out.put("oracle_share_cox",
                    cox == null ? null : (c(people, cox.apply(people), complete) - .5) / (oracle - .5));
        }
        return out;
    }

    /** Concordance of the guessed age with outcomes, for models without risk. */
    Map<String, Object> byAgeAlone(Cohort people, HenawPredictor.Batch batch) {
        int[] rows = IntStream.range(0, people.size())
                .filter(i -> people.hasOutcome(i) && !Double.isNaN(batch.guessedAge()[i])).toArray();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("horizon_years", model.config().horizonYears());
        out.put("all", ofGuessedAge(people, batch, rows));
        out.put("age_40_70", ofGuessedAge(people, batch,
                IntStream.of(rows).filter(i -> people.age(i) >= 40 && people.age(i) <= 70).toArray()));
        return out;
    }

    private Map<String, Object> ofGuessedAge(Cohort people, HenawPredictor.Batch batch, int[] rows) {
        Map<String, Object> band = new LinkedHashMap<>();
        band.put("n", rows.length);
        band.put("deaths", deaths(people, rows));
        band.put("c", c(people, batch.guessedAge(), rows));
        for (String rival : List.of("c_age_sex", "c_phenoage", "c_cox"))
            band.put(rival, null);
        return band;
    }

    private Map<String, double[]> rivals(Cohort people) {
        Baselines b = model.baselines();
        Map<String, double[]> all = new LinkedHashMap<>();
        all.put("c_age_sex", apply(b.ageSex(), people));
        all.put("c_phenoage", PhenoAge.BIOAGE.apply(people));
        all.put("c_cox", apply(b.cox(), people));
        all.put("c_gompertz", apply(b.gompertz(), people));
        all.put("c_kdm", apply(b.kdm(), people));
        all.put("c_dysregulation", apply(b.disorder(), people));
        all.put("c_ols_age", apply(b.ols(), people));
        all.put("c_age", people.age());
        return all;
    }

    private static double[] apply(Clock clock, Cohort people) {
        return clock == null ? null : clock.apply(people);
    }

    private Map<String, Object> band(Cohort people, HenawPredictor.Batch batch, Map<String, double[]> rivals,
            int[] rows,
            IntPredicate inBand) {
        int[] mine = IntStream.of(rows).filter(inBand).toArray();
        int deaths = deaths(people, mine);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", mine.length);
        out.put("deaths", deaths);
        if (deaths < 5 || mine.length < 20) {
            out.put("c", null);
            rivals.keySet().forEach(k -> out.put(k, null));
            return out;
        }
        Survival outcome = outcome(people, mine);
        List<String> names = new ArrayList<>();
        List<ConcordanceCounter> counters = new ArrayList<>();
        ConcordanceCounter own = ConcordanceCounter.harrell(outcome, HenawEvaluator.pick(batch.logHazard(), mine));
        rivals.forEach((name, risk) -> {
            boolean usable = risk != null && IntStream.of(mine).noneMatch(i -> Double.isNaN(risk[i]));
            names.add(name);
            counters.add(usable ? ConcordanceCounter.harrell(outcome, HenawEvaluator.pick(risk, mine)) : null);
        });
        Bootstrap bootstrap = Bootstrap.rows(mine.length).withReplicates(replicates).withSeed(seed);
        Interval c = bootstrap.interval(own::index);
        out.put("c", c.estimate());
        out.put("c_ci", HenawEvaluator.ends(c));
        for (int k = 0; k < names.size(); k++)
            out.put(names.get(k), counters.get(k) == null ? null : counters.get(k).count().index());
        for (String rival : List.of("c_age_sex", "c_phenoage", "c_cox")) {
            ConcordanceCounter other = counters.get(names.indexOf(rival));
            String name = "d_" + rival.substring(2);
            Interval d = other == null ? null : bootstrap.difference(own::index, other::index);
            out.put(name, d == null ? null : d.estimate());
            out.put(name + "_ci", d == null ? null : HenawEvaluator.ends(d));
        }
        out.put("c_uno", Concordance.uno(outcome, HenawEvaluator.pick(batch.logHazard(), mine),
                model.config().horizonYears()).index());
        int[] years = IntStream.of(mine).map(i -> (int) people.age(i)).toArray();
        out.put("c_same_age",
                Concordance.stratified(outcome, HenawEvaluator.pick(batch.logHazard(), mine), years).index());
        return out;
    }

    private Map<String, Object> completeOnly(Cohort people, HenawPredictor.Batch batch, int[] rows) {
        int[] middle = IntStream.of(rows).filter(i -> people.age(i) >= 40 && people.age(i) <= 70).toArray();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("n", rows.length);
        out.put("c", c(people, batch.logHazard(), rows));
        out.put("n_40_70", middle.length);
        out.put("c_40_70", c(people, batch.logHazard(), middle));
        LinearClock cox = model.baselines().cox();
        out.put("c_cox", cox == null ? null : c(people, cox.apply(people), rows));
        out.put("c_cox_40_70", cox == null ? null : c(people, cox.apply(people), middle));
        return out;
    }

    private Map<String, Object> calibration(Cohort people, HenawPredictor.Batch batch, int[] rows) {
        if (deaths(people, rows) < 10 || !(model instanceof EnsembleModel))
            return null; // The published variant ranks by risk and does not say how large it is.
        double horizon = model.config().horizonYears();
        // Censoring weights need somebody who was followed for longer, so the follow-up is not cut at the horizon here.
        Survival outcome = Survival.of(HenawEvaluator.pick(people.time(), rows),
                HenawEvaluator.pick(people.event(), rows));
        double last = IntStream.of(rows).mapToDouble(people::time).max().orElse(0);
        double until = last > horizon ? horizon : .95 * last;
        double[] eta = HenawEvaluator.pick(batch.logHazard(), rows);
        Map<String, Object> out = new LinkedHashMap<>();
        RiskCalibration c = RiskCalibration.of(outcome, predictor.riskBy(until, eta), until);
        out.put("years", until);
        out.put("slope", c.line().slope());
        out.put("intercept", c.line().intercept());
        out.put("expected_over_observed", c.expectedOverObserved());
        out.put("tenths", c.groups().stream().map(g -> {
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("n", g.size());
            group.put("forecast", g.forecast());
            group.put("observed", g.observed().estimate());
            group.put("observed_ci", HenawEvaluator.ends(g.observed()));
            return group;
        }).toList());
        double[] times = IntStream.rangeClosed(1, (int) until).asDoubleStream().toArray();
        if (times.length >= 2) {
            double[][] risks = new double[times.length][];
            for (int k = 0; k < times.length; k++)
                risks[k] = predictor.riskBy(times[k], eta);
            BrierScore b = BrierScore.integrated(outcome, times, risks);
            out.put("integrated_brier", b.value());
            out.put("integrated_brier_kaplan_meier", b.reference());
        }
        return out;
    }

    private double c(Cohort people, double[] risk, int[] rows) {
        return rows.length == 0
                ? Double.NaN
                : Concordance.harrell(outcome(people, rows), HenawEvaluator.pick(risk, rows)).index();
    }

    private Survival outcome(Cohort people, int[] rows) {
        return Survival.of(HenawEvaluator.pick(people.time(), rows), HenawEvaluator.pick(people.event(), rows))
                .censoredAt(model.config().horizonYears());
    }

    private int deaths(Cohort people, int[] rows) {
        return (int) IntStream.of(rows)
                .filter(i -> people.event(i) == 1 && people.time(i) <= model.config().horizonYears()).count();
    }
}
