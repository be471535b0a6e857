package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products against the definition, to the bit, and against double precision. */
class GemmTest {
    /** A matrix somewhere in an array with strides. */
    private record Matrix(int rows, int columns, float[] data, int offset, int row, int column) {
        float get(int i, int j) {
            return data[offset + i * row + j * column];
        }

        /** Layouts: 0 row-major, 1 transposed, 2 row-major in a wider array, 3 every second column, 4 transposed wider. */
        static Matrix random(int rows, int columns, int layout, SplittableRandom random) {
            int offset = layout < 2 ? 0 : 5;
            int row = switch (layout) {
                case 0 -> columns;
                case 1, 4 -> 1;
                case 2 -> columns + 3;
                default -> 2 * columns + 1;
            };
            int column = switch (layout) {
                case 0, 2 -> 1;
                case 1 -> rows;
                case 3 -> 2;
                default -> rows + 2;
            };
            int size = offset + Math.max(rows - 1, 0) * row + Math.max(columns - 1, 0) * column + 1;
            float[] data = new float[size];
            for (int i = 0; i < size; i++) data[i] = (float) (random.nextDouble() - 0.5);
            return new Matrix(rows, columns, data, offset, row, column);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,7,5", "1,64,400", "1,33,3", "1,2100,9", "2,3,4", "3,31,17", "4,32,8", "5,33,65", "7,1,9",
            "8,16,384", "9,15,385", "13,40,1000", "16,48,33", "24,70,100", "31,65,127",
            "33,40,400", "40,1,50", "50,2,40", "64,8,100", "65,66,67", "100,65,777",
            "127,33,20", "128,64,64", "129,31,10", "130,97,400", "192,32,16", "193,33,770", "200,7,30", "257,130,129"})
    void matchesTheDefinition(int m, int n, int k) {
        SplittableRandom random = new SplittableRandom(m * 1000L + n * 10L + k);
        for (int layoutA = 0; layoutA < 5; layoutA++) {
            for (int layoutB = 0; layoutB < 5; layoutB++) {
                if ((long) m * n * k > 1_000_000 && (layoutA + layoutB) % 3 != 0) continue;
                Matrix a = Matrix.random(m, k, layoutA, random);
                Matrix b = Matrix.random(k, n, layoutB, random);
                for (boolean accumulate : new boolean[] {false, true}) {
                    Matrix c = Matrix.random(m, n, layoutB % 2 == 0 ? 0 : 2, random);
                    float[] expected = defined(a, b, c, accumulate);
                    float[] result = c.data.clone();
                    Gemm.multiply(m, n, k, a.data, a.offset, a.row, a.column, b.data, b.offset, b.row, b.column, result,
                            c.offset, c.row, accumulate, Epilogue.NONE);
                    String what = m + " x " + n + " x " + k + ", layouts " + layoutA + ", " + layoutB + ", "
                            + accumulate;
                    same(expected, result, what);
                    float[] packed = c.data.clone();
                    PackedMatrix p = PackedMatrix.of(k, n, b.data, b.offset, b.row, b.column);
                    Gemm.multiply(m, a.data, a.offset, a.row, a.column, p, packed, c.offset, c.row, accumulate,
                            Epilogue.NONE);
                    same(expected, packed, "packed " + what);
                }
            }
        }
    }

