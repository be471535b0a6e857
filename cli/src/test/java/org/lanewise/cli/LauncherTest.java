package org.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script with a JDK and a Maven that only pretend. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final String ECHO_JAVA = """
            #!/bin/sh
            case "$*" in *ArchiveClassesAtExit*) exit 0 ;; esac
            for last in "$@"; do :; done
            echo "args: $*"
            echo "to stderr" >&0
            exit 7
            """;
    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "[INFO] Building Lanewise engine 0.1 [1/2]"
            [ -e fail ] && { echo "[ERROR] engine/A.java: does not compile"; exit 1; }
            mkdir -p cli/target/lib && : >cli/target/lib/engine.jar && : >cli/target/lanewise-cli-0.1.jar
            echo built >>builds
            """;

    @TempDir
    Path temp;
    private Path home;
    private Path jdk;

    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(temp.resolve("with blanks/lanewise home"));
        Files.copy(Path.of("../lanewise"), home.resolve("lanewise"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(home.resolve("engine/src/main"));
        Files.createDirectories(home.resolve("models/tabular/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("engine/src/main/A.java"), "class A {}");
        jdk = jdk("jdk 25", "25.0.3");
        script(temp.resolve("bin/mvn"), FAKE_MAVEN);
    }

    private Path jdk(String name, String version) throws IOException {
        Path folder = temp.resolve(name);
        script(folder.resolve("bin/java"), ECHO_JAVA);
        script(folder.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ran run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LANEWISE_") || name.contains("JAVA"));
        builder.environment().put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", temp.toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private long builds() throws IOException {
        return Files.exists(home.resolve("builds")) ? Files.readAllLines(home.resolve("builds")).size() : 0;
    }

    @Test
    void buildsOnceThenStartsJavaWithTheArgumentsAndItsExitCode() throws Exception {
        Ran first = run(home.resolve("lanewise"), Map.of(), "henaw", "train", "--out", "a b");
        assertThat(first.code()).isEqualTo(7);
        assertThat(first.out()).startsWith("args: --add-modules jdk.incubator.vector ").contains("/engine.jar")
                .contains("/lanewise-cli-0.1.jar")
                .endsWith("org.lanewise.cli.Main henaw train --out a b\n");
        assertThat(first.err()).contains("building with " + jdk).endsWith("to stderr\n");

        Ran second = run(home.resolve("lanewise"), Map.of(), "doctor");
        assertThat(second.err()).isEqualTo("to stderr\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        run(home.resolve("lanewise"), Map.of());
        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(home.resolve("engine/src/main/A.java"), later);
        run(home.resolve("lanewise"), Map.of());
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void worksThroughSymbolicLinksFromAnywhere() throws Exception {
        Files.createDirectories(temp.resolve("links"));
        Files.createSymbolicLink(temp.resolve("links/one"), home.resolve("lanewise"));
        Files.createSymbolicLink(temp.resolve("links/two"), Path.of("one"));
        assertThat(run(temp.resolve("links/two"), Map.of(), "x").out()).contains("-Dlanewise.home=" + home + " ");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndTheLog() throws Exception {
        Files.writeString(home.resolve("fail"), "");
        Ran run = run(home.resolve("lanewise"), Map.of(), "doctor");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("[ERROR] engine/A.java: does not compile").contains("build.log");
        assertThat(home.resolve("cli/target/launcher/lock")).doesNotExist();
        Files.delete(home.resolve("fail"));
        assertThat(run(home.resolve("lanewise"), Map.of(), "doctor").code()).isEqualTo(7);
    }

    @Test
    void anOlderJdkIsPassedOverAndRefusedWhenAskedFor() throws Exception {
        Path old = jdk("jdk-17", "17.0.15");
        Ran refused = run(home.resolve("lanewise"), Map.of("LANEWISE_JAVA_HOME", old.toString()));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines()).singleElement().asString().contains("not a JDK 25").contains("jdk-17");

        jdk(".sdkman/candidates/java/26-open", "26-ea");
        Path search = home.resolve("search"); // a copy that looks at the user's own folders only
        Files.writeString(search,
                Files.readString(home.resolve("lanewise")).replace("/usr/lib", "/none").replace("/opt/", "/none/")
                        .replace("/usr/java", "/none").replace("/usr/local", "/none").replace("/Library", "/none")
                        .replace("command -v javac", "false"));
        Files.setPosixFilePermissions(search, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run(search, Map.of("JAVA_HOME", old.toString())).err())
                .contains("building with " + temp + "/.sdkman/candidates/java/26-open");

        Files.writeString(temp.resolve(".sdkman/candidates/java/26-open/release"), "JAVA_VERSION=\"24\"\n");
        Ran none = run(search, Map.of("JAVA_HOME", old.toString()));
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err().lines()).singleElement().asString().contains("needs JDK 25 or newer")
                .contains("adoptium");
    }

    @Test
    void theUsersOwnJvmOptionsArePassedOn() throws Exception {
        Ran run = run(home.resolve("lanewise"), Map.of("LANEWISE_JAVA_OPTS", "-Xmx8g -Da=b"), "doctor");
        assertThat(run.out()).contains(" -Xmx8g -Da=b -cp ");
    }
}
