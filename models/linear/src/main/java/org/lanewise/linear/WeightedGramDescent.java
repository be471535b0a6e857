package org.lanewise.linear;

import java.util.Arrays;

/**
 * With covariance updates under weights that change. The intercept is eliminated: its best value for given coefficients makes of the Gram
 * matrix G and the slopes q
 *
 * <pre>G - s s' / S,   q - s U / S,   s = Z'h, S = sum h, U = sum u</pre>
 *
 * Making the Gram matrix costs far more than a step that uses it, and weights change little near the minimum. So it is kept while it is
 * near the present weights; steps with it are a little shorter or longer than Newton's and still lead downhill.
 */
final class WeightedGramDescent extends GramCoordinateDescent implements Reweighted {
    /** Sets up to here: beyond, making the matrix takes longer than naive sweeps. */
    static final int MOST = 256;
    /** Weights that differ by at most this share, on average, are near. */
    private static final double NEAR = 0.05;
    private final ColumnStore x;
    private final Standardization z;
    private final boolean intercept;
    private double[] h = {};
    private int known;
    private double total;
    private double[] s = {};
    private double[] start = {};
    private double sum;

    WeightedGramDescent(ColumnStore x, Standardization z, boolean intercept) {
        super(x, z, null, 1);
        this.x = x;
        this.z = z;
        this.intercept = intercept;
    }

    /** Made anew with the next weights. */
    @Override
    void extendGram(int[] more) {
    }

    @Override
    public boolean near(double[] weights) {
        if (known != size || h.length == 0) {
            return false;
        }
        double apart = 0;
        for (int i = 0; i < h.length; i++) {
            apart += Math.abs(weights[i] - h[i]);
        }
        return apart <= NEAR * total;
    }

    @Override
    public void reweight(double[] weights) {
        h = weights.clone();
        total = Dot.sum(h);
        known = size;
        DoubleGram fresh = new DoubleGram(x, z, h, false);
        fresh.extend(Arrays.copyOf(column, size));
        s = new double[size];
        if (intercept) {
            Standardization.forColumns(size, i -> s[i] = z.dot(x, column[i], h, total));
            fresh.centre(s, total);
        }
        for (int i = 0; i < size; i++) {
            square[i] = Math.max(0, fresh.at(i, i));
        }
        gram = fresh;
    }

    @Override
    void load(double[] coefficients, double[] u) {
        super.load(coefficients, u);
        start = Arrays.copyOf(coefficients, size);
        sum = Dot.sum(u);
        for (int i = 0; intercept && i < size; i++) {
            shift(i, s[i] * sum / total);
        }
    }

    @Override
    public double interceptStep() {
        double rest = sum;
        for (int i = 0; i < size; i++) {
            rest -= s[i] * (b[i] - start[i]);
        }
        return intercept ? rest / total : 0;
    }
}