    @Test
    void isCloseToDoublePrecision() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix a = Matrix.random(70, 3000, 0, random);
        Matrix b = Matrix.random(3000, 50, 0, random);
        float[] c = new float[70 * 50];
        Gemm.multiply(70, 50, 3000, a.data, 0, 3000, 1, b.data, 0, 50, 1, c, 0, 50, false, Epilogue.NONE);
        for (int i = 0; i < 70; i++) {
            for (int j = 0; j < 50; j++) {
                double exact = 0;
                double size = 0;
                for (int k = 0; k < 3000; k++) {
                    double term = (double) a.get(i, k) * b.get(k, j);
                    exact += term;
                    size += Math.abs(term);
                }
                assertThat(Math.abs(c[i * 50 + j] - exact)).isLessThan(4e-7 * size);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,40,30", "5,33,20", "140,70,20", "300,3,50"})
    void epilogueAddsBiasThenActivates(int m, int n, int k) {
        SplittableRandom random = new SplittableRandom(4);
        Matrix a = Matrix.random(m, k, 0, random);
        Matrix b = Matrix.random(k, n, 1, random);
        Matrix c = Matrix.random(m, n, 0, random);
        float[] bias = Matrix.random(1, n + 2, 0, random).data;
        float[] plain = defined(a, b, c, false);
        for (Activation activation : Activation.values()) {
            float[] expected = plain.clone();
            for (int i = 0; i < m * n; i++) expected[i] += bias[2 + i % n];
            activation.apply(expected, 0, m * n);
            float[] result = new float[m * n];
            Gemm.multiply(m, n, k, a.data, 0, k, 1, b.data, 0, 1, k, result, 0, n, false,
                    Epilogue.of(bias, 2, activation));
            same(expected, result, activation.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,300,3000", "1,4000,100", "37,301,200", "128,128,128", "300,257,500", "600,40,800", "2000,5,64",
            "2000,1,300", "150,2500,30"})
    void threadsDoNotChangeBits(int m, int n, int k) {
        SplittableRandom random = new SplittableRandom(5);
        for (int layout = 0; layout < 2; layout++) {
            Matrix a = Matrix.random(m, k, layout, random);
            Matrix b = Matrix.random(k, n, 1 - layout, random);
            float[] expected = null;
            for (int threads = 1; threads <= 4; threads++) {
                float[] result = new float[m * n];
                try (WorkerPool pool = WorkerPool.of(threads)) {
                    pool.run(
                            () -> Gemm.multiply(m, n, k, a.data, 0, a.row, a.column, b.data, 0, b.row, b.column, result,
                                    0, n, false, Epilogue.activation(Activation.TANH)));
                }
                if (expected == null) expected = result;
                same(expected, result, threads + " threads");
            }
        }
    }

    @Test
    void aRowOfABatchEqualsTheRowAlone() {
        SplittableRandom random = new SplittableRandom(6);
        int n = 70;
        int k = 500;
        for (int layout = 0; layout < 2; layout++) {
            Matrix b = Matrix.random(k, n, layout, random);
            for (int m : new int[] {2, 9, 64, 129, 200}) {
                Matrix a = Matrix.random(m, k, 0, random);
                float[] batch = new float[m * n];
                Gemm.multiply(m, n, k, a.data, 0, k, 1, b.data, 0, b.row, b.column, batch, 0, n, false, Epilogue.NONE);
                for (int i = 0; i < m; i++) {
                    float[] row = new float[m * n];
                    Gemm.multiply(1, n, k, a.data, i * k, k, 1, b.data, 0, b.row, b.column, row, i * n, n, false,
                            Epilogue.NONE);
                    for (int j = 0; j < n; j++) assertThat(row[i * n + j]).isEqualTo(batch[i * n + j]);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,40", "7,40", "24,80"})
    void batched(int batch, int size) {
        SplittableRandom random = new SplittableRandom(7);
        Matrix a = Matrix.random(batch * size, size, 0, random);
        Matrix b = Matrix.random(size, size, 0, random);
        float[] c = new float[batch * size * size];
        Gemm.multiply(batch, size, size, size, a.data, 0, size * size, size, 1, b.data, 0, 0, 1, size, c, 0,
                size * size,
                size, false, Epilogue.NONE);
        Matrix bt = new Matrix(size, size, b.data, 0, 1, size);
        same(defined(a, bt, new Matrix(batch * size, size, c, 0, size, 1), false), c, "batch");
    }

    @Test
    void emptyProducts() {
        float[] c = {1, 2, 3, 4};
        float[] none = {};
        Gemm.multiply(2, 2, 0, none, 0, 0, 1, none, 0, 2, 1, c, 0, 2, true, Epilogue.NONE);
        assertThat(c).containsExactly(1, 2, 3, 4);
        Gemm.multiply(2, 2, 0, none, 0, 0, 1, none, 0, 2, 1, c, 0, 2, false, Epilogue.bias(new float[] {5, 6}, 0));
        assertThat(c).containsExactly(5, 6, 5, 6);
        Gemm.multiply(0, 2, 3, none, 0, 3, 1, new float[6], 0, 2, 1, none, 0, 2, false, Epilogue.NONE);
        Gemm.multiply(2, 0, 3, new float[6], 0, 3, 1, none, 0, 0, 1, none, 0, 0, false, Epilogue.NONE);
        Gemm.multiply(0, 2, 2, 2, none, 0, 0, 2, 1, none, 0, 0, 2, 1, none, 0, 4, 2, false, Epilogue.NONE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        float[] x = new float[12];
        assertThatThrownBy(() -> Gemm.multiply(3, 4, 2, new float[5], 0, 2, 1, x, 0, 4, 1, new float[12], 0, 4, false,
                Epilogue.NONE)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a is 3 x 2");
        assertThatThrownBy(() -> Gemm.multiply(3, 4, 2, x, 0, 2, 1, x, 0, 4, 1, new float[11], 0, 4, false,
                Epilogue.NONE)).hasMessageContaining("c is 3 x 4");
        assertThatThrownBy(() -> Gemm.multiply(3, 4, 2, x, 0, 2, 1, x, 6, 4, 1, new float[12], 0, 4, false,
                Epilogue.NONE)).hasMessageContaining("b is 2 x 4");
        assertThatThrownBy(() -> Gemm.multiply(-1, 4, 2, x, 0, 2, 1, x, 0, 4, 1, x, 0, 4, false, Epilogue.NONE))
                .hasMessageContaining("-1 x 2");
        assertThatThrownBy(() -> Gemm.multiply(2, 2, 2, x, 0, 2, 1, new float[4], 0, 2, 1, x, 2, 2, false,
                Epilogue.NONE)).hasMessageContaining("c overlaps a");
        assertThatThrownBy(() -> Gemm.multiply(2, 2, 2, new float[4], 0, 2, 1, x, 2, 2, 1, x, 0, 2, false,
                Epilogue.NONE)).hasMessageContaining("c overlaps b");
        assertThatThrownBy(() -> Gemm.multiply(2, 2, 2, new float[4], 0, 2, 1, x, 2, 2, 1, new float[9], 0, 1, false,
                Epilogue.NONE)).hasMessageContaining("rows of c overlap");
        assertThatThrownBy(() -> Gemm.multiply(2, 2, 2, new float[4], 0, 2, 1, x, 0, 2, 1, new float[4], 0, 2, false,
                Epilogue.bias(new float[3], 2))).hasMessageContaining("bias has 1 values for 2 columns");
        assertThatThrownBy(() -> Gemm.multiply(2, 2, 2, 2, x, 0, 4, 2, 1, x, 0, 4, 2, 1, new float[8], 0, 3, 2, false,
                Epilogue.NONE)).hasMessageContaining("results of a batch overlap");
        assertThatThrownBy(() -> Gemm.multiply(4, 2, 2, 2, x, 0, 4, 2, 1, x, 0, 4, 2, 1, new float[16], 0, 4, 2, false,
                Epilogue.NONE)).hasMessageContaining("outside its array");
    }

    @Test
    void neighboursAreNotTouched() {
        SplittableRandom random = new SplittableRandom(8);
        for (int m : new int[] {1, 5, 130}) {
            Matrix a = Matrix.random(m, 20, 0, random);
            Matrix b = Matrix.random(20, 37, 0, random);
            float[] c = new float[10 + m * 50];
            java.util.Arrays.fill(c, 77f);
            Gemm.multiply(m, 37, 20, a.data, 0, 20, 1, b.data, 0, 37, 1, c, 10, 50, false, Epilogue.NONE);
            for (int i = 0; i < c.length; i++) {
                boolean inside = i >= 10 && (i - 10) % 50 < 37;
                if (!inside) assertThat(c[i]).as("element " + i).isEqualTo(77f);
            }
        }
    }

    /** The whole array of C after the product, by the definition in {@link Gemm}. */
    private static float[] defined(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        float[] result = c.data.clone();
        for (int i = 0; i < a.rows; i++) {
            for (int j = 0; j < b.columns; j++) {
                int at = c.offset + i * c.row + j;
                float sum = accumulate ? result[at] : 0f;
                for (int block = 0; block < a.columns; block += 384) {
                    float acc = 0f;
                    for (int k = block; k < Math.min(block + 384, a.columns); k++)
                        acc = Math.fma(a.get(i, k), b.get(k, j), acc);
                    sum += acc;
                }
                result[at] = sum;
            }
        }
        return result;
    }

    private static void same(float[] expected, float[] actual, String what) {
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i]))
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
        }
    }
}
