package org.lanewise.henaw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.calibration.AgeScale;
import org.lanewise.henaw.calibration.BaselineHazard;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Disease;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.training.EnsembleTraining;
import org.lanewise.henaw.training.Task;
import org.lanewise.henaw.training.TrainingControl;
import org.lanewise.tabular.BadInputException;

/**
 * Trains the repaired variant: chooses markers and people, trains the members of both ensembles side by side, and calibrates
 * on what members say of people they have not seen.
 */
final class EnsembleTrainer {
    /** A marker is used by default when at least this share of people have it. */
    private static final double ENOUGH = .5;
    /** A disease is learnt when so many have it and so many have not. */
    private static final int FEWEST_CASES = 20;

    private final HenawConfig config;

    EnsembleTrainer(HenawConfig config) {
        this.config = config;
    }

    /** See {@link HenawTrainer#train}. */
    Optional<EnsembleModel> train(Cohort people, boolean withMortality, TrainingControl control) {
        Rng rng = Rng.of(config.seed());
        List<Marker> markers = markers(people);
        Cohort forAge = measured(
                people.where(i -> people.age(i) >= config.youngest() && people.age(i) <= config.oldest()), markers);
        require(forAge, "of ages " + config.youngest() + " to " + config.oldest());
        Task.Age task = Task.Age.of(forAge.age());
        EnsembleTraining age = new EnsembleTraining(task, config.age(), forAge, markers, false,
                true, rng);
        EnsembleTraining mortality = null;
        if (withMortality) {
            Cohort followed = followed(people);
            mortality = new EnsembleTraining(
                    Task.Mortality.of(followed.time(), followed.event(), config.horizonYears()), config.mortality(),
                    followed, markers, true, config.mortality().crossFit(), rng);
        }
        List<EnsembleTraining> parts = new ArrayList<>();
        parts.add(age);
        if (mortality != null)
            parts.add(mortality);
        Map<Disease, EnsembleTraining> diseases = new EnumMap<>(Disease.class);
        for (Disease d : diseases(people))
            diseases.put(d, disease(d, people, markers, rng));
        parts.addAll(diseases.values());
        if (!run(parts, control))
            return Optional.empty();
        return Optional
                .of(new EnsembleModel(config, agePart(age, task), mortality == null ? null : mortalityPart(mortality),
                        diseases.entrySet().stream().map(e -> diseasePart(e.getKey(), e.getValue())).toList(),
                        Baselines.fit(forAge, mortality == null ? null : mortality.people(), markers,
                                config.horizonYears()).withDiseases(people, List.copyOf(diseases.keySet())),
                        HenawTrainer.provenance(config, people, forAge.size(),
                                mortality == null ? 0 : mortality.people().size())));
    }

    /**
     * The people that the mortality ensemble is trained on.
     *
     * @throws BadInputException if there are too few
     */
    Cohort followed(Cohort people) {
        Cohort followed = measured(people.where(i -> people.hasOutcome(i) && people.age(i) >= config.youngest()),
                markers(people));
        require(followed, "with follow-up");
        return followed;
    }

    /** The markers that are used: those asked for, else those of the nine that half of the people have. */
    List<Marker> markers(Cohort people) {
        if (!config.markers().isEmpty())
            return config.markers().stream().map(name -> {
                Marker m = Marker.named(name)
                        .orElseThrow(() -> new BadInputException("markers: no marker is called " + name));
                if (!people.present().contains(m))
                    throw BadInputException.at(people.source()).column(m.shortName()).because("asked for, but empty");
                return m;
            }).toList();
        List<Marker> found = Marker.NINE.stream().filter(m -> Arrays.stream(people.column(m))
                .filter(v -> !Double.isNaN(v)).count() >= ENOUGH * people.size()).toList();
        if (found.isEmpty())
            throw BadInputException.at(people.source()).because("no marker is present in half of the people");
        return found;
    }

