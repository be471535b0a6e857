package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.run.Provenance;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.DataFingerprint;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.io.DataFiles;
import picocli.CommandLine.Option;

/**
 * Options that name a table to train on and the roles of its columns, as a picocli mixin.
 */
public final class DataOptions {
    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The table: CSV (also .gz), Parquet or NumPy.")
    private Path data;

    @Option(names = "--target", paramLabel = "COL", required = true, description = "What to predict; for survival the time.")
    private String target;

    @Option(names = "--event", paramLabel = "COL", description = "For survival: whether the time is that of an event (1) or of the end of observation (0).")
    private String event;

    @Option(names = "--family", paramLabel = "NAME", description = "gaussian, binomial, multinomial, poisson, cox or huber (default: by the target's type and values).")
    private String family;

    @Option(names = "--weight", paramLabel = "COL", description = "Weights of the rows, in training and in all figures.")
    private String weight;

    @Option(names = "--offset", paramLabel = "COL", description = "Added to the linear predictor, such as the logarithm of the exposure of a count.")
    private String offset;

    @Option(names = "--group", paramLabel = "COL", description = "Rows of a group stay in one fold.")
    private String group;

    @Option(names = "--id", paramLabel = "COL", description = "Names the rows; no predictor.")
    private String id;

    @Option(names = "--categorical", paramLabel = "COL", split = ",", description = "Columns to take as categories though they look like numbers.")
    private List<String> categorical = List.of();

    @Option(names = "--drop", paramLabel = "COL", split = ",", description = "Columns to leave out.")
    private List<String> drop = List.of();

    @Option(names = "--folds", paramLabel = "N", description = "Folds of the cross-validation that chooses alpha (default: 5).")
    private Integer folds;

    /** For picocli. */
    public DataOptions() {}

    Table read() { return read(data); }

    /** Another file with the same columns. */
    Table read(Path file) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        categorical.forEach(name -> types.put(name, ColumnType.CATEGORICAL));
        Table table = DataFiles.read(file, types);
        categorical.forEach(table::column);
        for (String name : drop)
            if (roles().named().contains(name)) throw CommandException.badInput("--drop " + name + ": has a role");
        return drop.isEmpty() ? table : table.without(drop.toArray(String[]::new));
    }

    ColumnRoles roles() { return new ColumnRoles(target, event, weight, offset, group, id); }

    /** What a run was made with; a resumed one must have the same data in the same roles. */
    Provenance provenance(String command, Table table, LinearConfig config) {
        return Provenance.of(command).with("seed", config.seed()).with("source", table.source())
                .with("rows", table.rows())
                .with("data", "sha256 " + DataFingerprint.of(table) + ", " + roles());
    }

    Settings<LinearConfig> applyTo(Settings<LinearConfig> settings) {
        return settings.flag("--family", "family", family).flag("--folds", "folds", folds);
    }
}
