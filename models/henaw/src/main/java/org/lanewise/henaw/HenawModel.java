package org.lanewise.henaw;

import java.util.Map;
import org.lanewise.henaw.clocks.Baselines;

/**
 * A trained HENAW of either variant. Immutable; {@link HenawTrainer} makes it, {@link HenawArtifacts} keeps it on disk,
 * {@link HenawPredictor}, {@link HenawExplainer} and {@link HenawEvaluator} use it without having to know which it is.
 */
public sealed interface HenawModel permits EnsembleModel {
    /** What it was trained with. */
    HenawConfig config();

    /** Whether it was trained on deaths, and so ranks people by risk. */
    boolean hasMortality();

    /** Number of networks. */
    int networks();

    /** Simpler models fitted on the same people. */
    Baselines baselines();

    /** Where it comes from: data, fingerprint, versions, backend. */
    Map<String, String> provenance();
}
