package org.lanewise.boosting;

/** In what order a tree's leaves are split. */
public enum Growth {
    /** Always the leaf that gains most, as LightGBM. */
    LEAF_WISE,
    /** Level after level, the leaf that gains most first when leaves run short, as XGBoost. */
    DEPTH_WISE
}
