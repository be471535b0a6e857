package org.lanewise.cli.mheight;

import java.nio.file.Path;

import org.lanewise.mheight.MHeightArtifacts;
import org.lanewise.mheight.MHeightModel;
import picocli.CommandLine.Option;

/**
 * The option that names a trained model, as a picocli mixin.
 */
public final class ModelOption {
    @Option(names = "--model", paramLabel = "DIR", defaultValue = "runs/mheight/model", description = "The trained model (default: ${DEFAULT-VALUE}).")
    private Path model;

    /** For picocli. */
    public ModelOption() {}

    /** Where it is. */
    Path path() { return model; }

    /** Loads it. */
    MHeightModel load() {
        return MHeightArtifacts.load(model);
    }
}
