package org.lanewise.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/**
 * Run once by the launcher after a build: loads the classes that most commands need, so that the JVM can put them into
 * the class-data archive it starts from later.
 */
@Command(name = WarmUpCommand.NAME, hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    static final String NAME = "warm-up";

    WarmUpCommand() {}

    @Override
    public Integer call() {
        LanewiseCommand.run("--help");
        LanewiseCommand.run("doctor", "--no-test");
        LanewiseCommand.run("--no-such-option");
        for (SystemCommands system : Systems.all()) {
            LanewiseCommand.run(system.name(), "--help");
            for (Object verb : system.verbs()) {
                LanewiseCommand.run(system.name(), verb.getClass().getAnnotation(Command.class).name(), "--help");
            }
        }
        return ExitCode.OK;
    }
}
