package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lanewise.cli.CommandException;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortFormat;
import org.lanewise.henaw.data.CohortReader;
import picocli.CommandLine.Option;

/**
 * Options that name a file of people, as a picocli mixin.
 */
public final class CohortOptions {
    @Option(names = "--data", paramLabel = "FILE", description = "People as CSV, plain or gzip.")
    private Path data;

    @Option(names = "--format", paramLabel = "NAME", defaultValue = "canonical", description = "How the columns are named: nhanes, ukb or canonical (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(names = "--unit", paramLabel = "MARKER=UNIT", description = "Unit of a marker's column, such as hba1c=%%; repeatable. Otherwise it is found by the median.")
    private List<String> units = new ArrayList<>();

    @Option(names = "--censoring-date", paramLabel = "DAY", description = "UK Biobank: until when deaths were recorded, yyyy-mm-dd (default: the last death).")
    private String censoring;

    /** For picocli. */
    public CohortOptions() {}

    /**
     * Whether a file is named.
     *
     * @return true with {@code --data}
     */
    boolean isGiven() { return data != null; }

    /**
     * Reads the file.
     *
     * @return the people
     * @throws CommandException if none is named
     * @throws org.lanewise.tabular.BadInputException if it is wrong
     */
    Cohort read() {
        if (data == null) throw CommandException.badInput("--data FILE is missing");
        CohortReader reader = CohortReader.of(CohortFormat.named(format)).units(units);
        return (censoring == null ? reader : reader.censoredAt(censoring)).read(data);
    }
}
