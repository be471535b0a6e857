package org.lanewise.cli.linear;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lanewise.linear.table.LinearArtifacts;
import org.lanewise.linear.table.TableModel;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;
import org.lanewise.tabular.io.DataFiles;
import picocli.CommandLine.Option;

/**
 * Options that name a trained model and a table for it, as a picocli mixin.
 */
public final class ModelOption {
    @Option(names = "--model", paramLabel = "DIR", defaultValue = "runs/linear/model", description = "The trained model (default: ${DEFAULT-VALUE}).")
    private Path model;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The table: CSV (also .gz), Parquet or NumPy.")
    private Path data;

    /** For picocli. */
    public ModelOption() {}

    /** Where it is. */
    Path path() { return model; }

    /** Loads it. */
    TableModel load() {
        return LinearArtifacts.load(model);
    }

    /** Reads the table with the types that the model knows. */
    Table read(TableModel loaded) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        loaded.schema().types().forEach((name, type) -> {
            if (type == ColumnType.CATEGORICAL || type == ColumnType.TEXT) types.put(name, type);
        });
        return DataFiles.read(data, types);
    }
}
