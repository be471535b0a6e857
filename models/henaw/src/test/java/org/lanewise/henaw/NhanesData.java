package org.lanewise.henaw;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Finds the NHANES extracts: property or variable LANEWISE_DATA, else {@code shared/data} beside any parent folder. */
public final class NhanesData {
    private NhanesData() {}

    /** NHANES III or IV; the calling test is skipped, with a message, where the extracts are absent. */
    public static Path file(String name) {
        Optional<Path> folder = folder();
        Assumptions.assumeTrue(folder.isPresent(),
                "NHANES extracts not found: set LANEWISE_DATA to the folder that holds nhanes/");
        return folder.get().resolve(name);
    }

    private static Optional<Path> folder() {
        String set = System.getProperty("LANEWISE_DATA", System.getenv("LANEWISE_DATA"));
        if (set != null)
            return Optional.of(Path.of(set, "nhanes")).filter(Files::isDirectory);
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path candidate = up.resolve("shared/data/nhanes");
            if (Files.isReadable(candidate.resolve("nhanes3.csv.gz")))
                return Optional.of(candidate);
        }
        return Optional.empty();
    }
}
