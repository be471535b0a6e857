package org.lanewise.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The entry point of the {@code lanewise} command, and the only place that ends the JVM.
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command line and exits with its code (see {@link ExitCode}).
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // digits and decimal points are the same everywhere
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(movedStderr() ? FileDescriptor.in : FileDescriptor.err));
        int code = LanewiseCommand.run(args);
        System.out.flush();
        System.exit(code);
    }

    /**
     * The launcher hands the caller's stderr over as descriptor 0, so that the JVM's own start-up notice about the
     * incubator module, which no option turns off, goes nowhere.
     */
    private static boolean movedStderr() {
        return "0".equals(System.getProperty("lanewise.stderr"));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
