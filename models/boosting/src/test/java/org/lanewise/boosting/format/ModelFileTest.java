package org.lanewise.boosting.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.engine.io.SafeTensors;
import org.lanewise.tabular.BadInputException;
import tools.jackson.databind.JsonNode;

class ModelFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lightgbm_multiclass.txt", "lightgbm_linear.txt", "lightgbm_zero.txt",
            "lightgbm_forest.txt",
            "xgboost_dart.json", "xgboost_cox.ubj"})
    void keepsEveryBit(String name) {
        Path file = Golden.FOLDER.resolve(name);
        BoostingModel model = name.startsWith("light") ? LightGbmFormat.read(file) : XgboostFormat.read(file);
        BoostingParams params = BoostingParams.builder(Objective.softmax(3)).seed(7).monotone("x0", 1).build();
        ModelFile.save(model, folder, ModelFile.provenance(params, "abc"));
        ModelFile loaded = ModelFile.load(folder);
        BoostingModel same = loaded.model();
        Features rows = Golden.rows(Golden.read("lightgbm.json"), name.contains("linear"));
        assertArrayEquals(model.predict(rows), same.predict(rows));
        assertEquals(model.toString(), same.toString());
        assertEquals(model.link(), same.link());
        assertEquals(model.averaged(), same.averaged());
        for (int t = 0; t < model.trees().size(); t++)
            assertEquals("", TreeArrays.difference(model.trees().get(t), same.trees().get(t)), "tree " + t);
        JsonNode parameters = (JsonNode) loaded.provenance().get("parameters");
        assertEquals("multiclass num_class:3", parameters.get("objective").asString());
        assertEquals(1, parameters.at("/constraints/monotone/x0").asInt());
        assertEquals("\"sha256 abc\"", loaded.provenance().get("data").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass"})
    void modelsOfFormatVersion1AreRead(String name) {
        ModelFile file = ModelFile.load(Golden.FOLDER.resolve("model-v1").resolve(name));
        JsonNode golden = Golden.read("model-v1/predictions.json");
        assertArrayEquals(Golden.doubles(golden.get(name)),
                file.model().predict(Golden.rows(Golden.read("xgboost.json"), false)), 1e-12);
        assertTrue(file.provenance().get("data").toString().startsWith("\"sha256 "));
    }

    @Test
    void damagedFilesGiveOneLine() throws IOException {
        BoostingModel model = LightGbmFormat.read(Golden.FOLDER.resolve("lightgbm_binary.txt"));
        ModelFile.save(model, folder, Map.of());
        Path json = folder.resolve("model.json");
        Path trees = folder.resolve("trees.safetensors");
        byte[] good = Files.readAllBytes(trees);
        for (int cut = 0; cut < good.length; cut += 997) {
            Files.write(trees, Arrays.copyOf(good, cut));
            assertRefused(trees);
        }
        Map<String, double[]> arrays = SafeTensors.readDoubles(write(trees, good));
        for (String name : arrays.keySet()) {
            for (double wrong : new double[] {-1e9, 0.5, 1e18, Double.NaN}) {
                if (name.matches("node.(threshold|gain|value|weight)|leaf.(value|weight)")) continue;
                double[] changed = arrays.get(name).clone();
                changed[0] = wrong;
                Map<String, double[]> all = new java.util.HashMap<>(arrays);
                all.put(name, changed);
                SafeTensors.writeDoubles(trees, all, Map.of());
                assertThrows(BadInputException.class, () -> ModelFile.load(folder), name + " " + wrong);
            }
            Map<String, double[]> fewer = new java.util.HashMap<>(arrays);
            fewer.remove(name);
            SafeTensors.writeDoubles(trees, fewer, Map.of());
            assertRefused(trees);
        }
        write(trees, good);
        String text = Files.readString(json);
        for (String[] change : new String[][] {{"\"version\" : 1", "\"version\" : 2"},
                {"lanewise-boosting", "lanewise-henaw"}, {"LOGISTIC", "LOG"},
                {"\"bestRound\" : 6", "\"bestRound\" : 7"},
                {"\"base\"", "\"basis\""}, {"\"features\" : \\[", "\"features\" : [1, "}, {"\\{", "["}}) {
            String changed = text.replaceFirst(change[0], change[1]);
            assertTrue(!changed.equals(text), change[0]);
            Files.writeString(json, changed);
            assertRefused(json);
        }
        Files.delete(json);
        assertRefused(json);
    }

    private static Path write(Path file, byte[] bytes) throws IOException {
        return Files.write(file, bytes);
    }

    private void assertRefused(Path file) {
        BadInputException e = assertThrows(BadInputException.class, () -> ModelFile.load(folder));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
}
