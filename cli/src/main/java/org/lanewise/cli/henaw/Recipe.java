package org.lanewise.cli.henaw;

import org.lanewise.cli.CommandException;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.synth.DiseaseLaw;
import org.lanewise.henaw.synth.PublishedGenerator;
import org.lanewise.henaw.synth.RepairedGenerator;

/**
 * The built-in generators by name.
 */
enum Recipe {
    /** Truth known, two visits, deaths that follow from the markers. */
    REPAIRED,
    /** The published one, faults included. */
    PUBLISHED;

    /** How many people training uses when no file is given. */
    static final int DEFAULT_PEOPLE = 10_000;

    Cohort generate(int people, long seed) {
        return generate(people, seed, false);
    }

    Cohort generate(int people, long seed, boolean diseases) {
        if (people < 1) throw CommandException.badInput("--people " + people + ": expected 1 or more");
        if (this == REPAIRED) {
            return diseases
                    ? RepairedGenerator.withDiseases(people, seed)
                    : RepairedGenerator.generate(people, seed);
        }
        if (seed != (int) seed) {
            throw CommandException.badInput("--seed " + seed + ": the published recipe takes 32 bits, "
                    + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
        Cohort published = PublishedGenerator.generate(people, (int) seed);
        return diseases ? DiseaseLaw.label(published, seed) : published;
    }
}
