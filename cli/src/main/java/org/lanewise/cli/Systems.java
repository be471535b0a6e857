package org.lanewise.cli;

import java.util.List;

import org.lanewise.cli.boost.BoostCommand;
import org.lanewise.cli.henaw.HenawCommand;
import org.lanewise.cli.linear.LinearCommand;
import org.lanewise.cli.mheight.MHeightCommand;

/**
 * The systems this program offers.
 */
public final class Systems {
    private Systems() {}

    /**
     * All systems, in the order in which they are listed.
     *
     * @return new instances of their command groups
     */
    public static List<SystemCommands> all() {
        return List.of(new HenawCommand(), new MHeightCommand(), new LinearCommand(), new BoostCommand());
    }
}
