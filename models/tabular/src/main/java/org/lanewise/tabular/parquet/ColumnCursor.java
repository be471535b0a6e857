package org.lanewise.tabular.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Column;
import org.lanewise.tabular.parquet.codec.MalformedDataException;

/** Reads one column from row to row, through pages and row groups; holds one page at a time. */
final class ColumnCursor {
    private final String source;
    private final FileChannel file;
    private final Footer footer;
    private final Leaf leaf;
    private final ColumnBuilder builder;
    private final Batch batch;
    private final int[] present = new int[Batch.SIZE];
    private int group = -1;
    private long leftInGroup;
    private PageReader pages;
    private PageReader.Page page;
    private int leftInPage;

    ColumnCursor(String source, FileChannel file, Footer footer, Leaf leaf, Batch batch) {
        this.source = source;
        this.file = file;
        this.footer = footer;
        this.leaf = leaf;
        this.batch = batch;
        builder = new ColumnBuilder(leaf.name(), leaf.type());
    }

    /** The next rows; the caller knows that there are as many. */
    Column read(int rows) throws IOException {
        try {
            for (int done = 0; done < rows;) {
                if (leftInPage == 0) {
                    turn();
                    continue;
                }
                int n = Math.min(Math.min(Batch.SIZE, leftInPage), rows - done);
                int values = n;
                boolean full = page.levels() == null;
                if (!full) {
                    page.levels().read(present, n);
                    values = 0;
                    for (int i = 0; i < n; i++) {
                        values += present[i];
                    }
                }
                page.values().read(batch, values);
                builder.add(batch, full ? null : present, n);
                leftInPage -= n;
                leftInGroup -= n;
                done += n;
            }
        } catch (MalformedDataException e) {
            throw BadInputException.at(source).column(leaf.name()).causedBy(e)
                    .because("row group " + (group + 1) + ": " + e.getMessage());
        }
        return builder.drain();
    }

    private void turn() throws IOException {
        while (leftInGroup == 0) {
            Footer.Group next = footer.groups().get(++group);
            Footer.Chunk chunk = next.chunks().get(leaf.index());
            leftInGroup = next.rows();
            if (chunk.values() != leftInGroup) {
                throw new MalformedDataException("has " + chunk.values() + " values for " + leftInGroup + " rows");
            }
            pages = new PageReader(file, leaf, chunk);
        }
        page = pages.next();
        leftInPage = page.rows();
        if (leftInPage > leftInGroup) {
            throw new MalformedDataException("the pages hold more rows than the file announces");
        }
    }
}
