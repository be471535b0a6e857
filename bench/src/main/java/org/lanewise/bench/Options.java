package org.lanewise.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.lanewise.tabular.BadInputException;

/** A command line of words and {@code name=value}. */
final class Options {
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    /**
     * @param names that may stand before {@code =}
     * @throws IllegalArgumentException if another does, or one twice
     */
    static Options of(String[] args, String... names) {
        Options options = new Options();
        for (String arg : args) {
            int at = arg.indexOf('=');
            if (at < 0) {
                options.words.add(arg);
            } else if (!Set.of(names).contains(arg.substring(0, at))) {
                throw new IllegalArgumentException(
                        "no option " + arg + "; there are " + String.join(", ", new TreeSet<>(Set.of(names))));
            } else if (options.values.put(arg.substring(0, at), arg.substring(at + 1)) != null) {
                throw new IllegalArgumentException("option given twice: " + arg);
            }
        }
        return options;
    }

    /** What stands without {@code =}, in order. */
    List<String> words() {
        return List.copyOf(words);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** What stands between commas; empty for nothing and for "none". */
    List<String> list(String name, String otherwise) {
        String value = text(name, otherwise);
        return value.isEmpty() || value.equals("none") ? List.of() : List.of(value.split(","));
    }

    int number(String name, int otherwise) {
        return (int) real(name, otherwise, true);
    }

    double real(String name, double otherwise) {
        return real(name, otherwise, false);
    }

    private double real(String name, double otherwise, boolean whole) {
        String value = values.get(name);
        if (value == null) return otherwise;
        try {
            return whole ? Integer.parseInt(value) : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is not a " + (whole ? "whole number" : "number"), e);
        }
    }

    /** Runs a program: bad arguments and bad data get a line and exit status 2. */
    static void run(Callable<?> program) throws Exception {
        try {
            program.call();
        } catch (IllegalArgumentException | BadInputException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
