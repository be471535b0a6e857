package org.lanewise.cli.mheight;

import java.util.List;

import org.lanewise.cli.SystemCommands;
import org.lanewise.cli.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lanewise mheight}: the m-height of analog codes.
 */
@Command(name = MHeightCommand.NAME, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = "The m-height of analog error-correcting codes: exact values, codes of small height, and networks that learn it.")
public final class MHeightCommand implements SystemCommands {
    static final String NAME = "mheight";

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public MHeightCommand() {}

    @Override
    public String name() { return NAME; }

    @Override
    public List<Object> verbs() {
        return List.of(new ExactCommand(), new SynthCommand(), new SearchCommand(), new TrainCommand(),
                new EvalCommand(), new ControlsCommand(),
                new PredictCommand());
    }

    @Override
    public Demo demo() { return new MHeightDemo(); }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
