package org.lanewise.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final double NAN = Double.NaN;
    private final Table table = Table.of(DoubleColumn.of("x", 1, NAN, 3),
            LongColumn.of("n", new long[] {5, 6, 0}, bits(2)),
            BooleanColumn.of("b", true, false, true), CategoricalColumn.ofTexts("c", "u", null, "t"),
            TextColumn.of("t", "p", "q", null));

    private static BitSet bits(int bit) {
        BitSet bits = new BitSet();
        bits.set(bit);
        return bits;
    }

    @Test
    void columnsShowRowsAsTextAndNumbers() {
        assertThat(table.texts("x")).containsExactly("1", null, "3");
        assertThat(table.texts("n")).containsExactly("5", "6", null);
        assertThat(table.texts("b")).containsExactly("true", "false", "true");
        assertThat(table.texts("c")).containsExactly("u", null, "t");
        assertThat(table.numbers("n")).containsExactly(5, 6, NAN);
        assertThat(table.numbers("b")).containsExactly(1, 0, 1);
        assertThatThrownBy(() -> table.numbers("c")).isInstanceOf(BadInputException.class)
                .hasMessage("row 1, column \"c\", value \"u\": numbers are needed here, the column holds text");
        assertThatThrownBy(() -> ((LongColumn) table.column("n")).get(2)).isInstanceOf(BadInputException.class)
                .hasMessage("row 3, column \"n\": missing");
        assertThat(DoubleColumn.of("y", 0.1, -0.0, 1e300, 1.0 / 3).texts()).containsExactly("0.1", "-0", "1.0E300",
                "0.3333333333333333");
    }

    @Test
    void rowsAndColumnsAreChosen() {
        Table taken = table.take(2, 0, 0);
        for (Column column : table.columns()) {
            assertThat(taken.column(column.name()).texts()).containsExactly(column.text(2), column.text(0),
                    column.text(0));
            assertThat(taken.column(column.name()).type()).isEqualTo(column.type());
        }
        assertThat(table.complete("x", "n").rows()).isEqualTo(1);
        assertThat(table.where(row -> row != 1).numbers("x")).containsExactly(1, 3);
        assertThat(table.select("t", "x").names()).containsExactly("t", "x");
        assertThat(table.without("t", "x").names()).containsExactly("n", "b", "c");
        assertThat(table.renamed("x", "z").names()).containsExactly("z", "n", "b", "c", "t");
        assertThat(table.with(DoubleColumn.of("x", 7, 8, 9)).numbers("x")).containsExactly(7, 8, 9);
        assertThat(table.with(DoubleColumn.of("new", 7, 8, 9)).names()).endsWith("new");
        assertThat(table.numbers("x")).containsExactly(1, NAN, 3);
    }

    @Test
    void arraysGivenAndTakenAreCopies() {
        double[] values = {1, 2};
        DoubleColumn column = DoubleColumn.of("x", values);
        values[0] = 9;
        column.numbers()[1] = 9;
        assertThat(column.numbers()).containsExactly(1, 2);
    }

    @Test
    void badTablesAreRefused() {
        assertThatThrownBy(() -> Table.of(DoubleColumn.of("x", 1), DoubleColumn.of("x", 2)))
                .hasMessage("two columns are called \"x\"");
        assertThatThrownBy(() -> Table.of(DoubleColumn.of("x", 1), DoubleColumn.of("y")))
                .hasMessage("column \"y\" has 0 rows, the others 1");
        assertThatThrownBy(() -> CategoricalColumn.of("c", List.of("a"), new int[] {1}))
                .hasMessage("column \"c\": code 1 of 1 levels");
    }

    @Test
    void designMatrixKeepsOrderAndRefusesMissing() {
        DesignMatrix x = DesignMatrix.of(table, "n", "x");
        assertThat(x.row(0)).containsExactly(5, 1);
        assertThat(x.get(2, 1)).isEqualTo(3);
        assertThat(x.take(0, 0).column(1)).containsExactly(1, 1);
        assertThat(x.select("x").names()).containsExactly("x");
        assertThatThrownBy(() -> x.requireFinite("ridge")).isInstanceOf(BadInputException.class)
                .hasMessage("row 3, column \"n\": missing; ridge needs complete data");
        assertThatThrownBy(
                () -> DesignMatrix.ofRows(List.of("a"), new double[] {Double.POSITIVE_INFINITY}).requireFinite("ridge"))
                .hasMessage("row 1, column \"a\", value \"Infinity\": ridge needs finite values");
        assertThat(DesignMatrix.ofRows(List.of("a", "b"), new double[] {1, 2}, new double[] {3, 4}).columnMajor())
                .containsExactly(1, 3, 2, 4);
    }

    @Test
    void fingerprintsTellDataApart() {
        String print = DataFingerprint.of(table);
        assertThat(print).matches("[0-9a-f]{64}").isEqualTo(DataFingerprint.of(table.take(0, 1, 2)));
        assertThat(DataFingerprint.of(table.take(1, 0, 2))).isNotEqualTo(print);
        assertThat(DataFingerprint.of(table.renamed("x", "y"))).isNotEqualTo(print);
        assertThat(DataFingerprint.of(Table.of(TextColumn.of("t", "ab", "c"))))
                .isNotEqualTo(DataFingerprint.of(Table.of(TextColumn.of("t", "a", "bc"))));
        assertThat(DataFingerprint.of(Table.of(TextColumn.of("t", (String) null))))
                .isNotEqualTo(DataFingerprint.of(Table.of(TextColumn.of("t", ""))));
        assertThat(DataFingerprint.of(Table.of(DoubleColumn.of("x", 1, NAN))))
                .isNotEqualTo(DataFingerprint.of(Table.of(DoubleColumn.of("x", 1, 0))));
        // Pinned: model files quote it.
        assertThat(DataFingerprint.of(Table.of(DoubleColumn.of("x", 1.5, NAN), TextColumn.of("t", "a", null))))
                .startsWith("082c35a1a9e64493");
    }

    @Test
    void standardizers() {
        DesignMatrix x = DesignMatrix.ofColumns(List.of("a", "b", "k"), new double[] {1, 2, 3, NAN},
                new double[] {0, 10, 20, 100},
                new double[] {.1, .1, .1, .1});
        Standardizer z = Standardizer.meanAndSd(x);
        assertThat(z.apply(x).column(0)).containsExactly(-1, 0, 1, NAN);
        assertThat(z.scale()[2]).isEqualTo(1);
        Standardizer robust = Standardizer.robust(x);
        assertThat(robust.centre()[1]).isEqualTo(15);
        assertThat(robust.scale()[1]).isCloseTo((40 - 7.5) / 1.3489795003921634, within(1e-12));
        assertThat(robust.apply(x.row(0))[1]).isEqualTo(robust.apply(x).get(0, 1));
    }
}
