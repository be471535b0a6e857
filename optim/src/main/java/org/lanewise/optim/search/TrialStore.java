package org.lanewise.optim.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lanewise.engine.io.AtomicFile;
import org.lanewise.engine.io.FileFormatException;

/**
 * Trials in a file of JSON lines: the settings of the search in the first, then one trial each in the order in which
 * they ended. A line is on the disk before the next trial is told of; what a crash left of a line that was being
 * written is cut off when the file is opened. The file is locked while it is open.
 */
final class TrialStore implements AutoCloseable {

    /** More than a search of a million trials writes; what is larger is another file. */
    private static final long MAX_BYTES = 1L << 28;

    private final Path file;
    private final FileChannel channel;
    private final Map<Integer, TrialResult> trials = new LinkedHashMap<>();

    private TrialStore(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static TrialStore open(Path file, Map<String, String> settings, SearchSpace space, boolean resume) {
        try {
            if (!Files.exists(file) || Files.isRegularFile(file) && Files.size(file) == 0) {
                byte[] header = TrialLines.header(settings).getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(file, out -> out.write(header));
            } else if (!resume) {
                throw new SearchException(file + " exists already; resume it or choose another file");
            }
            var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var store = new TrialStore(file, channel);
            try {
                store.lock();
                store.read(settings, space);
            } catch (Throwable failure) {
                store.close();
                throw failure;
            }
            return store;
        } catch (FileFormatException e) {
            throw new SearchException(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + file + ": " + e.getMessage(), e);
        }
    }

    private void lock() throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            locked = false;
        }
        if (!locked) throw new SearchException(file + " is in use by another search");
    }

    private void read(Map<String, String> settings, SearchSpace space) throws IOException {
        if (channel.size() > MAX_BYTES) throw new FileFormatException(file + ": is too large for a search");
        ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0);
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') end--;
        List<String> lines;
        try {
            lines = StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(0, end)).toString().lines().toList();
        } catch (CharacterCodingException e) {
            throw new FileFormatException(file + ": is not UTF-8", e);
        }
        if (lines.isEmpty()) throw new FileFormatException(file + ": is not a search");
        check(TrialLines.header(lines.getFirst(), place(1)), settings);
        for (int i = 1; i < lines.size(); i++) {
            TrialResult trial = TrialLines.trial(lines.get(i), place(i + 1), space);
            if (trials.put(trial.number(), trial) != null) {
                throw new FileFormatException(place(i + 1) + ": trial " + trial.number() + " comes a second time");
            }
        }
        channel.truncate(end); // only now that the file is known to be a search
        channel.position(end);
    }

    private String place(int line) {
        return String.format(Locale.ROOT, "%s, line %d", file, line);
    }

    private void check(Map<String, String> stored, Map<String, String> settings) throws FileFormatException {
        for (Map.Entry<String, String> wanted : settings.entrySet()) {
            String found = stored.get(wanted.getKey());
            if (wanted.getValue().equals(found)) continue;
            throw new FileFormatException(file + ": belongs to a search with another " + wanted.getKey() + ", " + found
                    + " and not " + wanted.getValue());
        }
    }

    /** The stored trials by number. */
    Map<Integer, TrialResult> trials() {
        return trials;
    }

    void append(TrialResult trial) {
        try {
            ByteBuffer line = ByteBuffer.wrap(TrialLines.trial(trial).getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) channel.write(line);
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + file + ": " + e.getMessage(), e);
        }
    }
}
