package org.lanewise.tabular.transform;

import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.Table;

/** What an encoder does with a value that training did not have. */
public enum Unseen {
    /** It carries no information: all zeros, missing, or the mean of the target, as the encoder says. */
    IGNORE,
    /** It is an error that names the row and the value. */
    REFUSE;

    void check(Table table, Column column, int[] codes) {
        for (int row = 0; this == REFUSE && row < codes.length; row++) {
            if (codes[row] == Levels.UNSEEN) {
                throw BadInputException.at(table.source()).row(row + 1L).column(column.name()).value(column.text(row))
                        .because("did not occur in training");
            }
        }
    }
}
