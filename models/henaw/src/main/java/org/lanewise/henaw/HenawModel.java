package org.lanewise.henaw;

import java.util.Map;
import org.lanewise.henaw.clocks.Baselines;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.tabular.BadInputException;

/**
 * A trained HENAW of either variant. Immutable; {@link HenawTrainer} makes it, {@link HenawArtifacts} keeps it on disk,
 * {@link HenawPredictor}, {@link HenawExplainer} and {@link HenawEvaluator} use it without having to know which it is.
 */
public sealed interface HenawModel permits EnsembleModel, PublishedModel {
    /** What it was trained with. */
    HenawConfig config();

    /** Whether it was trained on deaths, and so ranks people by risk. */
    boolean hasMortality();

    /** Number of networks. */
    int networks();

    /** Simpler models fitted on the same people. */
    Baselines baselines();

    /**
     * Makes sure that people have what the model cannot do without.
     *
     * @throws BadInputException naming the column that is empty
     */
    void check(Cohort people);

    /** Where it comes from: data, fingerprint, versions, backend. */
    Map<String, String> provenance();
}
