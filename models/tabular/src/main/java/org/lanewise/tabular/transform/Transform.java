package org.lanewise.tabular.transform;

import org.lanewise.tabular.Table;

/** What a {@link Step} learnt: changes any table that has the columns it was fitted on. Immutable and thread-safe. */
public interface Transform {
    /**
     * Row i of the result is row i of the argument, changed; columns that the transform does not know stay as they are.
     *
     * @throws org.lanewise.tabular.BadInputException
     *             if a column is missing or of a type that does not fit
     */
    Table apply(Table table);

    /** The name under which {@link Transforms} saves it. */
    String kind();

    /** What {@link Transforms} saves: a record, map or list that has a JSON form. */
    Object state();
}
