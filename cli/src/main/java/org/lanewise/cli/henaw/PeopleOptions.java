package org.lanewise.cli.henaw;

import org.lanewise.cli.CommandException;
import org.lanewise.henaw.data.Cohort;
import picocli.CommandLine.Mixin;

/**
 * Options that name a file of people or describe one person, as a picocli mixin.
 */
public final class PeopleOptions {
    @Mixin
    private CohortOptions file;

    @Mixin
    private PersonOptions person;

    /** For picocli. */
    public PeopleOptions() {}

    /**
     * Makes sure that one of the two is given.
     *
     * @return true for a file
     * @throws CommandException if neither or both are given
     */
    boolean isFile() {
        if (file.isGiven() == person.isGiven()) {
            throw CommandException.badInput("say --data FILE, or --age, --sex and --marker of one person");
        }
        return file.isGiven();
    }

    /** The people in the file, or the one person. */
    Cohort read() {
        return isFile() ? file.read() : person.person();
    }
}
