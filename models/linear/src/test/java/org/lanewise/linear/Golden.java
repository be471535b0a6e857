package org.lanewise.linear;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.JsonFiles;
import org.lanewise.tabular.survival.Survival;
import tools.jackson.databind.JsonNode;

/** Values made by other programs; the script that made each file is beside it. */
final class Golden {
    private Golden() {
    }

    static JsonNode read(String name) {
        return JsonFiles.read(Path.of("../../src-test-data/linear", name));
    }

    static DesignMatrix columns(JsonNode data) {
        List<String> names = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (Map.Entry<String, JsonNode> column : data.get("columns").properties()) {
            names.add(column.getKey());
            columns.add(JsonFiles.doubles(column.getValue()));
        }
        return DesignMatrix.ofColumns(names, columns.toArray(double[][]::new));
    }

    static Survival outcome(JsonNode data) {
        return Survival.of(JsonFiles.doubles(data.get("time")), JsonFiles.doubles(data.get("status")));
    }

    static int[] ints(JsonNode array) {
        double[] values = JsonFiles.doubles(array);
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) values[i];
        }
        return whole;
    }
}
