package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.Provenance;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.MHeightEvaluator;
import org.lanewise.mheight.MHeightModel;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.LabelledFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight eval}: measures a model on fresh codes.
 */
@Command(name = "eval", aliases = "report", description = "Measures a model on fresh codes or on a file of codes, with exact heights, and writes a page about it.")
public final class EvalCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Option(names = "--codes", paramLabel = "LAW", defaultValue = "d1", description = "d1: uniform reals; d2: whole numbers on the scales of the course's data (default: ${DEFAULT-VALUE}).")
    private CodeLaw law;

    @Option(names = "--in", paramLabel = "FILE", description = "Instead of fresh codes: a file of them, as for mheight exact. Heights are computed; a column of them is not looked at.")
    private Path in;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10000", description = "Codes for each k (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of the codes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/mheight/eval", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** The settings, as kept in config.json. */
    private record Settings(String model, CodeLaw codes, String in, int count, long seed) {}

    /** For picocli. */
    public EvalCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (count < 100) throw CommandException.badInput("--count " + count + ": expected 100 or more");
        try (RunDirectory run = RunDirectory.open(out)) {
            MHeightModel loaded = model.load();
            Provenance provenance = Provenance.of("mheight eval").with("seed", seed).with("model", model.path());
            run.begin(new Settings(model.path().toString(), law, in == null ? "" : in.toString(), count, seed),
                    provenance, false);
            MHeightEvaluator evaluator = new MHeightEvaluator(loaded);
            MHeightEvaluation result = in == null
                    ? evaluator.evaluate(law, count, seed)
                    : evaluator.evaluate(LabelledFile.read(in));
            EvalReport report = new EvalReport(loaded, result);
            console.print(report.text());
            run.writeMetrics(result.tree());
            Path page = run.writeReport(report.page(Map.of(), provenance));
            run.finish();
            console.print("report: " + page.toAbsolutePath().normalize());
            console.json(result.tree());
        }
        return ExitCode.OK;
    }
}
