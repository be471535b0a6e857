package org.lanewise.boosting;

import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.Rng;

/** Made-up data with a signal: interactions, curvature, noise. */
record TestData(Features x, double[] label) {

    /** Classes 0 and 1 that depend on nine of {@code columns} normal numbers. */
    static TestData binary(int rows, int columns, long seed) {
        Rng rng = Rng.of(seed);
        float[] x = new float[rows * columns];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            for (int j = 0; j < columns; j++) x[at + j] = (float) rng.nextGaussian();
            double f = 1.2 * x[at] * x[at + 1] + 0.8 * Math.sin(2 * x[at + 2]) + (x[at + 3] > 0.5 ? 1 : -0.5)
                    + 0.6 * x[at + 4] * x[at + 4] - 0.6 + 0.5 * x[at + 5] * Math.abs(x[at + 6])
                    + 0.4 * (x[at + 7] + x[at + 8]);
            y[i] = rng.nextDouble() < 1 / (1 + Math.exp(-f)) ? 1 : 0;
        }
        return new TestData(Features.ofRows(x, columns), y);
    }

    /** A number that depends on the same, with noise of standard deviation .5. */
    static TestData regression(int rows, int columns, long seed) {
        Rng rng = Rng.of(seed);
        double[] x = new double[rows * columns];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            int at = i * columns;
            for (int j = 0; j < columns; j++) x[at + j] = rng.nextGaussian();
            y[i] = x[at] * x[at + 1] + 2 * Math.sin(2 * x[at + 2]) + Math.abs(x[at + 3]) + 0.5 * rng.nextGaussian();
        }
        return new TestData(Features.ofRows(x, columns), y);
    }

    BinnedTable bins() {
        return Binning.defaults().bin(x);
    }

    Target target() {
        return Target.of(label);
    }

    /** The same with every so many values missing. */
    TestData withMissing(int every) {
        double[] all = new double[x.rows() * x.columns()];
        double[] column = new double[x.rows()];
        for (int j = 0; j < x.columns(); j++) {
            x.copy(j, 0, column.length, column);
            for (int i = 0; i < column.length; i++)
                all[i * x.columns() + j] = (i * 31 + j * 17) % every == 0 ? Double.NaN : column[i];
        }
        return new TestData(Features.ofRows(all, x.columns()), label);
    }
}
