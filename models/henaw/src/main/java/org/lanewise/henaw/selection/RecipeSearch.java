package org.lanewise.henaw.selection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;
import org.lanewise.henaw.clocks.LinearClock;
import org.lanewise.henaw.clocks.PhenoAge;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Split;

/**
 * Repeated K-fold cross-validation of mortality ensembles inside one cohort, beside Cox regression, age + sex and PhenoAge on
 * the same folds. Everything that is fitted, imputation and standardisation included, is fitted without the held-out fold.
 * Folds spread the deaths evenly.
 *
 * <p>Every network is one job; jobs of a repeat run side by side on the current worker pool, and neither threads nor
 * interruptions change a bit of the result. Finished networks are kept in the checkpoint folder under a name that says what
 * they are of, so another comparison on the same data with the same seed reuses them.
 *
 * <pre>{@code
 * Comparison c = new RecipeSearch(candidates, 5, 2, 42).run(followed, markers, 10).orElseThrow();
 * EnsembleConfig chosen = c.chosen().candidate().settings();
 * }</pre>
 */
public final class RecipeSearch {
    private final List<Candidate> candidates;
    private final int folds;
    private final int repeats;
    private final long seed;
    private Path checkpoints;
    private BooleanSupplier stop = () -> false;
    private IntConsumer listener = _ -> {};

    /**
     * @param folds   K, at least 2
     * @param repeats how often the people are dealt into folds anew
     * @throws IllegalArgumentException if there is nothing to compare, or a number is out of range
     */
    public RecipeSearch(List<Candidate> candidates, int folds, int repeats, long seed) {
        if (candidates.isEmpty())
            throw new IllegalArgumentException("nothing to compare");
        if (folds < 2 || repeats < 1)
            throw new IllegalArgumentException("folds must be at least 2, repeats at least 1");
        this.candidates = List.copyOf(candidates);
        this.folds = folds;
        this.repeats = repeats;
        this.seed = seed;
    }

    /** Resume from, and keep finished networks in, this folder. */
    public RecipeSearch checkpoints(Path folder) {
        checkpoints = folder;
        return this;
    }

    /** Asked after every epoch whether to stop; what was done is in the checkpoints. */
    public RecipeSearch stopWhen(BooleanSupplier asked) {
        stop = asked;
        return this;
    }

    /** Told, from several threads, how many more epochs are done. */
    public RecipeSearch listener(IntConsumer told) {
        listener = told;
        return this;
    }

    /** Epochs that the listener will hear of. */
    public int totalEpochs() {
        return folds * repeats
                * networks().entrySet().stream().mapToInt(e -> e.getValue() * e.getKey().epochs()).sum();
    }

    /** How many networks each recipe needs: the most that any candidate asks for. */
    private Map<EnsembleConfig, Integer> networks() {
        Map<EnsembleConfig, Integer> most = new LinkedHashMap<>();
        for (Candidate c : candidates)
            most.merge(c.recipe(), c.settings().members(), Math::max);
        return most;
    }

    /**
     * Compares.
     *
     * @param people  followed people
     * @param horizon years; later deaths count as alive
     * @return the scores, or nothing if stopped before the end
     * @throws BadInputException if there are too few deaths
     */
    public Optional<Comparison> run(Cohort people, List<Marker> markers, double horizon) {
        int[] died = IntStream.range(0, people.size())
                .map(i -> people.event(i) == 1 && people.time(i) <= horizon ? 1 : 0).toArray();
        int deaths = Arrays.stream(died).sum();
        if (deaths < folds * Scoring.FEWEST_DEATHS)
            throw BadInputException.at(people.source()).because(deaths + " deaths within " + horizon
                    + " years are too few for " + folds + " folds");
        create();
        Scoring scoring = new Scoring(people, markers, horizon);
        List<Fold> all = new ArrayList<>();
        for (int r = 0; r < repeats; r++) {
            Rng rng = Rng.of(seed).stream("recipe search").stream(r);
            List<Split.Fold> parts = Split.stratifiedFolds(died, folds, rng.stream("folds").nextLong());
            List<Fold> now = new ArrayList<>();
            for (int f = 0; f < folds; f++)
                now.add(new Fold(people, parts.get(f), markers, horizon, rng.stream("fold " + f),
                        "cv" + (r + 1) + "-" + folds + "-" + (f + 1)));
            if (!train(now))
                return Optional.empty();
            now.forEach(Fold::release);
            all.addAll(now);
        }
        return Optional.of(new Comparison(folds, repeats, people.size(), deaths, scoring.rows(),
                candidates.stream().map(c -> result(c, all, scoring)).toList(), baselines(all, scoring, markers)));
    }

    private void create() {
        if (checkpoints == null)
            return;
        try {
            Files.createDirectories(checkpoints);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + checkpoints, e);
        }
    }

    private boolean train(List<Fold> now) {
        List<Runnable> jobs = new ArrayList<>();
        networks().forEach((recipe, members) -> {
            for (Fold fold : now)
                for (int m = 0; m < members; m++) {
                    int member = m;
                    jobs.add(() -> fold.train(recipe, member, checkpoints, stop, listener));
                }
        });
        WorkerPool.current().forEach(jobs.size(), k -> jobs.get(k).run());
        return now.stream().mapToInt(Fold::trained).sum() == jobs.size();
    }

    private static Comparison.Result result(Candidate c, List<Fold> all, Scoring scoring) {
        int members = c.settings().members();
        double parameters = 0;
        double kept = 0;
        for (Fold fold : all) {
            parameters += fold.parameters(c.recipe(), members); // whole numbers: exact, so equals compare equal
            kept += fold.kept(c.recipe(), members);
        }
        return new Comparison.Result(c, scoring.of(all, fold -> fold.logHazard(c.recipe(), members)),
                parameters / all.size(), kept / all.size());
    }

    private static Map<String, FoldScores> baselines(List<Fold> all, Scoring scoring, List<Marker> markers) {
        Map<String, FoldScores> named = new LinkedHashMap<>();
        named.put("Cox, age + sex + markers",
                scoring.of(all, fold -> cox(fold, markers)));
        if (scoring.withPhenoAge())
            named.put("PhenoAge", scoring.of(all, fold -> PhenoAge.BIOAGE.apply(fold.test())));
        named.put("age + sex", scoring.of(all, fold -> cox(fold, List.of())));
        return named;
    }

    private static double[] cox(Fold fold, List<Marker> markers) {
        return LinearClock.cox("Cox", fold.train(), markers, fold.horizon()).apply(fold.test());
    }
}
