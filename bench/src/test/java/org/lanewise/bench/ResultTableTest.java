package org.lanewise.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {

    @TempDir
    Path folder;

    private static final String MARKDOWN = """

            ### Times

            | program | ratio | 95 % from | leaves |
            |---|---:|---:|---:|
            | ours |  | -0.2 | 31 |
            | theirs | 1.50 |  | 30 |
            """;

    private static ResultTable table(PrintStream out) {
        ResultTable table = new ResultTable(out, "Times", "program %s", "ratio %.2f", "95 % from %+.1f", "leaves %d");
        table.add("ours", null, -0.24, 31L);
        table.add("theirs", 1.5, Double.NaN, 30L);
        return table;
    }

    @Test
    void linesAreShownAsTheyCome() {
        var out = new ByteArrayOutputStream();
        assertThat(table(new PrintStream(out, false, StandardCharsets.UTF_8)).markdown()).isEqualTo(MARKDOWN);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(MARKDOWN);
    }

    @Test
    void theFileHoldsAllDigits() {
        Path file = folder.resolve("result.json");
        ResultTable.write(file.toString(), List.of(table(null)));
        List<ResultTable> read = ResultTable.read(file);
        assertThat(read).singleElement().extracting(ResultTable::markdown).isEqualTo(MARKDOWN);
        assertThat(read.getFirst().json()).isEqualTo(table(null).json());
        assertThat(file).content().contains("-0.24");
    }

    @Test
    void everyColumnNeedsAFormatAndAValue() {
        assertThatThrownBy(() -> new ResultTable(null, "", "name")).hasMessageContaining("name");
        assertThatThrownBy(() -> table(null).add(1)).hasMessage("1 values for 4 columns");
    }
}
