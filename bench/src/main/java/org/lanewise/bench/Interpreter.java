package org.lanewise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A peer in a process of its own, which reads files, times itself and prints lines "name value". */
enum Interpreter {
    /** Elastic nets in R. */
    GLMNET("Rscript", "-e", "cat(as.character(packageVersion('glmnet')))", "apt install r-cran-glmnet"),
    /** Elastic nets and boosted trees in Python: the system's own, which the install command serves. */
    SCIKIT_LEARN("/usr/bin/python3", "-c", "import sklearn; print(sklearn.__version__)",
            "apt install python3-sklearn");

    private final String program;
    private final String[] probe;
    private final String install;

    Interpreter(String program, String flag, String expression, String install) {
        this.program = program;
        probe = new String[] {program, flag, expression};
        this.install = install;
    }

    /** Name and version, if it is installed. */
    Optional<String> version() {
        try {
            Process process = new ProcessBuilder(probe).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(this + " " + version) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // There is no such program.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What to say where it is not installed. */
    String skipped() {
        return this + ": skipped, it is not installed (" + install + ")";
    }

    /** As it is named on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Runs a script of this package.
     *
     * @param folder the script's first argument; the script is put there
     * @return what it printed
     * @throws IOException with all that it said, if it fails
     */
    Map<String, String> run(Path folder, String script, int threads, Object... arguments)
            throws IOException, InterruptedException {
        Path file = folder.resolve(script);
        try (InputStream in = Interpreter.class.getResourceAsStream(script)) {
            Files.write(file, in.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(program, file.toString(), folder.toString()));
        for (Object argument : arguments) command.add(argument.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"))
            builder.environment().put(name, Integer.toString(threads));
        Process process = builder.start();
        process.getOutputStream().close();
        Map<String, String> said = new LinkedHashMap<>();
        StringBuilder all = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                all.append(line).append('\n');
                String[] words = line.strip().split(" ", 2);
                if (words.length == 2) said.put(words[0], words[1]);
            }
        }
        if (process.waitFor() != 0) throw new IOException(this + " failed:\n" + all);
        return said;
    }
}
