package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.List;

import org.lanewise.boosting.table.BoostArtifacts;
import org.lanewise.boosting.table.TableModel;
import org.lanewise.cli.terminal.Console;
import org.lanewise.tabular.Table;
import picocli.CommandLine.Option;

/**
 * The options that name a trained model and the rows to apply it to, as a picocli mixin.
 */
public final class ModelOption {
    @Option(names = "--model", paramLabel = "PATH", defaultValue = "runs/boost/model", description = "The trained model: its folder, or a file of LightGBM (.txt) or XGBoost (.json, .ubj) (default: ${DEFAULT-VALUE}).")
    private Path model;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The rows: CSV (also .gz), Parquet or NumPy.")
    private Path data;

    @Option(names = {"--target",
            "--time"}, paramLabel = "COL", description = "The truth (default: the column the model was trained on).")
    private String target;

    @Option(names = "--event", paramLabel = "COL", description = "Whether the time is that of an event (default: as in training).")
    private String event;

    @Option(names = "--group", paramLabel = "COL", description = "Rows that belong together; for ranking the query (default: as in training).")
    private String group;

    @Option(names = "--weight", paramLabel = "COL", description = "Weights of the rows in the figures (default: as in training).")
    private String weight;

    @Option(names = "--strict", description = "Refuse columns and categories the model does not know, instead of reporting them.")
    private boolean strict;

    /** For picocli. */
    public ModelOption() {}

    /** Where it is. */
    Path path() { return model; }

    TableModel load() {
        return BoostArtifacts.load(model).in(target, event, group, weight);
    }

    /** Reads the rows. */
    Table read(TableModel loaded) {
        return TableModel.read(data, loaded.schema());
    }

    /** Brings rows into the model's form; differences are noted. */
    TableModel.Ready ready(TableModel loaded, Table rows, Console console) {
        TableModel.Ready ready = loaded.ready(rows, List.of(), strict);
        ready.issues().forEach(issue -> console.note(rows.source() + ": " + issue));
        return ready;
    }
}
