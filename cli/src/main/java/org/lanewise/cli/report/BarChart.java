package org.lanewise.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Named values as horizontal bars, with optional intervals, as inline SVG. Negative values go to the left.
 *
 * {@snippet :
 * String svg = BarChart.of("years of MAE lost when the marker is shuffled").bar("rdw", 1.73).bar("crp", 0.41, 0.36, 0.46).toSvg();
 * }
 */
public final class BarChart {
    private static final int WIDTH = 520;
    private static final int ROW = 24;
    private static final int TOP = 6;
    private static final int BOTTOM = 44;

    private final String valueLabel;
    private final List<Bar> bars = new ArrayList<>();

    private BarChart(String valueLabel) {
        this.valueLabel = valueLabel;
    }

    private record Bar(String name, double value, double low, double high, int series) {}

    /**
     * A chart without bars.
     *
     * @param valueLabel title of the value axis, with its unit
     * @return the chart
     */
    public static BarChart of(String valueLabel) {
        return new BarChart(valueLabel);
    }

    /**
     * Adds a bar.
     *
     * @param name  what it stands for
     * @param value its length
     * @return this
     */
    public BarChart bar(String name, double value) {
        return bar(name, value, Double.NaN, Double.NaN);
    }

    /**
     * Adds a bar with an interval.
     *
     * @param name  what it stands for
     * @param value its length
     * @param low   lower end of the interval; NaN for none
     * @param high  upper end of the interval; NaN for none
     * @return this
     */
    public BarChart bar(String name, double value, double low, double high) {
        return bar(name, value, low, high, 1);
    }

    /**
     * Adds a bar with an interval in a colour of its own.
     *
     * @param name   what it stands for
     * @param value  its length
     * @param low    lower end of the interval; NaN for none
     * @param high   upper end of the interval; NaN for none
     * @param series colour, 1 to 6
     * @return this
     */
    public BarChart bar(String name, double value, double low, double high, int series) {
        bars.add(new Bar(name, value, low, high, series));
        return this;
    }

    /**
     * Draws the chart.
     *
     * @return an {@code <svg>} element
     */
    public String toSvg() {
        double least = 0;
        double most = 0;
        int longest = 0;
        for (Bar bar : bars) {
            for (double value : new double[] {bar.value, bar.low, bar.high}) {
                if (!Double.isFinite(value)) continue;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            longest = Math.max(longest, bar.name.length());
        }
        int left = Math.clamp(Math.round(longest * 8f) + 24, 60, 240);
        Scale scale = Scale.linear(least, most, 5, true);
        int height = TOP + ROW * bars.size() + BOTTOM;
        StringBuilder svg = new StringBuilder("<svg class=\"plot\" viewBox=\"0 0 " + WIDTH + " " + height
                + "\" role=\"img\" aria-label=\"" + Html.escape(valueLabel) + "\">");
        int bottom = TOP + ROW * bars.size();
        for (double tick : scale.ticks()) {
            add(svg, "<path class=\"%s\" d=\"M%.1f %d V%d\"/>", tick == 0 ? "axis" : "grid", x(scale, left, tick), TOP,
                    bottom);
            add(svg, "<text class=\"tick mid\" x=\"%.1f\" y=\"%d\">%s</text>", x(scale, left, tick), bottom + 16,
                    scale.label(tick));
        }
        add(svg, "<text class=\"label mid\" x=\"%.1f\" y=\"%d\">%s</text>", (left + WIDTH - 20) / 2.0, bottom + 37,
                Html.escape(valueLabel));
        for (int i = 0; i < bars.size(); i++) draw(svg, scale, left, TOP + i * ROW, bars.get(i));
        return svg.append("</svg>").toString();
    }

    private static void draw(StringBuilder svg, Scale scale, int left, int top, Bar bar) {
        add(svg, "<text class=\"key end\" x=\"%d\" y=\"%d\">%s</text>", left - 8, top + 16, Html.escape(bar.name));
        if (!Double.isFinite(bar.value)) return;
        double zero = x(scale, left, 0);
        double end = x(scale, left, bar.value);
        add(svg, "<path class=\"fill s%d\" d=\"M%.1f %d H%.1f v%d H%.1f Z\"/>", bar.series, zero, top + 4, end, ROW - 8,
                zero);
        if (Double.isFinite(bar.low) && Double.isFinite(bar.high)) {
            double low = x(scale, left, bar.low);
            double high = x(scale, left, bar.high);
            add(svg, "<path class=\"whisker\" d=\"M%.1f %d H%.1f M%.1f %d v6 M%.1f %d v6\"/>", low, top + ROW / 2, high,
                    low, top + ROW / 2 - 3, high, top + ROW / 2 - 3);
        }
    }

    private static double x(Scale scale, int left, double value) {
        return left + scale.position(value) * (WIDTH - 20 - left);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
