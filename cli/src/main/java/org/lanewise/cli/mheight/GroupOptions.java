package org.lanewise.cli.mheight;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.lanewise.cli.CommandException;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.exact.CodeShape;
import picocli.CommandLine.Option;

/**
 * Which groups of codes, as a picocli mixin.
 */
public final class GroupOptions {
    private static final Pattern KM = Pattern.compile("([0-9]+)(?:[:x]([0-9]+))?");

    @Option(names = "--n", paramLabel = "N", defaultValue = "9", description = "Length of the codes (default: ${DEFAULT-VALUE}).")
    private int n;

    @Option(names = "--groups", paramLabel = "K:M", split = ",", description = "Dimension and height of each group, such as 4:2,5:3; a dimension alone stands for all its heights (default: the nine published ones of length 9).")
    private List<String> groups = new ArrayList<>();

    /** For picocli. */
    public GroupOptions() {}

    /** The groups asked for. */
    List<Group> groups() {
        if (n < 2 || n > CodeShape.LONGEST)
            throw CommandException.badInput("--n " + n + ": must be 2 to " + CodeShape.LONGEST);
        if (groups.isEmpty()) {
            if (n != 9) throw CommandException.badInput("--groups is missing: the published ones have length 9");
            return Group.PUBLISHED;
        }
        return groups.stream().flatMap(this::groups).distinct().toList();
    }

    private Stream<Group> groups(String text) {
        Matcher parts = KM.matcher(text.strip());
        if (!parts.matches()) throw CommandException.badInput("--groups " + text + ": expected K:M, such as 4:2, or K");
        try {
            int k = Integer.parseInt(parts.group(1));
            return parts.group(2) != null
                    ? Stream.of(new Group(n, k, Integer.parseInt(parts.group(2))))
                    : IntStream.rangeClosed(1, new CodeShape(n, k).parity()).mapToObj(m -> new Group(n, k, m));
        } catch (IllegalArgumentException e) {
            throw CommandException.badInput("--groups " + text + ": " + e.getMessage(), e);
        }
    }
}
