package org.lanewise.henaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.lanewise.engine.Backend;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.calibration.AgeBias;
import org.lanewise.henaw.calibration.AgeScale;
import org.lanewise.henaw.calibration.BaselineHazard;
import org.lanewise.henaw.calibration.LabelConditionalIntervals;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.PackedEnsemble;
import org.lanewise.henaw.published.PublishedTrainer;
import org.lanewise.henaw.training.MemberTraining;
import org.lanewise.henaw.training.Task;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DataFingerprint;

/**
 * Trains a {@link HenawModel}. Members are independent and trained side by side on the current worker pool; the result does
 * not depend on how many threads there are, nor on having been interrupted.
 *
 * <pre>{@code
 * HenawModel model = new HenawTrainer(HenawConfig.defaults()).train(people).orElseThrow();
 * }</pre>
 */
public final class HenawTrainer {
    /** A marker is used by default when at least this share of people have it. */
    private static final double ENOUGH = .5;
    private static final int FEWEST_PEOPLE = 100;

    private final HenawConfig config;
    private Path checkpoints;
    private BooleanSupplier stop = () -> false;
    private Listener listener = (_, _, _, _, _) -> {};

    /** Hears of progress, from several threads. */
    public interface Listener {
        /**
         * A member has finished an epoch.
         *
         * @param ensemble {@code age} or {@code mortality}
         * @param member   from 0
         * @param epoch    from 1
         * @param epochs   of this member in total
         * @param loss     mean training loss of the epoch
         */
        void epoch(String ensemble, int member, int epoch, int epochs, double loss);
    }

    /** A trainer with these settings. */
    public HenawTrainer(HenawConfig config) {
        this.config = config;
    }

    /** Resume from, and write checkpoints into, this folder. */
    public HenawTrainer checkpoints(Path folder) {
        checkpoints = folder;
        return this;
    }

    /** Asked after every epoch whether to stop; what was done is in the checkpoints. */
    public HenawTrainer stopWhen(BooleanSupplier asked) {
        stop = asked;
        return this;
    }

    /** Told of progress. */
    public HenawTrainer listener(Listener told) {
        listener = told;
        return this;
    }

    /** Epochs that {@link Listener} will hear of in total, for a progress bar. */
    public int totalEpochs(Cohort people) {
        return config.age().members() * config.age().epochs()
                + (trainsMortality(people) ? config.mortality().members() * config.mortality().epochs() : 0);
    }

    private boolean trainsMortality(Cohort people) {
        if (config.target() == HenawConfig.Target.MORTALITY && !people.hasOutcomes())
            throw new BadInputException(people.source() + ": --target mortality needs time and event, there are none");
        return config.target() != HenawConfig.Target.AGE && people.hasOutcomes();
    }

    /**
     * Trains.
     *
     * @return the model, or nothing if stopped before the end
     * @throws BadInputException if the cohort is too small or lacks what the settings ask for
     */
    public Optional<HenawModel> train(Cohort people) {
        if (config.variant() == HenawConfig.Variant.PUBLISHED)
            throw new BadInputException("variant published has no ensemble or intervals: PublishedTrainer trains it");
        List<Marker> markers = markers(people);
        boolean withMortality = trainsMortality(people);
        Cohort forAge = measured(
                people.where(i -> people.age(i) >= config.youngest() && people.age(i) <= config.oldest()), markers);
        require(forAge, "of ages " + config.youngest() + " to " + config.oldest());
        EnsembleTraining age = new EnsembleTraining(Task.Age.of(forAge.age()), config.age(), forAge, markers, false,
                true);
        EnsembleTraining mortality = null;
        if (withMortality) {
            Cohort followed = followed(people);
            mortality = new EnsembleTraining(
                    Task.Mortality.of(followed.time(), followed.event(), config.horizonYears()), config.mortality(),
                    followed, markers, true, config.mortality().crossFit());
        }
        if (!run(age, mortality))
            return Optional.empty();
        return Optional.of(new EnsembleModel(config, agePart(age), mortality == null ? null : mortalityPart(mortality),
                Baselines.fit(forAge, mortality == null ? null : mortality.people, markers, config.horizonYears()),
                provenance(people, forAge.size(), mortality == null ? 0 : mortality.people.size())));
    }

    /**
     * The people that the mortality ensemble is trained on.
     *
     * @throws BadInputException if there are too few
     */
    public Cohort followed(Cohort people) {
        Cohort followed = measured(people.where(i -> people.hasOutcome(i) && people.age(i) >= config.youngest()),
                markers(people));
        require(followed, "with follow-up");
        return followed;
    }

    /** The markers that are used: those asked for, else those of the nine that half of the people have. */
    public List<Marker> markers(Cohort people) {
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
        if (people.size() < FEWEST_PEOPLE)
            throw BadInputException.at(people.source()).because("only " + people.size() + " people " + which
                    + " with half of the markers; training needs " + FEWEST_PEOPLE);
    }

