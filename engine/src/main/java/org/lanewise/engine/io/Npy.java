package org.lanewise.engine.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.lanewise.engine.Tensor;

/**
 * One tensor in NumPy's npy format (versions 1 to 3; numpy.lib.format). Floats of 2, 4 and 8 bytes, signed integers of 1 to
 * 8, unsigned bytes and booleans are read in either byte order and in row- or column-major ("Fortran") order; the result is
 * row-major float32. Written is little-endian float32.
 *
 * <p>The size of the file must be what its header says; whatever is wrong is a {@link FileFormatException}.
 *
 * <pre>{@code
 * Npy.write(path, x);
 * Tensor y = Npy.read(path);
 * }</pre>
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** NumPy itself refuses more than 10,000 bytes unless told otherwise. */
    private static final int MAX_HEADER = 1 << 16;
    private static final int MAX_RANK = 32;
    private static final int ALIGNMENT = 64;

    private Npy() {}

    public static Tensor read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, Files.size(file), file.toString());
        }
    }

    /** As it is stored, nothing rounded; at most 2 GB. */
    public static NpyArray readArray(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return readArray(in, Files.size(file), file.toString());
        }
    }

    /** Reads {@code length} bytes, which must be the whole stream; {@code what} starts every message. */
    static Tensor read(InputStream source, long length, String what) throws IOException {
        InputStream in = new BufferedInputStream(source, 1 << 13);
        Header header = header(in, length, what);
        return elements(in, header, what);
    }

    /** As {@link #read(InputStream, long, String)}, as it is stored. */
    static NpyArray readArray(InputStream source, long length, String what) throws IOException {
        InputStream in = new BufferedInputStream(source, 1 << 13);
        Header header = header(in, length, what);
        long bytes = TensorBytes.numel(header.shape) * header.type.bytes();
        if (bytes > Integer.MAX_VALUE - 8) throw new FileFormatException(what + ": more than 2 GB");
        ByteBuffer data = ByteBuffer.wrap(in.readNBytes((int) bytes)).order(header.order);
        if (data.limit() < bytes) throw new FileFormatException(what + ": the data ends too early");
        if (in.read() >= 0) throw new FileFormatException(what + ": bytes after the end of the data");
        return new NpyArray(header.type, header.shape, header.fortran, data);
    }

    /** The header, after which the data are as long as it says. */
    private static Header header(InputStream in, long length, String what) throws IOException {
        byte[] prefix = in.readNBytes(MAGIC.length + 2);
        int version = prefix.length < 8 ? 0 : prefix[6];
        if (!Arrays.equals(prefix, 0, Math.min(6, prefix.length), MAGIC, 0, 6) || version < 1 || version > 3) {
            throw new FileFormatException(what + ": not an npy file of version 1, 2 or 3");
        }
        byte[] size = in.readNBytes(version == 1 ? 2 : 4);
        long headerLength = 0;
        for (int i = size.length - 1; i >= 0; i--) headerLength = headerLength << 8 | size[i] & 0xFF;
        if (headerLength > MAX_HEADER) {
            throw new FileFormatException(what + ": the header should have " + headerLength + " bytes");
        }
        byte[] text = in.readNBytes((int) headerLength);
        if (text.length < headerLength) throw new FileFormatException(what + ": the header ends too early");
        Header header = parse(new TextScanner(new String(text, StandardCharsets.UTF_8), what), what);
        long bytes = length - prefix.length - size.length - headerLength;
        long numel = TensorBytes.numel(header.shape);
        String shape = Arrays.toString(header.shape);
        if (numel < 0) throw new FileFormatException(what + ": the shape " + shape + " is too large");
        if (numel * header.type.bytes() != bytes) {
            throw new FileFormatException(what + ": the shape " + shape + " of " + header.type + " needs "
                    + numel * header.type.bytes() + " bytes, there are " + bytes);
        }
        return header;
    }

    private static Tensor elements(InputStream in, Header header, String what) throws IOException {
        float[] data = new float[(int) TensorBytes.numel(header.shape)];
        TensorBytes.read(in, header.type, header.order, data, what);
        if (in.read() >= 0) throw new FileFormatException(what + ": bytes after the end of the data");
        if (!header.fortran) return Tensor.of(data, header.shape);
        int rank = header.shape.length;
        int[] reversed = new int[rank];
        int[] dims = new int[rank];
        for (int d = 0; d < rank; d++) {
            reversed[d] = header.shape[rank - 1 - d];
            dims[d] = rank - 1 - d;
        }
        return Tensor.of(data, reversed).permute(dims).contiguous();
    }

    private record Header(StorageType type, ByteOrder order, boolean fortran, int[] shape) {}

    /** A Python dictionary of exactly the three known keys. */
    private static Header parse(TextScanner in, String what) throws FileFormatException {
        Set<String> keys = new HashSet<>();
        String descr = null;
        Boolean fortran = null;
        int[] shape = null;
        in.expect('{');
        while (!in.take('}')) {
            String key = in.string('\'');
            in.expect(':');
            if (!keys.add(key)) throw in.fault("a key twice");
            switch (key) {
                case "descr" -> descr = in.string('\'');
                case "fortran_order" -> {
                    fortran = in.takeWord("True");
                    if (!fortran && !in.takeWord("False")) throw in.fault("True or False was expected");
                }
                case "shape" -> shape = shape(in);
                default -> throw in.fault("an unknown key");
            }
            if (!in.take(',')) {
                in.expect('}');
                break;
            }
        }
        in.expectEnd();
        if (descr == null || fortran == null || shape == null) {
            throw new FileFormatException(what + ": the header lacks descr, fortran_order or shape");
        }
        return new Header(type(descr, what), descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                fortran, shape);
    }

    private static StorageType type(String descr, String what) throws FileFormatException {
        boolean order = descr.length() == 3 && "<>|".indexOf(descr.charAt(0)) >= 0;
        StorageType type = !order ? null : switch (descr.substring(1)) {
            case "f8" -> StorageType.F64;
            case "f4" -> StorageType.F32;
            case "f2" -> StorageType.F16;
            case "i8" -> StorageType.I64;
            case "i4" -> StorageType.I32;
            case "i2" -> StorageType.I16;
            case "i1" -> StorageType.I8;
            case "u1" -> StorageType.U8;
            case "b1" -> StorageType.BOOL;
            default -> null;
        };
        if (type == null || descr.charAt(0) == '|' && type.bytes() > 1) {
            throw new FileFormatException(
                    what + ": the type '" + descr + "' is not supported");
        }
        return type;
    }

    /** {@code ()}, {@code (3,)} or {@code (3, 4)}. */
    private static int[] shape(TextScanner in) throws FileFormatException {
        int[] shape = new int[MAX_RANK];
        int rank = 0;
        in.expect('(');
        while (!in.take(')')) {
            if (rank == MAX_RANK) throw in.fault("more than " + MAX_RANK + " dimensions");
            shape[rank++] = in.size();
            if (!in.take(',')) {
                in.expect(')');
                break;
            }
        }
        return Arrays.copyOf(shape, rank);
    }

    /** Writes float32; the file appears whole or not at all. */
    public static void write(Path file, Tensor tensor) throws IOException {
        AtomicFile.write(file, out -> write(out, tensor));
    }

    /** Writes an array as it is, in the byte order and the order of elements it has; the file appears whole or not at all. */
    public static void write(Path file, NpyArray array) throws IOException {
        AtomicFile.write(file, out -> write(out, array));
    }

    /** Writes float32 to a stream, which stays open. */
    public static void write(OutputStream out, Tensor tensor) throws IOException {
        writeHeader(out, "<f4", false, tensor.shape());
        TensorBytes.write(out, StorageType.F32, tensor);
    }

    /** Writes an array as it is to a stream, which stays open. */
    public static void write(OutputStream out, NpyArray array) throws IOException {
        String order = array.type().bytes() == 1 ? "|" : array.data().order() == ByteOrder.BIG_ENDIAN ? ">" : "<";
        String letter = switch (array.type()) {
            case F64, F32, F16 -> "f";
            case I64, I32, I16, I8 -> "i";
            case U8 -> "u";
            case BOOL -> "b";
            case BF16 -> throw new IllegalArgumentException("npy files hold no bfloat16");
        };
        writeHeader(out, order + letter + array.type().bytes(), array.fortran(), array.shape());
        ByteBuffer data = array.data().duplicate().rewind();
        byte[] block = new byte[Math.min(1 << 16, Math.max(1, data.limit()))];
        while (data.hasRemaining()) {
            int n = Math.min(block.length, data.remaining());
            data.get(block, 0, n);
            out.write(block, 0, n);
        }
    }

    private static void writeHeader(OutputStream out, String descr, boolean fortran, int[] sizes) throws IOException {
        String shape = Arrays.toString(sizes);
        String tuple = "(" + shape.substring(1, shape.length() - 1) + (sizes.length == 1 ? ",)" : ")");
        String dictionary = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False")
                + ", 'shape': " + tuple + ", }";
        int unpadded = MAGIC.length + 4 + dictionary.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        int length = dictionary.length() + padding + 1;
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) length, (byte) (length >>> 8)});
        out.write((dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
