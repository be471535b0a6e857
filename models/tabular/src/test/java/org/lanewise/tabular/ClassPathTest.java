package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Nothing that ships brings a native library along. */
class ClassPathTest {
    private static final String NATIVE = ".*\\.(so|so\\.[0-9.]+|dll|dylib|jnilib)";

    @Test
    void holdsNoNativeLibrary() throws Exception {
        List<String> found = new ArrayList<>();
        int jars = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.walk(path)) {
                    files.map(Path::toString).filter(f -> f.matches(NATIVE)).forEach(found::add);
                }
            } else if (Files.isRegularFile(path)) {
                jars++;
                try (ZipFile zip = new ZipFile(path.toFile())) {
                    zip.stream().filter(e -> e.getName().matches(NATIVE))
                            .forEach(e -> found.add(path.getFileName() + "!" + e.getName()));
                }
            }
        }
        assertThat(jars).isPositive();
        assertThat(found).isEmpty();
    }
}
