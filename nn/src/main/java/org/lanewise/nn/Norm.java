package org.lanewise.nn;

/** The choice of a normalisation, for blocks that offer one. */
public enum Norm {
    NONE,
    /** {@link LayerNorm}: each row by itself. */
    LAYER,
    /** {@link BatchNorm1d}: each feature over the batch. */
    BATCH;

    /** A new module for {@code width} features; null for {@link #NONE}. */
    UnaryModule module(int width) {
        return switch (this) {
            case NONE -> null;
            case LAYER -> new LayerNorm(width);
            case BATCH -> new BatchNorm1d(width);
        };
    }
}
