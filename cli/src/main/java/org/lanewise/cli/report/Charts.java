package org.lanewise.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The figures that reports of models have in common, each as inline SVG.
 */
public final class Charts {
    private Charts() {}

    /**
     * Predicted against observed values, with the line on which they are equal.
     *
     * @param observed      true values
     * @param predicted     predictions, as many
     * @param observedLabel axis title with unit
     * @param predictedLabel axis title with unit
     * @return an {@code <svg>} element
     */
    public static String predictedAgainstObserved(double[] observed, double[] predicted, String observedLabel,
            String predictedLabel) {
        return Plot.of(observedLabel, predictedLabel).square().points(observed, predicted, 1, null)
                .rule(1, 0, null, "equal").toSvg();
    }

    /**
     * Observed frequency against predicted probability, one point per group of similar predictions.
     *
     * @param predicted mean prediction per group
     * @param observed  observed frequency per group
     * @param low       lower ends of the observed frequencies' intervals; null for none
     * @param high      upper ends; null for none
     * @param what      what is predicted, for the axis titles
     * @return an {@code <svg>} element
     */
    public static String calibration(double[] predicted, double[] observed, double[] low, double[] high, String what) {
        Plot plot = Plot.of("predicted " + what, "observed " + what).square().rule(1, 0, null, "perfect");
        if (low != null && high != null) plot.whiskers(predicted, low, high, 1);
        return plot.line(predicted, observed, 1, null).points(predicted, observed, 1, "groups of equal size").toSvg();
    }

    /**
     * The course of a training.
     *
     * @param step   the horizontal axis, such as {@code epoch}
     * @param metric the vertical axis, such as {@code loss}
     * @param curves values per step by name, from step 1; NaN where there is none
     * @param best   the step that was kept; 0 for none
     * @return an {@code <svg>} element; the axis is logarithmic if the values span more than a factor of twenty
     */
    public static String learningCurves(String step, String metric, Map<String, double[]> curves, int best) {
        Plot plot = Plot.of(step, metric);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        int series = 1;
        for (Map.Entry<String, double[]> curve : curves.entrySet()) {
            double[] steps = new double[curve.getValue().length];
            for (int i = 0; i < steps.length; i++) {
                steps[i] = i + 1;
                if (!Double.isFinite(curve.getValue()[i])) continue;
                least = Math.min(least, curve.getValue()[i]);
                most = Math.max(most, curve.getValue()[i]);
            }
            plot.line(steps, curve.getValue(), series++, curve.getKey());
        }
        if (best > 0) plot.verticalRule(best, "kept");
        if (least > 0 && most / least > 20) plot.logarithmicY();
        return plot.toSvg();
    }

    /**
     * One survival curve (Kaplan-Meier) of a group.
     *
     * @param name     the group
     * @param times    event times, rising
     * @param survival share alive just after each time
     * @param low      lower ends of its intervals; null for none
     * @param high     upper ends; null for none
     */
    public record SurvivalCurve(String name, double[] times, double[] survival, double[] low, double[] high) {}

    /**
     * Survival by group. Every curve begins at time 0 with survival 1.
     *
     * @param timeLabel axis title with unit
     * @param curves    one per group
     * @return an {@code <svg>} element
     */
    public static String survival(String timeLabel, List<SurvivalCurve> curves) {
        Plot plot = Plot.of(timeLabel, "share alive");
        int series = 1;
        for (SurvivalCurve curve : curves) {
            double[] times = prepend(0, curve.times);
            if (curve.low != null && curve.high != null) {
                plot.band(times, prepend(1, curve.low), prepend(1, curve.high), true, series);
            }
            plot.steps(times, prepend(1, curve.survival), series++, curve.name);
        }
        return plot.toSvg();
    }

    private static double[] prepend(double first, double[] values) {
        double[] all = new double[values.length + 1];
        all[0] = first;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    /**
     * The largest values of a map as bars, longest on top.
     *
     * @param label  title of the value axis, with its unit
     * @param values by name
     * @param most   how many to show
     * @return an {@code <svg>} element
     */
    public static String importance(String label, Map<String, Double> values, int most) {
        BarChart chart = BarChart.of(label);
        values.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Double> entry) -> -Math.abs(entry.getValue())))
                .limit(most).forEach(entry -> chart.bar(entry.getKey(), entry.getValue()));
        return chart.toSvg();
    }

    /**
     * How often values occur. The width of the bins follows Freedman and Diaconis (1981), 2 IQR n^(-1/3), within 8 to 60
     * bins.
     *
     * @param values any values; those that are not finite are left out
     * @param label  axis title with unit
     * @return an {@code <svg>} element
     */
    public static String histogram(double[] values, String label) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) return Plot.of(label, "count").toSvg();
        double low = sorted[0];
        double range = sorted[sorted.length - 1] - low;
        if (range == 0)
            return Plot.of(label, "count")
                    .bins(new double[] {low - 0.5, low + 0.5}, new double[] {sorted.length}, 1, null).toSvg();
        double iqr = sorted[(int) (0.75 * (sorted.length - 1))] - sorted[(int) (0.25 * (sorted.length - 1))];
        int bins = Math.clamp(Math.round(range / Math.max(2 * iqr / Math.cbrt(sorted.length), range / 60)), 8, 60);
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) edges[i] = low + range * i / bins;
        double[] counts = new double[bins];
        for (double value : sorted) counts[Math.min(bins - 1, (int) ((value - low) / range * bins))]++;
        return Plot.of(label, "count").bins(edges, counts, 1, null).toSvg();
    }

    /**
     * Agreement of two measurements (Bland and Altman 1986): difference against mean, with the mean difference and the
     * limits of agreement, mean difference +- 1.96 standard deviations.
     *
     * @param first  first measurement
     * @param second second measurement, as many
     * @param unit   of both
     * @return an {@code <svg>} element
     */
    public static String blandAltman(double[] first, double[] second, String unit) {
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            double difference = second[i] - first[i];
            if (Double.isFinite(difference)) pairs.add(new double[] {(first[i] + second[i]) / 2, difference});
        }
        double[] means = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] differences = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
        Plot plot = Plot.of("mean of both (" + unit + ")", "difference (" + unit + ")").points(means, differences, 1,
                null);
        if (pairs.size() < 2) return plot.toSvg();
        double bias = Arrays.stream(differences).average().orElseThrow();
        double variance = Arrays.stream(differences).map(d -> (d - bias) * (d - bias)).sum() / (differences.length - 1);
        double limit = 1.96 * Math.sqrt(variance);
        return plot.rule(0, bias, String.format(java.util.Locale.ROOT, "mean %.2f", bias), null)
                .rule(0, bias + limit, String.format(java.util.Locale.ROOT, "+1.96 SD %.2f", bias + limit), null)
                .rule(0, bias - limit, String.format(java.util.Locale.ROOT, "−1.96 SD %.2f", bias - limit), null)
                .toSvg();
    }
}
