package org.lanewise.boosting;

/** The test of a level of an oblivious tree; mutable. */
final class LevelTest {
    /** In what order the cuts of a feature are counted. */
    enum Kind {
        /** From the highest bin down, missing values on the left. */
        DOWN,
        /** From the lowest bin up, missing values on the right. */
        UP,
        /** Category against all others; the cut is its bin. */
        CATEGORY
    }

    /** -1: none found. */
    int feature = -1;
    Kind kind;
    int cut;
    /** Over all leaves; more than 0 if found. */
    double gain;

    boolean found() {
        return feature >= 0;
    }

    void offer(int otherFeature, Kind otherKind, int otherCut, double otherGain) {
        if (otherGain > gain) {
            feature = otherFeature;
            kind = otherKind;
            cut = otherCut;
            gain = otherGain;
        }
    }
}
