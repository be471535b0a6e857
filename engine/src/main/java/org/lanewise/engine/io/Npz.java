package org.lanewise.engine.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.lanewise.engine.Tensor;

/**
 * Named tensors in NumPy's npz format: a zip archive of npy files, stored or compressed. What each entry says of itself is
 * checked as in {@link Npy}, and its checksum; whatever is wrong is a {@link FileFormatException}.
 *
 * <pre>{@code
 * Npz.write(path, Map.of("x", x, "y", y));
 * Map<String, Tensor> all = Npz.read(path);
 * }</pre>
 */
public final class Npz {

    private static final String SUFFIX = ".npy";
    /** Deflate cannot shrink more than this; an entry that claims more lies. */
    private static final int MAX_RATIO = 1032;
    /** Archives may always unfold to this many bytes, ... */
    private static final long FREE = 64L << 20;
    /** ... and beyond it to this many times their size, unless the caller allows more. */
    private static final int USUAL_RATIO = 100;

    private Npz() {}

    /** All tensors by name, in the order of the archive; refuses archives that unfold to a hundred times their size. */
    public static Map<String, Tensor> read(Path file) throws IOException {
        return read(file, Math.max(FREE, USUAL_RATIO * Files.size(file)));
    }

    /** As {@link #read(Path)}, for archives that unfold to at most {@code maxBytes}. */
    public static Map<String, Tensor> read(Path file, long maxBytes) throws IOException {
        return read(file, maxBytes, Npy::read);
    }

    /** All arrays by name as they are stored, nothing rounded; refuses what {@link #read(Path)} refuses. */
    public static Map<String, NpyArray> readArrays(Path file) throws IOException {
        return read(file, Math.max(FREE, USUAL_RATIO * Files.size(file)), Npy::readArray);
    }

    private interface EntryReader<T> {
        T read(InputStream in, long length, String what) throws IOException;
    }

    private static <T> Map<String, T> read(Path file, long maxBytes, EntryReader<T> reader) throws IOException {
        Map<String, T> tensors = new LinkedHashMap<>();
        long physical = Files.size(file) * MAX_RATIO;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long total = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = name(entry);
                String what = file + ": entry '" + name + "'";
                long size = entry.getSize();
                total += size;
                if (size < 0 || size > physical || total > maxBytes || total < 0) {
                    throw new FileFormatException(what + ": unfolds to " + size + " bytes, more than is allowed");
                }
                if (tensors.containsKey(name)) throw new FileFormatException(what + ": appears twice");
                tensors.put(name, read(zip, entry, what, reader));
            }
        } catch (FileFormatException | FileSystemException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) { // the latter: a name not in the encoding it claims
            throw new FileFormatException(file + ": not a sound npz archive" + reason(e), e);
        }
        return Collections.unmodifiableMap(tensors);
    }

    private static String name(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static <T> T read(ZipFile zip, ZipEntry entry, String what, EntryReader<T> reader) throws IOException {
        InputStream raw = zip.getInputStream(entry);
        if (raw == null) throw new FileFormatException(what + ": cannot be found");
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(raw, checksum)) {
            T tensor = reader.read(in, entry.getSize(), what);
            if (checksum.getValue() != entry.getCrc()) throw new FileFormatException(what + ": the checksum is wrong");
            return tensor;
        } catch (FileFormatException e) {
            throw e;
        } catch (IOException e) { // of the decompressor
            throw new FileFormatException(what + ": cannot be unfolded" + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "" : ": " + e.getMessage();
    }

    /** Writes float32, not compressed, in the order of the map; the file appears whole or not at all. */
    public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        write(file, tensors, Npy::write);
    }

    /** Writes arrays as they are, not compressed, in the order of the map; the file appears whole or not at all. */
    public static void writeArrays(Path file, Map<String, NpyArray> arrays) throws IOException {
        write(file, arrays, Npy::write);
    }

    private interface EntryWriter<T> {
        void write(OutputStream out, T value) throws IOException;
    }

    private static <T> void write(Path file, Map<String, T> entries, EntryWriter<T> writer) throws IOException {
        AtomicFile.write(file, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(0);
            for (Map.Entry<String, T> tensor : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // same tensors, same bytes
                zip.putNextEntry(entry);
                writer.write(zip, tensor.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }
}
