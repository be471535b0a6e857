package org.lanewise.mheight.training;

import org.lanewise.mheight.data.Group;

/** The published grading of the nine groups. */
public enum Tier {
    EASY, MEDIUM, HARD;

    /** (4,2), (4,3), (5,2) are easy; (4,4), (5,3), (6,2) medium; the others hard: exactly by the exponent of the tail. */
    public static Tier of(Group group) {
        return switch (group.codimension()) {
            case 1 -> HARD;
            case 2 -> MEDIUM;
            default -> EASY;
        };
    }

    /** The published weight of a group's rows: 1, 1.5, 2 for (6,2), 3, 5 for (4,5). */
    static float weight(Group group) {
        return switch (of(group)) {
            case EASY -> 1;
            case MEDIUM -> group.k() == 6 ? 2 : 1.5f;
            case HARD -> group.k() == 4 ? 5 : 3;
        };
    }
}
