package org.lanewise.engine.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same bits in virtual machines started in other ways: no flag, other widths, interpreted, another locale. */
class FreshJvmTest {
    private static String warm;

    /** Prints the backend and the hash of every kernel's results. */
    static final class Main {
        public static void main(String[] args) {
            System.out.println("backend " + KernelProvider.get().name() + ": " + KernelProvider.reason());
            System.out.println("hash " + KernelSuite.hash(KernelProvider.get()));
        }
    }

    @BeforeAll
    static void compiledHash() {
        KernelSuite.warmUp(KernelProvider.get());
        warm = "hash " + KernelSuite.hash(KernelProvider.get());
    }

    @Test
    void withoutTheModule() throws Exception {
        String output = child();
        assertThat(output).contains("backend scalar", "--add-modules jdk.incubator.vector", warm);
    }

    @Test
    void everyWidth() throws Exception {
        for (int bits = 128; bits <= KernelProvider.get().bits(); bits *= 2) {
            String output = child("--add-modules", "jdk.incubator.vector", "-Dlanewise.bits=" + bits);
            assertThat(output).contains("backend vector-" + bits, warm);
        }
    }

    @Test
    void interpreted() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Xint")).contains("backend vector-", warm);
    }

    @Test
    void nonLatinDigits() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Duser.language=ar", "-Duser.country=SA"))
                .contains("backend vector-", warm);
    }

    @Test
    void scalarOnRequest() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-Dlanewise.kernels=scalar"))
                .contains("backend scalar", warm);
    }

    @Test
    void refusesWithoutTheOptimisingCompiler() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"))
                .contains("backend scalar", "C2 compiler is switched off", warm);
    }

    @Test
    void neverFusesWithoutHardware() throws Exception {
        assertThat(child("--add-modules", "jdk.incubator.vector", "-XX:-UseFMA"))
                .contains("backend scalar", "no fused multiply-add");
    }

    @Test
    void refusesImpossibleProperties() {
        org.assertj.core.api.Assertions
                .assertThatThrownBy(() -> child("--add-modules", "jdk.incubator.vector", "-Dlanewise.bits=100"))
                .hasMessageContaining("lanewise.bits is '100'; it must be 128, 256 or 512");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> child("-Dlanewise.kernels=vector"))
                .hasMessageContaining("lanewise.kernels=vector cannot be met");
    }

    private static String child(String... options) throws Exception {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.add("-XX:-PrintWarnings");
        return ChildJvm.run(Main.class, all);
    }
}
