package org.lanewise.cli.boost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.lanewise.cli.terminal.Console;
import org.lanewise.tabular.BadInputException;
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

    @Option(names = "--strict", description = "Refuse columns and categories the model does not know, instead of reporting them.")
    private boolean strict;

    /** For picocli. */
    public ModelOption() {}

    /** Where it is. */
    Path path() { return model; }

    BoostArtifact load() {
        return BoostArtifact.load(model);
    }

    /** Reads the rows and brings them into the model's form; differences are noted. */
    BoostArtifact.Ready ready(BoostArtifact artifact, Console console, String... known) {
        return ready(artifact, data, console, known);
    }

    /** As {@link #ready(BoostArtifact, Console, String...)} with another file. */
    BoostArtifact.Ready ready(BoostArtifact artifact, Path file, Console console, String... known) {
        Table table = BoostArtifact.read(file, artifact.schema());
        if (table.rows() == 0) throw BadInputException.at(file.toString()).because("no rows");
        List<String> names = new ArrayList<>(List.of(known));
        names.add(artifact.task().target());
        names.add(artifact.task().event());
        if (artifact.id() != null) names.add(artifact.id());
        BoostArtifact.Ready ready = artifact.ready(table, names, strict);
        ready.issues().forEach(issue -> console.note(file + ": " + issue));
        return ready;
    }
}
