package org.lanewise.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path dir;

    @Test
    void writesAndReplacesAndMakesDirectories() throws IOException {
        Path file = dir.resolve("a/b/c.txt");
        AtomicFile.write(file, out -> out.write("one".getBytes()));
        AtomicFile.write(file, out -> out.write("two".getBytes()));
        assertThat(file).hasContent("two");
        assertThat(names(file.getParent())).containsExactly("c.txt");
    }

    @Test
    void othersMayReadTheFileAsFarAsTheUmaskAllows() throws IOException {
        Path plain = Files.createFile(dir.resolve("plain"));
        Path file = dir.resolve("file");
        AtomicFile.write(file, out -> out.write(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = dir.resolve("c.txt");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
            out.write(new byte[100_000]);
            throw new IllegalStateException("midway");
        })).hasMessage("midway");
        assertThat(file).hasContent("old");
        assertThat(names(dir)).containsExactly("c.txt");
    }

    @Test
    void placesThatCannotBeWrittenAreNamed() throws IOException {
        Files.writeString(dir.resolve("file"), "");
        Path below = dir.resolve("file/y.txt");
        assertThatThrownBy(() -> AtomicFile.write(below, _ -> {})).isInstanceOf(IOException.class)
                .hasMessageContaining("y.txt: cannot be written: ").hasMessageMatching("(?s).*[nN]ot a directory.*")
                .hasMessageNotContaining("\n");
        Path directory = Files.createDirectories(dir.resolve("d/e")).getParent();
        assertThatThrownBy(() -> AtomicFile.write(directory, out -> out.write(1))).isInstanceOf(IOException.class);
        assertThat(names(dir)).containsExactly("d", "file");
    }

    private static Stream<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }
}
