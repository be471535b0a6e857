package org.lanewise.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lanewise.tabular.BadInputException;

/** Forms of storage: files, sparse rows, and more cells than an int can count. */
class ColumnStoreTest {
    private static final int N = PathData.WIDE_N;
    private static final float[] FLOATS = PathData.floats(PathData.WIDE);
    private static final Response RESPONSE = Response.of(PathData.wideTarget(null));
    /** With {@link #ROWS} more cells than 2^31. */
    private static final int MANY = 1_100_000;
    private static final int ROWS = 2_000;
    @TempDir
    Path folder;

    private static ElasticNet net(Family family) {
        return new ElasticNet(
                ElasticNetParams.builder(family).l1Ratio(0.6).alphas(AlphaGrid.auto(12, 0.05)).tolerance(1e-8).build());
    }

    private static void same(ColumnStore a, ColumnStore b) {
        ElasticNetPath one = net(Family.gaussian()).fitPath(a, RESPONSE);
        ElasticNetPath other = net(Family.gaussian()).fitPath(b, RESPONSE);
        for (int k = 0; k < 12; k++) {
            assertThat(one.model(k).coefficients()).containsExactly(other.model(k).coefficients());
            assertThat(one.steps().get(k).gap()).isEqualTo(other.steps().get(k).gap());
        }
        assertThat(one.steps().getLast().df()).isGreaterThan(20);
    }

