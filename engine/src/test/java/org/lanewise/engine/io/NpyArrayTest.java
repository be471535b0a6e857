package org.lanewise.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays as they are stored, against what the tensors of the same files hold. */
class NpyArrayTest {

    private static final Path DATA = Path.of("../src-test-data/engine");

    @TempDir
    Path folder;

    @Test
    void everyTypeIsReadAndWrittenAsItIs() throws Exception {
        for (String name : new String[] {"bool", "f2", "f4", "f4_big", "f8", "f8_fortran", "i1", "i2", "i4", "i8", "u1",
                "big_i4", "scalar", "vector", "empty"}) {
            Path file = DATA.resolve(name + ".npy");
            NpyArray array = Npy.readArray(file);
            float[] expected = Npy.read(file).contiguous().data();
            assertThat(array.numel()).isEqualTo(expected.length);
            for (int i = 0; i < expected.length && !array.fortran(); i++) {
                assertThat((float) array.doubleAt(i)).as(name).isEqualTo(expected[i]);
                assertThat(array.floatAt(i)).as(name).isEqualTo(expected[i]);
                if (!array.type().isFloating()) assertThat((float) array.longAt(i)).as(name).isEqualTo(expected[i]);
            }
            Path back = folder.resolve(name + ".npy");
            Npy.write(back, array);
            NpyArray again = Npy.readArray(back);
            assertThat(again.data()).isEqualTo(array.data());
            assertThat(again.shape()).containsExactly(array.shape());
            assertThat(Npy.read(back)).hasToString(Npy.read(file).toString());
        }
    }

    @Test
    void longsAndDoublesAreNotRounded() throws Exception {
        NpyArray array = NpyArray.zeros(StorageType.I64, 2);
        array.data().putLong(0, (1L << 53) + 1);
        NpyArray real = NpyArray.zeros(StorageType.F64, 1, 1);
        real.data().putDouble(0, 0.1);
        Map<String, NpyArray> both = new LinkedHashMap<>();
        both.put("whole", array);
        both.put("real", real);
        Path file = folder.resolve("x.npz");
        Npz.writeArrays(file, both);
        Map<String, NpyArray> back = Npz.readArrays(file);
        assertThat(back.get("whole").longAt(0)).isEqualTo((1L << 53) + 1);
        assertThat(back.get("real").doubleAt(0)).isEqualTo(0.1);
        assertThatThrownBy(() -> back.get("real").longAt(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> NpyArray.zeros(StorageType.F64, 1 << 30)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] content = Files.readAllBytes(DATA.resolve("f8.npy"));
        Path file = folder.resolve("cut.npy");
        for (int length = 0; length < content.length; length += 7) {
            Files.write(file, java.util.Arrays.copyOf(content, length));
            assertThatThrownBy(() -> Npy.readArray(file)).isInstanceOf(FileFormatException.class);
        }
    }
}
