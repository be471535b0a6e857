package org.lanewise.cli.boost;

import java.util.List;

import org.lanewise.cli.SystemCommands;
import org.lanewise.cli.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lanewise boost}: gradient-boosted trees on any table.
 */
@Command(name = BoostCommand.NAME, mixinStandardHelpOptions = true, synopsisSubcommandLabel = "VERB", description = "Gradient-boosted trees on any CSV or Parquet file; models of LightGBM and XGBoost in and out.")
public final class BoostCommand implements SystemCommands {
    static final String NAME = "boost";

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public BoostCommand() {}

    @Override
    public String name() { return NAME; }

    @Override
    public List<Object> verbs() {
        return List.of(new TrainCommand(), new EvalCommand(), new PredictCommand(), new ExplainCommand(),
                new ConvertCommand());
    }

    @Override
    public Demo demo() { return new BoostDemo(); }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
