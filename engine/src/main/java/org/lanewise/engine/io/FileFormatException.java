package org.lanewise.engine.io;

import java.io.IOException;

/**
 * A file that is not what it should be. The message is one line: the file, the tensor or entry where there is one, and the
 * fault, for instance {@code model.safetensors: tensor 'w': the data ends at byte 900 of 800}.
 */
public final class FileFormatException extends IOException {

    public FileFormatException(String message) {
        super(message);
    }

    public FileFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
