package org.lanewise.tabular;

import java.util.Iterator;

/**
 * A file read piece by piece, so that it may be larger than memory. To be closed, and to be iterated once; all pieces have the
 * same columns and types (categories may differ in their levels, which {@link CategoricalColumn#withLevels} mends).
 */
public interface TableChunks extends Iterable<Table>, Iterator<Table>, AutoCloseable {
    @Override
    default Iterator<Table> iterator() {
        return this;
    }

    @Override
    void close();
}
