package org.lanewise.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.lanewise.cli.config.Settings;
import picocli.CommandLine.Option;

/**
 * Options of commands that write a run directory, as a picocli mixin. A setting's value comes from, in rising order:
 * its default, {@code --config}, {@code --set}, the option of its own name.
 */
public class RunOptions extends CommonOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go (default: runs/<system>).")
    private Path out;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random; same seed, same bits.")
    private Long seed;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings from a JSON or YAML file, "
            + "or the config.json of an earlier run.")
    private Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; repeatable.")
    private List<String> set = new ArrayList<>();

    /** For picocli. */
    public RunOptions() {}

    /**
     * The output directory.
     *
     * @param fallback used when {@code --out} is not given
     * @return a path
     */
    public Path out(Path fallback) {
        return out == null ? fallback : out;
    }

    /**
     * The seed asked for.
     *
     * @return null if {@code --seed} is not given
     */
    public Long seed() { return seed; }

    /**
     * Starts the settings of a command: its defaults, overlaid with {@code --config}, {@code --set} and, if the record
     * has a component {@code seed}, {@code --seed}. The command adds its own options by {@link Settings#flag}.
     *
     * @param defaults the configuration record with its default values
     * @param <R>      its type
     * @return settings to be finished by the command
     */
    public <R extends Record> Settings<R> settings(R defaults) {
        Settings<R> settings = Settings.of(defaults);
        if (config != null) settings.file(config);
        for (String assignment : set) settings.set(assignment);
        if (settings.knows("seed")) settings.flag("--seed", "seed", seed);
        return settings;
    }
}
