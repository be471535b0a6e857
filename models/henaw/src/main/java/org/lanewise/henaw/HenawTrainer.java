package org.lanewise.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lanewise.engine.Backend;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.published.PublishedTraining;
import org.lanewise.henaw.published.StandardisedNetwork;
import org.lanewise.henaw.training.Epoch;
import org.lanewise.henaw.training.TrainingControl;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.DataFingerprint;

/**
 * Trains a {@link HenawModel} of either variant on the current worker pool. The networks of an ensemble are independent and
 * trained side by side; the result does not depend on how many threads there are, nor on having been interrupted.
 *
 * <pre>{@code
 * HenawModel model = new HenawTrainer(HenawConfig.defaults()).train(people).orElseThrow();
 * }</pre>
 */
public final class HenawTrainer {
    /** With fewer nothing is trained. */
    static final int FEWEST_PEOPLE = 100;

    private final HenawConfig config;
    private TrainingControl control = TrainingControl.NONE;

    /** A trainer with these settings. */
    public HenawTrainer(HenawConfig config) {
        this.config = config;
    }

    /** Resume from, and write checkpoints into, this folder. */
    public HenawTrainer checkpoints(Path folder) {
        control = new TrainingControl(folder, control.stop(), control.listener());
        return this;
    }

    /** Asked after every step whether to stop; what was done is in the checkpoints. */
    public HenawTrainer stopWhen(BooleanSupplier asked) {
        control = new TrainingControl(control.checkpoints(), asked, control.listener());
        return this;
    }

    /** Told of every epoch of every network, from several threads; first of those that were done before a resume. */
    public HenawTrainer listener(Consumer<Epoch> told) {
        control = new TrainingControl(control.checkpoints(), control.stop(), told);
        return this;
    }

    /** Epochs that the listener will hear of in total, for a progress bar. */
    public int totalEpochs(Cohort people) {
        if (config.variant() == HenawConfig.Variant.PUBLISHED)
            return config.published().epochs();
        return epochs(config.age()) + (trainsMortality(people) ? epochs(config.mortality()) : 0)
                + new EnsembleTrainer(config).diseases(people).size() * epochs(config.diseases());
    }

    private static int epochs(EnsembleConfig ensemble) {
        return ensemble.members() * ensemble.epochs();
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
        return switch (config.variant()) {
            case REPAIRED ->
                new EnsembleTrainer(config).train(people, trainsMortality(people), control).map(HenawModel.class::cast);
            case PUBLISHED -> published(people);
        };
    }

    private Optional<HenawModel> published(Cohort people) {
        if (people.size() < FEWEST_PEOPLE)
            throw BadInputException.at(people.source())
                    .because("only " + people.size() + " people; training needs " + FEWEST_PEOPLE);
        boolean followed = trainsMortality(people);
        Optional<StandardisedNetwork> trained = new PublishedTraining(config.seed(), config.published().epochs())
                .run(people, followed, control.within("published-0"));
        Cohort mine = PublishedTraining.trainedOn(people);
        return trained.map(network -> new PublishedModel(config, network, followed,
                mine.diseases(),
                Baselines.fit(mine, followed ? mine.where(mine::hasOutcome) : null, Marker.NINE, config.horizonYears())
                        .withDiseases(mine, mine.diseases()),
                provenance(config, people, mine.size(), followed ? mine.size() : 0)));
    }

    /**
     * The people that training will not look at, so that it can be judged by them: with the published variant the last 15 %
     * of the rows, else nobody.
     */
    public Cohort heldOut(Cohort people) {
        return config.variant() == HenawConfig.Variant.PUBLISHED
                ? PublishedTraining.heldOut(people)
                : people.where(_ -> false);
    }

    /**
     * The people that the mortality ensemble is trained on.
     *
     * @throws BadInputException if there are too few
     */
    public Cohort followed(Cohort people) {
        return new EnsembleTrainer(config).followed(people);
    }

    /** The markers that are used: those asked for, else those of the nine that half of the people have. */
    public List<Marker> markers(Cohort people) {
        return new EnsembleTrainer(config).markers(people);
    }

    /** Where a model comes from. */
    static Map<String, String> provenance(HenawConfig config, Cohort people, int age, int mortality) {
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
}
