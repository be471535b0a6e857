package org.lanewise.linear;

import java.util.Arrays;

/**
 * Columns that should enter or leave a model together, by c |b_g|_2. Groups may overlap; the penalty is then on b itself, so a column is
 * dropped as soon as one of its groups is, and zeros are unions of groups. To have a column kept as long as any of its groups is (the
 * latent group lasso), give it once for each group.
 *
 * @param weight
 *            multiplies the penalty of the group
 * @param columns
 *            counted from 0
 */
public record GroupPenalty(double weight, int... columns) {
    public GroupPenalty {
        columns = columns.clone();
        if (columns.length == 0 || Arrays.stream(columns).distinct().count() != columns.length
                || Arrays.stream(columns).anyMatch(j -> j < 0) || !(weight >= 0)) {
            throw new IllegalArgumentException("group of " + Arrays.toString(columns) + " with weight " + weight);
        }
    }

    /** With weight sqrt(size), so that large groups are not favoured. */
    public static GroupPenalty of(int... columns) {
        return new GroupPenalty(Math.sqrt(columns.length), columns);
    }

    @Override
    public int[] columns() {
        return columns.clone();
    }
}
