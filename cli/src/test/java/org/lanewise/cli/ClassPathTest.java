package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** No native code in anything that ships. The test class path holds all of the run-time class path, and test libraries. */
class ClassPathTest {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.[0-9.]+)?|dll|dylib|jnilib)");

    @Test
    void noJarBringsNativeCode() throws IOException {
        List<String> natives = new ArrayList<>();
        List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar")).map(Path::of).toList();
        assertThat(jars).as("jars on the class path").hasSizeGreaterThan(5);
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().filter(entry -> NATIVE.matcher(entry.getName()).matches())
                        .forEach(entry -> natives.add(jar.getFileName() + "!" + entry.getName()));
            }
        }
        assertThat(natives).isEmpty();
    }

    @Test
    void theFamiliarEndingsAreFound() {
        assertThat(List.of("a/libx.so", "libopenblas.so.0", "x.dll", "x.dylib", "x.jnilib"))
                .allMatch(NATIVE.asMatchPredicate());
        assertThat(List.of("Reason.class", "x.so.txt", "dll.class")).noneMatch(NATIVE.asMatchPredicate());
    }
}