    /** All members of both ensembles as one list of jobs, longest first. */
    private boolean run(EnsembleTraining age, EnsembleTraining mortality) {
        if (checkpoints != null)
            try {
                Files.createDirectories(checkpoints);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot create " + checkpoints, e);
            }
        List<Runnable> jobs = new ArrayList<>();
        for (EnsembleTraining e : mortality == null ? List.of(age) : List.of(age, mortality))
            for (int m = 0; m < e.settings.members(); m++) {
                int member = m;
                jobs.add(() -> e.train(member));
            }
        WorkerPool.current().forEach(jobs.size(), k -> jobs.get(k).run());
        return age.isComplete() && (mortality == null || mortality.isComplete());
    }

    private EnsembleModel.AgePart agePart(EnsembleTraining e) {
        Task.Age task = (Task.Age) e.task;
        double[] guesses = e.honest(0);
        for (int i = 0; i < guesses.length; i++)
            guesses[i] = task.mean() + task.sd() * guesses[i];
        double[] ages = e.people.age();
        return new EnsembleModel.AgePart(e.features, e.states(), task.mean(), task.sd(),
                Arrays.stream(ages).min().orElseThrow(), Arrays.stream(ages).max().orElseThrow(),
                LabelConditionalIntervals.fit(guesses, ages, e.people.sex(), config.intervalLevel()),
                AgeBias.fit(guesses, ages));
    }

    private EnsembleModel.MortalityPart mortalityPart(EnsembleTraining e) {
        double[] offsets = e.centre();
        double[] eta = e.honest(0);
        double horizon = config.horizonYears();
        BaselineHazard baseline = BaselineHazard.fit(e.people.time(), e.people.event(), eta, horizon);
        AgeScale scale = AgeScale.fit(e.people, horizon);
        double[] years = new double[eta.length];
        for (int i = 0; i < years.length; i++)
            years[i] = scale.years(Math.log(baseline.at(horizon)) + eta[i], e.people.sex(i));
        return new EnsembleModel.MortalityPart(e.features, e.states(), offsets, baseline, scale,
                AgeBias.fit(years, e.people.age()));
    }

    private Map<String, String> provenance(Cohort people, int age, int mortality) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data", people.source());
        facts.put("data_fingerprint", DataFingerprint.of(CohortWriter.table(people)));
        facts.put("people_age", String.valueOf(age));
        facts.put("people_mortality", String.valueOf(mortality));
        facts.put("seed", String.valueOf(config.seed()));
        facts.put("backend", Backend.active().name() + " " + Backend.active().bits());
        facts.put("version",
                Optional.ofNullable(HenawTrainer.class.getPackage().getImplementationVersion()).orElse("development"));
        return facts;
    }

    /** One ensemble on its way. */
    private final class EnsembleTraining {
        final Task task;
        final EnsembleConfig settings;
        final Cohort people;
        final HenawFeatures features;
        private final boolean crossFit;
        private final float[] inputs;
        private final int[] fold;
        private final List<Map<String, Tensor>> trained;
        private final Rng rng;
        private float[][] outputs;
        private double[] offsets;

        EnsembleTraining(Task task, EnsembleConfig settings, Cohort people, List<Marker> markers, boolean usesAge,
                boolean crossFit) {
            this.task = task;
            this.settings = settings;
            this.people = people;
            this.crossFit = crossFit;
            features = HenawFeatures.fit(people, markers, usesAge, settings.basis());
            inputs = features.write(people);
            rng = Rng.of(config.seed()).stream("henaw " + task.name());
            fold = new int[people.size()];
            int[] order = rng.stream("folds").permutation(fold.length);
            for (int k = 0; k < order.length; k++)
                fold[order[k]] = k % settings.members();
            trained = new ArrayList<>(java.util.Collections.nCopies(settings.members(), null));
            offsets = new double[settings.members()];
        }

        void train(int member) {
            int[] rows = IntStream.range(0, fold.length).filter(i -> !crossFit || fold[i] != member).toArray();
            Path file = checkpoints == null
                    ? null
                    : checkpoints.resolve(task.name() + "-" + member + ".safetensors");
            Map<String, Tensor> state = new MemberTraining(features, settings, task, inputs, rows,
                    rng.stream("member " + member), file)
                    .run(stop, (epoch, loss) -> listener.epoch(task.name(), member, epoch, settings.epochs(), loss));
            synchronized (trained) {
                trained.set(member, state);
            }
        }

        boolean isComplete() {
            return !trained.contains(null);
        }

        List<Map<String, Tensor>> states() {
            return trained;
        }

        private float[][] outputs() {
            if (outputs == null)
                outputs = new PackedEnsemble(features, trained).evaluate(people);
            return outputs;
        }

        /** Takes each member's mean off its outputs. */
        double[] centre() {
            for (int m = 0; m < offsets.length; m++)
                for (float v : outputs()[m * task.outputs()])
                    offsets[m] += (double) v / people.size();
            return offsets;
        }

        /** One output per person, of the member that has not seen the person; of all members when none was held out. */
        double[] honest(int output) {
            double[] out = new double[people.size()];
            for (int i = 0; i < out.length; i++)
                if (crossFit)
                    out[i] = outputs()[fold[i] * task.outputs() + output][i] - offsets[fold[i]];
                else
                    for (int m = 0; m < offsets.length; m++)
                        out[i] += (outputs()[m * task.outputs() + output][i] - offsets[m]) / offsets.length;
            return out;
        }
    }
}
