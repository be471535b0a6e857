package org.lanewise.cli.mheight;

import java.util.regex.Pattern;

import org.lanewise.cli.CommandException;
import org.lanewise.mheight.exact.CodeShape;
import picocli.CommandLine.Option;

/**
 * Options that describe one code, as a picocli mixin.
 */
public final class CodeOptions {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    @Option(names = "--p", paramLabel = "NUMBERS", description = "Instead of --in: P of one code, row by row, with blanks or commas between the numbers. "
            + "With ';' between the rows --n and --k need not be given.")
    private String p;

    @Option(names = {"--n", "-n"}, paramLabel = "N", description = "Of this code: its length.")
    private Integer n;

    @Option(names = {"--k", "-k"}, paramLabel = "K", description = "Of this code: its dimension, the rows of P.")
    private Integer k;

    @Option(names = {"--m", "-m"}, paramLabel = "M", description = "The height wanted (default: all).")
    private Integer m;

    /** For picocli. */
    public CodeOptions() {}

    /** Whether a code is described. */
    boolean isGiven() { return p != null || n != null || k != null || m != null; }

    /** Length and dimension. */
    CodeShape shape() {
        if (p == null) throw CommandException.badInput("--p is missing: which code?");
        String[] rows = p.strip().split(";", -1);
        if (rows.length > 1 && rows[rows.length - 1].isBlank()) rows = java.util.Arrays.copyOf(rows, rows.length - 1);
        if (rows.length == 1 && (n == null || k == null))
            throw CommandException.badInput("--n and --k are missing (or ';' between the rows of --p)");
        if (rows.length > 1) {
            int columns = numbers(rows[0]).length;
            for (int i = 1; i < rows.length; i++)
                if (numbers(rows[i]).length != columns)
                    throw CommandException.badInput("--p: row " + (i + 1) + " has " + numbers(rows[i]).length
                            + " numbers, the first has " + columns);
            if (k != null && k != rows.length)
                throw CommandException.badInput("--p has " + rows.length + " rows, --k is " + k);
            if (n != null && n != rows.length + columns)
                throw CommandException.badInput("--p has " + rows.length + " rows and " + columns
                        + " columns, so the length is " + (rows.length + columns) + "; --n is " + n);
            return shape(rows.length + columns, rows.length);
        }
        return shape(n, k);
    }

    private static CodeShape shape(int n, int k) {
        if (n < 2 || n > CodeShape.LONGEST)
            throw CommandException.badInput("--n " + n + ": must be 2 to " + CodeShape.LONGEST);
        if (k < 1 || k >= n)
            throw CommandException.badInput("--k " + k + ": must be 1 to n - 1, which is " + (n - 1));
        return new CodeShape(n, k);
    }

    /** The entries of P. */
    double[] entries(CodeShape shape) {
        double[] entries = numbers(p);
        if (entries.length != shape.entries())
            throw CommandException.badInput("--p has " + entries.length + " numbers; a code of " + shape + " has "
                    + shape.entries());
        return entries;
    }

    /** The height wanted, or null for all. */
    Integer height(CodeShape shape) {
        if (m != null && !shape.hasHeight(m))
            throw CommandException.badInput("--m " + m + ": must be 1 to n - k, which is " + shape.parity());
        return m;
    }

    private static double[] numbers(String text) {
        if (text.isBlank()) return new double[0];
        String[] words = BETWEEN.split(text.strip());
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            if (!NUMBER.matcher(words[i]).matches())
                throw CommandException.badInput("--p: '" + words[i] + "' is not a number");
            numbers[i] = Double.parseDouble(words[i]);
            if (Double.isInfinite(numbers[i]))
                throw CommandException.badInput("--p: '" + words[i] + "' is too large");
        }
        return numbers;
    }
}
