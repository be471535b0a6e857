package org.lanewise.tabular;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values made by other programs; the script that made each file is beside it. */
public final class Golden {
    private Golden() {
    }

    public static JsonNode read(String name) {
        return JsonMapper.shared().readTree(Path.of("../../src-test-data/tabular", name));
    }

    public static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isNull() ? Double.NaN : array.get(i).asDouble();
        }
        return values;
    }

    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) array.get(i).asDouble();
        }
        return values;
    }
}
