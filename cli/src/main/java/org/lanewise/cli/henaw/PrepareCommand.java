package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.CohortWriter;
import org.lanewise.tabular.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw prepare}: reads a file in any format, shows what is in it, and writes it as canonical CSV, split if asked.
 */
@Command(name = "prepare", description = "Turns a file into canonical CSV, split into parts if asked, and shows what is in it.")
public final class PrepareCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private CohortOptions cohort;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/henaw/prepared", description = "Where people.csv or train.csv, validation.csv and test.csv go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--split", paramLabel = "A,B,C", split = ",", description = "Shares of people for training, validation and test, such as 0.6,0.2,0.2.")
    private double[] split;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed of the split (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** For picocli. */
    public PrepareCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (split != null && (split.length != 3 || Arrays.stream(split).anyMatch(share -> !(share >= 0))
                || Math.abs(Arrays.stream(split).sum() - 1) > 1e-9)) {
            throw CommandException
                    .badInput("--split " + Arrays.toString(split) + ": expected three shares that sum to 1");
        }
        OutputFile.checkFolder("--out " + out, out);
        Cohort people = cohort.read();
        Map<String, Object> files = new LinkedHashMap<>();
        parts(people).forEach((name, part) -> {
            Path file = out.resolve(name + ".csv");
            CohortWriter.write(file, part);
            files.put(file.toString(), part.size());
        });
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("people", people.size());
        summary.put("followed", IntStream.range(0, people.size()).filter(people::hasOutcome).count());
        summary.put("files", files);
        console.print(TrainReport.contents(people).toText());
        files.forEach((file, size) -> console.print("wrote " + size + " people to " + file));
        console.json(summary);
        return ExitCode.OK;
    }

    private Map<String, Cohort> parts(Cohort people) {
        if (split == null) return Map.of("people", people);
        List<int[]> rows = Split.shuffled(people.size(), seed, split);
        Map<String, Cohort> parts = new LinkedHashMap<>();
        parts.put("train", people.select(rows.get(0)));
        parts.put("validation", people.select(rows.get(1)));
        parts.put("test", people.select(rows.get(2)));
        return parts;
    }
}
