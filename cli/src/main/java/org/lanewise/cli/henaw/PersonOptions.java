package org.lanewise.cli.henaw;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.Nearest;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.data.MarkerUnit;
import picocli.CommandLine.Option;

/**
 * Options that describe one person, as a picocli mixin.
 */
public final class PersonOptions {
    private static final Pattern VALUE = Pattern.compile("([-+]?[0-9]*\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\\s*(.*)");

    @Option(names = "--age", paramLabel = "YEARS", description = "Instead of --data: the age of one person.")
    private Double age;

    @Option(names = "--sex", paramLabel = "SEX", description = "Of this person: female or male.")
    private String sex;

    @Option(names = {"--marker",
            "-m"}, paramLabel = "NAME=VALUE", description = "A measurement, such as crp=2.1 or hba1c=5.6%%; repeatable. Without a unit the canonical one is meant.")
    private Map<String, String> markers = new LinkedHashMap<>();

    /** For picocli. */
    public PersonOptions() {}

    /** Whether somebody is described. */
    boolean isGiven() { return age != null || sex != null || !markers.isEmpty(); }

    /** A cohort of this one person. */
    Cohort person() {
        if (markers.isEmpty()) throw CommandException.badInput("--marker NAME=VALUE is missing: nothing was measured");
        double years = age == null ? Double.NaN : age;
        if (years < 0 || years > 130) throw CommandException.badInput("--age " + age + ": not an age in years");
        Cohort.Builder builder = Cohort.builder("the command line", 1).age(new double[] {years})
                .sex(new double[] {sex()});
        markers.forEach((name, value) -> {
            Marker marker = Marker.named(name).orElseThrow(() -> unknown(name));
            builder.marker(marker, new double[] {canonical(marker, value)});
        });
        return builder.build();
    }

    private double sex() {
        return switch (sex == null ? "" : sex.strip().toLowerCase(Locale.ROOT)) {
            case "" -> Double.NaN;
            case "f", "female", "w", "woman", "0" -> 0;
            case "m", "male", "man", "1" -> 1;
            default -> throw CommandException.badInput("--sex " + sex + ": expected female or male");
        };
    }

    private static double canonical(Marker marker, String text) {
        String option = "--marker " + marker.shortName() + "=" + text;
        Matcher parts = VALUE.matcher(text.strip());
        if (!parts.matches())
            throw CommandException.badInput(option + ": expected a number, with a unit if it is not "
                    + marker.canonicalUnit().name());
        MarkerUnit unit = parts.group(2).isEmpty()
                ? marker.canonicalUnit()
                : marker.unit(parts.group(2)).orElseThrow(() -> CommandException.badInput(option + ": known units are "
                        + String.join(", ", marker.units().stream().map(MarkerUnit::name).toList())));
        double value = unit.toCanonical(Double.parseDouble(parts.group(1)));
        if (!(value >= Math.max(0, marker.lowest()) && value <= marker.highest())) {
            throw CommandException.badInput(option + ": no " + marker.description() + " can be that in " + unit.name());
        }
        return value;
    }

    private static CommandException unknown(String name) {
        var known = java.util.Arrays.stream(Marker.values()).map(Marker::shortName).toList();
        String nearest = Nearest.to(name, known);
        return CommandException.badInput("--marker " + name + ": no marker is called so"
                + (nearest == null ? "" : "; did you mean '" + nearest + "'?") + " (known: " + String.join(", ", known)
                + ")");
    }
}
