package org.lanewise.linear;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Columns in double precision in a mapped file; a column is copied before it is used, once for each thread. */
final class MappedDoubles extends ColumnStore {
    private static final ValueLayout.OfDouble LAYOUT = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment file;
    private final ThreadLocal<double[]> column;

    MappedDoubles(int rows, int columns, MemorySegment file) {
        super(rows, columns);
        this.file = file;
        column = ThreadLocal.withInitial(() -> new double[rows]);
    }

    private double[] column(int j) {
        double[] values = column.get();
        read(j, 0, rows(), values, 0);
        return values;
    }

    private void read(int j, int from, int count, double[] out, int at) {
        MemorySegment.copy(file, LAYOUT, ((long) j * rows() + from) * Double.BYTES, out, at, count);
    }

    @Override
    double dot(int j, double[] u) {
        return KERNELS.dot(column(j), 0, u, 0, rows());
    }

    @Override
    double squares(int j, double[] h, double centre) {
        return KERNELS.squares(column(j), 0, centre, h, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] y) {
        KERNELS.axpy(factor, column(j), 0, y, 0, rows());
    }

    @Override
    void axpy(int j, double factor, double[] w, double[] y) {
        KERNELS.axpy(factor, w, 0, column(j), 0, y, 0, rows());
    }

    @Override
    void copy(int j, int from, int count, double[] out, int at) {
        read(j, from, count, out, at);
    }
}
