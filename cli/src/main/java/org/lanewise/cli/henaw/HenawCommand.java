package org.lanewise.cli.henaw;

import java.util.List;

import org.lanewise.cli.SystemCommands;
import org.lanewise.cli.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lanewise henaw}: biological age and mortality from routine blood markers.
 */
@Command(name = HenawCommand.NAME, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = "Biological age and ten-year mortality from routine blood markers, with intervals and explanations.")
public final class HenawCommand implements SystemCommands {
    static final String NAME = "henaw";

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public HenawCommand() {}

    @Override
    public String name() { return NAME; }

    @Override
    public List<Object> verbs() {
        return List.of(new SynthCommand(), new PrepareCommand(), new TrainCommand(), new EvalCommand(),
                new PredictCommand(),
                new ExplainCommand(), new ReportCommand(), new BenchCommand());
    }

    @Override
    public Demo demo() { return new HenawDemo(); }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
