package org.lanewise.cli.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import org.lanewise.engine.io.AtomicFile;

/**
 * Plots as PNG files, for those who want pictures beside the page: {@link Charts} draws the page's own.
 */
public final class Picture {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 640;
    private static final int LEFT = 110;
    private static final int TOP = 50;
    private static final int RIGHT = 30;
    private static final int BOTTOM = 80;
    private static final int INK = 0x333333;
    private static final int GRID = 0xDDDDDD;
    private static final int[] SERIES = {0x1F77B4, 0xD62728, 0x2CA02C, 0x9467BD};

    private Picture() {}

    /**
     * Writes curves by step; the vertical axis is logarithmic if the values span more than a factor of twenty.
     *
     * @param file   PNG; appears whole or not at all
     * @param step   the horizontal axis
     * @param metric the vertical axis
     * @param curves values from step 1 by name; values that are not finite are left out
     */
    public static void curves(Path file, String step, String metric, Map<String, double[]> curves) {
        Map<String, double[][]> lines = new LinkedHashMap<>();
        curves.forEach((name, values) -> {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < values.length; i++)
                if (Double.isFinite(values[i])) points.add(new double[] {i + 1, values[i]});
            lines.put(name, points.toArray(double[][]::new));
        });
        double least = ys(lines).min().orElse(0);
        double most = ys(lines).max().orElse(1);
        int steps = curves.values().stream().mapToInt(v -> v.length).max().orElse(1);
        boolean logarithmic = least > 0 && most / least > 20;
        Scale x = Scale.linear(0, Math.max(1, steps), 8, false);
        Scale y = logarithmic ? Scale.logarithmic(least * .9, most * 1.1) : Scale.linear(least, most, 7, true);
        Raster raster = frame(x, y, step, metric);
        int series = 0;
        for (Map.Entry<String, double[][]> line : lines.entrySet()) {
            int colour = SERIES[series % SERIES.length];
            double[][] points = line.getValue();
            for (int i = 0; i < points.length; i++) {
                if (points.length == 1) raster.disc((int) px(x, points[0][0]), (int) py(y, points[0][1]), 3, colour);
                if (i > 0)
                    for (int shift = 0; shift < 2; shift++)
                        raster.line(px(x, points[i - 1][0]), py(y, points[i - 1][1]) + shift, px(x, points[i][0]),
                                py(y, points[i][1]) + shift, colour);
            }
            raster.text(line.getKey(), WIDTH - RIGHT - 20 - Raster.textWidth(line.getKey()), TOP + 12 + 24 * series++,
                    colour);
        }
        write(file, raster);
    }

    /**
     * Writes points about the line on which both are equal.
     *
     * @param file PNG; appears whole or not at all
     */
    public static void scatter(Path file, double[] truth, double[] predicted, String truthLabel,
            String predictedLabel) {
        double low = DoubleStream.concat(DoubleStream.of(truth), DoubleStream.of(predicted)).min().orElse(0);
        double high = DoubleStream.concat(DoubleStream.of(truth), DoubleStream.of(predicted)).max().orElse(1);
        Scale scale = Scale.linear(low, high, 8, true);
        Raster raster = frame(scale, scale, truthLabel, predictedLabel);
        for (int i = 0; i < truth.length; i++)
            raster.disc((int) px(scale, truth[i]), (int) py(scale, predicted[i]), 2, SERIES[0]);
        raster.line(px(scale, scale.low()), py(scale, scale.low()), px(scale, scale.high()), py(scale, scale.high()),
                SERIES[1]);
        write(file, raster);
    }

    private static DoubleStream ys(Map<String, double[][]> lines) {
        return lines.values().stream().flatMap(java.util.Arrays::stream).mapToDouble(point -> point[1]);
    }

    private static double px(Scale x, double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private static double py(Scale y, double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static Raster frame(Scale x, Scale y, String xLabel, String yLabel) {
        Raster raster = new Raster(WIDTH, HEIGHT);
        for (double tick : x.ticks()) {
            String label = x.label(tick);
            raster.line(px(x, tick), TOP, px(x, tick), HEIGHT - BOTTOM, GRID);
            raster.text(label, (int) px(x, tick) - Raster.textWidth(label) / 2, HEIGHT - BOTTOM + 8, INK);
        }
        for (double tick : y.ticks()) {
            String label = y.label(tick);
            raster.line(LEFT, py(y, tick), WIDTH - RIGHT, py(y, tick), GRID);
            raster.text(label, LEFT - 8 - Raster.textWidth(label), (int) py(y, tick) - 7, INK);
        }
        raster.line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, INK);
        raster.line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, INK);
        raster.text(xLabel, (LEFT + WIDTH - RIGHT - Raster.textWidth(xLabel)) / 2, HEIGHT - 34, INK);
        raster.text(yLabel, 20, 16, INK);
        return raster;
    }

    private static void write(Path file, Raster raster) {
        try {
            AtomicFile.write(file, out -> out.write(raster.png()));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
