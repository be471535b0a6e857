package org.lanewise.henaw.selection;

import java.util.Objects;
import org.lanewise.henaw.network.EnsembleConfig;

/**
 * One way to train the mortality ensemble, to be compared with others.
 *
 * @param label    name in tables, such as {@code embed=8, members=4}
 * @param settings the ensemble
 */
public record Candidate(String label, EnsembleConfig settings) {
    /** Checks. */
    public Candidate {
        Objects.requireNonNull(label);
        Objects.requireNonNull(settings);
    }

    /**
     * What decides which networks are trained: candidates that agree in it share their networks, since an ensemble of four is
     * the first four of eight. Not so when every member leaves out its own part of the people, which depends on their number.
     */
    EnsembleConfig recipe() {
        EnsembleConfig s = settings;
        return s.crossFit()
                ? s
                : new EnsembleConfig(2, s.embed(), s.hidden(), s.dropout(), s.basis(), s.epochs(), s.batch(),
                        s.skipRate(), s.deepRate(), s.decay(), s.net(), false);
    }
}
