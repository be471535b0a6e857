package org.lanewise.cli.henaw;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.henaw.selection.Comparison;
import org.lanewise.henaw.selection.FoldScores;

/**
 * A cross-validation as a table: mean over folds with the standard deviation between folds.
 */
final class ComparisonTable {
    private ComparisonTable() {}

    static String caption(Comparison c) {
        return "Cross-validation inside the training data, " + c.folds() + " folds"
                + (c.repeats() > 1 ? " x " + c.repeats() : "") + ", " + Quantity.count(c.people()) + " people, "
                + Quantity.count(c.deaths())
                + " deaths: Harrell's C on the held-out folds (standard deviation between folds), "
                + c.rows() + ". Chosen is the simplest setting within one standard error of the best.";
    }

    static ConsoleTable of(Comparison c) {
        ConsoleTable table = ConsoleTable.of("method", "C, all ages", "C, 40 to 70", "behind the best", "parameters",
                "linear path kept", "");
        for (Comparison.Result r : c.candidates()) {
            double[] behind = c.behind(r);
            table.row("HENAW " + r.candidate().label(), figure(r.scores(), FoldScores::all),
                    figure(r.scores(), FoldScores::middle),
                    r == c.best() ? "best" : String.format(Locale.ROOT, "%.4f ± %.4f", behind[0], behind[1]),
                    Quantity.figure(r.parameters(), 0), Quantity.figure(100 * r.kept(), 0) + " %",
                    r == c.chosen() ? "chosen" : "");
        }
        c.baselines().forEach((name, scores) -> table.row(name, figure(scores, FoldScores::all),
                figure(scores, FoldScores::middle), "", "", "", ""));
        return table;
    }

    private static String figure(FoldScores scores, Function<FoldScores, double[]> band) {
        double[] values = band.apply(scores);
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Double.isNaN(mean)
                ? null
                : String.format(Locale.ROOT, "%.4f (%.4f)", mean, FoldScores.sd(values));
    }
}
