package org.lanewise.boosting;

/** In what order a tree's leaves are split. */
public enum Growth {
    /** Always the leaf that gains most, as LightGBM. */
    LEAF_WISE,
    /** Level after level, the leaf that gains most first when leaves run short, as XGBoost. */
    DEPTH_WISE,
    /**
     * Level after level, all leaves of a level by one test: the one that gains most over all of them together, as CatBoost's
     * symmetric trees. {@link BoostingParams#maxDepth} tests (6 if it has no limit) decide the size, {@link BoostingParams#leaves}
     * does not. A leaf that the test would leave with too few rows on a side passes the level by; categories are tested one
     * against all others.
     */
    OBLIVIOUS
}