    @Test
    void filesGiveTheBitsOfArrays() throws IOException {
        Path singles = folder.resolve("x.f32");
        Path doubles = folder.resolve("x.f64");
        ColumnStore floats = ColumnStore.ofFloats(N, FLOATS);
        ColumnStore exact = ColumnStore.ofDoubles(N, PathData.WIDE);
        MappedColumns.writeFloats(singles, floats);
        MappedColumns.writeDoubles(doubles, exact);
        assertThat(Files.size(doubles)).isEqualTo(8L * PathData.WIDE.length);
        ColumnStore closed;
        try (MappedColumns a = MappedColumns.floats(singles, N); MappedColumns b = MappedColumns.doubles(doubles, N)) {
            assertThat(a.columns().columns()).isEqualTo(PathData.WIDE_P);
            assertThat(b.columns().get(7, 699)).isEqualTo(PathData.WIDE[699 * N + 7]);
            same(a.columns(), floats);
            same(b.columns(), exact);
            closed = b.columns();
        }
        assertThatThrownBy(() -> closed.get(0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> MappedColumns.floats(singles, 79)).isInstanceOf(BadInputException.class)
                .hasMessage(singles + ": 224000 bytes are not whole columns of 79 rows in single precision");
    }

    @Test
    void aFileOfMoreCellsThanAnIntCounts() throws IOException {
        Path file = folder.resolve("long.f32"); // A hole but for the last column.
        ByteBuffer last = ByteBuffer.allocate(4 * ROWS).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS; i++) {
            last.putFloat(i + 1);
        }
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE)) {
            out.write(last.flip(), 4L * ROWS * (MANY - 1));
        }
        try (MappedColumns mapped = MappedColumns.floats(file, ROWS)) {
            ColumnStore x = mapped.columns();
            assertThat(x.columns()).isEqualTo(MANY);
            assertThat(x.get(ROWS - 1, MANY - 1)).isEqualTo(ROWS);
            assertThat(x.get(ROWS - 1, MANY - 2)).isZero();
            double[] ones = new double[ROWS];
            Arrays.fill(ones, 1);
            assertThat(x.dot(MANY - 1, ones)).isEqualTo(ROWS * (ROWS + 1) / 2.0);
            x.axpy(MANY - 1, 2, ones);
            assertThat(ones[9]).isEqualTo(21);
        }
    }

    @Test
    void arraysOfMoreCellsThanAnIntCounts() {
        int perBlock = 1000;
        float[] block = new float[ROWS * perBlock];
        float[] other = new float[ROWS * perBlock];
        other[other.length - 1] = 3;
        float[][] blocks = new float[MANY / perBlock][];
        Arrays.fill(blocks, block); // One array many times: the arithmetic is that of 2.2 billion cells.
        blocks[blocks.length - 1] = other;
        ColumnStore x = ColumnStore.ofFloats(ROWS, blocks);
        assertThat(x.columns()).isEqualTo(MANY);
        assertThat(x.get(ROWS - 1, MANY - 1)).isEqualTo(3);
        assertThat(x.get(ROWS - 1, MANY - perBlock - 1)).isZero();
    }

    @Test
    void aSparseFitOfMoreCellsThanAnIntCountsNeedsMemoryForItsEntriesOnly() {
        SplittableRandom random = new SplittableRandom(3);
        int[] starts = new int[MANY + 1];
        int[] rows = new int[3 * MANY];
        double[] values = new double[3 * MANY];
        double[] y = new double[ROWS];
        for (int j = 0; j < MANY; j++) {
            starts[j + 1] = 3 * (j + 1);
            for (int k = 0; k < 3; k++) {
                rows[3 * j + k] = 660 * k + random.nextInt(660);
                values[3 * j + k] = 1 + random.nextDouble();
            }
        }
        for (int k = 3 * MANY - 3; k < 3 * MANY; k++) {
            y[rows[k]] = values[k];
        }
        ElasticNetPath path = new ElasticNet(
                ElasticNetParams.builder(Family.gaussian()).alphas(AlphaGrid.auto(3, 0.9)).build())
                .fitPath(ColumnStore.sparse(ROWS, MANY, starts, rows, values), Response.of(y));
        assertThat(path.model(2).selected()).containsExactly(MANY - 1);
    }

    @Test
    void sparseRowsAreSparseColumns() {
        double[] dense = PathData.map(PathData.WIDE, v -> Math.abs(v) < 0.3 ? 0 : v);
        int[] starts = new int[N + 1];
        int[] columns = new int[dense.length];
        double[] values = new double[dense.length];
        int at = 0;
        for (int i = 0; i < N; i++) {
            for (int j = PathData.WIDE_P - 1; j >= 0; j--) { // In any order.
                if (dense[j * N + i] != 0) {
                    columns[at] = j;
                    values[at++] = dense[j * N + i];
                }
            }
            starts[i + 1] = at;
        }
        ColumnStore x = ColumnStore.sparseRows(N, PathData.WIDE_P, starts, columns, values);
        double[] copy = new double[N];
        for (int j = 0; j < PathData.WIDE_P; j += 50) {
            x.copy(j, 0, N, copy, 0);
            assertThat(copy).containsExactly(Arrays.copyOfRange(dense, j * N, (j + 1) * N));
        }
        columns[4] = PathData.WIDE_P;
        assertThatThrownBy(() -> ColumnStore.sparseRows(N, PathData.WIDE_P, starts, columns, values))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sparseGramMatricesAreThoseOfDenseColumns() {
        double[] dense = PathData.map(PathData.WIDE, v -> Math.abs(v) < 0.3 ? 0 : v + 0.2);
        int[] starts = new int[51];
        int[] rows = new int[50 * N];
        double[] values = new double[50 * N];
        int at = 0;
        for (int j = 0; j < 50; j++) {
            for (int i = 0; i < N; i++) {
                if (dense[j * N + i] != 0) {
                    rows[at] = i;
                    values[at++] = dense[j * N + i];
                }
            }
            starts[j + 1] = at;
        }
        ColumnStore x = ColumnStore.sparse(N, 50, starts, rows, values);
        double[] v = RESPONSE.withWeights(PathData.WIDE_WEIGHTS).shares();
        for (boolean centre : new boolean[] {true, false}) {
            Standardization z = new Standardization(x, v, centre, true);
            GramMatrix[] grams = {new SparseGram(x, z, v), new DoubleGram(x, z, v)};
            double[][] rowOf = new double[2][50];
            for (int k = 0; k < 2; k++) {
                grams[k].extend(new int[] {4, 9, 20});
                grams[k].extend(new int[] {7, 33});
                grams[k].subtract(1, -1, rowOf[k]);
            }
            assertThat(rowOf[0]).containsExactly(rowOf[1], within(1e-13));
        }
    }

    @Test
    void singlePrecisionDataAreSummedInDoublePrecision() {
        int n = 200_000;
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1000 + i % 7; // Single sums of these would be off in the fourth digit.
        }
        double[] v = new double[n];
        Arrays.fill(v, 1.0 / n);
        double[] moments = new double[2];
        ColumnStore.ofFloats(n, x).moments(0, v, moments);
        long total = 0;
        double square = 0;
        for (float value : x) {
            total += (long) value;
        }
        double mean = total / (double) n;
        for (float value : x) {
            square += (value - mean) * (value - mean) / n;
        }
        assertThat(moments[0]).isCloseTo(mean, within(1e-9));
        assertThat(moments[1]).isCloseTo(square, within(1e-9));
    }
}
