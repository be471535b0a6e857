package org.lanewise.tabular.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.CategoricalColumn;
import org.lanewise.tabular.ColumnType;
import org.lanewise.tabular.Table;

class CsvReadTest {
    @TempDir
    Path folder;

    private static Table parse(String text) {
        return parse(text, CsvOptions.defaults());
    }

    private static Table parse(String text, CsvOptions options) {
        return Csv.read("t.csv", text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static void refused(byte[] content, String message) {
        assertThatThrownBy(() -> Csv.read("t.csv", content, CsvOptions.defaults()))
                .isInstanceOf(BadInputException.class).hasMessage(message);
    }

    private static void refused(String content, String message) {
        refused(content.getBytes(StandardCharsets.UTF_8), message);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @Test
    void infersTypes() {
        Table table = parse("""
                id,x,flag,name,empty
                1,1,true,ann,
                2,NA,False,"b,o""b",NA
                -3,2.5e-1,,NaN,nan
                """);
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.columns()).extracting(c -> c.type()).containsExactly(ColumnType.LONG, ColumnType.DOUBLE,
                ColumnType.BOOLEAN, ColumnType.TEXT, ColumnType.DOUBLE);
        assertThat(table.numbers("id")).containsExactly(1, 2, -3);
        assertThat(table.numbers("x")).containsExactly(1, Double.NaN, 0.25);
        assertThat(table.numbers("flag")).containsExactly(1, 0, Double.NaN);
        assertThat(table.texts("name")).containsExactly("ann", "b,o\"b", null);
        assertThat(table.column("empty").missingCount()).isEqualTo(3);
    }

    @Test
    void aLateWordMakesTheColumnTextWithItsOriginalSpelling() {
        Table table = parse("a,b\n007,1\n1.50,2\nx,3\n");
        assertThat(table.texts("a")).containsExactly("007", "1.50", "x");
        assertThat(table.column("b").type()).isEqualTo(ColumnType.LONG);
    }

    @Test
    void wholeNumbersBeyondLongAreNotRounded() {
        assertThat(parse("a\n9223372036854775807\n").column("a").text(0)).isEqualTo("9223372036854775807");
        assertThat(parse("a\n-9223372036854775808\n").column("a").text(0)).isEqualTo("-9223372036854775808");
        assertThat(parse("a\n1\n9223372036854775808\n").texts("a")).containsExactly("1", "9223372036854775808");
    }

    @Test
    void declaredTypesAndSubset() {
        CsvOptions options = CsvOptions.defaults().withColumns("level", "id").withType("id", ColumnType.TEXT)
                .withType("level", ColumnType.CATEGORICAL);
        Table table = parse("id,junk,level\n01,??,b\n02,,a\n03,1,b\n04,1,\n", options);
        assertThat(table.names()).containsExactly("level", "id");
        assertThat(table.texts("id")).containsExactly("01", "02", "03", "04");
        CategoricalColumn level = (CategoricalColumn) table.column("level");
        assertThat(level.levels()).containsExactly("a", "b");
        assertThat(level.code(0)).isEqualTo(1);
        assertThat(level.isMissing(3)).isTrue();
    }

    @Test
    void byteOrderMarksCrlfAndGzip() throws IOException {
        Table plain = parse("\ufeffa,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n");
        assertThat(plain.names()).containsExactly("a", "b");
        assertThat(plain.texts("b")).containsExactly("x\r\ny", "z");
        byte[] utf16 = "\ufeffa,é\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Csv.read("t", utf16, CsvOptions.defaults()).names()).containsExactly("a", "é");
        // Told by content: no .gz in the name.
        assertThat(Csv.read("t.csv", gzip("a\n5\n"), CsvOptions.defaults()).numbers("a")).containsExactly(5);
        Path file = Files.write(folder.resolve("x.csv.gz"), gzip("a\n5\n6\n"));
        assertThat(Csv.read(file).numbers("a")).containsExactly(5, 6);
    }

    @Test
    void noFinalLineEndAndNoRows() {
        assertThat(parse("a,b\n1,2").rows()).isEqualTo(1);
        assertThat(parse("a,b\n").rows()).isZero();
        assertThat(parse("a,b").names()).containsExactly("a", "b");
    }

    @Test
    void quotedMissingTokensAreLiteralTextButMissingNumbers() {
        Table table = parse("s,x\n\"NA\",\"NA\"\nNA,\"1\"\n\"\",\"\"\nk,2\n");
        assertThat(table.texts("s")).containsExactly("NA", null, null, "k");
        assertThat(table.numbers("x")).containsExactly(Double.NaN, 1, Double.NaN, 2);
    }

    @ParameterizedTest
    @CsvSource({"1", "-1", "+1.5", "0.1", ".5", "5.", "1e3", "1E-3", "123456789.123456789", "1e308", "1e-320",
            "4.9e-324",
            "179769313486231570000000000000000000e270", "0.000000000000000000000000000000000000000123",
            "9007199254740993.0",
            "3.14159265358979323846264338327950288", "1e400", "1e-400", "7.2057594037927933e16", "-0.0",
            "2.2250738585072014E-308"})
    void numbersParseAsTheJdkDoes(String text) {
        assertThat(parse("a\n" + text + "\n0.5\n").numbers("a")[0]).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @CsvSource({"1f", "1d", "0x1p3", "1e", "1e+", "--1", "1.2.3", "1 2", "e5", ".", "+", "1_000", "٣"})
    void notNumbers(String text) {
        assertThatThrownBy(() -> parse("a\n" + text + "\n", CsvOptions.defaults().withType("a", ColumnType.DOUBLE)))
                .hasMessage("t.csv: row 1 (line 2), column \"a\", value \"" + text + "\": not a number");
    }

    @Test
    void infinityIsANumber() {
        assertThat(parse("a\ninf\n-Infinity\n+INF\n").numbers("a")).containsExactly(Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Test
    void errorsSayWhere() {
        CsvOptions options = CsvOptions.defaults().withType("age", ColumnType.DOUBLE).withType("n", ColumnType.LONG);
        assertThatThrownBy(() -> parse("n,age\n1,50\n\n2,\"4\n0\"\n3,abc\n", options))
                .hasMessage("t.csv: row 2 (line 4), column \"age\", value \"4\\n0\": not a number");
        assertThatThrownBy(() -> parse("n,age\n1,50\n2.5,7\n", options))
                .hasMessage("t.csv: row 2 (line 3), column \"n\", value \"2.5\": not a whole number");
        assertThatThrownBy(() -> parse("n,age\n1,2\n", options.withColumns("sex")))
                .hasMessage("t.csv: column \"sex\": not in the header, which has n, age");
        assertThatThrownBy(() -> parse("n,age\n1,2\n").numbers("sex"))
                .hasMessage("t.csv: column \"sex\": no such column; there are n, age");
        assertThatThrownBy(() -> parse("n,age\n1,x\n").numbers("age"))
                .hasMessage(
                        "t.csv: row 1, column \"age\", value \"x\": numbers are needed here, the column holds text");
    }

    @Test
    void malformedFilesGetOneClearLine() throws IOException {
        refused("", "t.csv: empty: there is no header line");
        refused("\n\n", "t.csv: empty: there is no header line");
        refused("a,a\n1,2\n", "t.csv: line 1, column \"a\": appears twice in the header");
        refused("a,,b\n1,2,3\n", "t.csv: line 1: header field 2 is empty");
        refused("a,b\n1,2\n3\n", "t.csv: row 2 (line 3): has 1 fields, the header has 2");
        refused("a,b\n1,2,3\n", "t.csv: row 1 (line 2): has 3 fields, the header has 2");
        refused(new byte[] {'a', ',', 0, 1, 2}, "t.csv: holds binary data, not CSV text");
        refused(new byte[] {'P', 'K', 3, 4, 1, 1}, "t.csv: is a zip archive, not CSV");
        refused(new byte[] {'a', '\n', (byte) 0xe9, 'x', '\n'}, "t.csv: not UTF-8 text shortly after line 1");
        byte[] packed = gzip("a,b\n" + "1,2\n".repeat(1000));
        assertThatThrownBy(() -> Csv.read("t.csv", Arrays.copyOf(packed, packed.length - 12), CsvOptions.defaults()))
                .isInstanceOf(BadInputException.class).message().contains("cut short").doesNotContain("\n");
        assertThatThrownBy(() -> Csv.read("t.csv", Arrays.copyOf(packed, 5), CsvOptions.defaults()))
                .isInstanceOf(BadInputException.class).hasMessageStartingWith("t.csv: ");
        packed[packed.length - 6] ^= 0x55;
        assertThatThrownBy(() -> Csv.read("t.csv", packed, CsvOptions.defaults()))
                .isInstanceOf(BadInputException.class).message().contains("damaged gzip");
        Path fake = Files.writeString(folder.resolve("fake.csv.gz"), "a\n1\n");
        assertThatThrownBy(() -> Csv.read(fake)).hasMessage(fake + ": named .gz but is not gzip data");
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> Csv.read(none)).hasMessage(none + ": no such file");
        assertThatThrownBy(() -> Csv.read(folder)).hasMessage(folder + ": is a directory, not a file");
    }

    @Test
    void enormousFieldsAndOpenQuotesAreRefused() {
        CsvOptions options = CsvOptions.defaults().withLongestField(1000);
        assertThatThrownBy(() -> parse("a\n" + "x".repeat(1001) + "\n", options)).isInstanceOf(BadInputException.class)
                .hasMessage("t.csv: line 2: field 1 is longer than 1000 characters");
        assertThatThrownBy(() -> parse("a\n" + "x".repeat(10_000_000) + "\n", options))
                .isInstanceOf(BadInputException.class)
                .message().contains("longer than 1000 characters");
        assertThatThrownBy(() -> parse("a\n\"" + "x,1\n".repeat(1_000_000), options))
                .isInstanceOf(BadInputException.class)
                .message().contains("longer than 1000 characters");
        assertThatThrownBy(() -> parse("a\n\"x,1\n")).isInstanceOf(BadInputException.class)
                .message().startsWith("t.csv: not well-formed CSV after line").doesNotContain("\n");
    }

    @Test
    void chunksEqualTheWhole() throws IOException {
        StringBuilder text = new StringBuilder("id,x,name\n");
        for (int i = 0; i < 1003; i++) {
            text.append(i).append(',').append(i < 50 ? "NA" : i / 4.0).append(',').append(i < 7 ? "" : "n" + i % 5)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("c.csv"), text);
        Table whole = Csv.read(file);
        for (int size : new int[] {1003, 100, 17, 5000}) {
            CsvOptions options = CsvOptions.defaults().withType("name", ColumnType.TEXT);
            int seen = 0;
            try (CsvChunks chunks = Csv.chunks(file, options, size)) {
                for (Table chunk : chunks) {
                    int[] rows = java.util.stream.IntStream.range(seen, seen + chunk.rows()).toArray();
                    for (String name : List.of("id", "x")) {
                        assertThat(chunk.numbers(name)).isEqualTo(whole.take(rows).numbers(name));
                    }
                    assertThat(chunk.texts("name")).isEqualTo(whole.take(rows).texts("name"));
                    seen += chunk.rows();
                }
            }
            assertThat(seen).isEqualTo(1003);
        }
    }

    @Test
    void aChunkThatBreaksTheSettledTypeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("d.csv"), "a,b\n1,x\n2,y\n3,1\nfour,2\n");
        try (CsvChunks chunks = Csv.chunks(file, CsvOptions.defaults(), 2)) {
            assertThat(chunks.next().column("a").type()).isEqualTo(ColumnType.DOUBLE);
            assertThatThrownBy(chunks::next)
                    .hasMessage(file + ": row 4 (line 5), column \"a\", value \"four\": not a number");
        }
    }

    @Test
    void narrowTypesAreDeclared() {
        CsvOptions options = CsvOptions.defaults().withType("f", ColumnType.FLOAT).withType("i", ColumnType.INT);
        Table table = parse("f,i\n0.1,7\nNA,\ninf,-2147483648\n", options);
        assertThat(table.columns()).extracting(c -> c.type()).containsExactly(ColumnType.FLOAT, ColumnType.INT);
        assertThat(table.texts("f")).containsExactly("0.1", null, "Infinity");
        assertThat(table.numbers("i")).containsExactly(7, Double.NaN, Integer.MIN_VALUE);
        assertThatThrownBy(() -> parse("f,i\n1,3000000000\n", options)).hasMessage(
                "t.csv: row 1 (line 2), column \"i\", value \"3000000000\": not a whole number of 32 bits");
        assertThatThrownBy(() -> parse("f,i\n1e39,1\n", options)).hasMessage(
                "t.csv: row 1 (line 2), column \"f\", value \"1e39\": not a number that fits 32 bits");
    }

    @Test
    void aNulByteFarFromTheStartIsRefused() {
        byte[] text = ("a,b\n" + "1,x\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8);
        text[30_002] = 0;
        assertThatThrownBy(() -> Csv.read("t.csv", text, CsvOptions.defaults())).isInstanceOf(BadInputException.class)
                .hasMessageContaining("holds a NUL byte shortly after line").message().doesNotContain("\n");
        byte[] wide = "a,b\n1,x\n".getBytes(StandardCharsets.UTF_16LE); // Half of its bytes are 0.
        assertThat(Csv.read("t.csv", wide, CsvOptions.defaults().withCharset(StandardCharsets.UTF_16LE)).rows())
                .isEqualTo(1);
    }

    @Test
    void equalTextsAreSharedAndDifferentOnesAreNot() {
        StringBuilder text = new StringBuilder("t\n");
        for (int i = 0; i < 5000; i++) {
            text.append("w").append(i * 7919 % 3000).append('\n'); // More than the cache holds.
        }
        String[] read = parse(text.toString()).texts("t");
        for (int i = 0; i < 5000; i++) {
            assertThat(read[i]).isEqualTo("w" + i * 7919 % 3000);
        }
    }
}
