package org.lanewise.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.tabular.metrics.Reliability;
import org.lanewise.tabular.survival.KaplanMeier;
import org.lanewise.tabular.survival.StepFunction;
import org.lanewise.tabular.survival.Survival;

/**
 * What predictions look like beside the truth, for each kind of target.
 */
public final class FitFigures {
    private static final int BINS = 10;

    private FitFigures() {}

    /**
     * Predicted against observed numbers, and residuals against predictions.
     *
     * @param observed  true values
     * @param predicted predictions, as many
     * @param target    its name, with its unit if there is one
     * @param rows      which rows these are, for the captions
     * @return two figures
     */
    public static List<Figure> numbers(double[] observed, double[] predicted, String target, String rows) {
        double[] residual = new double[observed.length];
        Arrays.setAll(residual, i -> observed[i] - predicted[i]);
        return List.of(
                new Figure(Charts.predictedAgainstObserved(observed, predicted, "observed " + target,
                        "predicted " + target), "Predicted and observed values of " + rows + "."),
                new Figure(Plot.of("predicted " + target, "observed - predicted").points(predicted, residual, 1, null)
                        .rule(0, 0, null, "none").toSvg(), "Residuals of " + rows + "."));
    }

    /**
     * How often a class occurs where a probability is forecast, by tenths of the rows.
     *
     * @param probability of the class
     * @param is          whether the row is of the class
     * @param weights     of the rows; null for ones
     * @param name        of the class
     * @param rows        which rows these are, for the caption
     * @return the figure
     */
    public static Figure calibration(double[] probability, boolean[] is, double[] weights, String name, String rows) {
        List<Reliability.Bin> bins = Reliability.quantiles(probability, is, BINS, weights).bins();
        double[][] xy = new double[4][bins.size()];
        for (int b = 0; b < bins.size(); b++) {
            Reliability.Bin bin = bins.get(b);
            double half = 1.96 * Math.sqrt(bin.observed() * (1 - bin.observed()) / bin.weight());
            xy[0][b] = bin.meanProbability();
            xy[1][b] = bin.observed();
            xy[2][b] = Math.max(0, bin.observed() - half);
            xy[3][b] = Math.min(1, bin.observed() + half);
        }
        return new Figure(Charts.calibration(xy[0], xy[1], xy[2], xy[3], "share of " + name),
                String.format(Locale.ROOT, "Calibration of %s on %s, tenths of equal size with 95 %% intervals.", name,
                        rows));
    }

    /**
     * What happened to the thirds of lowest, middle and highest risk.
     *
     * @param outcome times and events
     * @param risk    higher means earlier
     * @param time    name of the time
     * @param rows    which rows these are, for the caption
     * @return the figure
     */
    public static Figure survival(Survival outcome, double[] risk, String time, String rows) {
        Integer[] order = new Integer[risk.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> risk[i]));
        String[] names = {"lowest risk", "middle", "highest risk"};
        List<Charts.SurvivalCurve> curves = new ArrayList<>();
        for (int g = 0; g < names.length; g++) {
            int[] third = Arrays.stream(order, g * order.length / 3, (g + 1) * order.length / 3).mapToInt(i -> i)
                    .toArray();
            if (third.length == 0) continue;
            StepFunction curve = KaplanMeier.of(outcome.take(third)).curve();
            curves.add(new Charts.SurvivalCurve(names[g], curve.times(), curve.values(), null, null));
        }
        return new Figure(Charts.survival(time, curves),
                "Thirds of " + rows + " by predicted risk (Kaplan-Meier).");
    }

    /**
     * How often each class was taken for each.
     *
     * @param classes     their names
     * @param actual      the true class of each row
     * @param probability by class, then row
     * @return true classes down, likeliest ones across
     */
    public static ConsoleTable confusion(List<String> classes, int[] actual, double[][] probability) {
        int k = classes.size();
        int[][] count = new int[k][k];
        for (int i = 0; i < actual.length; i++) {
            int likeliest = 0;
            for (int c = 1; c < k; c++) likeliest = probability[c][i] > probability[likeliest][i] ? c : likeliest;
            count[actual[i]][likeliest]++;
        }
        List<String> header = new ArrayList<>(List.of("class"));
        header.addAll(classes);
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        for (int c = 0; c < k; c++) {
            List<Object> row = new ArrayList<>(List.of(classes.get(c)));
            for (int to : count[c]) row.add(Quantity.count(to));
            table.row(row.toArray());
        }
        return table;
    }
}
