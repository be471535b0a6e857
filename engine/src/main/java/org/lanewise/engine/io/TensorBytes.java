package org.lanewise.engine.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.lanewise.engine.Tensor;

/** Elements of a storage type to and from streams, block by block. */
final class TensorBytes {

    private static final int BLOCK = 1 << 16;

    private TensorBytes() {}

    /** Fills {@code out}; a stream that ends too early is a fault of {@code what}. */
    static void read(InputStream in, StorageType type, ByteOrder order, float[] out, String what) throws IOException {
        byte[] bytes = new byte[(int) Math.min(BLOCK, Math.max(1L, (long) out.length * type.bytes()))];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(order);
        int each = bytes.length / type.bytes();
        for (int at = 0; at < out.length; at += each) {
            int n = Math.min(each, out.length - at);
            if (in.readNBytes(bytes, 0, n * type.bytes()) < n * type.bytes()) {
                throw new FileFormatException(what + ": the data ends too early");
            }
            block.clear();
            if (type == StorageType.F32) block.asFloatBuffer().get(out, at, n);
            else for (int i = 0; i < n; i++) out[at + i] = type.read(block);
        }
    }

    /** Appends the elements in row-major order, little-endian. */
    static void write(OutputStream out, StorageType type, Tensor tensor) throws IOException {
        Tensor t = tensor.contiguous();
        byte[] bytes = new byte[(int) Math.min(BLOCK, Math.max(1L, (long) t.numel() * type.bytes()))];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int each = bytes.length / type.bytes();
        for (int at = 0; at < t.numel(); at += each) {
            int n = Math.min(each, t.numel() - at);
            block.clear();
            if (type == StorageType.F32) block.asFloatBuffer().put(t.data(), t.offset() + at, n);
            else for (int i = 0; i < n; i++) type.write(block, t.data()[t.offset() + at + i]);
            out.write(bytes, 0, n * type.bytes());
        }
    }

    /** Reads little-endian doubles; a stream that ends too early is a fault of {@code what}. */
    static double[] readDoubles(InputStream in, int count, String what) throws IOException {
        double[] out = new double[count];
        byte[] bytes = new byte[BLOCK];
        DoubleBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        for (int at = 0; at < count; at += block.capacity()) {
            int n = Math.min(block.capacity(), count - at);
            if (in.readNBytes(bytes, 0, n * Double.BYTES) < n * Double.BYTES) {
                throw new FileFormatException(what + ": the data ends too early");
            }
            block.clear().get(out, at, n);
        }
        return out;
    }

    /** Appends little-endian doubles. */
    static void writeDoubles(OutputStream out, double[] values) throws IOException {
        byte[] bytes = new byte[BLOCK];
        DoubleBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
        for (int at = 0; at < values.length; at += block.capacity()) {
            int n = Math.min(block.capacity(), values.length - at);
            block.clear().put(values, at, n);
            out.write(bytes, 0, n * Double.BYTES);
        }
    }

    /** The number of elements, or -1 if a size is negative or there are more than an array can hold. */
    static long numel(int[] shape) {
        long n = 1;
        for (int size : shape) if (size == 0) return 0;
        for (int size : shape) {
            if (size < 0) return -1;
            n *= size;
            if (n > Integer.MAX_VALUE - 8) return -1;
        }
        return n;
    }
}
