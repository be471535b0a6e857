package org.lanewise.tabular.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.lanewise.tabular.BadInputException;

/** Something that can be opened as characters, more than once. Unpacks gzip and honours a byte order mark. */
record CsvSource(String name, Path file, byte[] content) {
    private static final int PEEK = 1 << 13;

    static CsvSource of(Path file) {
        return new CsvSource(file.toString(), file, null);
    }

    static CsvSource of(String name, byte[] content) {
        return new CsvSource(name, null, content);
    }

    Reader open(Charset charset) throws IOException {
        InputStream raw = file == null ? new ByteArrayInputStream(content) : openFile();
        try {
            return decode(unpack(new BufferedInputStream(raw, 1 << 16)), charset);
        } catch (EOFException e) {
            raw.close();
            throw BadInputException.at(name).causedBy(e).because("the compressed data is cut short");
        } catch (ZipException e) {
            raw.close();
            throw BadInputException.at(name).causedBy(e).because("damaged gzip data: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private InputStream openFile() throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw BadInputException.at(name).because("is a directory, not a file");
            }
            return Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            throw BadInputException.at(name).causedBy(e).because("no such file");
        }
    }

    private InputStream unpack(BufferedInputStream in) throws IOException {
        byte[] start = peek(in, 4);
        if (start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
            return new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
        }
        if (name.endsWith(".gz")) {
            throw BadInputException.at(name).because("named .gz but is not gzip data");
        }
        if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            throw BadInputException.at(name).because("is a zip archive, not CSV");
        }
        return in;
    }

    private Reader decode(InputStream in, Charset charset) throws IOException {
        byte[] start = peek(in, PEEK);
        Charset used = charset;
        if (starts(start, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            used = StandardCharsets.UTF_8;
        } else if (starts(start, 0xff, 0xfe) || starts(start, 0xfe, 0xff)) {
            used = starts(start, 0xff) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            in.skipNBytes(2);
        } else {
            for (byte b : wide(used) ? new byte[0] : start) {
                if (b == 0) {
                    throw BadInputException.at(name).because("holds binary data, not CSV text");
                }
            }
        }
        return new InputStreamReader(wide(used) ? in : new NulGuard(in),
                used.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Whether the letters of plain English have bytes that are 0. */
    private static boolean wide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private static boolean starts(byte[] data, int... expected) {
        if (data.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((data[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] peek(InputStream in, int bytes) throws IOException {
        in.mark(bytes);
        byte[] start = in.readNBytes(bytes);
        in.reset();
        return start;
    }
}
