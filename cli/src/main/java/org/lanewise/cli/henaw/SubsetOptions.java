package org.lanewise.cli.henaw;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.Split;
import picocli.CommandLine.Option;

/**
 * Options that say which markers and which people a model is trained on, as a picocli mixin.
 */
public final class SubsetOptions {
    private static final Pattern AGES = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*-\\s*(\\d+(?:\\.\\d+)?)\\s*");

    @Option(names = "--markers", paramLabel = "SET", description = "7, 9, 22, or names separated by commas "
            + "(default: those of the nine that half of the people have).")
    private String markers;

    @Option(names = "--ages", paramLabel = "FROM-TO", description = "Ages the age model is trained on, such as 40-70 "
            + "(default: 18-79); mortality takes everybody from the lower one on.")
    private String ages;

    @Option(names = "--holdout", paramLabel = "SHARE", description = "Share of the people, drawn by --seed, that is kept out "
            + "of everything and measured on at the end; results in holdout/.")
    private Double holdout;

    /** For picocli. */
    public SubsetOptions() {}

    /**
     * The people to train on, and those kept out.
     *
     * @param training everything the training may see
     * @param held     nobody else; null without {@code --holdout}
     */
    record Parts(Cohort training, Cohort held) {}

    /**
     * Puts the options into the settings.
     *
     * @throws CommandException if one is malformed
     */
    void applyTo(Settings<HenawConfig> settings) {
        settings.flag("--markers", "markers", markers == null ? null : names());
        if (ages == null) return;
        Matcher m = AGES.matcher(ages);
        if (!m.matches()) throw CommandException.badInput("--ages " + ages + ": expected FROM-TO, such as 40-70");
        settings.flag("--ages", "youngest", m.group(1)).flag("--ages", "oldest", m.group(2));
    }

    private List<String> names() {
        List<Marker> set = switch (markers.strip()) {
            case "7" -> Marker.SEVEN;
            case "9" -> Marker.NINE;
            case "22" -> Marker.TWENTY_TWO;
            default -> Arrays.stream(markers.split(",")).map(name -> Marker.named(name).orElseThrow(
                    () -> CommandException.badInput("--markers: no marker is called '" + name.strip() + "', there are "
                            + String.join(", ", Arrays.stream(Marker.values()).map(Marker::shortName).toList()))))
                    .toList();
        };
        return set.stream().map(Marker::shortName).toList();
    }

    /** Whether people are kept out. */
    boolean holdsOut() { return holdout != null; }

    /**
     * Divides the people; rows with the same identifier stay together.
     *
     * @throws CommandException if the share is not between 0 and 1
     */
    Parts split(Cohort people, long seed) {
        if (holdout == null) return new Parts(people, null);
        if (!(holdout > 0 && holdout < 1)) {
            throw CommandException.badInput("--holdout " + holdout + ": expected a share between 0 and 1");
        }
        String[] ids = IntStream.range(0, people.size()).mapToObj(people::id).toArray(String[]::new);
        List<int[]> parts = Split.grouped(ids, seed, 1 - holdout, holdout);
        return new Parts(people.select(parts.get(0)), people.select(parts.get(1)));
    }
}
