package org.lanewise.boosting;

/**
 * Dropout of trees (Rashmi and Gilad-Bachrach 2015), for {@link BoostingParams.Mode#DART}.
 *
 * @param rate    chance of each earlier tree to be dropped
 * @param skip    chance that a round drops nothing
 * @param maxDrop most trees dropped in a round
 */
public record Dart(double rate, double skip, int maxDrop) {
    public Dart {
        if (!(rate >= 0 && rate <= 1)) throw new IllegalArgumentException("dart.rate must be in [0, 1]: " + rate);
        if (!(skip >= 0 && skip <= 1)) throw new IllegalArgumentException("dart.skip must be in [0, 1]: " + skip);
        if (maxDrop < 1) throw new IllegalArgumentException("dart.maxDrop must be at least 1: " + maxDrop);
    }

    /** As LightGBM: .1, .5, 50. */
    public static Dart defaults() {
        return new Dart(0.1, 0.5, 50);
    }
}
