package org.lanewise.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import org.lanewise.cli.demo.DemoCommand;
import org.lanewise.cli.doctor.DoctorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code lanewise}: the commands every system has in common, and one group of verbs per system.
 */
@Command(name = "lanewise", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = "Trains, evaluates and applies the systems built on the Lanewise engine.", footer = {
        "", "Start with `lanewise demo`; `lanewise <system> --help` lists a system's verbs.",
        "Exit codes: 0 done, 1 failed, 2 bad usage or bad input, 130 interrupted (resumable)."})
public final class LanewiseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    LanewiseCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return ExitCode.OK;
    }

    /**
     * Runs one command line. Never throws and never exits.
     *
     * @param args the arguments behind {@code lanewise}
     * @return the exit code
     */
    public static int run(String... args) {
        boolean debug = Arrays.asList(args).contains("--debug");
        try {
            return commandLine(args).setParameterExceptionHandler((e, rejected) -> badUsage(e, debug))
                    .setExecutionExceptionHandler((e, line, parsed) -> Failure.of(e).print(System.err, debug))
                    .execute(args);
        } catch (Throwable e) { // OutOfMemoryError and its like: picocli passes only exceptions to the handlers
            return Failure.of(e).print(System.err, debug);
        }
    }

    /**
     * The parser with the commands this line needs: a system's verbs are built only when the system is named, which
     * keeps {@code --help} quick.
     */
    static CommandLine commandLine(String... args) {
        CommandLine root = new CommandLine(new LanewiseCommand());
        root.addSubcommand(new DemoCommand());
        root.addSubcommand(new DoctorCommand());
        List<String> words = Arrays.asList(args);
        for (SystemCommands system : Systems.all()) {
            CommandLine group = new CommandLine(system);
            if (words.contains(system.name())) system.verbs().forEach(group::addSubcommand);
            root.addSubcommand(system.name(), group);
        }
        if (words.contains(WarmUpCommand.NAME)) root.addSubcommand(new WarmUpCommand());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpWidth(100);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        return root;
    }

    private static int badUsage(ParameterException e, boolean debug) {
        CommandLine command = e.getCommandLine();
        StringBuilder line = new StringBuilder(e.getMessage().lines().findFirst().orElse("wrong usage"));
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            line = new StringBuilder(word.startsWith("-") ? "unknown option " : "unknown command or argument ")
                    .append('\'').append(word).append('\'');
            String nearest = Nearest.to(word, knownWords(command, word.startsWith("-")));
            if (nearest != null) line.append("; did you mean '").append(nearest).append("'?");
        }
        line.append(" (see `").append(command.getCommandSpec().qualifiedName()).append(" --help`)");
        return new Failure(ExitCode.BAD_INPUT, line.toString(), e).print(System.err, debug);
    }

    private static List<String> knownWords(CommandLine command, boolean options) {
        if (!options) return List.copyOf(command.getSubcommands().keySet());
        List<String> names = new ArrayList<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
