package org.lanewise.linear;

/** Coordinate descent for the quadratic problems of {@link GlmPath}, whose weights change from step to step. */
interface Reweighted {
    /** Changes the weights; {@link CoordinateDescent#load} must follow. */
    void reweight(double[] h);

    /** What the intercept has grown by since {@link CoordinateDescent#load}. */
    double interceptStep();

    /** Whether the weights in use are h, or differ from it by so little that {@link #reweight} is not worth its while. */
    boolean near(double[] h);
}
