package org.lanewise.henaw.features;

/**
 * Where the parts of a network's input row are: {@code [weights | z | context | interactions | skip]}.
 *
 * @param markers p, the number of markers: adaptive weights, then standardised values
 * @param context age (when used) and sex
 * @param skip    columns of the linear path
 */
public record FeatureLayout(int markers, int context, int skip) {
    /** Number of interaction columns. */
    public static final int INTERACTIONS = 3;

    /** First column of the adaptive weights. */
    public int weights() {
        return 0;
    }

    /** First column of the standardised values. */
    public int z() {
        return markers;
    }

    /** First column of the context. */
    public int contextAt() {
        return 2 * markers;
    }

    /** First column of the interactions. */
    public int interactions() {
        return contextAt() + context;
    }

    /** First column of the linear path. */
    public int skipAt() {
        return interactions() + INTERACTIONS;
    }

    /** Columns in all. */
    public int width() {
        return skipAt() + skip;
    }
}
