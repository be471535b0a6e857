package org.lanewise.cli.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.lanewise.cli.report.HtmlReport;
import org.lanewise.cli.report.HtmlReport.Figure;
import org.lanewise.cli.report.Plot;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.optim.search.Dimension;
import org.lanewise.optim.search.SearchSpace;
import org.lanewise.optim.search.StudyResult;
import org.lanewise.optim.search.TrialResult;

/**
 * What a search for settings found.
 *
 * @param chosen the settings to train with
 * @param trial  the number of the trial they are from; -1 if nothing beat the settings as given
 * @param before the score of the settings as given
 * @param result all trials
 * @param space  what was searched
 * @param metric what a score is
 * @param <R>    the settings
 */
public record Searched<R extends Record>(R chosen, int trial, double before, StudyResult result, SearchSpace space,
        String metric) {
    private static final int SHOWN = 10;

    /**
     * The best score found.
     *
     * @return that of the chosen settings
     */
    public double score() {
        return trial < 0 ? before : result.trials().get(trial).score();
    }

    /**
     * For {@code metrics.json}.
     *
     * @return numbers of trials, scores, and the values that were chosen
     */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metric", metric);
        tree.put("trials", result.trials().size());
        for (TrialResult.State state : TrialResult.State.values())
            tree.put(state.name().toLowerCase(Locale.ROOT), result.count(state));
        tree.put("score_as_given", before);
        tree.put("score", score());
        tree.put("chosen_trial", trial < 0 ? null : trial);
        tree.put("chosen", trial < 0 ? Map.of() : result.trials().get(trial).values());
        return tree;
    }

    /**
     * One line for people.
     *
     * @return how many trials, what they gained
     */
    public String summary() {
        return String.format(Locale.ROOT, "search: %d trials (%d pruned, %d failed), %s %s -> %s%s",
                result.trials().size(), result.count(TrialResult.State.PRUNED),
                result.count(TrialResult.State.FAILED), metric, figure(before), figure(score()),
                trial < 0 ? "; the settings as given stay" : ", trial " + trial);
    }

    /**
     * The best trials.
     *
     * @return a row each, best first, and one for the settings as given
     */
    public ConsoleTable table() {
        List<String> header = new ArrayList<>(List.of("trial", metric));
        space.dimensions().forEach(d -> header.add(d.name()));
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        ranked().stream().limit(SHOWN).forEach(t -> {
            List<Object> row = new ArrayList<>(List.of(t.number(), figure(t.score())));
            space.dimensions().forEach(d -> row.add(text(t.values().get(d.name()))));
            table.row(row.toArray());
        });
        Object[] given = new Object[header.size()];
        Arrays.fill(given, "");
        given[0] = "as given";
        given[1] = figure(before);
        table.row(given);
        return table;
    }

    private List<TrialResult> ranked() {
        return result.trials().stream().filter(t -> t.state() == TrialResult.State.COMPLETE)
                .sorted((a, b) -> result.maximize()
                        ? Double.compare(b.score(), a.score())
                        : Double.compare(a.score(), b.score()))
                .toList();
    }

    /**
     * Adds a section to a report: the best trials, the course of the search, and the score against each setting.
     *
     * @param report modified
     */
    public void addTo(HtmlReport report) {
        report.section("Search for settings").paragraph(summary() + ". Scored on validation rows, which the test rows "
                + "are no part of; the best of many scores is somewhat too good, so judge the model by the test rows.")
                .table("The best trials.", table());
        List<TrialResult> complete = result.trials().stream()
                .filter(t -> t.state() == TrialResult.State.COMPLETE).toList();
        if (complete.isEmpty()) return;
        report.figures(new Figure(course(complete), "Score of every complete trial, and the best so far."));
        report.figures(space.dimensions().stream().filter(d -> d.kind() != Dimension.Kind.CATEGORY)
                .map(d -> slice(d, complete)).toArray(Figure[]::new));
    }

    private String course(List<TrialResult> complete) {
        double[] number = complete.stream().mapToDouble(TrialResult::number).toArray();
        double[] score = complete.stream().mapToDouble(TrialResult::score).toArray();
        double[] best = new double[score.length];
        double so = before;
        for (int i = 0; i < score.length; i++)
            best[i] = so = result.maximize() ? Math.max(so, score[i]) : Math.min(so, score[i]);
        return Plot.of("trial", metric).points(number, score, 1, "trials").steps(number, best, 2, "best so far")
                .rule(0, before, "as given", null).toSvg();
    }

    private Figure slice(Dimension d, List<TrialResult> complete) {
        List<TrialResult> with = complete.stream().filter(t -> t.values().containsKey(d.name())).toList();
        double[] x = with.stream().mapToDouble(t -> ((Number) t.values().get(d.name())).doubleValue())
                .map(v -> d.log() ? Math.log10(v) : v).toArray();
        double[] y = with.stream().mapToDouble(TrialResult::score).toArray();
        return new Figure(Plot.of(d.log() ? "log10 " + d.name() : d.name(), metric).points(x, y, 1, null).toSvg(),
                d.name() + ".");
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> String.format(Locale.ROOT, "%.4g", number);
            default -> value.toString();
        };
    }

    static String figure(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5g", value) : "–";
    }
}
