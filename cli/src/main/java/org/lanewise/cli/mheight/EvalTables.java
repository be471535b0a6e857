package org.lanewise.cli.mheight;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.MHeightEvaluation;
import org.lanewise.mheight.PublishedFigures;
import org.lanewise.mheight.SplitEvaluation;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.network.LearnedMinor;

/**
 * The tables of an evaluation, for console and page: every error beside the variance of the labels and the training mean.
 */
final class EvalTables {
    private final MHeightEvaluation result;

    EvalTables(MHeightEvaluation result) {
        this.result = result;
    }

    /** One row for each group, and one for their mean. */
    ConsoleTable groups() {
        boolean fresh = result.law().isPresent();
        List<String> header = new ArrayList<>(
                List.of("(k,m)", "a", "codes", "log2-MSE", "variance", "training mean", "MSE / variance"));
        if (fresh) header.add("best public");
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        for (MHeightEvaluation.Score s : result.scores()) {
            List<Object> row = new ArrayList<>(
                    List.of(s.group(), s.group().codimension(), Quantity.count(s.rows()), figure(s.log2Mse()),
                            figure(s.variance()), figure(s.meanMse()), figure(s.log2Mse() / s.variance())));
            if (fresh) row.add(figure(result.bestPublic(s.group())));
            table.row(row.toArray());
        }
        List<Object> mean = new ArrayList<>(List.of("mean of groups", "", "", figure(result.log2Mse()),
                figure(result.variance()), figure(result.meanMse()), figure(result.log2Mse() / result.variance())));
        if (fresh) mean.add(figure(PublishedFigures.bestOverall(result.law().get()).overall()));
        table.row(mean.toArray());
        return table;
    }

    /** Ours beside what each source reports; those that are not comparable have a star. */
    ConsoleTable published() {
        CodeLaw law = result.law().orElseThrow();
        List<String> header = new ArrayList<>(List.of("(k,m)", "this model"));
        for (PublishedFigures.Source source : PublishedFigures.ALL)
            header.add(source.name() + (source.isComparable(law) ? "" : "*"));
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        for (MHeightEvaluation.Score s : result.scores()) {
            List<Object> row = new ArrayList<>(List.of(s.group(), figure(s.log2Mse())));
            for (PublishedFigures.Source source : PublishedFigures.ALL)
                row.add(figure(source.log2Mse(s.group())));
            table.row(row.toArray());
        }
        List<Object> mean = new ArrayList<>(List.of("mean of groups", figure(result.log2Mse())));
        for (PublishedFigures.Source source : PublishedFigures.ALL) mean.add(figure(source.overall()));
        return table.row(mean.toArray());
    }

    /** Such as "better than the best public network in 9 of 9 groups, and overall: 0.002 against 0.582 (harshwadhawe)". */
    String verdict() {
        return PublishedFigures.compare(result).map(c -> {
            String text = "better than the best public network in " + c.better() + " of " + c.groups() + " groups";
            if (Double.isNaN(c.overall())) return text;
            return text + (c.isBetterOverall() ? ", and overall: " : "; not overall: ") + figure(c.overall())
                    + " against " + figure(c.best().overall()) + " (" + c.best().name() + ")";
        }).orElseThrow();
    }

    /** What the sources measured, and on what. */
    ConsoleTable sources() {
        CodeLaw law = result.law().orElseThrow();
        ConsoleTable table = ConsoleTable.of("source", "comparable", "what");
        for (PublishedFigures.Source source : PublishedFigures.ALL)
            table.row(source.name(), source.isComparable(law) ? "yes" : "no", source.what());
        return table;
    }

    /** The error by the exponent of the tail. */
    ConsoleTable tails() {
        ConsoleTable table = ConsoleTable.of("a", "groups", "codes", "log2-MSE", "variance", "explained", "bias",
                "5 % below", "5 % above");
        for (MHeightEvaluation.Tail t : result.tails())
            table.row(t.codimension(), t.groups().stream().map(Group::toString).collect(Collectors.joining(" ")),
                    Quantity.count(t.rows()), figure(t.log2Mse()), figure(t.variance()),
                    percent(t.explained()), figure(t.bias()), figure(t.low()),
                    figure(t.high()));
        return table;
    }

    /** The error by the true height. */
    ConsoleTable deciles() {
        ConsoleTable table = ConsoleTable.of("tenth", "codes", "mean true log2", "mean predicted", "log2-MSE");
        int number = 1;
        for (MHeightEvaluation.Decile d : result.deciles())
            table.row(number++, Quantity.count(d.rows()), figure(d.truth()), figure(d.predicted()),
                    figure(d.log2Mse()));
        return table;
    }

    /** The model's own validation rows beside fresh codes. */
    ConsoleTable split(SplitEvaluation split) {
        ConsoleTable table = ConsoleTable.of("(k,m)", "validation rows", "log2-MSE there", "on fresh codes",
                "difference");
        for (SplitEvaluation.GroupErrors g : split.groups())
            table.row(g.group(), Quantity.count(g.rows()), figure(g.validation()), figure(g.fresh()),
                    figure(g.gained()));
        return table.row("mean of groups", "", figure(split.validation()), figure(split.fresh()),
                figure(split.fresh() - split.validation()));
    }

    /** How many validation rows training has seen. */
    static String shared(SplitEvaluation split) {
        return percent(split.sharedOrbits())
                + " of the validation rows have their code or a symmetric twin of it in training"
                + (split.sharedRows() > 0
                        ? ", " + percent(split.sharedRows()) + " with the same m and so with the label"
                        : "")
                + (split.leak() ? " (published.leak): their error is not that of new codes" : "")
                + "; log2-MSE on training rows " + figure(split.training());
    }

    /** What t1 found. */
    static ConsoleTable minors(List<LearnedMinor> minors) {
        ConsoleTable table = ConsoleTable.of("size of submatrix", "products", "share of weight",
                "deviation from a minor");
        int products = 1;
        for (LearnedMinor minor : minors) {
            products *= minor.size();
            table.row(minor.size(), products, percent(minor.share()), figure(minor.deviation()));
        }
        return table;
    }

    private static String percent(double share) {
        return Quantity.figure(100 * share, 1) + " %";
    }

    /** The published limits. */
    ConsoleTable targets(SplitEvaluation split) {
        ConsoleTable table = ConsoleTable.of("published target", "below", "validation", "", "fresh codes", " ");
        for (SplitEvaluation.Target t : split.targets())
            table.row(t.name(), figure(t.limit()), figure(t.validation()), met(t.isMetInValidation()),
                    figure(t.fresh()), met(t.isMetOnFreshCodes()));
        return table;
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }

    /** Why the targets are missed, if they are. */
    static String aboutTargets(SplitEvaluation split) {
        if (split.targets().stream().allMatch(SplitEvaluation.Target::isMetOnFreshCodes))
            return "All are met on codes never seen.";
        return "Honest validation does not meet these limits: they were set beside validation rows that training had seen or whose "
                + "labels were interpolated. On such labels exact heights would themselves score about .38; on codes never seen the "
                + "best public network has " + figure(PublishedFigures.bestOverall(CodeLaw.D1).overall()) + ".";
    }

    static String figure(double value) {
        return Quantity.figure(value, Math.abs(value) < .01 ? 6 : 3);
    }
}
