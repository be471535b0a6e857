package org.lanewise.tabular;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the real data sets beside the repository: variable LANEWISE_DATA, else {@code shared/data} beside any parent folder. */
final class RealData {
    private RealData() {
    }

    /** The file; without it the test that asks is skipped with a message. */
    static Path file(String name) {
        String variable = System.getenv("LANEWISE_DATA");
        if (variable != null && Files.exists(Path.of(variable, "tabular", name))) {
            return Path.of(variable, "tabular", name);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path candidate = up.resolve("shared/data/tabular").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("shared/data/tabular/" + name + " is not there: skipped");
        return null;
    }
}
