package org.lanewise.cli.henaw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.OutputFile;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Progress;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.HenawExplainer;
import org.lanewise.henaw.HenawModel;
import org.lanewise.henaw.HenawExplainer.Explanation;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.DoubleColumn;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.TextColumn;
import org.lanewise.tabular.csv.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code henaw explain}: how much each marker moved the figure of one person, or of everybody in a file.
 */
@Command(name = "explain", description = "Says how much each marker moved a person's figure (exact Shapley values, "
        + "integrated gradients), for one person or a file.")
public final class ExplainCommand extends WorkCommand {
    private static final int PIECES = 200;

    @Mixin
    private CommonOptions options;

    @Mixin
    private ModelOption model;

    @Mixin
    private PeopleOptions who;

    @Option(names = "--out", paramLabel = "FILE", description = "With --data: where the shares of every person go, as CSV "
            + "(default: runs/henaw/explanations.csv).")
    private Path out;

    /** For picocli. */
    public ExplainCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        boolean population = who.isFile();
        Path file = out != null ? out : Path.of("runs", HenawCommand.NAME, "explanations.csv");
        if (population) OutputFile.check("--out", file);
        HenawModel loaded = model.load();
        Cohort people = who.read();
        loaded.check(people);
        HenawExplainer explainer = HenawExplainer.of(loaded);
        if (population) explainFile(explainer, people, file, console);
        else explainPerson(explainer, people, console);
        return ExitCode.OK;
    }

    private void explainPerson(HenawExplainer explainer, Cohort person, Console console) {
        Explanation explanation = explain(explainer, person, 0);
        console.print(
                explainer.figureName() + " " + Quantity.figure(explanation.figure(), 3) + "; usual at this age and sex "
                        + Quantity.figure(explanation.usual(), 3) + "\n");
        ConsoleTable table = ConsoleTable.of("marker", "share", "integrated gradients");
        byShare(explanation.shapley()).forEach(marker -> table.row(marker.shortName(),
                Quantity.figure(explanation.shapley().get(marker), 3),
                Quantity.figure(explanation.integratedGradients().get(marker), 3)));
        console.print(table.toText());
        ConsoleTable systems = ConsoleTable.of("system", "share");
        explanation.systems().forEach((organ, share) -> systems.row(organ.label(), Quantity.figure(share, 3)));
        console.print("\n" + systems.toText());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("figure_name", explainer.figureName());
        tree.put("figure", explanation.figure());
        tree.put("usual", explanation.usual());
        tree.put("shapley", named(explanation.shapley()));
        tree.put("integrated_gradients", named(explanation.integratedGradients()));
        tree.put("completeness_gap", explanation.completenessGap());
        console.json(tree);
    }

    private void explainFile(HenawExplainer explainer, Cohort people, Path file, Console console) {
        Explanation[] all = new Explanation[people.size()];
        try (Progress progress = console.progress("explaining", people.size(), "people")) {
            int step = Math.max(1, people.size() / PIECES);
            for (int from = 0; from < people.size(); from += step) {
                int first = from;
                WorkerPool.current().forEach(Math.min(step, people.size() - from),
                        k -> all[first + k] = explain(explainer, people, first + k));
                progress.update(Math.min(people.size(), from + step));
            }
        }
        List<Column> columns = new ArrayList<>();
        columns.add(TextColumn.of("id", IntStream.range(0, people.size()).mapToObj(people::id).toArray(String[]::new)));
        columns.add(column("figure", all, Explanation::figure));
        columns.add(column("usual", all, Explanation::usual));
        Map<Marker, Double> importance = new LinkedHashMap<>();
        for (Marker marker : explainer.markers()) {
            DoubleColumn shares = column("shapley_" + marker.shortName(), all, e -> e.shapley().get(marker));
            columns.add(shares);
            importance.put(marker,
                    IntStream.range(0, all.length).mapToDouble(i -> Math.abs(shares.get(i))).average().orElse(0));
        }
        Csv.write(file, Table.of(people.source(), columns));
        ConsoleTable table = ConsoleTable.of("marker", "mean absolute share");
        byShare(importance)
                .forEach(marker -> table.row(marker.shortName(), Quantity.figure(importance.get(marker), 4)));
        console.print(table.toText() + "\n" + explainer.figureName() + " of " + people.size() + " people: " + file);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("people", people.size());
        tree.put("figure_name", explainer.figureName());
        tree.put("mean_absolute_share", named(importance));
        tree.put("file", file.toString());
        console.json(tree);
    }

    /** Explains row {@code i}. */
    static Explanation explain(HenawExplainer explainer, Cohort people, int i) {
        double[] values = explainer.markers().stream().mapToDouble(marker -> people.value(marker, i)).toArray();
        return explainer.explain(values, people.age(i), people.sex(i));
    }

    /** The markers with the largest shares first. */
    static List<Marker> byShare(Map<Marker, Double> shares) {
        return shares.keySet().stream().sorted(Comparator.comparingDouble(marker -> -Math.abs(shares.get(marker))))
                .toList();
    }

    private static DoubleColumn column(String name, Explanation[] all,
            java.util.function.ToDoubleFunction<Explanation> value) {
        double[] values = new double[all.length];
        for (int i = 0; i < values.length; i++) values[i] = value.applyAsDouble(all[i]);
        return DoubleColumn.of(name, values);
    }

    private static Map<String, Double> named(Map<Marker, Double> shares) {
        Map<String, Double> named = new LinkedHashMap<>();
        shares.forEach((marker, share) -> named.put(marker.shortName(), share));
        return named;
    }
}
