package org.lanewise.cli.mheight;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.CommonOptions;
import org.lanewise.cli.ExitCode;
import org.lanewise.cli.WorkCommand;
import org.lanewise.cli.terminal.Console;
import org.lanewise.cli.terminal.ConsoleTable;
import org.lanewise.cli.terminal.Quantity;
import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeTable;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.data.LabelControl;
import org.lanewise.mheight.data.LabelledFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code mheight controls}: how wrong the labels of interpolated and noisy codes are.
 */
@Command(name = "controls", description = "Negative controls: changes codes as data augmentation would, by interpolation or noise, and measures their copied or "
        + "interpolated labels against exact heights, in log2-MSE.")
public final class ControlsCommand extends WorkCommand {
    @Mixin
    private CommonOptions options;

    @Option(names = "--codes", paramLabel = "LAW", defaultValue = "d1", description = "d1: uniform reals; d2: whole numbers on the scales of the course's data (default: ${DEFAULT-VALUE}).")
    private CodeLaw law;

    @Option(names = "--in", paramLabel = "FILE", description = "Instead of random codes: a file of them, as for mheight exact. Heights are computed.")
    private Path in;

    @Option(names = "--count", paramLabel = "N", defaultValue = "5000", description = "Changed codes of each group (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed (default: ${DEFAULT-VALUE}).")
    private long seed;

    /** For picocli. */
    public ControlsCommand() {}

    @Override
    protected CommonOptions options() { return options; }

    @Override
    protected int work(Console console) {
        if (count < 100) throw CommandException.badInput("--count " + count + ": expected 100 or more");
        HeightRows rows = in == null
                ? HeightRows.draw(law, Group.PUBLISHED, count, seed)
                : HeightRows.of(new CodeTable(LabelledFile.read(in), 0), Group.PUBLISHED);
        Map<LabelControl, List<LabelControl.Wrong>> results = new LinkedHashMap<>();
        for (LabelControl control : LabelControl.values()) results.put(control, control.measure(rows, count, seed));
        if (results.get(LabelControl.TWIN).isEmpty())
            throw CommandException.badInput(in + ": no group of n = 9, k = 4 to 6 has two codes of finite height");
        console.print(
                table(rows, results).toText() + "\nlog2-MSE of the label against the exact height of the changed code."
                        + infinite(results));
        console.json(tree(results));
        return ExitCode.OK;
    }

    private static ConsoleTable table(HeightRows rows, Map<LabelControl, List<LabelControl.Wrong>> results) {
        List<String> header = new ArrayList<>(List.of("(k,m)", "a", "variance"));
        results.keySet().forEach(control -> header.add(control.label()));
        ConsoleTable table = ConsoleTable.of(header.toArray(String[]::new));
        List<LabelControl.Wrong> twins = results.get(LabelControl.TWIN); // their labels are the rows' own
        for (int i = 0; i < twins.size(); i++) {
            List<Object> row = new ArrayList<>(List.of(twins.get(i).group(), twins.get(i).group().codimension(),
                    Quantity.figure(twins.get(i).variance(), 3)));
            for (List<LabelControl.Wrong> control : results.values())
                row.add(Quantity.figure(control.get(i).log2Mse(), 3));
            table.row(row.toArray());
        }
        return table;
    }

    /** Labels that are finite where the height is not have no error to count. */
    private static String infinite(Map<LabelControl, List<LabelControl.Wrong>> results) {
        int infinite = results.values().stream().flatMap(List::stream).mapToInt(LabelControl.Wrong::infinite).sum();
        return infinite == 0
                ? ""
                : " " + Quantity.count(infinite) + " more are labelled although their height is infinite.";
    }

    private static Map<String, Object> tree(Map<LabelControl, List<LabelControl.Wrong>> results) {
        Map<String, Object> tree = new LinkedHashMap<>();
        results.forEach((control, groups) -> {
            List<Object> list = new ArrayList<>();
            for (LabelControl.Wrong wrong : groups) {
                Map<String, Object> group = new LinkedHashMap<>();
                group.put("k", wrong.group().k());
                group.put("m", wrong.group().m());
                group.put("n", wrong.codes());
                group.put("infinite", wrong.infinite());
                group.put("refused", wrong.refused());
                group.put("log2_mse", wrong.log2Mse());
                group.put("variance", wrong.variance());
                list.add(group);
            }
            tree.put(control.name().toLowerCase(java.util.Locale.ROOT), list);
        });
        return tree;
    }
}
