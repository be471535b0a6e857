package org.lanewise.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.engine.Tensor;

/** Files written by NumPy and by an independent safetensors writer: {@code src-test-data/engine/formats.py}. */
class GoldenFilesTest {

    private static final Path DATA = Path.of("../src-test-data/engine");

    @TempDir
    Path dir;

    /** As values() of the script. */
    private static float[] values(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) values[i] = (i % 17 - 8) / 2f;
        return values;
    }

    private static float[] floors(int n) {
        float[] values = values(n);
        for (int i = 0; i < n; i++) values[i] = (float) Math.floor(values[i]);
        return values;
    }

    private static float[] positive(int n) {
        float[] values = values(n);
        for (int i = 0; i < n; i++) values[i] = values[i] > 0 ? 1 : 0;
        return values;
    }

    private static void check(Tensor t, float[] expected, int... shape) {
        assertThat(t.shape()).isEqualTo(shape);
        assertThat(t.isContiguous()).isTrue();
        assertThat(t.toArray()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f4", "f4_big", "f8", "f8_fortran", "f2", "version2"})
    void npyFloats(String name) throws IOException {
        check(Npy.read(DATA.resolve(name + ".npy")), values(24), 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i1", "i2", "i4", "i8", "big_i4"})
    void npyIntegers(String name) throws IOException {
        check(Npy.read(DATA.resolve(name + ".npy")), floors(24), 2, 3, 4);
    }

    @Test
    void npyOthers() throws IOException {
        check(Npy.read(DATA.resolve("bool.npy")), positive(24), 2, 3, 4);
        float[] bytes = new float[24];
        for (int i = 0; i < 24; i++) bytes[i] = i * 11 % 256;
        check(Npy.read(DATA.resolve("u1.npy")), bytes, 2, 3, 4);
        check(Npy.read(DATA.resolve("scalar.npy")), new float[] {2.5f});
        check(Npy.read(DATA.resolve("vector.npy")), values(5), 5);
        check(Npy.read(DATA.resolve("empty.npy")), new float[0], 0, 3);
    }

    @Test
    void npyIsWrittenAsNumpyWritesIt() throws IOException {
        for (String name : new String[] {"f4", "scalar", "vector", "empty"}) {
            Path golden = DATA.resolve(name + ".npy");
            Path own = dir.resolve(name + ".npy");
            Npy.write(own, Npy.read(golden));
            assertThat(own).hasSameBinaryContentAs(golden);
        }
        Path transposed = dir.resolve("t.npy");
        Npy.write(transposed, Tensor.of(values(6), 2, 3).t());
        check(Npy.read(transposed), Tensor.of(values(6), 2, 3).t().toArray(), 3, 2);
    }

    @Test
    void npz() throws IOException {
        Map<String, Tensor> stored = Npz.read(DATA.resolve("stored.npz"));
        assertThat(stored.keySet()).containsExactly("a", "b");
        check(stored.get("a"), values(24), 2, 3, 4);
        check(stored.get("b"), values(5), 5);
        Map<String, Tensor> compressed = Npz.read(DATA.resolve("compressed.npz"));
        check(compressed.get("a"), values(24), 2, 3, 4);
        check(compressed.get("zeros"), new float[20000], 20000);

        Path own = dir.resolve("own.npz");
        Npz.write(own, compressed);
        Map<String, Tensor> again = Npz.read(own);
        assertThat(again.keySet()).containsExactly("a", "zeros");
        check(again.get("a"), values(24), 2, 3, 4);
        byte[] first = Files.readAllBytes(own);
        Npz.write(own, compressed);
        assertThat(Files.readAllBytes(own)).isEqualTo(first);
    }

    @Test
    void bombsAreRefusedUnlessAllowed() throws IOException {
        Path bomb = DATA.resolve("bomb.npz");
        assertThatThrownBy(() -> Npz.read(bomb)).isInstanceOf(FileFormatException.class)
                .hasMessageContaining("bomb.npz: entry 'a': unfolds to ");
        assertThat(Npz.read(bomb, 1L << 27).get("a").numel()).isEqualTo(17 << 20);
    }

    @Test
    void safeTensorsOfEveryType() throws IOException {
        SafeTensors file = SafeTensors.read(DATA.resolve("all_types.safetensors"));
        assertThat(file.tensors().keySet()).containsExactly("f64", "f32", "f16", "bf16", "i64", "i32", "i16", "i8",
                "u8",
                "bool", "none", "one");
        for (String name : new String[] {"f64", "f32", "f16", "bf16"})
            check(file.tensors().get(name), values(24), 2, 3, 4);
        for (String name : new String[] {"i64", "i32", "i16", "i8"})
            check(file.tensors().get(name), floors(24), 2, 3, 4);
        float[] magnitudes = floors(24);
        for (int i = 0; i < 24; i++) magnitudes[i] = Math.abs(magnitudes[i]);
        check(file.tensors().get("u8"), magnitudes, 2, 3, 4);
        check(file.tensors().get("bool"), positive(24), 2, 3, 4);
        check(file.tensors().get("none"), new float[0], 0, 3);
        check(file.tensors().get("one"), new float[] {2.5f});
        assertThat(file.metadata()).containsEntry("made by", "torch").containsEntry("text",
                "quote \" slash \\ line\nend \u00e9\u4e16");
    }

    /** The names out of order, one of the tensors a view: the bytes are still those of the independent writer. */
    @ParameterizedTest
    @EnumSource(names = {"F32", "F64", "F16", "BF16"})
    void safeTensorsAreWrittenByteForByte(StorageType type) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("empty", Tensor.zeros(2, 0));
        tensors.put("a.weight", Tensor.of(values(6), 2, 3).t().copy().t());
        tensors.put("b", Tensor.scalar(1.5f));
        Map<String, String> metadata = new LinkedHashMap<>();
        if (type == StorageType.F32) {
            metadata.put("name", "x \"y\"\\ \u00e9\n");
            metadata.put("epoch", "3");
        }
        Path own = dir.resolve("own.safetensors");
        SafeTensors.write(own, tensors, metadata, type);
        assertThat(own).hasSameBinaryContentAs(DATA.resolve("written_" + type.name().toLowerCase() + ".safetensors"));

        SafeTensors read = SafeTensors.read(own);
        assertThat(read.metadata()).isEqualTo(metadata);
        check(read.tensors().get("a.weight"), values(6), 2, 3);
        check(read.tensors().get("empty"), new float[0], 2, 0);
    }

    @Test
    void namesOfAllKindsSurvive() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : new String[] {"", "a\"b\\c/d", "\u0001\t\r\n\b\f", "\ud83d\ude00 \u4e16",
                "x".repeat(5000)}) {
            tensors.put(name, Tensor.arange(tensors.size()));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors, Map.of("\n", "\u0000"), StorageType.F32);
        SafeTensors read = SafeTensors.read(new java.io.ByteArrayInputStream(out.toByteArray()), "memory");
        assertThat(read.metadata()).isEqualTo(Map.of("\n", "\u0000"));
        assertThat(read.tensors().keySet()).isEqualTo(tensors.keySet());
        tensors.forEach((name, t) -> check(read.tensors().get(name), t.toArray(), t.shape()));
        assertThatThrownBy(() -> SafeTensors.write(out, tensors, Map.of(), StorageType.I8))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SafeTensors.write(out, Map.of("__metadata__", Tensor.zeros(1)), Map.of(),
                StorageType.F32)).isInstanceOf(IllegalArgumentException.class);
    }
}
