package org.lanewise.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A single file that a command is going to write.
 */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Makes sure that the file can be written, before any work is done. Nothing is left behind.
     *
     * @param option the option that names it, for messages
     * @param file   the file
     * @throws CommandException if it is a directory, or its folder is a file, or cannot be created or written
     */
    public static void check(String option, Path file) {
        if (Files.isDirectory(file)) throw CommandException.badInput(option + " " + file + ": is a directory");
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) throw CommandException.badInput(option + " " + file + ": not a file name");
        checkFolder(option + " " + file, folder);
    }

    /**
     * Makes sure that files can be made in a folder, or the folder itself where it does not exist yet. Permission bits do not
     * tell about read-only mounts, so a file is made and taken away.
     *
     * @param what   begins the message
     * @param folder the folder
     * @throws CommandException if it is a file, or cannot be created or written
     */
    public static void checkFolder(String what, Path folder) {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) existing = existing.getParent();
        try {
            if (!Files.isDirectory(existing)) throw new FileAlreadyExistsException(existing.toString());
            Files.delete(Files.createTempFile(existing, ".write", ".test"));
        } catch (FileAlreadyExistsException e) {
            throw CommandException.badInput(what + ": " + e.getFile() + " is a file, not a directory", e);
        } catch (IOException e) {
            throw CommandException.badInput(what + ": cannot be written (" + reason(e) + ")", e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
