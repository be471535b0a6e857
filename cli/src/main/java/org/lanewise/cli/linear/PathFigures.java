package org.lanewise.cli.linear;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.Plot;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.LinearModel;

/**
 * What happens along the path of alphas; the strongest penalty is on the right.
 *
 * @param cv the path of all rows and its deviance in cross-validation
 */
record PathFigures(ElasticNetCv.Result cv) {
    private static final int MOST_LINES = 6;
    /** Share of the axis that a text needs. */
    private static final double NEAR = 0.1;
    private static final String ALPHA = "alpha";

    /** Deviance of the rows held out, with bars of one standard error. */
    Figure deviance() {
        double[] x = cv.path().alphas();
        double[] low = new double[x.length];
        double[] high = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            low[k] = cv.deviance()[k] - cv.standardError()[k];
            high[k] = cv.deviance()[k] + cv.standardError()[k];
        }
        Plot plot = Plot.of(ALPHA, "deviance of rows held out").logarithmicX().whiskers(x, low, high, 1)
                .points(x, cv.deviance(), 1, null);
        return new Figure(marked(plot).toSvg(), "Deviance of rows held out, mean over the folds plus and minus one "
                + "standard error. Marked: the least, and the strongest penalty within one standard error of it.");
    }

    /** How many columns have a coefficient. */
    Figure sizes() {
        double[] x = reversed(cv.path().alphas());
        double[] df = reversed(cv.path().steps().stream().mapToDouble(ElasticNetPath.Step::df).toArray());
        return new Figure(marked(Plot.of(ALPHA, "coefficients other than 0").logarithmicX().steps(x, df, 1, null))
                .toSvg(), "Columns with a coefficient.");
    }

    /** Coefficients for one standard deviation; of several outputs, the one of the given class. */
    Figure coefficients(int output, String of, int chosen, List<String> names, double[] spread) {
        double[] x = reversed(cv.path().alphas());
        double[][] b = cv.path().steps().stream().map(s -> s.model().coefficients(output)).toArray(double[][]::new);
        int[] shown = IntStream.range(0, spread.length).filter(j -> b[b.length - 1][j] != 0 || b[chosen][j] != 0)
                .boxed().sorted(Comparator.comparingDouble(j -> -Math.abs(b[chosen][j] * spread[j]))).mapToInt(j -> j)
                .toArray();
        Plot plot = Plot.of(ALPHA, "coefficient for one standard deviation").logarithmicX();
        // The others first, thin and grey, so that the named ones lie above.
        for (int s = shown.length - 1; s >= 0; s--) {
            int j = shown[s];
            double[] line = reversed(Arrays.stream(b).mapToDouble(v -> v[j] * spread[j]).toArray());
            if (s < MOST_LINES) plot.line(x, line, s + 1, names.get(j));
            else if (s < 10 * MOST_LINES) plot.line(x, line, 0, null);
        }
        return new Figure(marked(plot).toSvg(), "Coefficients along the path" + of + "; named are the "
                + Math.min(MOST_LINES, shown.length) + " largest at the chosen alpha.");
    }

    /** With lines at the two alphas that a rule may choose; near ones share a text. */
    private Plot marked(Plot plot) {
        double[] x = cv.path().alphas();
        double least = cv.alpha(ElasticNetCv.AlphaRule.MIN);
        double sparser = cv.alpha(ElasticNetCv.AlphaRule.ONE_SE);
        if (least <= 0 || x.length < 2) return plot;
        double range = Math.log(x[0] / Math.max(x[x.length - 1], Double.MIN_NORMAL));
        boolean near = Math.log(sparser / least) < NEAR * range;
        plot.verticalRule(sparser, near ? "least, 1 SE" : "1 SE");
        return least == sparser ? plot : plot.verticalRule(least, near ? null : "least");
    }

    /** The output whose coefficients move most. */
    static int liveliest(LinearModel model, double[] spread) {
        return IntStream.range(0, model.outputs()).boxed().max(Comparator.comparingDouble(k -> {
            double[] b = model.coefficients(k);
            return IntStream.range(0, b.length).mapToDouble(j -> Math.abs(b[j] * spread[j])).max().orElse(0);
        })).orElse(0);
    }

    private static double[] reversed(double[] values) {
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) turned[i] = values[values.length - 1 - i];
        return turned;
    }
}
