package org.lanewise.mheight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.lanewise.mheight.exact.CodeShape;

/** Model files of every version can be read, and predict what an independent implementation does. */
class GoldenModelTest {
    private static final Path DATA = Path.of("../../src-test-data/mheight");

    @Test
    void versionOne() throws IOException {
        Map<String, String[]> codes = new HashMap<>();
        for (String line : Files.readAllLines(DATA.resolve("golden.csv")))
            codes.put(line.split(",")[0], line.split(","));
        MHeightPredictor predictor = MHeightPredictor.of(MHeightArtifacts.load(DATA.resolve("model-v1")));
        List<String> expected = Files.readAllLines(DATA.resolve("model_v1.csv"));
        assertThat(expected).hasSizeGreaterThan(5);
        for (String line : expected.subList(1, expected.size())) {
            String[] code = codes.get(line.split(",")[0]);
            CodeShape shape = new CodeShape(Integer.parseInt(code[1]), Integer.parseInt(code[2]));
            double[] p = Arrays.stream(code[3].split("[ ;]")).mapToDouble(Double::parseDouble).toArray();
            float[] predicted = predictor.log2Heights(shape, p, 1);
            double[] heights = Arrays.stream(line.split(",")[1].split(" ")).mapToDouble(Double::parseDouble).toArray();
            for (int m = 0; m < heights.length; m++)
                assertThat((double) predicted[m]).as(code[0]).isCloseTo(heights[m], within(1e-4));
        }
    }
}
