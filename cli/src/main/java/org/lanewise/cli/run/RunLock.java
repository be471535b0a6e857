package org.lanewise.cli.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.lanewise.cli.CommandException;

/**
 * Keeps two runs out of one directory. The operating system releases the lock when the process ends, however it ends.
 */
final class RunLock implements AutoCloseable {
    static final String NAME = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock take(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) return new RunLock(channel);
        } catch (OverlappingFileLockException e) {
            // this very process has it
        } catch (IOException e) {
            return new RunLock(channel); // a file system without locks: work without one
        }
        channel.close();
        throw CommandException.badInput("--out " + directory + ": another run is writing there");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
