package org.lanewise.cli.report;

import java.util.List;
import java.util.Locale;

/**
 * Draws the layers of one {@link Plot}.
 */
final class PlotDrawing {
    private static final int WIDTH = 520;
    /** Room for half of the last tick's label. */
    private static final int RIGHT = 20;
    private static final int BOTTOM = 46;
    private static final int LEGEND_LINE = 18;
    /** Mean width of a character of the 12 px legend font; SVG cannot ask for the true width. */
    private static final double CHARACTER = 6.3;

    private final Scale xs;
    private final Scale ys;
    private final int left;
    private final int plotHeight;
    private final StringBuilder svg = new StringBuilder();
    private int top = 10;

    PlotDrawing(Scale xs, Scale ys, boolean square) {
        this.xs = xs;
        this.ys = ys;
        int widest = ys.ticks().stream().mapToInt(tick -> ys.label(tick).length()).max().orElse(1);
        this.left = Math.max(48, Math.round(widest * 6.8f) + 34);
        this.plotHeight = square ? 440 : 270;
    }

    String draw(List<Layer> layers, String xLabel, String yLabel) {
        List<Layer> named = layers.stream().filter(layer -> layer.label() != null).toList();
        if (!named.isEmpty()) top += 6 + LEGEND_LINE * legendLines(named);
        int height = top + plotHeight + BOTTOM;
        String id = "p" + Integer.toHexString((xLabel + '|' + yLabel + '|' + layers.hashCode()).hashCode());
        svg.append("<svg class=\"plot\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(height)
                .append("\" role=\"img\" aria-label=\"").append(Html.escape(yLabel + " against " + xLabel))
                .append("\">");
        svg.append("<clipPath id=\"").append(id).append("\"><rect x=\"").append(left).append("\" y=\"").append(top - 2)
                .append("\" width=\"").append(WIDTH - left - RIGHT).append("\" height=\"").append(plotHeight + 4)
                .append("\"/></clipPath>");
        axes(xLabel, yLabel);
        svg.append("<g clip-path=\"url(#").append(id).append(")\">");
        layers.forEach(this::draw);
        svg.append("</g>");
        layers.forEach(this::ruleText);
        legend(named);
        return svg.append("</svg>").toString();
    }

    // ------------------------------------------------------------------------------------------------ axes

    private void axes(String xLabel, String yLabel) {
        int bottom = top + plotHeight;
        for (double tick : ys.ticks()) {
            String y = n(y(tick));
            svg.append("<path class=\"grid\" d=\"M").append(left).append(' ').append(y).append('H')
                    .append(WIDTH - RIGHT).append("\"/>");
            text("tick end", left - 7, y(tick) + 4, ys.label(tick));
        }
        for (double tick : xs.ticks()) {
            svg.append("<path class=\"axis\" d=\"M").append(n(x(tick))).append(' ').append(bottom).append("v4\"/>");
            text("tick mid", x(tick), bottom + 18, xs.label(tick));
        }
        svg.append("<path class=\"axis\" d=\"M").append(left).append(' ').append(bottom).append('H')
                .append(WIDTH - RIGHT).append("\"/>");
        text("label mid", (left + WIDTH - RIGHT) / 2.0, bottom + 39, xLabel);
        svg.append("<text class=\"label mid\" transform=\"translate(13 ").append(n(top + plotHeight / 2.0))
                .append(") rotate(-90)\">")
                .append(Html.escape(yLabel)).append("</text>");
    }

    // ---------------------------------------------------------------------------------------------- layers

    private void draw(Layer layer) {
        switch (layer) {
            case Layer.Points p -> points(p);
            case Layer.Line l ->
                path(l.dashed() ? "line dashed" : "line", l.series(), trace(l.x(), l.y(), l.steps()), "");
            case Layer.Band b -> band(b);
            case Layer.Whiskers w -> whiskers(w);
            case Layer.Bins b -> bins(b);
            case Layer.Rule r -> path("rule", 0, r.vertical()
                    ? "M" + n(x(r.intercept())) + " " + top + "V" + (top + plotHeight)
                    : "M" + n(x(xs.low())) + " " + n(y(r.intercept() + r.slope() * xs.low())) + "L" + n(x(xs.high()))
                            + " " + n(y(r.intercept() + r.slope() * xs.high())),
                    "");
        }
    }

    /** One path of zero-length strokes with round ends: a tenth of the size of as many circles. */
    private void points(Layer.Points p) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < p.x().length; i++) {
            if (Double.isFinite(p.x()[i]) && Double.isFinite(p.y()[i])) {
                d.append('M').append(n(x(p.x()[i]))).append(' ').append(n(y(p.y()[i]))).append("h0");
            }
        }
        path("points", p.series(), d.toString(),
                String.format(Locale.ROOT, " stroke-width=\"%.1f\" stroke-opacity=\"%.2f\"", 2 * p.radius(),
                        p.opacity()));
    }

    private String trace(double[] x, double[] y, boolean steps) {
        StringBuilder d = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < x.length; i++) {
            boolean finite = Double.isFinite(x[i]) && Double.isFinite(y[i]);
            if (finite && open && steps) d.append('H').append(n(x(x[i]))).append('V').append(n(y(y[i])));
            else if (finite) d.append(open ? 'L' : 'M').append(n(x(x[i]))).append(' ').append(n(y(y[i])));
            open = finite;
        }
        return d.toString();
    }

    private void band(Layer.Band b) {
        StringBuilder d = new StringBuilder(trace(b.x(), b.high(), b.steps()));
        for (int i = b.x().length - 1; i >= 0; i--) {
            d.append('L').append(n(x(b.x()[i]))).append(' ').append(n(y(b.low()[i])));
            if (b.steps() && i > 0) d.append('V').append(n(y(b.low()[i - 1])));
        }
        path("band", b.series(), d.append('Z').toString(), "");
    }

    private void whiskers(Layer.Whiskers w) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < w.x().length; i++) {
            if (!Double.isFinite(w.low()[i]) || !Double.isFinite(w.high()[i])) continue;
            d.append('M').append(n(x(w.x()[i]))).append(' ').append(n(y(w.low()[i]))).append('V')
                    .append(n(y(w.high()[i])));
        }
        path("line", w.series(), d.toString(), "");
    }

    private void bins(Layer.Bins b) {
        double zero = y(Math.max(0, ys.low()));
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < b.heights().length; i++) {
            double left = x(b.edges()[i]) + 0.5;
            double right = x(b.edges()[i + 1]) - 0.5;
            d.append('M').append(n(left)).append(' ').append(n(zero)).append('V').append(n(y(b.heights()[i])))
                    .append('H').append(n(right)).append('V').append(n(zero)).append('Z');
        }
        path("fill", b.series(), d.toString(), "");
    }

    private void ruleText(Layer layer) {
        if (!(layer instanceof Layer.Rule r) || r.text() == null) return;
        if (r.vertical()) text("hint", x(r.intercept()) + 5, top + 12, r.text());
        else text("hint end", WIDTH - RIGHT - 2, y(r.intercept() + r.slope() * xs.high()) - 5, r.text());
    }

    private void path(String type, int series, String d, String more) {
        if (d.isEmpty()) return;
        svg.append("<path class=\"").append(type).append(" s").append(series).append('"').append(more).append(" d=\"")
                .append(d).append("\"/>");
    }

    // ---------------------------------------------------------------------------------------------- legend

    private static double entryWidth(Layer layer) {
        return 26 + layer.label().length() * CHARACTER + 14;
    }

    private int legendLines(List<Layer> named) {
        double x = left;
        int lines = 1;
        for (Layer layer : named) {
            if (x > left && x + entryWidth(layer) > WIDTH) {
                x = left;
                lines++;
            }
            x += entryWidth(layer);
        }
        return lines;
    }

    private void legend(List<Layer> named) {
        double x = left;
        double y = 14;
        for (Layer layer : named) {
            if (x > left && x + entryWidth(layer) > WIDTH) {
                x = left;
                y += LEGEND_LINE;
            }
            switch (layer) {
                case Layer.Points _ ->
                    path("points", layer.series(), "M" + n(x + 10) + " " + n(y - 4) + "h0", " stroke-width=\"7\"");
                case Layer.Bins _ -> path("fill", layer.series(), "M" + n(x + 4) + " " + n(y + 1) + "v-10h14v10z", "");
                case Layer.Rule _ -> path("rule", 0, "M" + n(x) + " " + n(y - 4) + "h20", "");
                case Layer.Line l ->
                    path(l.dashed() ? "line dashed" : "line", layer.series(), "M" + n(x) + " " + n(y - 4) + "h20", "");
                default -> path("band", layer.series(), "M" + n(x + 4) + " " + n(y + 1) + "v-10h14v10z", "");
            }
            text("key", x + 26, y, layer.label());
            x += entryWidth(layer);
        }
    }

    private void text(String type, double x, double y, String text) {
        svg.append("<text class=\"").append(type).append("\" x=\"").append(n(x)).append("\" y=\"").append(n(y))
                .append("\">")
                .append(Html.escape(text)).append("</text>");
    }

    private double x(double value) {
        return left + xs.position(value) * (WIDTH - left - RIGHT);
    }

    private double y(double value) {
        return top + plotHeight - ys.position(value) * plotHeight;
    }

    private static String n(double value) {
        double clamped = Math.clamp(value, -9999, 9999);
        String text = String.format(Locale.ROOT, "%.1f", clamped);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
