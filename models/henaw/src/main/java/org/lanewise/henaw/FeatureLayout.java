package org.lanewise.henaw;

/**
 * Where the parts of a network's input row are: {@code [z | weights | context | interactions | skip]}.
 *
 * @param markers p, the number of markers: standardised values, then adaptive weights
 * @param context age (when used) and sex
 * @param skip    columns of the linear path
 */
record FeatureLayout(int markers, int context, int skip) {
    static final int INTERACTIONS = 3;

    int z() {
        return 0;
    }

    int weights() {
        return markers;
    }

    int contextAt() {
        return 2 * markers;
    }

    int interactions() {
        return contextAt() + context;
    }

    int skipAt() {
        return interactions() + INTERACTIONS;
    }

    int width() {
        return skipAt() + skip;
    }
}
