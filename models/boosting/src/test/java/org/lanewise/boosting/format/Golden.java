package org.lanewise.boosting.format;

import java.nio.file.Path;
import org.lanewise.boosting.Features;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values made by other programs; the script that made each file is beside it. */
public final class Golden {
    public static final Path FOLDER = Path.of("../../src-test-data/boosting");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Golden() {}

    public static JsonNode read(String name) {
        return MAPPER.readTree(FOLDER.resolve(name));
    }

    /** Numbers of any depth, in order; null is NaN and "inf" infinite. */
    public static double[] doubles(JsonNode node) {
        if (!node.isArray()) {
            return new double[] {
                    node.isNull() ? Double.NaN : node.isString() ? Double.POSITIVE_INFINITY : node.asDouble()};
        }
        return node.valueStream().map(Golden::doubles).reduce(new double[0], (a, b) -> {
            double[] all = java.util.Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, all, a.length, b.length);
            return all;
        });
    }

    /** Seven columns, the last two of categories unless {@code numeric}. */
    public static Features rows(JsonNode file, boolean numeric) {
        return named(Features.ofRows(doubles(file.get("rows")), 7), numeric);
    }

    /** Seven columns under the names of the golden models. */
    public static Features named(Features data, boolean numeric) {
        return new Named(data, numeric);
    }

    private record Named(Features data, boolean numeric) implements Features {
        private static final String[] NAMES = {"x0", "x1", "x2", "x3", "x4", "c5", "c6"};

        @Override
        public int rows() {
            return data.rows();
        }

        @Override
        public int columns() {
            return NAMES.length;
        }

        @Override
        public String name(int column) {
            return NAMES[column];
        }

        @Override
        public boolean categorical(int column) {
            return !numeric && column >= 5;
        }

        @Override
        public java.util.List<String> levels(int column) {
            return java.util.List.of();
        }

        @Override
        public void copy(int column, int from, int count, double[] out) {
            data.copy(column, from, count, out);
        }
    }
}
