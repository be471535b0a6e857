package org.lanewise.cli.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * One thing drawn into a {@link Plot}. {@code series} picks the colour, 1 to 6; {@code label} goes to the legend unless
 * it is null.
 */
sealed interface Layer {
    int series();

    String label();

    /** The values on the x axis that must be visible. */
    DoubleStream xs();

    /** The values on the y axis that must be visible. */
    DoubleStream ys();

    /** A cloud of points. */
    record Points(double[] x, double[] y, double radius, double opacity, int series, String label) implements Layer {
        @Override
        public DoubleStream xs() { return finite(x); }

        @Override
        public DoubleStream ys() { return finite(y); }
    }

    /** Points joined by straight lines or, as survival curves are drawn, by steps; gaps at NaN. */
    record Line(double[] x, double[] y, boolean steps, boolean dashed, int series, String label) implements Layer {
        @Override
        public DoubleStream xs() { return finite(x); }

        @Override
        public DoubleStream ys() { return finite(y); }
    }

    /** The area between two lines, or between two step functions. */
    record Band(double[] x, double[] low, double[] high, boolean steps, int series) implements Layer {
        @Override
        public String label() { return null; }

        @Override
        public DoubleStream xs() { return finite(x); }

        @Override
        public DoubleStream ys() { return DoubleStream.concat(finite(low), finite(high)); }
    }

    /** Vertical bars for intervals of values. */
    record Whiskers(double[] x, double[] low, double[] high, int series) implements Layer {
        @Override
        public String label() { return null; }

        @Override
        public DoubleStream xs() { return finite(x); }

        @Override
        public DoubleStream ys() { return DoubleStream.concat(finite(low), finite(high)); }
    }

    /** Bars from zero over neighbouring bins. */
    record Bins(double[] edges, double[] heights, int series, String label) implements Layer {
        @Override
        public DoubleStream xs() { return finite(edges); }

        @Override
        public DoubleStream ys() { return DoubleStream.concat(DoubleStream.of(0), finite(heights)); }
    }

    /** A straight reference line over the whole plot: {@code y = intercept + slope * x}, or vertical. */
    record Rule(boolean vertical, double slope, double intercept, String text, int series,
            String label) implements Layer {
        @Override
        public DoubleStream xs() { return vertical ? DoubleStream.of(intercept) : DoubleStream.empty(); }

        @Override
        public DoubleStream ys() { return !vertical && slope == 0 ? DoubleStream.of(intercept) : DoubleStream.empty(); }
    }

    private static DoubleStream finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite);
    }
}
