package org.lanewise.mheight;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** Finds published sets of labelled codes: property or variable LANEWISE_DATA, else {@code shared/data} beside any parent folder. */
public final class CodeData {
    private CodeData() {}

    /** One file of the folder {@code mheight}; the calling test is skipped, with a message, where it is absent. */
    public static Path file(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(found != null,
                "published m-heights not found: set LANEWISE_DATA to the folder that holds mheight/" + name);
        return found;
    }

    private static Path find(String name) {
        String set = System.getProperty("LANEWISE_DATA", System.getenv("LANEWISE_DATA"));
        if (set != null) return readable(Path.of(set, "mheight", name));
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path candidate = readable(up.resolve("shared/data/mheight").resolve(name));
            if (candidate != null) return candidate;
        }
        return null;
    }

    private static Path readable(Path file) {
        return Files.isReadable(file) ? file : null;
    }
}
