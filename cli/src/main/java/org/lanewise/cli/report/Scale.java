package org.lanewise.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values of one axis to positions between 0 and 1, and knows where to put its ticks.
 */
final class Scale {
    private final double low;
    private final double high;
    private final boolean logarithmic;
    private final List<Double> ticks = new ArrayList<>();
    private double step;

    private Scale(double low, double high, boolean logarithmic) {
        this.low = low;
        this.high = high;
        this.logarithmic = logarithmic;
    }

    /**
     * A linear scale over at least {@code from..to}, widened to whole ticks if {@code widen}.
     */
    static Scale linear(double from, double to, int wantedTicks, boolean widen) {
        if (!(Double.isFinite(from) && Double.isFinite(to))) return linear(0, 1, wantedTicks, widen);
        if (to - from <= Math.abs(to) * 1e-12) {
            double room = from == 0 ? 1 : Math.abs(from) * 0.5;
            return linear(from - room, to + room, wantedTicks, widen);
        }
        double step = niceStep((to - from) / wantedTicks);
        double low = widen ? Math.floor(from / step + 1e-9) * step : from;
        double high = widen ? Math.ceil(to / step - 1e-9) * step : to;
        Scale scale = new Scale(low, high, false);
        scale.step = step;
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++)
            scale.ticks.add(i * step);
        return scale;
    }

    /** A logarithmic scale over whole decades, or over 1-2-5 steps if there are few. */
    static Scale logarithmic(double from, double to) {
        if (!(from > 0 && Double.isFinite(to))) return linear(from, to, 6, true);
        double low = Math.log10(from);
        double high = Math.max(Math.log10(to), low + 0.05);
        Scale scale = new Scale(low, high, true);
        double[] steps = high - low > 3
                ? new double[] {1}
                : high - low > 0.9
                        ? new double[] {1, 2, 5}
                        : new double[] {1, 1.5, 2, 3, 4, 5, 6, 7, 8};
        for (int decade = (int) Math.floor(low); decade <= Math.ceil(high); decade++) {
            for (double digit : steps) {
                double tick = digit * Math.pow(10, decade);
                if (Math.log10(tick) >= low - 1e-9 && Math.log10(tick) <= high + 1e-9) scale.ticks.add(tick);
            }
        }
        return scale;
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below the wanted step. */
    private static double niceStep(double wanted) {
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        double digit = wanted / power;
        return (digit <= 1.0000001 ? 1 : digit <= 2.0000001 ? 2 : digit <= 5.0000001 ? 5 : 10) * power;
    }

    double position(double value) {
        return ((logarithmic ? Math.log10(value) : value) - low) / (high - low);
    }

    List<Double> ticks() { return ticks; }

    double low() { return logarithmic ? Math.pow(10, low) : low; }

    double high() { return logarithmic ? Math.pow(10, high) : high; }

    /** A tick's label, with as many decimals as the step needs. */
    String label(double tick) {
        if (logarithmic) {
            return plain(tick, Math.max(0, (int) -Math.floor(Math.log10(tick) + 1e-9)), 1);
        }
        int stepExponent = (int) Math.floor(Math.log10(step) + 1e-9);
        int tickExponent = tick == 0 ? stepExponent : (int) Math.floor(Math.log10(Math.abs(tick)) + 1e-9);
        return plain(tick, Math.max(0, -stepExponent), Math.max(0, tickExponent - stepExponent));
    }

    private static String plain(double value, int decimals, int digits) {
        double size = Math.abs(value);
        boolean scientific = size >= 1e7 || size > 0 && size < 1e-3;
        String text = String.format(Locale.ROOT, scientific ? "%." + digits + "e" : "%,." + decimals + "f", value)
                .replace(',', '\u202f').replaceFirst("e([-+])0*", "e$1").replace("e+", "e");
        return text.replaceFirst("^-(0(\\.0*)?)$", "$1").replace('-', '\u2212');
    }
}
