package org.lanewise.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.SystemCommands;
import org.lanewise.cli.Systems;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.run.RunDirectory;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lanewise demo}: every system once, small, on data that comes with the program.
 */
@Command(name = "demo", description = "Runs every system once, small, and compares the results with targets and simple methods.")
public final class DemoCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Parameters(arity = "0..*", paramLabel = "SYSTEM", description = "Only these systems (default: all).")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "runs/demo", description = "Where the results go (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "42", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** For picocli. */
    public DemoCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) throws Exception {
        List<SystemCommands> systems = chosen();
        ConsoleTable table = ConsoleTable.of("system", "figure", "result", "simple method", "target", "");
        Map<String, Object> tree = new LinkedHashMap<>();
        List<Path> reports = new ArrayList<>();
        boolean reached = true;
        try (RunDirectory directory = RunDirectory.open(out)) {
            for (SystemCommands system : systems) {
                Demo demo = system.demo();
                console.note(system.name() + ": " + demo.description());
                long begun = System.nanoTime();
                Demo.Result result = demo.run(out.resolve(system.name()), seed, console);
                double seconds = (System.nanoTime() - begun) / 1e9;
                console.note(system.name() + ": done in " + Quantity.duration(seconds));
                for (Demo.Figure figure : result.figures()) {
                    addRow(table, system.name(), figure);
                    reached &= figure.reached() || figure.timing();
                }
                reports.add(result.report());
                tree.put(system.name(), tree(result, seconds));
            }
            directory.writeMetrics(tree);
        }
        console.print(table.toText());
        for (Path report : reports) console.print("report: " + report.toAbsolutePath().normalize());
        console.json(tree);
        return reached ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<SystemCommands> chosen() {
        List<SystemCommands> all = Systems.all();
        if (wanted.isEmpty()) return all;
        List<String> names = all.stream().map(SystemCommands::name).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw CommandException.badInput("no system '" + name + "'; there are: " + String.join(", ", names));
            }
        }
        return all.stream().filter(system -> wanted.contains(system.name())).toList();
    }

    private static void addRow(ConsoleTable table, String system, Demo.Figure figure) {
        String baseline = Double.isNaN(figure.baseline())
                ? null
                : Quantity.figure(figure.baseline(), figure.decimals()) + " (" + figure.baselineName() + ")";
        String target = Double.isNaN(figure.target())
                ? null
                : (figure.larger() ? ">= " : "<= ") + Quantity.figure(figure.target(), figure.decimals());
        table.row(system, figure.name(), Quantity.figure(figure.value(), figure.decimals()), baseline, target,
                Double.isNaN(figure.target())
                        ? ""
                        : figure.reached() ? "reached" : figure.timing() ? "missed (is the machine busy?)" : "MISSED");
    }

    private static Map<String, Object> tree(Demo.Result result, double seconds) {
        List<Map<String, Object>> figures = new ArrayList<>();
        for (Demo.Figure figure : result.figures()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("name", figure.name());
            item.put("value", figure.value());
            item.put("baseline", figure.baseline());
            item.put("baseline_name", figure.baselineName());
            item.put("target", figure.target());
            item.put("reached", figure.reached());
            figures.add(item);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seconds", seconds);
        tree.put("figures", figures);
        tree.put("report", result.report().toAbsolutePath().normalize().toString());
        return tree;
    }
}
