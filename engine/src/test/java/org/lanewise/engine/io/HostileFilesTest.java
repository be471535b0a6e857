package org.lanewise.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Rng;

class HostileFilesTest {

    private static final Path DATA = Path.of("../src-test-data/engine");
    private static final int MUTATIONS = 300;
    private static final String GOOD = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @TempDir
    Path dir;

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text)
                .array();
    }

    private static void read(byte[] bytes) throws IOException {
        SafeTensors.read(new ByteArrayInputStream(bytes), "m.safetensors");
    }

    private static String entry(String name, String shape, int from, int to) {
        return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + from + "," + to
                + "]}";
    }

    @Test
    void theGoodFileIsGood() throws IOException {
        read(file(GOOD, 8));
        read(file("{}", 0));
        read(file("{ \"__metadata__\" : { } }  ", 0));
    }

    /** Faults of the header; each message is one line that starts with the file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[]                                                                               | '{' was expected",
            "{} {}                                                                            | more text",
            "{\"w\":[]}                                                                       | '{' was expected",
            "{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}                                   | 'w': lacks dtype",
            "{\"w\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,8]}}                  | 'F4' is not supported",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}                 | needs 12 bytes, not 8",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}                 | needs 8 bytes, not -8",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}                | whole number was expected",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}               | ']' was expected",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[02],\"data_offsets\":[0,8]}}                | impossible number",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | impossible number",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,8]}} | too large",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2147483647,2],\"data_offsets\":[0,8]}}      | too large",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}         | unknown 'x'",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"shape\":[2],\"data_offsets\":[0,8]}}   | 'shape' twice",
            "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}                | leaves a gap",
            "{\"w                                                                             | without its end",
            "{\"w\\x\":1}                                                                     | unknown escape",
            "{\"w\\u12\":1}                                                                   | wrong \\u escape",
            "{\"__metadata__\":{\"a\":1}}                                                     | '\"' was expected",
            "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}                                     | 'a' appears twice"})
    void headersAreRefused(String header, String fault) {
        assertThatThrownBy(() -> read(file(header.strip(), 8))).isInstanceOf(FileFormatException.class)
                .hasMessageStartingWith("m.safetensors: ").hasMessageContaining(fault).hasMessageNotContaining("\n");
    }

    @Test
    void layoutsAreRefused() {
        refused(file("{" + entry("a", "[2]", 0, 8) + "," + entry("b", "[2]", 4, 12) + "}", 12), "'b': overlaps");
        refused(file("{" + entry("a", "[2]", 0, 8) + "," + entry("b", "[2]", 12, 20) + "}", 20), "'b': leaves a gap");
        refused(file("{" + entry("a", "[2]", 0, 8) + "," + entry("a", "[2]", 8, 16) + "}", 16), "'a': appears twice");
        refused(file(GOOD, 7), "ends at byte 8 of 7");
        refused(file(GOOD, 9), "1 bytes belong to no tensor");
        refused(file("{\"w\":".repeat(100_000), 0), "unknown 'w'");
        refused(file("{\"w\":{\"dtype\":\"F32\",\"shape\":" + "[".repeat(100_000), 0), "whole number");
        refused(file("{\"w\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(100_000), 0), "more than 32 dimensions");
        refused(file(GOOD.replace("w", "bad\\nname".repeat(50)), 7), "bad?name");
        refused(new byte[3], "only 3 bytes");
        refused(ByteBuffer.allocate(8).putLong(-1).array(), "18446744073709551615");
        refused(ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putLong(13).array(), "13 bytes of 20");
        byte[] latin = file(GOOD.replace("w", "é"), 8);
        latin[11] = (byte) 0xFF;
        refused(latin, "not UTF-8");
    }

    private static void refused(byte[] bytes, String fault) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(FileFormatException.class)
                .hasMessageStartingWith("m.safetensors: ").hasMessageContaining(fault).hasMessageNotContaining("\n")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'descr': '<f4'         | 'descr': '<c8'         | not supported",
            "'descr': '<f4'         | 'descr': 'O'           | not supported",
            "'descr': '<f4'         | 'descr': [('a', 'f4')] | was expected",
            "(2, 3, 4)  | (2, 3, 5)  | needs 120 bytes",
            "(2, 3, 4)              | (2, -3, 4)             | whole number",
            "False        | Maybe      | True or False",
            "'shape': (2, 3, 4), }  | }                      | lacks descr",
            "(2, 3, 4)              | (99999, 99999, 4)      | too large", "'shape'      | 'descr'    | a key twice"})
    void npyHeadersAreRefused(String text, String replacement, String fault) throws IOException {
        byte[] good = Files.readAllBytes(DATA.resolve("f4.npy"));
        String header = new String(good, 10, 118, StandardCharsets.US_ASCII);
        assertThat(header).contains(text.strip());
        String changed = header.stripTrailing().replace(text.strip(), replacement.strip());
        byte[] bad = good.clone();
        Arrays.fill(bad, 10, 128, (byte) ' ');
        System.arraycopy(changed.getBytes(StandardCharsets.US_ASCII), 0, bad, 10, changed.length());
        Path file = Files.write(dir.resolve("x.npy"), bad);
        assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("x.npy: ").hasMessageContaining(fault).hasMessageNotContaining("\n");
    }

    private interface Reader {
        void read(byte[] bytes) throws IOException;
    }

    /** Truncated at every length, extended, and mutated at random: a result or a FileFormatException, and little memory. */
    @ParameterizedTest
    @ValueSource(strings = {"all_types.safetensors", "written_f32.safetensors", "f4.npy", "f8_fortran.npy",
            "version2.npy",
            "stored.npz", "compressed.npz"})
    void mutatedFilesNeverSurprise(String name) throws IOException {
        byte[] good = Files.readAllBytes(DATA.resolve(name));
        Path file = dir.resolve("fuzz.npz");
        Reader reader = switch (name.substring(name.lastIndexOf('.'))) {
            case ".npy" -> bytes -> Npy.read(new ByteArrayInputStream(bytes), bytes.length, "fuzz");
            case ".npz" -> bytes -> Npz.read(Files.write(file, bytes));
            default -> bytes -> SafeTensors.read(new ByteArrayInputStream(bytes), "fuzz");
        };
        Rng rng = Rng.of(1).stream(name);
        int step = Math.max(1, good.length / 60);
        for (int length = 0; length < good.length; length += step) {
            assertThat(attempt(reader, Arrays.copyOf(good, length))).as("cut at " + length).isFalse();
        }
        if (!name.endsWith("npz")) assertThat(attempt(reader, Arrays.copyOf(good, good.length + 1))).isFalse();
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            if (!attempt(reader, mutate(good, rng))) refused++;
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 10);
    }

    /** Whether the file was read; fails on any exception but FileFormatException, and on more than 8 MB of memory. */
    private static boolean attempt(Reader reader, byte[] bytes) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean read;
        try {
            reader.read(bytes);
            read = true;
        } catch (FileFormatException e) {
            assertThat(e.getMessage()).contains("fuzz").doesNotContain("\n");
            read = false;
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8L << 20);
        return read;
    }

    private static byte[] mutate(byte[] good, Rng rng) {
        byte[] bad = good.clone();
        int header = Math.min(bad.length, 200);
        for (int n = 1 + rng.nextInt(4); n > 0; n--) {
            int at = rng.nextInt(3) == 0 ? rng.nextInt(bad.length) : rng.nextInt(header);
            switch (rng.nextInt(6)) {
                case 0 -> bad[at] = (byte) rng.nextInt();
                case 1 -> bad[at] ^= (byte) (1 << rng.nextInt(8));
                case 2 -> bad[at] = (byte) "{}[]\":,0123456789-\\'()".charAt(rng.nextInt(22));
                case 3 -> bad[at] = (byte) (rng.nextInt(2) == 0 ? 0xFF : 0);
                case 4 -> Arrays.fill(bad, at, Math.min(bad.length, at + rng.nextInt(9)), (byte) rng.nextInt());
                default -> {
                    int length = Math.min(bad.length - at, rng.nextInt(8));
                    System.arraycopy(good, rng.nextInt(header - 8), bad, at, length);
                }
            }
        }
        return bad;
    }
}
