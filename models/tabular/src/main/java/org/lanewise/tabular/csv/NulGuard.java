package org.lanewise.tabular.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends reading at a NUL byte, which no text in an 8-bit encoding or UTF-8 has: the file is binary, or was damaged. */
final class NulGuard extends FilterInputStream {
    NulGuard(InputStream in) {
        super(in);
    }

    /** Thrown at a NUL byte. */
    static final class NulException extends IOException {
        NulException() {
            super("a NUL byte");
        }
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b == 0) {
            throw new NulException();
        }
        return b;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int n = super.read(buffer, from, length);
        for (int i = from; i < from + n; i++) {
            if (buffer[i] == 0) {
                throw new NulException();
            }
        }
        return n;
    }
}
