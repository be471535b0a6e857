package org.lanewise.boosting.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;
import org.lanewise.tabular.BadInputException;
import tools.jackson.databind.JsonNode;

class XgboostFormatTest {
    /** XGBoost sums in floats. */
    private static final double TOLERANCE = 2e-6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"regression", "onehot", "binary", "multiclass", "parallel", "dart", "poisson", "cox"})
    void predictsWhatXgboostPredicts(String name) {
        JsonNode golden = Golden.read("xgboost.json");
        Features rows = Golden.rows(golden, false);
        JsonNode expected = golden.get("models").get(name);
        BoostingModel json = XgboostFormat.read(Golden.FOLDER.resolve("xgboost_" + name + ".json"));
        BoostingModel ubj = XgboostFormat.read(Golden.FOLDER.resolve("xgboost_" + name + ".ubj"));
        assertClose(Golden.doubles(expected.get("raw")), json.predictRaw(rows));
        assertClose(Golden.doubles(expected.get("predict")), json.predict(rows));
        assertArrayEquals(json.predict(rows), ubj.predict(rows));

        for (String suffix : new String[] {"json", "ubj"}) {
            Path again = folder.resolve("again." + suffix);
            XgboostFormat.write(json, again);
            BoostingModel same = XgboostFormat.read(again);
            assertClose(json.predictRaw(rows), same.predictRaw(rows)); // the base has become floats
            assertClose(json.predict(rows), same.predict(rows));
            assertArrayEquals(json.features().stream().mapToInt(f -> f.categorical() ? 1 : 0).toArray(),
                    same.features().stream().mapToInt(f -> f.categorical() ? 1 : 0).toArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gamma", "softprob"})
    void predictsWhatANewerXgboostPredicts(String name) {
        Features rows = Golden.rows(Golden.read("xgboost.json"), false);
        double[] expected = Golden.doubles(Golden.read("xgboost21.json").get("xgboost21_" + name));
        for (String suffix : new String[] {".json", ".ubj"}) {
            assertClose(expected,
                    XgboostFormat.read(Golden.FOLDER.resolve("xgboost21_" + name + suffix)).predict(rows));
        }
    }

    private static void assertClose(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], actual[i], TOLERANCE * Math.max(1, Math.abs(expected[i])), "row " + i);
    }

    @Test
    void newerFilesKeepBaseScoresInBrackets() throws IOException {
        Path file = Golden.FOLDER.resolve("xgboost_binary.json");
        Path changed = folder.resolve("new.json");
        String text = Files.readString(file);
        assertTrue(text.contains("\"base_score\":\"3E-1\""));
        Files.writeString(changed, text.replace("\"base_score\":\"3E-1\"", "\"base_score\":\"[3E-1]\""));
        assertArrayEquals(XgboostFormat.read(file).base(), XgboostFormat.read(changed).base());
        assertEquals(Math.log(0.3 / 0.7), XgboostFormat.read(changed).base()[0], 1e-7);
    }

    @Test
    void sameTestsOfLightGbm() {
        for (String name : new String[] {"regression", "binary", "multiclass", "poisson", "none", "dart", "forest"}) {
            JsonNode golden = Golden.read("lightgbm.json");
            double[] values = Golden.doubles(golden.get("rows"));
            for (int i = 0; i < values.length; i++) { // -0.4 is category 0 to LightGBM and none to XGBoost
                values[i] = i % 7 > 4 && values[i] > -1 && values[i] < 0 ? 0 : (float) values[i];
            }
            Features rows = Features.ofRows(values, 7).withCategorical("Column_5", "Column_6");
            BoostingModel model = unnamed(
                    LightGbmFormat.read(Golden.FOLDER.resolve("lightgbm_" + name + ".txt")));
            Path file = folder.resolve(name + ".ubj");
            XgboostFormat.write(model, file);
            assertClose(model.predict(rows), XgboostFormat.read(file).predict(rows));
        }
    }

    /** With the names of columns that have none. */
    private static BoostingModel unnamed(BoostingModel model) {
        var features = java.util.stream.IntStream.range(0, 7).mapToObj(j -> model.features().get(j).categorical()
                ? org.lanewise.boosting.FeatureBins.categorical("Column_" + j, new int[0], java.util.List.of())
                : org.lanewise.boosting.FeatureBins.numeric("Column_" + j, new double[] {Double.POSITIVE_INFINITY}, 0,
                        1))
                .toList();
        return BoostingModel.builder(model.objective(), model.link(), features, model.base()).trees(model.trees())
                .averaged(model.averaged()).build();
    }

    @Test
    void damagedFilesGiveOneLine() throws IOException {
        byte[] bytes = Files.readAllBytes(Golden.FOLDER.resolve("xgboost_dart.ubj"));
        Path file = folder.resolve("damaged.ubj");
        for (int cut = 0; cut < bytes.length; cut += 41) {
            Files.write(file, Arrays.copyOf(bytes, cut));
            BadInputException e = assertThrows(BadInputException.class, () -> XgboostFormat.read(file));
            assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        }
        for (int at = 0; at < bytes.length; at += 7) { // nothing but a model or a refusal, whatever a byte becomes
            byte[] changed = bytes.clone();
            changed[at] ^= 0x5A;
            Files.write(file, changed);
            try {
                XgboostFormat.read(file);
            } catch (BadInputException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
        String text = Files.readString(Golden.FOLDER.resolve("xgboost_binary.json"));
        for (String[] change : new String[][] {{"\"left_children\":\\[1,", "\"left_children\":[0,"},
                {"\"left_children\":\\[1,", "\"left_children\":[99,"},
                {"\"left_children\":\\[1,", "\"left_children\":["},
                {"\"categories_sizes\":\\[17", "\"categories_sizes\":[2147483647"},
                {"\"categories\":\\[3", "\"categories\":[-3"}, {"\"categories\":\\[3", "\"categories\":[2147483647"},
                {"\"num_class\":\"0\"", "\"num_class\":\"99999999999\""}, {"binary:logistic", "binary:hinge"},
                {"\"name\":\"gbtree\"", "\"name\":\"gblinear\""}, {"\"num_target\":\"1\"", "\"num_target\":\"2\""},
                {"\"num_feature\":\"7\",\"num_t", "\"num_feature\":\"3\",\"num_t"},
                {"\"tree_info\":\\[0", "\"tree_info\":[1"},
                {"\"base_score\":\"3E-1\"", "\"base_score\":\"[1,2]\""}, {"\\{\"learner\"", "{\"x\""}}) {
            String changed = text.replaceAll(change[0], change[1]);
            assertTrue(!changed.equals(text), change[0]);
            Files.writeString(file, changed);
            assertThrows(BadInputException.class, () -> XgboostFormat.read(file), change[1]);
        }
        Files.writeString(file, "[".repeat(5000));
        assertThrows(BadInputException.class, () -> XgboostFormat.read(file));
        Files.writeString(file, "{" + "L\0\0\0\0\0\0\0\1a[".repeat(5000));
        assertThrows(BadInputException.class, () -> XgboostFormat.read(file));
    }
}
