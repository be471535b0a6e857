package org.lanewise.optim;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden values of {@code src-test-data/optim/golden.py}. */
final class Golden {

    static final JsonNode ROOT = new JsonMapper().readTree(Path.of("../src-test-data/optim/golden.json").toFile());

    private Golden() {}

    static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) values[i] = (float) array.get(i).asDouble();
        return values;
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) values[i] = array.get(i).asDouble();
        return values;
    }
}
