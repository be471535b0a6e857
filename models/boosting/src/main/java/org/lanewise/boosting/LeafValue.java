package org.lanewise.boosting;

/**
 * The value of a leaf and what it is worth.
 *
 * <p>With gradient sum G, hessian sum H and soft threshold S(G) = sign(G) max(|G| - l1, 0), the value v = -S(G) / (H + l2)
 * minimises G v + (H + l2) v^2 / 2 + l1 |v|. A value that limits, smoothing or bounds have changed is worth
 * -(2 S(G) v + (H + l2) v^2), which for the best v is S(G)^2 / (H + l2).
 */
record LeafValue(double l1, double maxDeltaStep, double pathSmooth) {
    static LeafValue of(BoostingParams p) {
        return new LeafValue(p.l1(), p.maxDeltaStep(), p.pathSmooth());
    }

    /** Whether the worth of a leaf is simply G^2 / (H + l2). */
    boolean plain() {
        return l1 == 0 && maxDeltaStep == 0 && pathSmooth == 0;
    }

    double soft(double g) {
        return l1 == 0 ? g : Math.signum(g) * Math.max(0, Math.abs(g) - l1);
    }

    /** The value of a leaf of {@code rows} rows under a parent of value {@code above}. */
    double value(double g, double h, double l2, double rows, double above) {
        double denominator = h + l2;
        if (!(denominator > 0)) return 0;
        double v = -soft(g) / denominator;
        if (maxDeltaStep > 0 && Math.abs(v) > maxDeltaStep) v = Math.signum(v) * maxDeltaStep;
        if (pathSmooth > 0) {
            double weight = rows / pathSmooth;
            v = (v * weight + above) / (weight + 1);
        }
        return v;
    }

    /** What a given value is worth. */
    double worth(double g, double h, double l2, double value) {
        return -(2 * soft(g) * value + (h + l2) * value * value);
    }

    /** What the best value is worth, limits counted, smoothing and bounds not. */
    double worth(double g, double h, double l2) {
        double s = soft(g);
        if (maxDeltaStep == 0) return s * s / (h + l2);
        double v = -s / (h + l2);
        return worth(g, h, l2, Math.abs(v) > maxDeltaStep ? Math.signum(v) * maxDeltaStep : v);
    }
}
