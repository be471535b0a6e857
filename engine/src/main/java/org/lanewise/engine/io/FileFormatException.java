package org.lanewise.engine.io;

import java.io.IOException;

/**
 * A file that is not what it should be. The message is one line: the file, the tensor or entry where there is one, and the
 * fault, for instance {@code model.safetensors: tensor 'w': ends at byte 900 of 800}.
 */
public final class FileFormatException extends IOException {

    private static final int MAX_LENGTH = 500;

    public FileFormatException(String message) {
        super(oneLine(message));
    }

    public FileFormatException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** Parts of the message come from the file: what would break the line or a terminal becomes a question mark. */
    private static String oneLine(String message) {
        StringBuilder out = new StringBuilder(message);
        if (out.length() > MAX_LENGTH) out.replace(MAX_LENGTH, out.length(), "...");
        for (int i = 0; i < out.length(); i++) {
            int type = Character.getType(out.charAt(i));
            if (type == Character.CONTROL || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                out.setCharAt(i, '?');
            }
        }
        return out.toString();
    }
}
