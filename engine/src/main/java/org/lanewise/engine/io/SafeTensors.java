package org.lanewise.engine.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.lanewise.engine.Tensor;

/**
 * Named tensors and text metadata in a file of the safetensors format: the length of a JSON header (8 bytes,
 * little-endian), the header, then the elements of all tensors without gaps.
 *
 * <p>All types of {@link StorageType} are read (into float32, rounded where they do not fit); F32, F64, F16 and BF16 are
 * written. The same content always gives the same bytes: tensors and metadata are written in the order of their names.
 * Files open in other implementations of the format.
 *
 * <p>Reading trusts nothing: every length is compared with the size of the file before memory is taken, tensors must tile
 * the data exactly, names must differ. Whatever is wrong is a {@link FileFormatException}.
 *
 * <pre>{@code
 * SafeTensors.write(path, Map.of("weight", w, "bias", b), Map.of("epoch", "3"));
 * SafeTensors file = SafeTensors.read(path);
 * Tensor w = file.tensors().get("weight");
 * }</pre>
 *
 * @param tensors by name, in the order of the header; unmodifiable
 * @param metadata by name; unmodifiable
 */
public record SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {

    private static final int LENGTH_BYTES = 8;

    public SafeTensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    // --- reading

    public static SafeTensors read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, Files.size(file), file.toString());
        }
    }

    /** Reads a whole file from memory or a resource; {@code name} is used in messages. */
    public static SafeTensors read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readAllBytes();
        return read(new ByteArrayInputStream(bytes), bytes.length, name);
    }

    private static SafeTensors read(InputStream source, long length, String name) throws IOException {
        InputStream in = new BufferedInputStream(source, 1 << 16);
        SafeTensorsHeader header = SafeTensorsHeader.parse(headerText(in, length, name), name);
        header.checkTiling(length - LENGTH_BYTES - header.bytes());

        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafeTensorsHeader.Entry entry : header.entries()) tensors.put(entry.name(), null);
        for (SafeTensorsHeader.Entry entry : header.byOffset()) {
            float[] data = new float[(int) TensorBytes.numel(entry.shape())];
            TensorBytes.read(in, entry.type(), ByteOrder.LITTLE_ENDIAN, data, name + ": tensor '" + entry.name() + "'");
            tensors.put(entry.name(), Tensor.of(data, entry.shape()));
        }
        return new SafeTensors(tensors, header.metadata());
    }

    private static byte[] headerText(InputStream in, long length, String name) throws IOException {
        byte[] prefix = in.readNBytes(LENGTH_BYTES);
        if (prefix.length < LENGTH_BYTES) {
            throw new FileFormatException(name + ": not a safetensors file, it has only " + prefix.length + " bytes");
        }
        long size = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (size < 2 || size > SafeTensorsHeader.MAX_BYTES || size > length - LENGTH_BYTES) {
            throw new FileFormatException(name + ": not a safetensors file or cut short, its header should have "
                    + Long.toUnsignedString(size) + " bytes of " + length);
        }
        byte[] text = in.readNBytes((int) size);
        if (text.length < size) throw new FileFormatException(name + ": the header ends too early");
        return text;
    }

    // --- writing

    /** Writes float32; the file appears whole or not at all. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        write(file, tensors, metadata, StorageType.F32);
    }

    /** Writes with elements of {@code type}; the file appears whole or not at all. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata, StorageType type)
            throws IOException {
        AtomicFile.write(file, out -> write(out, tensors, metadata, type));
    }

    /** Writes to a stream, which stays open. */
    public static void write(OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata,
            StorageType type) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        Map<String, int[]> shapes = new TreeMap<>();
        sorted.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        writeHeader(out, shapes, metadata, type);
        for (Tensor tensor : sorted.values()) TensorBytes.write(out, type, tensor);
    }

    private static void writeHeader(OutputStream out, Map<String, int[]> shapes, Map<String, String> metadata,
            StorageType type) throws IOException {
        byte[] header = SafeTensorsHeader.format(shapes, new TreeMap<>(metadata), type);
        out.write(ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
        out.write(header);
    }

    // --- arrays of doubles, kept to the last bit

    /**
     * Reads a file whose tensors are all of type F64 and of one dimension, as {@link #writeDoubles} makes them.
     *
     * @throws FileFormatException if it is no such file
     */
    public static Map<String, double[]> readDoubles(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            long length = Files.size(file);
            SafeTensorsHeader header = SafeTensorsHeader.parse(headerText(in, length, file.toString()),
                    file.toString());
            header.checkTiling(length - LENGTH_BYTES - header.bytes());
            Map<String, double[]> arrays = new TreeMap<>();
            for (SafeTensorsHeader.Entry entry : header.byOffset()) {
                String what = file + ": tensor '" + entry.name() + "'";
                if (entry.type() != StorageType.F64 || entry.shape().length != 1) {
                    throw new FileFormatException(what + ": one dimension of F64 is needed");
                }
                arrays.put(entry.name(), TensorBytes.readDoubles(in, entry.shape()[0], what));
            }
            return arrays;
        }
    }

    /** Writes arrays of doubles; the file appears whole or not at all. */
    public static void writeDoubles(Path file, Map<String, double[]> arrays, Map<String, String> metadata)
            throws IOException {
        Map<String, double[]> sorted = new TreeMap<>(arrays);
        Map<String, int[]> shapes = new TreeMap<>();
        sorted.forEach((name, values) -> shapes.put(name, new int[] {values.length}));
        AtomicFile.write(file, out -> {
            writeHeader(out, shapes, metadata, StorageType.F64);
            for (double[] values : sorted.values()) TensorBytes.writeDoubles(out, values);
        });
    }
}
