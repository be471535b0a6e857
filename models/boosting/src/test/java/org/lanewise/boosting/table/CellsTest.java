package org.lanewise.boosting.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.tabular.BadInputException;

class CellsTest {
    @Test
    void whatOneArrayCannotHoldIsRefused() {
        assertThatCode(() -> Cells.check("x", Integer.MAX_VALUE)).doesNotThrowAnyException();
        assertThatCode(() -> Cells.check("x", 0, Long.MAX_VALUE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Cells.check("a.csv: rows x classes", 1L << 30, 2))
                .isInstanceOf(BadInputException.class)
                .hasMessage("a.csv: rows x classes: 1073741824 x 2 are 2.15e+09 cells, more than the 2^31 - 1 that one "
                        + "array holds; use fewer rows at a time");
        assertThatThrownBy(() -> Cells.check("x", 1L << 40, 1L << 40)).isInstanceOf(BadInputException.class);
    }
}
