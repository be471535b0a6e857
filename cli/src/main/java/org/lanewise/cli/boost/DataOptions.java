package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.lanewise.boosting.table.ColumnRoles;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.io.DataFiles;
import picocli.CommandLine.Option;

/**
 * Options that name a table to train on and the roles of its columns, as a picocli mixin.
 */
public final class DataOptions {
    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The table: CSV (also .gz), Parquet or NumPy.")
    private Path data;

    @Option(names = {"--target",
            "--time"}, paramLabel = "COL", required = true, description = "What is to be predicted; for survival the time, for ranking the relevance.")
    private String target;

    @Option(names = "--event", paramLabel = "COL", description = "For survival: whether the target is the time of an event (1) or of the end of observation (0).")
    private String event;

    @Option(names = "--id", paramLabel = "COL", description = "Names the rows; not a feature.")
    private String id;

    @Option(names = "--group", paramLabel = "COL", description = "Rows of one group stay in one part of every split; for ranking the query. Not a feature.")
    private String group;

    @Option(names = "--weight", paramLabel = "COL", description = "Weights of the rows, in training and in the figures; not a feature.")
    private String weight;

    @Option(names = "--categorical", paramLabel = "COL", split = ",", description = "Columns of categories besides those that hold text.")
    private List<String> categorical = new ArrayList<>();

    @Option(names = "--drop", paramLabel = "COL", split = ",", description = "Columns to leave out.")
    private List<String> drop = new ArrayList<>();

    /** For picocli. */
    public DataOptions() {}

    ColumnRoles roles() {
        return new ColumnRoles(target, event, weight, group, id, drop, categorical);
    }

    Table read() { return DataFiles.read(data, roles().types()); }
}
