package org.lanewise.cli.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * A plot with two axes as inline SVG. Colours are classes of the report's style sheet, so that the plot follows its
 * light and dark modes. Layers are drawn in the order they are added.
 *
 * {@snippet :
 * String svg = Plot.of("epoch", "loss").line(epochs, trainLoss, 1, "training").line(epochs, validLoss, 2, "validation")
 *         .logarithmicY().toSvg();
 * }
 */
public final class Plot {
    private static final int MOST_POINTS = 4000;
    /** Share of the range that is left free beside the outermost points. */
    private static final double MARGIN = 0.03;

    private final String xLabel;
    private final String yLabel;
    private final List<Layer> layers = new ArrayList<>();
    private double[] xRange;
    private double[] yRange;
    private boolean logarithmicX;
    private boolean logarithmicY;
    private boolean square;

    private Plot(String xLabel, String yLabel) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /**
     * An empty plot.
     *
     * @param xLabel title of the horizontal axis, with its unit
     * @param yLabel title of the vertical axis, with its unit
     * @return the plot
     */
    public static Plot of(String xLabel, String yLabel) {
        return new Plot(xLabel, yLabel);
    }

    /**
     * Adds a cloud of points. Of very many, every k-th is drawn.
     *
     * @param x      values
     * @param y      values, as many
     * @param series colour, 1 to 6
     * @param label  for the legend; null for none
     * @return this
     */
    public Plot points(double[] x, double[] y, int series, String label) {
        sameLength("points", x, y);
        int stride = Math.max(1, (x.length + MOST_POINTS - 1) / MOST_POINTS);
        int n = (x.length + stride - 1) / stride;
        double[] px = new double[n];
        double[] py = new double[n];
        for (int i = 0; i < n; i++) {
            px[i] = x[i * stride];
            py[i] = y[i * stride];
        }
        double crowd = Math.min(1, 250.0 / Math.max(1, n));
        layers.add(new Layer.Points(px, py, 1.4 + 1.6 * crowd, 0.38 + 0.47 * crowd, series, label));
        return this;
    }

    /**
     * Adds points joined by lines; a value that is not finite leaves a gap.
     *
     * @param x      values, rising
     * @param y      values, as many
     * @param series colour, 1 to 6
     * @param label  for the legend; null for none
     * @return this
     */
    public Plot line(double[] x, double[] y, int series, String label) {
        sameLength("line", x, y);
        layers.add(new Layer.Line(x.clone(), y.clone(), false, false, series, label));
        return this;
    }

    /**
     * As {@link #line}, dashed.
     *
     * @param x      values, rising
     * @param y      values, as many
     * @param series colour, 1 to 6
     * @param label  for the legend; null for none
     * @return this
     */
    public Plot dashedLine(double[] x, double[] y, int series, String label) {
        sameLength("line", x, y);
        layers.add(new Layer.Line(x.clone(), y.clone(), false, true, series, label));
        return this;
    }

    /**
     * Adds a step function that keeps its value until the next x, as survival curves do.
     *
     * @param x      values, rising
     * @param y      values, as many
     * @param series colour, 1 to 6
     * @param label  for the legend; null for none
     * @return this
     */
    public Plot steps(double[] x, double[] y, int series, String label) {
        sameLength("steps", x, y);
        layers.add(new Layer.Line(x.clone(), y.clone(), true, false, series, label));
        return this;
    }

    /**
     * Adds the area between two lines.
     *
     * @param x      values, rising
     * @param low    lower ends
     * @param high   upper ends
     * @param steps  whether both are step functions
     * @param series colour, 1 to 6
     * @return this
     */
    public Plot band(double[] x, double[] low, double[] high, boolean steps, int series) {
        sameLength("band", x, low);
        sameLength("band", x, high);
        layers.add(new Layer.Band(x.clone(), low.clone(), high.clone(), steps, series));
        return this;
    }

    /**
     * Adds intervals as vertical bars.
     *
     * @param x      values
     * @param low    lower ends
     * @param high   upper ends
     * @param series colour, 1 to 6
     * @return this
     */
    public Plot whiskers(double[] x, double[] low, double[] high, int series) {
        sameLength("whiskers", x, low);
        sameLength("whiskers", x, high);
        layers.add(new Layer.Whiskers(x.clone(), low.clone(), high.clone(), series));
        return this;
    }

