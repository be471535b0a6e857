package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw synth}: writes people who do not exist.
 */
@Command(name = "synth", description = "Writes synthetic people as canonical CSV.")
public final class SynthCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Option(names = {"--people",
            "-n"}, paramLabel = "N", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--recipe", paramLabel = "NAME", defaultValue = "repaired", description = "repaired: known truth, deaths that follow from the markers, two visits; "
            + "published: the published recipe, faults included (default: ${DEFAULT-VALUE}).")
    private Recipe recipe;

    @Option(names = "--diseases", description = "Also say who has cardiovascular disease, diabetes, cancer or dementia, by a known law.")
    private boolean diseases;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "runs/henaw/synthetic.csv", description = "The file; packed if it ends in .gz (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** For picocli. */
    public SynthCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        OutputFile.check("--out", out);
        Cohort cohort = recipe.generate(people, seed, diseases);
        CohortWriter.write(out, cohort);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", out.toString());
        summary.put("people", cohort.size());
        summary.put("recipe", recipe.name().toLowerCase(java.util.Locale.ROOT));
        summary.put("seed", seed);
        console.print("wrote " + cohort.size() + " people to " + out);
        console.json(summary);
        return ExitCode.OK;
    }
}
