package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight synth}: writes random codes with their exact heights.
 */
@Command(name = "synth", description = "Writes random codes with their exact heights as CSV, group after group; infinite heights are left out.")
public final class SynthCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private GroupOptions groups;

    @Option(names = "--codes", paramLabel = "LAW", defaultValue = "d1", description = "d1: entries uniform in [-100, 100); d2: whole numbers on the scales of the course's data (default: ${DEFAULT-VALUE}).")
    private CodeLaw law;

    @Option(names = "--count", paramLabel = "N", defaultValue = "12000", description = "Codes of each group (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "runs/mheight/synthetic.csv", description = "The file; packed if it ends in .gz (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** For picocli. */
    public SynthCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (count < 1) throw CommandException.badInput("--count " + count + ": expected 1 or more");
        var wanted = groups.groups();
        OutputFile.check("--out", out);
        long rows = CodeWriter.write(out, law, wanted, count, seed);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", out.toString());
        summary.put("rows", rows);
        summary.put("groups", wanted.size());
        summary.put("codes", law.name());
        summary.put("seed", seed);
        console.print("wrote " + Quantity.count(rows) + " codes of " + wanted.size() + " groups to " + out);
        console.json(summary);
        return ExitCode.OK;
    }
}
