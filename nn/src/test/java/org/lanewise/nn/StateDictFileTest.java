package org.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.io.FileFormatException;
import org.lanewise.engine.io.SafeTensors;

/** Files of state dicts: bit for bit, as PyTorch's, and hostile ones. */
class StateDictFileTest {
    /** Written by {@link #writesTheSameBytesForEver}'s modules, and read by PyTorch with {@code golden.py check}. */
    private static final Path WRITTEN = Path.of("../src-test-data/nn/written");

    @TempDir
    Path folder;

    /** A module of each kind under the name of its golden case. */
    private static Map<String, Module> modules(Rng rng) {
        Map<String, Module> modules = new LinkedHashMap<>();
        modules.put("mlp", LayersTest.mlp(rng));
        modules.put("embedding", Embedding.withPadding(7, 4, 2, rng));
        modules.put("mha_cross", new MultiHeadAttention(8, 2, 6, 5, 0, true, rng));
        modules.put("encoder_stack", AttentionTest.encoder(rng));
        modules.put("gru_deep", new GRU(3, 4, GRU.Options.STANDARD.layers(2).bidirectional(true), rng));
        return modules;
    }

    @Test
    void savedAndLoadedIsTheSameBitForBit() throws IOException {
        Map<String, Module> others = modules(Rng.of(2));
        for (var entry : modules(Rng.of(1)).entrySet()) {
            Path file = folder.resolve(entry.getKey());
            entry.getValue().save(file);
            Module other = others.get(entry.getKey());
            other.load(file);
            assertThat(bits(other)).isEqualTo(bits(entry.getValue()));
        }
    }

    private static Map<String, List<Integer>> bits(Module module) {
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        module.stateDict().forEach((name, tensor) -> {
            List<Integer> raw = new ArrayList<>();
            for (float value : tensor.toArray()) raw.add(Float.floatToRawIntBits(value));
            bits.put(name, raw);
        });
        return bits;
    }

    @Test
    void pyTorchsFileLoadsItsIntegerCounterIncluded() throws IOException {
        Sequential mlp = LayersTest.mlp(Rng.of(1));
        mlp.load(Golden.file("mlp_state_dict"));
        Sequential expected = LayersTest.mlp(Rng.of(2));
        expected.loadStateDict(Golden.of("mlp").group("state"));
        assertThat(bits(mlp)).isEqualTo(bits(expected));
    }

    @Test
    void writesTheSameBytesForEver() throws IOException {
        for (var entry : modules(Rng.of(1)).entrySet()) {
            entry.getValue().loadStateDict(Golden.of(entry.getKey()).group("state"));
            String name = entry.getKey() + ".safetensors";
            entry.getValue().save(folder.resolve(name));
            assertThat(folder.resolve(name)).hasSameBinaryContentAs(WRITTEN.resolve(name));
        }
    }

    @Test
    void metadataIsKept() throws IOException {
        Path file = folder.resolve("m");
        new Linear(2, 2, Rng.of(1)).save(file, Map.of("epoch", "7"));
        assertThat(SafeTensors.read(file).metadata()).containsEntry("epoch", "7").containsEntry("format", "pt");
    }

    @Test
    void anotherModulesFileIsRefusedByName() throws IOException {
        Path file = folder.resolve("linear.safetensors");
        new Linear(2, 3, Rng.of(1)).save(file);
        Linear other = new Linear(2, 4, Rng.of(1));
        Map<String, List<Integer>> before = bits(other);
        assertThatThrownBy(() -> other.load(file)).isInstanceOf(StateDictException.class)
                .hasMessage(
                        file + ": Linear(2, 4): the state dict does not fit; shape: weight must be [4, 2], is [3, 2], "
                                + "bias must be [4], is [3]");
        assertThat(bits(other)).isEqualTo(before);
    }

    @Test
    void cutOffForgedAndMissingFilesChangeNothing() throws IOException {
        Sequential mlp = LayersTest.mlp(Rng.of(1));
        Path file = folder.resolve("mlp.safetensors");
        mlp.save(file);
        byte[] whole = Files.readAllBytes(file);
        Map<String, List<Integer>> before = bits(mlp);
        for (int length = 0; length < whole.length; length += 37) {
            Path cut = folder.resolve("cut");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> mlp.load(cut)).isInstanceOf(FileFormatException.class)
                    .hasMessageStartingWith(cut.toString());
        }
        byte[] forged = whole.clone();
        forged[6] = 0x7f; // a header of 2^54 bytes
        Path huge = folder.resolve("huge");
        Files.write(huge, forged);
        assertThatThrownBy(() -> mlp.load(huge)).isInstanceOf(FileFormatException.class);
        assertThatThrownBy(() -> mlp.load(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThat(bits(mlp)).isEqualTo(before);
    }

    @Test
    void aNullTensorIsMissingNotACrash() {
        Map<String, Tensor> state = new LinkedHashMap<>(new Linear(2, 2, Rng.of(1)).stateDict());
        state.put("bias", null);
        assertThatThrownBy(() -> new Linear(2, 2, Rng.of(1)).loadStateDict(state))
                .isInstanceOf(StateDictException.class).hasMessageContaining("missing: bias [2]");
    }
}
