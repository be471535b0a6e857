package org.lanewise.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What one command line printed and returned. */
public record Captured(int code, String out, String err) {
    public static Captured run(String... args) {
        return run(Integer.MAX_VALUE, args);
    }

    /** With a reader of standard output that goes away after so many bytes, as {@code | head} does. */
    public static Captured run(int bytes, String... args) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(until(bytes, out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = LanewiseCommand.run(args);
            return new Captured(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private static OutputStream until(int bytes, ByteArrayOutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                if (out.size() >= bytes) throw new IOException("Broken pipe");
                out.write(b);
            }
        };
    }
}
