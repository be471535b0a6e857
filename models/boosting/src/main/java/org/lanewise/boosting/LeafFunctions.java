package org.lanewise.boosting;

/** The linear functions of a tree's leaves; a leaf may have none. Filled by {@link RegressionTree.Builder}. */
final class LeafFunctions {
    private final double[] constant;
    private final int[][] features;
    private final double[][] coefficients;

    LeafFunctions(int leaves) {
        constant = new double[leaves];
        features = new int[leaves][];
        coefficients = new double[leaves][];
    }

    void set(int leaf, double leafConstant, int[] leafFeatures, double[] leafCoefficients) {
        if (leafFeatures.length != leafCoefficients.length) {
            throw new IllegalArgumentException(
                    leafCoefficients.length + " coefficients for " + leafFeatures.length + " features");
        }
        constant[leaf] = leafConstant;
        features[leaf] = leafFeatures.clone();
        coefficients[leaf] = leafCoefficients.clone();
    }

    boolean has(int leaf) {
        return features[leaf] != null;
    }

    int[] features(int leaf) {
        return features[leaf];
    }

    double[] coefficients(int leaf) {
        return coefficients[leaf];
    }

    double constant(int leaf) {
        return constant[leaf];
    }

    /** The same functions times a factor plus a shift. */
    LeafFunctions scaled(double factor, double shift) {
        LeafFunctions scaled = new LeafFunctions(constant.length);
        for (int l = 0; l < constant.length; l++) {
            if (!has(l)) continue;
            double[] c = coefficients[l].clone();
            for (int i = 0; i < c.length; i++) c[i] *= factor;
            scaled.set(l, constant[l] * factor + shift, features[l], c);
        }
        return scaled;
    }

    /** The value for a row from {@code at}; {@code otherwise} if there is no function, or a feature is not finite. */
    double value(int leaf, double[] row, int at, double otherwise) {
        int[] f = features[leaf];
        if (f == null) return otherwise;
        double sum = constant[leaf];
        for (int i = 0; i < f.length; i++) {
            double x = row[at + f[i]];
            if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) return otherwise;
            sum += coefficients[leaf][i] * x;
        }
        return sum;
    }

    /** As {@link #value(int, double[], int, double)} for a row of columns. */
    double value(int leaf, double[][] columns, int row, double otherwise) {
        int[] f = features[leaf];
        if (f == null) return otherwise;
        double sum = constant[leaf];
        for (int i = 0; i < f.length; i++) {
            double x = columns[f[i]][row];
            if (!(Math.abs(x) < Double.POSITIVE_INFINITY)) return otherwise;
            sum += coefficients[leaf][i] * x;
        }
        return sum;
    }
}
