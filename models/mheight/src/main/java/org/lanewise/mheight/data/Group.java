package org.lanewise.mheight.data;

import java.util.List;

import org.lanewise.mheight.exact.CodeShape;

/**
 * Codes of one length and dimension, and one height of them. What makes a group hard is neither k nor m but
 * {@link #codimension a = n - k - m + 1}: h_m is large only if n - m columns of G nearly lie in a space of a dimensions fewer, so for
 * continuous entries {@code Prob(h_m > x) ~ x^-a}. For a = 1 the height has no mean, for a = 2 no variance.
 */
public record Group(int n, int k, int m) {
    /** The nine groups of the published network. */
    public static final List<Group> PUBLISHED = List.of(new Group(9, 4, 2), new Group(9, 4, 3), new Group(9, 4, 4),
            new Group(9, 4, 5), new Group(9, 5, 2), new Group(9, 5, 3), new Group(9, 5, 4), new Group(9, 6, 2),
            new Group(9, 6, 3));

    /**
     * @throws IllegalArgumentException if there is no such height
     */
    public Group {
        if (!new CodeShape(n, k).hasHeight(m))
            throw new IllegalArgumentException(
                    "m = " + m + " with n = " + n + ", k = " + k + "; it must be 1 to n - k");
    }

    public CodeShape shape() {
        return new CodeShape(n, k);
    }

    /** The exponent a of the tail law. */
    public int codimension() {
        return n - k - m + 1;
    }

    /** Such as {@code (4,2)}: k and m. */
    @Override
    public String toString() {
        return "(" + k + "," + m + ")";
    }
}
