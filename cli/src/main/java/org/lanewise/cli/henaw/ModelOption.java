package org.lanewise.cli.henaw;

import java.nio.file.Path;
import org.lanewise.henaw.HenawArtifacts;
import org.lanewise.henaw.HenawModel;
import picocli.CommandLine.Option;

/**
 * The option that names a trained model, as a picocli mixin.
 */
public final class ModelOption {
    @Option(names = "--model", paramLabel = "DIR", defaultValue = "runs/henaw/model", description = "The trained model (default: ${DEFAULT-VALUE}).")
    private Path model;

    /** For picocli. */
    public ModelOption() {}

    /** Where it is. */
    Path path() { return model; }

    /** Loads it. */
    HenawModel load() {
        return HenawArtifacts.load(model);
    }
}
