package org.lanewise.cli;

import java.util.List;

import org.lanewise.cli.demo.Demo;

/**
 * What a system adds to the command line: a group of verbs and a demonstration. Implementations carry picocli's
 * {@code @Command} with the group's name and description, and are listed in {@link Systems}.
 */
public interface SystemCommands extends Runnable {
    /**
     * The word behind {@code lanewise}.
     *
     * @return for example {@code henaw}
     */
    String name();

    /**
     * New instances of the verbs' commands.
     *
     * @return objects with picocli's {@code @Command}
     */
    List<Object> verbs();

    /**
     * What {@code lanewise demo} shows of this system.
     *
     * @return the demonstration
     */
    Demo demo();
}
