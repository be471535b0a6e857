package org.lanewise.optim;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes TensorBoard event files: TFRecord framing (length, masked CRC-32C, data, masked CRC-32C; little endian) around
 * {@code tensorflow.Event} protocol buffers. Five messages with fixed fields are encoded by hand; that is shorter than a
 * dependency.
 *
 * <pre>{@code
 * try (var board = TensorBoardWriter.open(Path.of("runs/a/tb"))) {
 *     board.scalar("loss", step, loss);
 * }
 * }</pre>
 *
 * <p>Not thread-safe. Format: tensorflow/core/lib/io/record_writer.h, core/util/event.proto, core/framework/summary.proto.
 */
public final class TensorBoardWriter implements Closeable {

    private static final int BINS = 30;

    private final OutputStream out;

    private TensorBoardWriter(OutputStream out) {
        this.out = out;
    }

    /** Opens a new event file in a directory, which is made if needed; earlier files stay and are shown together. */
    public static TensorBoardWriter open(Path directory) throws IOException {
        Files.createDirectories(directory);
        long seconds = System.currentTimeMillis() / 1000;
        for (int attempt = 0;; attempt++) {
            Path file = directory.resolve("events.out.tfevents." + seconds + ".lanewise." + attempt);
            if (Files.exists(file)) continue;
            var writer = new TensorBoardWriter(
                    new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
            writer.event(0, new Proto().text(3, "brain.Event:2"));
            writer.flush();
            return writer;
        }
    }

    /** One point of the curve {@code tag}. */
    public void scalar(String tag, long step, double value) throws IOException {
        summary(step, new Proto().text(1, tag).float32(2, (float) value));
    }

    /** The distribution of some values at a step; nothing is written for none or when one is not finite. */
    public void histogram(String tag, long step, float[] values) throws IOException {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) return;
            low = Math.min(low, value);
            high = Math.max(high, value);
            sum += value;
            squares += (double) value * value;
        }
        if (values.length == 0) return;
        double[] limits = new double[BINS];
        double[] counts = new double[BINS];
        double width = Math.max(high - low, 1e-12) / BINS;
        for (int i = 0; i < BINS; i++) limits[i] = low + width * (i + 1);
        for (float value : values) counts[Math.clamp((int) ((value - low) / width), 0, BINS - 1)]++;
        Proto histogram = new Proto().float64(1, low).float64(2, high).float64(3, values.length).float64(4, sum)
                .float64(5, squares).doubles(6, limits).doubles(7, counts);
        summary(step, new Proto().text(1, tag).message(5, histogram));
    }

    /** Tells TensorBoard to drop points at or after a step, written by a run that was since resumed from before it. */
    public void restartAt(long step) throws IOException {
        event(step, new Proto().message(7, new Proto().varint(1, 1)));
    }

    /** Makes all events visible to readers. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void summary(long step, Proto value) throws IOException {
        event(step, new Proto().message(5, new Proto().message(1, value)));
    }

    private void event(long step, Proto what) throws IOException {
        byte[] data = new Proto().float64(1, System.currentTimeMillis() / 1e3).varint(2, step).append(what).bytes();
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
        out.write(length.array());
        out.write(maskedCrc(length.array()));
        out.write(data);
        out.write(maskedCrc(data));
    }

    private static byte[] maskedCrc(byte[] data) {
        var crc = new CRC32C();
        crc.update(data, 0, data.length);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
    }

    /** A protocol buffer under construction: tag, wire type, value. */
    private static final class Proto {
        private byte[] data = new byte[64];
        private int size;

        Proto varint(int field, long value) {
            return raw((long) field << 3).raw(value);
        }

        Proto float64(int field, double value) {
            raw((long) field << 3 | 1);
            return fixed(Double.doubleToRawLongBits(value), 8);
        }

        Proto float32(int field, float value) {
            raw((long) field << 3 | 5);
            return fixed(Float.floatToRawIntBits(value), 4);
        }

        Proto text(int field, String value) {
            return block(field, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        Proto message(int field, Proto value) {
            return block(field, value.bytes());
        }

        Proto doubles(int field, double[] values) {
            Proto packed = new Proto();
            for (double value : values) packed.fixed(Double.doubleToRawLongBits(value), 8);
            return message(field, packed);
        }

        Proto append(Proto other) {
            return put(other.bytes());
        }

        byte[] bytes() {
            return Arrays.copyOf(data, size);
        }

        private Proto block(int field, byte[] value) {
            return raw((long) field << 3 | 2).raw(value.length).put(value);
        }

        private Proto raw(long value) {
            for (; (value & ~0x7FL) != 0; value >>>= 7) octet((byte) (value & 0x7F | 0x80));
            return octet((byte) value);
        }

        private Proto fixed(long bits, int octets) {
            for (int i = 0; i < octets; i++) octet((byte) (bits >>> 8 * i));
            return this;
        }

        private Proto put(byte[] value) {
            for (byte b : value) octet(b);
            return this;
        }

        private Proto octet(byte b) {
            if (size == data.length) data = Arrays.copyOf(data, 2 * size);
            data[size++] = b;
            return this;
        }
    }
}
