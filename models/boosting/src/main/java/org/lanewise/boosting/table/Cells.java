package org.lanewise.boosting.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lanewise.tabular.BadInputException;

/** The bound on what one array can hold. */
public final class Cells {
    private Cells() {}

    /**
     * Makes sure that an array of this shape can be.
     *
     * @throws BadInputException if it has 2^31 cells or more
     */
    public static void check(String what, long... shape) {
        double cells = 1;
        for (long n : shape) cells *= n;
        if (cells <= Integer.MAX_VALUE) return;
        throw new BadInputException(String.format(Locale.ROOT, "%s: %s are %.3g cells, more than the 2^31 - 1 that one "
                + "array holds; use fewer rows at a time", what,
                Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" x ")), cells));
    }
}
