package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class JsonFilesTest {
    @TempDir
    Path folder;

    private record Inner(double value, float single, List<String> words) {
    }

    private record Outer(String name, Inner inner, double[] numbers, Map<String, Integer> counts, ColumnType type,
            Object nothing) {
    }

    @Test
    void writesTheSameBytesAlways() throws IOException {
        Outer value = new Outer("é", new Inner(Double.NaN, 0.1f, List.of("a", "b")),
                new double[] {1, 0.1, Double.POSITIVE_INFINITY},
                Map.of("z", 1, "a", 2, "m", 3), ColumnType.TEXT, null);
        Path file = folder.resolve("sub/v.json");
        JsonFiles.write(file, value);
        assertThat(Files.readString(file)).isEqualTo("""
                {
                  "name" : "é",
                  "inner" : {
                    "value" : null,
                    "single" : 0.1,
                    "words" : [ "a", "b" ]
                  },
                  "numbers" : [ 1.0, 0.1, null ],
                  "counts" : {
                    "a" : 2,
                    "m" : 3,
                    "z" : 1
                  },
                  "type" : "TEXT",
                  "nothing" : null
                }
                """);
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("z", 1L);
        ordered.put("a", new int[] {2});
        assertThat(JsonFiles.text(ordered)).isEqualTo("{\n  \"z\" : 1,\n  \"a\" : [ 2 ]\n}");
        assertThatThrownBy(() -> JsonFiles.text(new Object())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.Object has no JSON form");
    }

    @Test
    void readsBack() {
        Path file = folder.resolve("v.json");
        double[] values = {1 / 3.0, -0.0, 1e-320, Double.MAX_VALUE};
        JsonFiles.write(file, Map.of("x", values));
        JsonNode tree = JsonFiles.read(file);
        assertThat(JsonFiles.doubles(tree.get("x"))).containsExactly(values);
        assertThat(JsonFiles.doubles(JsonFiles.parse("t", "[1, null, 2.5]"))).containsExactly(1, Double.NaN, 2.5);
        assertThatThrownBy(() -> JsonFiles.doubles(JsonFiles.parse("t", "[1, \"2\"]")))
                .isInstanceOf(BadInputException.class)
                .hasMessage("element 1 of an array of numbers is \"2\"");
        assertThatThrownBy(() -> JsonFiles.doubles(tree.get("y"))).isInstanceOf(BadInputException.class);
    }

    private void refused(String text, String message) {
        assertThatThrownBy(() -> JsonFiles.parse("t.json", text)).isInstanceOf(BadInputException.class)
                .message().startsWith("t.json").contains(message).doesNotContain("\n");
    }

    @Test
    void hostileTextGetsOneLine() throws IOException {
        refused("", "empty, not JSON");
        refused("{\n \"a\": 1,\n", "line 3");
        refused("{\"a\": 1, \"a\": 2}", "uplicate");
        refused("[1] [2]", "railing");
        refused("[".repeat(5000), "nesting depth");
        refused("\u0000\u0001garbage", "line 1");
        refused("{\"a\": NaN}", "line 1");
        Path none = folder.resolve("none.json");
        assertThatThrownBy(() -> JsonFiles.read(none)).hasMessage(none + ": no such file");
        Path cut = Files.writeString(folder.resolve("cut.json"), "{\"a\": [1, 2");
        assertThatThrownBy(() -> JsonFiles.read(cut)).isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(cut.toString());
        assertThatThrownBy(() -> JsonFiles.read(folder)).isInstanceOf(BadInputException.class);
    }
}
