package org.lanewise.cli.search;

import java.util.Locale;

import org.lanewise.cli.CommandException;
import org.lanewise.optim.search.MedianPruner;
import org.lanewise.optim.search.Pruner;
import org.lanewise.optim.search.RandomSampler;
import org.lanewise.optim.search.Sampler;
import org.lanewise.optim.search.SuccessiveHalvingPruner;
import org.lanewise.optim.search.TpeSampler;
import picocli.CommandLine.Option;

/**
 * The options of a search for settings, as a picocli mixin.
 */
public final class SearchOptions {
    @Option(names = "--search", paramLabel = "N", description = "Before training, try N settings and keep the best on validation rows; those given by --set stay (default: no search).")
    private Integer trials;

    @Option(names = "--search-sampler", paramLabel = "NAME", defaultValue = "tpe", description = "What proposes settings: tpe (tree-structured Parzen estimator) or random (default: ${DEFAULT-VALUE}).")
    private String sampler;

    @Option(names = "--search-pruner", paramLabel = "NAME", defaultValue = "median", description = "What gives trials up early: median, halving or none (default: ${DEFAULT-VALUE}).")
    private String pruner;

    /** For picocli. */
    public SearchOptions() {}

    /**
     * Whether there is to be a search.
     *
     * @return true with {@code --search}
     * @throws CommandException if the options make no sense
     */
    public boolean isGiven() {
        if (trials != null && trials < 1)
            throw CommandException.badInput("--search " + trials + ": expected 1 or more");
        sampler();
        pruner();
        return trials != null;
    }

    int trials() { return trials; }

    Sampler sampler() {
        return switch (sampler.toLowerCase(Locale.ROOT)) {
            case "tpe" -> TpeSampler.defaults();
            case "random" -> new RandomSampler();
            default -> throw CommandException.badInput("--search-sampler " + sampler + ": expected tpe or random");
        };
    }

    Pruner pruner() {
        return switch (pruner.toLowerCase(Locale.ROOT)) {
            case "median" -> MedianPruner.defaults();
            case "halving" -> SuccessiveHalvingPruner.defaults();
            case "none" -> null;
            default ->
                throw CommandException.badInput("--search-pruner " + pruner + ": expected median, halving or none");
        };
    }

    @Override
    public String toString() {
        return trials + " trials, " + sampler + ", pruning: " + pruner;
    }
}
