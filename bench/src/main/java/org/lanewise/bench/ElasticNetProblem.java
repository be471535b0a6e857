package org.lanewise.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.Response;

/**
 * A regression with few columns that matter: x ~ N(0, 1) in single precision, {@code nonZeros} coefficients ~ N(0, 1), noise of a
 * quarter of the signal's variance. The target has variance 1, so that glmnet, which would make it so, has the same objective.
 */
record ElasticNetProblem(int rows, int columns, float[][] blocks, double[] y) {
    private static final int NON_ZEROS = 200;
    private static final double SIGNAL_TO_NOISE = 4;

    static ElasticNetProblem generate(int rows, int columns, long seed) {
        int perBlock = Math.min(columns, Math.max(1, (1 << 28) / rows));
        float[][] blocks = new float[(columns + perBlock - 1) / perBlock][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new float[rows * Math.min(perBlock, columns - b * perBlock)];
        }
        IntStream.range(0, columns).parallel().forEach(j -> {
            SplittableRandom random = new SplittableRandom(seed + 31L * j);
            float[] block = blocks[j / perBlock];
            for (int i = 0, at = j % perBlock * rows; i < rows; i++) block[at + i] = (float) random.nextGaussian();
        });
        SplittableRandom random = new SplittableRandom(seed - 1);
        double[] y = new double[rows];
        int nonZeros = Math.min(NON_ZEROS, columns / 2);
        for (int k = 0; k < nonZeros; k++) {
            int j = (int) ((long) k * columns / nonZeros);
            double b = random.nextGaussian();
            for (int i = 0, at = j % perBlock * rows; i < rows; i++) y[i] += b * blocks[j / perBlock][at + i];
        }
        double spread = Math.sqrt(variance(y) / SIGNAL_TO_NOISE);
        double mean = 0;
        for (int i = 0; i < rows; i++) {
            y[i] += spread * random.nextGaussian();
            mean += y[i] / rows;
        }
        double scale = Math.sqrt(variance(y));
        for (int i = 0; i < rows; i++) y[i] = (y[i] - mean) / scale;
        return new ElasticNetProblem(rows, columns, blocks, y);
    }

    private static double variance(double[] y) {
        double sum = 0;
        double squares = 0;
        for (double v : y) {
            sum += v;
            squares += v * v;
        }
        return squares / y.length - sum / y.length * (sum / y.length);
    }

    ColumnStore store() {
        return ColumnStore.ofFloats(rows, blocks);
    }

    Response response() {
        return Response.of(y);
    }

    /** Writes x.f32, column after column, and y.f64, little-endian. */
    void write(Path folder) {
        try (FileChannel x = open(folder.resolve("x.f32")); FileChannel target = open(folder.resolve("y.f64"))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
            for (float[] block : blocks) {
                for (int from = 0; from < block.length; from += 1 << 20) {
                    int count = Math.min(1 << 20, block.length - from);
                    buffer.clear().limit(4 * count);
                    buffer.asFloatBuffer().put(block, from, count);
                    while (buffer.hasRemaining()) x.write(buffer);
                }
            }
            ByteBuffer values = ByteBuffer.allocate(8 * y.length).order(ByteOrder.LITTLE_ENDIAN);
            values.asDoubleBuffer().put(y);
            while (values.hasRemaining()) target.write(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }
}
