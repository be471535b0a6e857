package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lanewise.cli.config.Settings;
import org.lanewise.linear.table.ColumnRoles;
import org.lanewise.linear.table.LinearConfig;
import org.lanewise.tabular.ColumnType;
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

    @Option(names = "--weight", paramLabel = "COL", description = "Weights of the rows.")
    private String weight;

    @Option(names = "--group", paramLabel = "COL", description = "Rows of a group stay in one fold.")
    private String group;

    @Option(names = "--id", paramLabel = "COL", description = "Names the rows; no predictor.")
    private String id;

    @Option(names = "--categorical", paramLabel = "COL", split = ",", description = "Columns to take as categories though they look like numbers.")
    private List<String> categorical = List.of();

    @Option(names = "--folds", paramLabel = "N", description = "Folds of the cross-validation that chooses alpha (default: 5).")
    private Integer folds;

    /** For picocli. */
    public DataOptions() {}

    Table read() {
        return read(data);
    }

    /** Another file with the same columns. */
    Table read(Path file) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        categorical.forEach(name -> types.put(name, ColumnType.CATEGORICAL));
        return DataFiles.read(file, types);
    }

    ColumnRoles roles() {
        return new ColumnRoles(target, event, weight, group, id);
    }

    Settings<LinearConfig> applyTo(Settings<LinearConfig> settings) {
        return settings.flag("--family", "family", family).flag("--folds", "folds", folds);
    }
}
