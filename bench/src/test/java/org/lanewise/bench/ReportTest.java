package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The table made of given results. */
class ReportTest {

    @TempDir
    Path folder;

    @Test
    void putsThePeerBesideUsAndGivesTheShareOfTheLimit() throws IOException {
        // 2 x 120 MB copied in 24,000 us is 10 GB/s; the layer norm moves 2 x 50.33 MB in 20,000 us, about half of that
        String table = table(line("LimitsBenchmark.copy", "\"threads\":\"1\"", "[24000],[24000]", 0),
                line("LayerNormBenchmark.forward", "\"rows\":\"32768\",\"threads\":\"1\"",
                        "[21000,19000],[18000],[22000]", 8),
                line("LayerNormTorch.forward", "\"rows\":\"32768\",\"threads\":\"1\"", "[30000]", 0),
                line("LayerNormTorch.forward", "\"rows\":\"128\",\"threads\":\"1\"", "[1]", 0));
        assertThat(table.lines().toList().get(2).split(" {2,}")).containsExactly(
                "LayerNorm.forward rows=32768 threads=1", "20.0 ms", "Torch", "30.0 ms", "1.50", "5.0 GB/s", "50 %",
                "20 %", "8");
        assertThat(table.lines()).hasSize(3);
    }

    @Test
    void worksWithoutPeersAndLimits() throws IOException {
        String table = table(line("LayerNormBenchmark.forward", "\"rows\":\"128\",\"threads\":\"2\"", "[5]", 0));
        assertThat(table.lines().toList().get(1).split(" {2,}")).containsExactly(
                "LayerNorm.forward rows=128 threads=2", "5.00 us", "78.6 GB/s", "0");
    }

    @Test
    void sameTableAsMarkdownAndJson() throws IOException {
        Path file = folder.resolve("results.json");
        Files.writeString(file,
                "[" + line("LimitsBenchmark.copy", "\"threads\":\"1\"", "[24000]", 0) + ","
                        + line("LayerNormBenchmark.forward", "\"rows\":\"32768\",\"threads\":\"1\"", "[20000],[25000]",
                                8)
                        + "," + line("LayerNormTorch.forward", "\"rows\":\"32768\",\"threads\":\"1\"", "[30000]", 0)
                        + "]");
        assertThat(Report.markdown(List.of(file)).lines().toList().get(3)).isEqualTo(
                "| LayerNorm.forward rows=32768 threads=1 | 22.5 ms | Torch | 30.0 ms | 1.33 | 4.5 GB/s | 45 % | 22 % | 8 |");
        JsonNode line = new ObjectMapper().readTree(Report.json(List.of(file))).get(1);
        assertThat(line.get("benchmark").asString()).isEqualTo("LayerNorm.forward");
        assertThat(line.get("parameters").get("rows").asString()).isEqualTo("32768");
        assertThat(line.get("micros").asDouble()).isEqualTo(22_500);
        assertThat(line.get("ratio").asDouble()).isEqualTo(30_000 / 22_500.0);
        assertThat(line.get("share").asDouble()).isBetween(0.44, 0.45);
        assertThat(line.get("bytesPerCall").asDouble()).isEqualTo(8);
    }

    private String table(String... lines) throws IOException {
        Path file = folder.resolve("results.json");
        Files.writeString(file, "[" + String.join(",", lines) + "]");
        return Report.of(List.of(file));
    }

    private static String line(String benchmark, String parameters, String forks, int allocated) {
        return """
                {"benchmark": "org.lanewise.bench.%s", "mode": "avgt", "params": {%s},
                 "primaryMetric": {"scoreUnit": "us/op", "rawData": [%s]},
                 "secondaryMetrics": {"gc.alloc.rate.norm": {"score": %d}}}
                """.formatted(benchmark, parameters, forks, allocated);
    }
}
