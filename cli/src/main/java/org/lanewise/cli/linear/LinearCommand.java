package org.lanewise.cli.linear;

import java.util.List;
import org.lanewise.cli.SystemCommands;
import org.lanewise.cli.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lanewise linear}: elastic nets, from lasso to ridge, for numbers, classes, counts and survival.
 */
@Command(name = LinearCommand.NAME, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = "Elastic nets, from lasso to ridge: linear models of numbers, classes, counts and survival with few coefficients.")
public final class LinearCommand implements SystemCommands {
    static final String NAME = "linear";

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public LinearCommand() {}

    @Override
    public String name() { return NAME; }

    @Override
    public List<Object> verbs() {
        return List.of(new TrainCommand(), new PathCommand(), new CvCommand(), new EvalCommand(), new PredictCommand());
    }

    @Override
    public Demo demo() { return new LinearDemo(); }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
