package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionsTest {
    @ParameterizedTest
    @EnumSource(ColumnType.class)
    void missingStaysMissingInEveryType(ColumnType type) {
        Column column = Conversions.convert(TextColumn.of("c", "1", null, "0"), type);
        assertThat(column.type()).isEqualTo(type);
        assertThat(column.missingCount()).isEqualTo(1);
        assertThat(column.isMissing(1)).isTrue();
        assertThat(column.take(new int[] {1, 0, 1}).missingCount()).isEqualTo(2);
        assertThat(column.renamed("d").name()).isEqualTo("d");
        for (ColumnType other : ColumnType.values()) {
            if (other == ColumnType.BOOLEAN || type != ColumnType.BOOLEAN) { // A boolean's text is "true", not "1".
                Column back = Conversions.convert(Conversions.convert(column, other), type);
                assertThat(back.isMissing(1)).isTrue();
                if (other != ColumnType.BOOLEAN || type == ColumnType.BOOLEAN) {
                    assertThat(back.texts()).as("%s by %s", type, other).isEqualTo(column.texts());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5, INT", "3000000000, INT", "9223372036854775808, LONG", "x, DOUBLE", "1f, DOUBLE", "0x1p3, DOUBLE",
            "1e39, FLOAT", "2, BOOLEAN", "'', DOUBLE", "NaN, LONG"})
    void whatHasNoCounterpartIsRefused(String text, ColumnType type) {
        assertThatThrownBy(() -> Conversions.convert(TextColumn.of("c", "1", text), type))
                .isInstanceOf(BadInputException.class).hasMessageStartingWith("row 2, column \"c\", value \"" + text);
    }

    @Test
    void numbers() {
        assertThatThrownBy(() -> Conversions.convert(DoubleColumn.of("c", 0.5), ColumnType.LONG))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> Conversions.convert(DoubleColumn.of("c", Double.POSITIVE_INFINITY), ColumnType.LONG))
                .isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> Conversions.convert(DoubleColumn.of("c", 0x1p63), ColumnType.LONG))
                .isInstanceOf(BadInputException.class);
        assertThat(Conversions.convert(LongColumn.of("c", Long.MAX_VALUE), ColumnType.TEXT).text(0))
                .isEqualTo("9223372036854775807");
        assertThat(Conversions.convert(TextColumn.of("c", " -inf ", "+1.", "1e3"), ColumnType.DOUBLE).numbers())
                .containsExactly(Double.NEGATIVE_INFINITY, 1, 1000);
        assertThat(Conversions.convert(FloatColumn.of("c", 0.1f), ColumnType.TEXT).text(0)).isEqualTo("0.1");
    }

    @Test
    void narrowColumns() {
        BitSet second = BitSet.valueOf(new long[] {2});
        IntColumn ints = IntColumn.of("i", new int[] {5, 6}, second);
        assertThat(ints.number(0)).isEqualTo(5);
        assertThatThrownBy(() -> ints.get(1)).hasMessage("row 2, column \"i\": missing");
        assertThat(ints.texts()).containsExactly("5", null);
        FloatColumn floats = FloatColumn.of("f", 1, Float.NaN, 0.25f);
        assertThat(floats.texts()).containsExactly("1", null, "0.25");
        assertThat(floats.values()).containsExactly(1, Float.NaN, 0.25f);
        assertThat(DataFingerprint.of(Table.of(ints))).isNotEqualTo(
                DataFingerprint.of(Table.of(LongColumn.of("i", new long[] {5, 6}, second))));
    }

    @Test
    void otherLevels() {
        CategoricalColumn cut = CategoricalColumn.ofTexts("cut", "b", "a", null, "c");
        CategoricalColumn known = cut.withLevels(java.util.List.of("c", "b"));
        assertThat(known.texts()).containsExactly("b", null, null, "c");
        assertThat(known.code(3)).isZero();
    }

    @Test
    void matricesBeyondAnArrayAreRefused() {
        DesignMatrix wide = DesignMatrix.ofColumns(java.util.List.of("a", "b", "c"), new double[1], new double[1],
                new double[1]);
        int[] often = new int[800_000_000 / 1000];
        assertThat(wide.take(often).rows()).isEqualTo(often.length);
        assertThatThrownBy(() -> DesignMatrix.ofRows(java.util.Collections.nCopies(3000, "x"), new double[1_000_000][]))
                .isInstanceOf(BadInputException.class).hasMessage(
                        "1000000 rows of 3000 columns are more values than one matrix can hold (2^31)");
    }
}
