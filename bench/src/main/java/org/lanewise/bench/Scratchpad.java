package org.lanewise.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.lanewise.engine.io.Npy;
import org.lanewise.engine.io.NpyArray;
import org.lanewise.engine.io.StorageType;

/** A temporary folder for the numbers that go to another program and come back, little-endian; closing it removes it. */
record Scratchpad(Path folder) implements AutoCloseable {

    static Scratchpad create() throws IOException {
        return new Scratchpad(Files.createTempDirectory("lanewise-bench"));
    }

    void write(String name, double... values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(values);
        Files.write(folder.resolve(name), buffer.array());
    }

    void write(String name, int... values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(values);
        Files.write(folder.resolve(name), buffer.array());
    }

    /** {@code name.npy}, row after row. */
    void npy(String name, float[] values, int... shape) throws IOException {
        NpyArray array = NpyArray.zeros(StorageType.F32, shape);
        array.data().asFloatBuffer().put(values);
        Npy.write(folder.resolve(name + ".npy"), array);
    }

    double[] doubles(String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[buffer.remaining() / 8];
        buffer.asDoubleBuffer().get(values);
        return values;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }
}