    /** Those with all markers where they are the majority of those with at least half; else all with at least half. */
    private static Cohort measured(Cohort people, List<Marker> markers) {
        Cohort half = people.where(
                i -> 2 * markers.stream().filter(m -> !Double.isNaN(people.value(m, i))).count() >= markers.size());
        Cohort complete = half.where(i -> half.isComplete(markers, i));
        return 2 * complete.size() >= half.size() ? complete : half;
    }

    private static void require(Cohort people, String which) {
        if (people.size() < HenawTrainer.FEWEST_PEOPLE)
            throw BadInputException.at(people.source()).because("only " + people.size() + " people " + which
                    + " with half of the markers; training needs " + HenawTrainer.FEWEST_PEOPLE);
    }

    /** The diseases that enough people have, and enough do not. */
    List<Disease> diseases(Cohort people) {
        return people.diseases().stream().filter(d -> {
            double[] label = labelled(people, d).disease(d);
            long cases = Arrays.stream(label).filter(v -> v == 1).count();
            return cases >= FEWEST_CASES && label.length - cases >= FEWEST_CASES;
        }).toList();
    }

    /** Those of whom it is known whether they have the disease. */
    private Cohort labelled(Cohort people, Disease disease) {
        double[] label = people.disease(disease);
        return measured(people.where(i -> !Double.isNaN(label[i]) && people.age(i) >= config.youngest()),
                markers(people));
    }

    private EnsembleTraining disease(Disease disease, Cohort people, List<Marker> markers, Rng rng) {
        Cohort labelled = labelled(people, disease);
        return new EnsembleTraining(Task.Sickness.of(disease, labelled.disease(disease)), config.diseases(), labelled,
                markers, true, config.diseases().crossFit(), rng);
    }

    private static EnsembleModel.DiseasePart diseasePart(Disease disease, EnsembleTraining e) {
        return new EnsembleModel.DiseasePart(disease, e.features(), e.states(),
                Task.Sickness.of(disease, e.people().disease(disease)).offset());
    }

    /** All members of all ensembles as one list of jobs, longest first. */
    private static boolean run(List<EnsembleTraining> parts, TrainingControl control) {
        List<Runnable> jobs = new ArrayList<>();
        for (EnsembleTraining e : parts)
            for (int m = 0; m < e.size(); m++) {
                int member = m;
                jobs.add(() -> e.train(member, control));
            }
        WorkerPool.current().forEach(jobs.size(), k -> jobs.get(k).run());
        return parts.stream().allMatch(EnsembleTraining::isComplete);
    }

    private EnsembleModel.AgePart agePart(EnsembleTraining e, Task.Age task) {
        double[] guesses = e.honest();
        for (int i = 0; i < guesses.length; i++)
            guesses[i] = task.mean() + task.sd() * guesses[i];
        double[] ages = e.people().age();
        return new EnsembleModel.AgePart(e.features(), e.states(), task.mean(), task.sd(),
                Arrays.stream(ages).min().orElseThrow(), Arrays.stream(ages).max().orElseThrow(),
                LabelConditionalIntervals.fit(guesses, ages, e.people().sex(), config.intervalLevel()),
                AgeBias.fit(guesses, ages));
    }

    private EnsembleModel.MortalityPart mortalityPart(EnsembleTraining e) {
        double[] offsets = e.centre();
        double[] eta = e.honest();
        double horizon = config.horizonYears();
        BaselineHazard baseline = BaselineHazard.fit(e.people().time(), e.people().event(), eta, horizon);
        AgeScale scale = AgeScale.fit(e.people(), horizon);
        double[] years = new double[eta.length];
        for (int i = 0; i < years.length; i++)
            years[i] = scale.years(Math.log(baseline.at(horizon)) + eta[i], e.people().sex(i));
        return new EnsembleModel.MortalityPart(e.features(), e.states(), offsets, baseline, scale,
                AgeBias.fit(years, e.people().age()));
    }
}
