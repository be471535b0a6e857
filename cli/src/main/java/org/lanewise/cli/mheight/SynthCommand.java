package org.lanewise.cli.mheight;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Interruption;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeWriter;
import org.lanewise.mheight.data.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight synth}: writes random codes with their exact heights, a file of them or an endless stream.
 */
@Command(name = "synth", description = "Writes random codes with their exact heights as CSV, group after group, or without end to standard output; infinite heights are left out.")
public final class SynthCommand extends WorkCommand {
    private static final int COUNT = 12_000;
    private static final Path OUT = Path.of("runs", MHeightCommand.NAME, "synthetic.csv");
    /** Where standard output can be looked at, if anywhere. */
    private static final Path STDOUT = Path.of("/dev/stdout");

    @Mixin
    private CommonOptions options;

    @Mixin
    private GroupOptions groups;

    @Option(names = "--codes", paramLabel = "LAW", defaultValue = "d1", description = "d1: entries uniform in [-100, 100); d2: whole numbers on the scales of the course's data (default: ${DEFAULT-VALUE}).")
    private CodeLaw law;

    @Option(names = "--count", paramLabel = "N", description = "Codes of each group (default: " + COUNT + ").")
    private Integer count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "The file; packed if it ends in .gz (default: runs/mheight/synthetic.csv).")
    private Path out;

    @Option(names = "--endless", description = "Write to standard output until the reader goes away: each code in turn with the heights of all groups, and its number in a column 'code'. A group's codes are those of its file.")
    private boolean endless;

    @Option(names = "--from", paramLabel = "N", description = "With --endless: the number of the first code (default: 0). One more than the last code read continues a stream.")
    private Long from;

    /** For picocli. */
    public SynthCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        List<Group> wanted = groups.groups();
        return endless ? stream(wanted, console) : file(wanted, console);
    }

    private int file(List<Group> wanted, Console console) {
        if (from != null) throw CommandException.badInput("--from needs --endless: a file begins with code 0");
        int each = count == null ? COUNT : count;
        if (each < 1) throw CommandException.badInput("--count " + each + ": expected 1 or more");
        Path target = out == null ? OUT : out;
        OutputFile.check("--out", target);
        long rows = CodeWriter.write(target, law, wanted, each, seed);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", target.toString());
        summary.put("rows", rows);
        summary.put("groups", wanted.size());
        summary.put("codes", law.name());
        summary.put("seed", seed);
        console.print("wrote " + Quantity.count(rows) + " codes of " + wanted.size() + " groups to " + target);
        console.json(summary);
        return ExitCode.OK;
    }

    private int stream(List<Group> wanted, Console console) {
        if (count != null) throw CommandException.badInput("--endless has no --count: end it by | head");
        if (out != null) throw CommandException.badInput("--endless writes to standard output, not to --out " + out);
        if (options.json())
            throw CommandException.badInput("--endless writes CSV to standard output: leave out --json");
        if (from != null && from < 0) throw CommandException.badInput("--from " + from + ": expected 0 or more");
        StandardOutput stdout = new StandardOutput(System.out);
        try (Interruption interruption = Interruption.watch(null);
                Progress progress = console.progress("streaming", 0, "rows")) {
            CodeWriter.stream(stdout, law, wanted, seed, from == null ? 0 : from, interruption, progress::update);
        } catch (UncheckedIOException e) {
            if (!stdout.broken) throw e;
            // a reader that has enough is how streams end; a full disk is not
            if (Files.isRegularFile(STDOUT)) throw CommandException.failed("cannot write to standard output", e);
        }
        return ExitCode.OK;
    }

    /** A print stream only remembers that it has failed; this one says so. */
    private static final class StandardOutput extends OutputStream {
        private final PrintStream out;
        private boolean broken;

        StandardOutput(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            broken = out.checkError();
            if (broken) throw new IOException("standard output is closed");
        }

        @Override
        public void flush() {
            out.flush();
        }
    }
}
