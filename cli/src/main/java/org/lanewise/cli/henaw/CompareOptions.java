package org.lanewise.cli.henaw;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.henaw.HenawConfig;
import org.lanewise.henaw.selection.Candidate;
import org.lanewise.henaw.selection.RecipeSearch;
import picocli.CommandLine.Option;

/**
 * Options that choose the mortality ensemble's settings by cross-validation inside the training data, as a picocli mixin.
 */
public final class CompareOptions {
    @Option(names = "--folds", paramLabel = "K", description = "Cross-validate the mortality ensemble inside the data first, "
            + "beside Cox regression, PhenoAge and age + sex.")
    private Integer folds;

    @Option(names = "--repeats", paramLabel = "R", defaultValue = "1", description = "With --folds: how often the people are dealt into folds anew (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--compare", paramLabel = "KEY=V1,V2", description = "With --folds: values of a setting to compare, such as "
            + "mortality.embed=8,16; keys joined by + take the same value; repeated, every combination. The simplest setting "
            + "within one standard error of the best is then trained on everybody.")
    private List<String> compare = new ArrayList<>();

    /** For picocli. */
    public CompareOptions() {}

    /**
     * Whether to cross-validate.
     *
     * @return true with {@code --folds}
     * @throws CommandException if one of the other options is given without it
     */
    boolean isGiven() {
        if (folds == null && !compare.isEmpty()) throw CommandException.badInput("--compare needs --folds K");
        if (folds != null && folds < 2) throw CommandException.badInput("--folds " + folds + ": expected 2 or more");
        if (repeats < 1) throw CommandException.badInput("--repeats " + repeats + ": expected 1 or more");
        return folds != null;
    }

    /**
     * The comparison asked for.
     *
     * @param settings fresh settings without the compared values
     * @return ready to run
     * @throws CommandException if a setting is unknown, or not one of the mortality ensemble
     */
    RecipeSearch search(Supplier<Settings<HenawConfig>> settings) {
        HenawConfig base = settings.get().build();
        List<Candidate> candidates = new ArrayList<>();
        for (List<String> assignments : combinations()) {
            Settings<HenawConfig> mine = settings.get();
            for (String assignment : assignments) {
                int at = assignment.indexOf('=');
                for (String key : assignment.substring(0, at).split("\\+", -1)) {
                    mine.set("--compare", key + assignment.substring(at));
                }
            }
            HenawConfig config = mine.build();
            if (!base.withEnsembles(base.age(), config.mortality()).equals(config)) {
                throw CommandException.badInput("--compare " + String.join(", ", assignments)
                        + ": only settings of the mortality ensemble (mortality.…) can be compared");
            }
            candidates.add(new Candidate(assignments.isEmpty()
                    ? "as set"
                    : String.join(", ", assignments)
                            .replace("mortality.", ""),
                    config.mortality()));
        }
        return new RecipeSearch(candidates, folds, repeats, base.seed());
    }

    /** Every combination of one value each, the last option changing fastest. */
    private List<List<String>> combinations() {
        List<List<String>> all = List.of(List.of());
        for (String option : compare) {
            int at = option.indexOf('=');
            if (at < 1 || at == option.length() - 1) {
                throw CommandException.badInput("--compare " + option + ": expected key=value,value");
            }
            List<List<String>> longer = new ArrayList<>();
            for (List<String> some : all) {
                for (String value : option.substring(at + 1).split(",", -1)) {
                    List<String> more = new ArrayList<>(some);
                    more.add(option.substring(0, at).strip() + "=" + value.strip());
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }
}