    /**
     * Adds bars over bins.
     *
     * @param edges   the bins' ends, rising, one more than there are bins
     * @param heights the bins' values
     * @param series  colour, 1 to 6
     * @param label   for the legend; null for none
     * @return this
     */
    public Plot bins(double[] edges, double[] heights, int series, String label) {
        if (edges.length != heights.length + 1) {
            throw new IllegalArgumentException("bins: " + edges.length + " edges for " + heights.length + " bins");
        }
        layers.add(new Layer.Bins(edges.clone(), heights.clone(), series, label));
        return this;
    }

    /**
     * Adds the line {@code y = intercept + slope x} over the whole plot.
     *
     * @param slope     rise per unit of x
     * @param intercept value at x = 0
     * @param text      written beside a level line; null for none
     * @param label     for the legend; null for none
     * @return this
     */
    public Plot rule(double slope, double intercept, String text, String label) {
        layers.add(new Layer.Rule(false, slope, intercept, text, 0, label));
        return this;
    }

    /**
     * Adds a vertical line.
     *
     * @param x    where
     * @param text written beside it; null for none
     * @return this
     */
    public Plot verticalRule(double x, String text) {
        layers.add(new Layer.Rule(true, 0, x, text, 0, null));
        return this;
    }

    /**
     * Fixes the range of the horizontal axis.
     *
     * @param from left end
     * @param to   right end
     * @return this
     */
    public Plot xRange(double from, double to) {
        xRange = new double[] {from, to};
        return this;
    }

    /**
     * Fixes the range of the vertical axis.
     *
     * @param from lower end
     * @param to   upper end
     * @return this
     */
    public Plot yRange(double from, double to) {
        yRange = new double[] {from, to};
        return this;
    }

    /**
     * Makes the horizontal axis logarithmic, if all its values are positive.
     *
     * @return this
     */
    public Plot logarithmicX() {
        logarithmicX = true;
        return this;
    }

    /**
     * Makes the vertical axis logarithmic, if all its values are positive.
     *
     * @return this
     */
    public Plot logarithmicY() {
        logarithmicY = true;
        return this;
    }

    /**
     * Gives both axes the same range and the plot the same width and height, for values of the same kind.
     *
     * @return this
     */
    public Plot square() {
        square = true;
        return this;
    }

    /**
     * Draws the plot.
     *
     * @return an {@code <svg>} element
     */
    public String toSvg() {
        double[] x = xRange != null ? xRange : range(Layer::xs);
        double[] y = yRange != null ? yRange : range(Layer::ys);
        if (square && xRange == null && yRange == null) {
            x = new double[] {Math.min(x[0], y[0]), Math.max(x[1], y[1])};
            y = x;
        }
        Scale xScale = logarithmicX && x[0] > 0
                ? Scale.logarithmic(x[0], x[1])
                : linear(x, 6, xRange != null);
        Scale yScale = logarithmicY && y[0] > 0
                ? Scale.logarithmic(y[0], y[1])
                : linear(y, square ? 6 : 5, yRange != null);
        return new PlotDrawing(xScale, yScale, square).draw(layers, xLabel, yLabel);
    }

    /** Around points there is a margin, so that none is cut by the frame; anything else is widened to whole ticks. */
    private Scale linear(double[] range, int ticks, boolean fixed) {
        double margin = (range[1] - range[0]) * MARGIN;
        return !fixed && margin > 0 && layers.stream().anyMatch(Layer.Points.class::isInstance)
                ? Scale.linear(range[0] - margin, range[1] + margin, ticks, false)
                : Scale.linear(range[0], range[1], ticks, !fixed);
    }

    private double[] range(Function<Layer, DoubleStream> values) {
        DoubleSummaryStatistics all = layers.stream().flatMapToDouble(values::apply).summaryStatistics();
        return all.getCount() == 0 ? new double[] {0, 1} : new double[] {all.getMin(), all.getMax()};
    }

    private static void sameLength(String what, double[] a, double[] b) {
        if (a.length != b.length)
            throw new IllegalArgumentException(what + ": " + a.length + " and " + b.length + " values");
    }
}
