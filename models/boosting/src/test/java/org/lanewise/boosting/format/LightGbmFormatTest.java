package org.lanewise.boosting.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.boosting.RegressionTree.Missing;
import org.lanewise.boosting.FeatureBins;
import org.lanewise.boosting.objective.Link;
import org.lanewise.tabular.BadInputException;
import tools.jackson.databind.JsonNode;

class LightGbmFormatTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"regression", "binary", "multiclass", "ova", "poisson", "zero", "none", "forest", "dart",
            "linear", "stump"})
    void predictsWhatLightGbmPredicts(String name) {
        JsonNode golden = Golden.read("lightgbm.json");
        Features rows = Golden.rows(golden, name.equals("linear"));
        JsonNode expected = golden.get("models").get(name);
        BoostingModel model = LightGbmFormat.read(Golden.FOLDER.resolve("lightgbm_" + name + ".txt"));
        if (!model.averaged()) // its raw scores of a forest are sums
            assertArrayEquals(Golden.doubles(expected.get("raw")), model.predictRaw(rows), 1e-9);
        assertArrayEquals(Golden.doubles(expected.get("predict")), model.predict(rows), 1e-9);
        assertArrayEquals(Arrays.stream(Golden.doubles(expected.get("leaf"))).mapToInt(d -> (int) d).toArray(),
                model.predictLeaf(rows));

        Path again = folder.resolve("again.txt");
        LightGbmFormat.write(model, again);
        BoostingModel same = LightGbmFormat.read(again);
        assertArrayEquals(model.predict(rows), same.predict(rows));
        assertEquals(model.objective(), same.objective());
        for (int t = 0; t < model.trees().size(); t++)
            assertEquals("", TreeArrays.difference(model.trees().get(t), same.trees().get(t)), "tree " + t);
    }

    @Test
    void treeSizesAreTheBytesOfTheTrees() throws IOException {
        Path again = folder.resolve("again.txt");
        LightGbmFormat.write(LightGbmFormat.read(Golden.FOLDER.resolve("lightgbm_binary.txt")), again);
        String text = Files.readString(again);
        int[] sizes = Arrays.stream(text.lines().filter(l -> l.startsWith("tree_sizes=")).findFirst().orElseThrow()
                .substring(11).split(" ")).mapToInt(Integer::parseInt).toArray();
        int at = text.indexOf("Tree=0");
        for (int t = 0; t < sizes.length; t++) {
            assertTrue(text.startsWith("Tree=" + t + "\n", at));
            at += sizes[t];
        }
        assertTrue(text.startsWith("end of trees", at));
    }

    @Test
    void floatTestsBecomeTheSameTestsOfDoubles() {
        for (float t : new float[] {0, -0f, 1, 0.1f, -3.7f, 1e-45f, Float.MAX_VALUE, Float.MIN_NORMAL, 16777216f}) {
            double bound = RegressionTree.builder(2).children(0, ~0, ~1).floats(0, 0, t, true).build().doubleBound(0);
            double middle = ((double) Math.nextDown(t) + t) / 2;
            for (double x : new double[] {t, Math.nextDown(t), Math.nextUp(t), middle, Math.nextUp(middle),
                    Math.nextDown(middle), Math.nextDown((double) t), 0, -1e-50, 1e-50, 1e300}) {
                assertEquals((float) x < t, x <= bound, x + " < " + t);
            }
        }
        for (double t : new double[] {44.2, Math.nextDown(44.2), Math.nextUp(44.2), 0.1, -0.1, (0.1 + 0.2) / 2,
                12.345}) {
            for (double x : new double[] {t - 0.001, 44.19, 44.2, 44.21, 0.1, -0.1, 0.15, 12.345, 0.149, 0.151}) {
                assertEquals(x <= t, (float) x < Portable.floatBound(t), x + " <= " + t);
            }
        }
        for (double t : new double[] {0, 0.1 + 1e-12, -0.1 - 1e-12, 1e-50, -1e-50, 1, 1.0000000180025095e-35,
                ((double) 0.1f + 0.2f) / 2}) {
            float bound = Portable.floatBound(t);
            for (float x : new float[] {(float) t, Math.nextUp((float) t), Math.nextDown((float) t), 0, 1e-45f,
                    -1e-45f}) {
                assertEquals(x <= t, x < bound, x + " <= " + t);
            }
        }
    }

    @Test
    void refusesWhatTheFormatCannotSay() {
        RegressionTree missingToTheSet = RegressionTree.builder(2).children(0, ~0, ~1)
                .categoriesRight(0, 0, false, 1, 3).build();
        BoostingModel model = BoostingModel.builder("regression", Link.IDENTITY,
                List.of(FeatureBins.categorical("c", new int[] {1, 3}, List.of())), 0)
                .trees(List.of(missingToTheSet)).build();
        assertRefused("tree 0: node 0 sends missing values", model);
        RegressionTree leaf = RegressionTree.builder(1).build();
        FeatureBins x = FeatureBins.numeric("x", new double[] {Double.POSITIVE_INFINITY}, 0, 1);
        assertRefused("'cox'", BoostingModel.builder("cox", Link.EXP, List.of(x), 0).trees(List.of(leaf)).build());
        FeatureBins odd = FeatureBins.numeric("a,b", new double[] {Double.POSITIVE_INFINITY}, 0, 1);
        assertRefused("a,b",
                BoostingModel.builder("regression", Link.IDENTITY, List.of(odd), 0).trees(List.of(leaf)).build());
        RegressionTree zero = RegressionTree.builder(2).children(0, ~0, ~1).numeric(0, 0, 0.5, false, Missing.ZERO)
                .build();
        BoostingModel zeros = BoostingModel.builder("regression", Link.IDENTITY, List.of(x), 0).trees(List.of(zero))
                .build();
        BadInputException e = assertThrows(BadInputException.class,
                () -> XgboostFormat.write(zeros, folder.resolve("x.json")));
        assertTrue(e.getMessage().contains("zero as missing"), e.getMessage());
    }

    private void assertRefused(String part, BoostingModel model) {
        Path file = folder.resolve("refused.txt");
        BadInputException e = assertThrows(BadInputException.class, () -> LightGbmFormat.write(model, file));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertTrue(Files.notExists(file));
    }

    @Test
    void levelsOfDataFramesAreKept() {
        RegressionTree tree = RegressionTree.builder(2).children(0, ~0, ~1).categories(0, 0, 1).leaf(0, 2, 1, 1)
                .build();
        BoostingModel model = BoostingModel.builder("regression", Link.IDENTITY,
                List.of(FeatureBins.categorical("a b", new int[] {0, 1}, List.of("no", "yes, \"maybe\""))), 0.5)
                .trees(List.of(tree)).build();
        Path file = folder.resolve("levels.txt");
        LightGbmFormat.write(model, file);
        BoostingModel same = LightGbmFormat.read(file);
        assertEquals("a_b", same.features().getFirst().name());
        assertEquals(List.of("no", "yes, \"maybe\""), same.features().getFirst().levels());
        assertEquals(2.5, same.predictRaw(new double[] {1}));
        assertEquals(0.5, same.predictRaw(new double[] {0}));
        for (String name : new String[] {"levels.json", "levels.ubj"}) {
            XgboostFormat.write(model, folder.resolve(name));
            BoostingModel there = XgboostFormat.read(folder.resolve(name));
            assertEquals(List.of("no", "yes, \"maybe\""), there.features().getFirst().levels());
            assertEquals(2.5, there.predictRaw(new double[] {1}));
        }
    }

    @Test
    void damagedFilesGiveOneLine() throws IOException {
        String text = Files.readString(Golden.FOLDER.resolve("lightgbm_linear.txt"));
        Path file = folder.resolve("damaged.txt");
        for (int cut = 0; cut < text.indexOf("end of trees"); cut += 37) {
            Files.writeString(file, text.substring(0, cut));
            BadInputException e = assertThrows(BadInputException.class, () -> LightGbmFormat.read(file));
            assertTrue(e.getMessage().startsWith(file + ": line "), e.getMessage());
        }
        for (String[] change : new String[][] {{"num_leaves=12", "num_leaves=2000000000"},
                {"left_child=1", "left_child=0"}, {"left_child=1", "left_child=99"}, {"left_child=1", "left_child=x"},
                {"num_features=2", "num_features=2000000000"}, {"num_features=2", "num_features=-1"},
                {"split_feature=3", "split_feature=7"}, {"version=v4", "version=v9"},
                {"max_feature_idx=6", "max_feature_idx=2147483647"}, {"max_feature_idx=6", "max_feature_idx=99999999"},
                {"num_tree_per_iteration=1", "num_tree_per_iteration=4"}, {"num_cat=0", "num_cat=3"},
                {"objective=regression", "objective=regression sqrt"}, {"objective=regression", "objective=new"},
                {"Tree=1", "Tree=2"}}) {
            String changed = text.replaceFirst(change[0], change[1]);
            assertTrue(!changed.equals(text), change[0]);
            Files.writeString(file, changed);
            assertThrows(BadInputException.class, () -> LightGbmFormat.read(file), change[1]);
        }
    }
}
