package org.lanewise.optim.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;

/**
 * The plan of a hyper-parameter search; {@link #run()} carries it out.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder().logReal("rate", 1e-4, 1).integer("depth", 2, 12).build();
 * StudyResult result = Study.minimize(space, trial -> {
 *         Model model = new Model(trial.real("rate"), trial.integer("depth"));
 *         for (int epoch = 1; epoch <= 50; epoch++) {
 *             model.train();
 *             trial.report(epoch, model.validationLoss());   // leaves here when pruned
 *         }
 *         return model.validationLoss();
 *     })
 *     .trials(100).seed(42).pruner(MedianPruner.defaults())
 *     .store(Path.of("runs/a/search.jsonl")).resume()
 *     .run();
 * TrialResult best = result.best().orElseThrow();
 * }</pre>
 *
 * <p>Trials run in batches of a fixed size, those of a batch at once on the threads of {@link WorkerPool#current()}.
 * What a trial draws, and when it is pruned, depends on the seed, its number and the trials of earlier batches only:
 * never on which thread was faster. So any number of threads gives the same trials, and so does a search that was
 * interrupted and resumed any number of times, or given more trials later. A parallel loop inside an objective runs
 * on the trial's own thread if the batch has more than one trial; with {@link #batch batch(1)} it has the whole pool.
 */
public final class Study {

    private final SearchSpace space;
    private final Objective objective;
    private final boolean maximize;
    private Sampler sampler = TpeSampler.defaults();
    private Pruner pruner = new NoPruner();
    private long seed;
    private int trials = 100;
    private int batch = 4;
    private Path store;
    private boolean resume;
    private String fingerprint = "";
    private Consumer<TrialResult> listener = _ -> {};
    private BooleanSupplier stopRequested = () -> false;

    private record NoPruner() implements Pruner {
        @Override
        public boolean prunes(List<TrialResult.Report> reports, History history) {
            return false;
        }
    }

    private Study(SearchSpace space, Objective objective, boolean maximize) {
        this.space = Objects.requireNonNull(space);
        this.objective = Objects.requireNonNull(objective);
        this.maximize = maximize;
    }

    /** Small scores are good. 100 trials by TPE without pruning; the methods below change that. */
    public static Study minimize(SearchSpace space, Objective objective) {
        return new Study(space, objective, false);
    }

    /** Large scores are good. */
    public static Study maximize(SearchSpace space, Objective objective) {
        return new Study(space, objective, true);
    }

    /** What proposes values, {@link TpeSampler} or {@link RandomSampler}. */
    public Study sampler(Sampler value) {
        sampler = Objects.requireNonNull(value);
        return this;
    }

    /** What gives trials up, {@link MedianPruner} or {@link SuccessiveHalvingPruner}. */
    public Study pruner(Pruner value) {
        pruner = Objects.requireNonNull(value);
        return this;
    }

    /** Seeds the draws. */
    public Study seed(long value) {
        seed = value;
        return this;
    }

    /** Number of trials, those of a resumed search included; >= 1. */
    public Study trials(int count) {
        if (count < 1) throw new IllegalArgumentException("trials must be >= 1, not " + count);
        trials = count;
        return this;
    }

    /**
     * Trials that are drawn together and may run at once, >= 1; a small number learns sooner, a large one fills more
     * threads.
     */
    public Study batch(int size) {
        if (size < 1) throw new IllegalArgumentException("batch must be >= 1, not " + size);
        batch = size;
        return this;
    }

    /**
     * Keeps each trial, as soon as it ends, as a line of JSON in a file. The file must not exist unless {@link
     * #resume} is set.
     */
    public Study store(Path file) {
        store = Objects.requireNonNull(file);
        return this;
    }

    /** Goes on with the stored trials if there are any. */
    public Study resume() {
        resume = true;
        return this;
    }

    /**
     * Describes the objective and its data, for instance as a hash: a stored search with another fingerprint is not
     * resumed.
     */
    public Study fingerprint(String text) {
        fingerprint = Objects.requireNonNull(text);
        return this;
    }

    /** Told of each trial after it is stored, one at a time, in the order in which they end. */
    public Study listener(Consumer<TrialResult> onTrial) {
        listener = Objects.requireNonNull(onTrial);
        return this;
    }

    /** Asked before each trial; once true, no more begin. */
    public Study stopWhen(BooleanSupplier requested) {
        stopRequested = Objects.requireNonNull(requested);
        return this;
    }

    /**
     * Searches.
     *
     * @throws SearchException if the stored search is another one, damaged or in use, or the thread is interrupted
     * @throws java.io.UncheckedIOException if the file cannot be read or written
     */
    public StudyResult run() {
        if (store == null) return run(Map.of(), _ -> {});
        try (TrialStore file = TrialStore.open(store, settings(), space, resume)) {
            return run(file.trials(), file::append);
        }
    }

    /** All that decides about the trials but their number. */
    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("direction", maximize ? "maximize" : "minimize");
        settings.put("seed", Long.toString(seed));
        settings.put("batch", Integer.toString(batch));
        settings.put("sampler", sampler.toString());
        settings.put("pruner", pruner.toString());
        settings.put("space", space.toString());
        settings.put("fingerprint", fingerprint);
        return settings;
    }

    private StudyResult run(Map<Integer, TrialResult> stored, Consumer<TrialResult> storage) {
        var ended = new TreeMap<Integer, TrialResult>();
        Object lock = new Object();
        for (int first = 0; first < trials; first += Math.min(batch, trials - first)) {
            var history = new History(List.copyOf(ended.values()), maximize);
            var missing = new ArrayList<Trial>();
            for (Trial trial : draw(first, Math.min(batch, trials - first), history)) {
                TrialResult known = stored.get(trial.number());
                if (known == null) missing.add(trial);
                else ended.put(trial.number(), checked(known, trial));
            }
            WorkerPool.current().forEach(missing.size(), i -> {
                if (stopRequested.getAsBoolean()) return;
                TrialResult result = missing.get(i).run(objective);
                synchronized (lock) {
                    storage.accept(result);
                    ended.put(result.number(), result);
                    listener.accept(result);
                }
            });
            for (Trial trial : missing) {
                if (!ended.containsKey(trial.number()))
                    return new StudyResult(List.copyOf(ended.values()), maximize, true);
            }
        }
        return new StudyResult(List.copyOf(ended.values()), maximize, false);
    }

    private List<Trial> draw(int first, int count, History history) {
        Rng rng = Rng.of(seed).stream("search");
        var drawn = new ArrayList<Map<String, Object>>();
        var batchTrials = new ArrayList<Trial>();
        for (int number = first; number < first + count; number++) {
            Map<String, Object> values = Collections.unmodifiableMap(
                    sampler.sample(space, history, List.copyOf(drawn), rng.stream(number)));
            drawn.add(values);
            batchTrials.add(new Trial(number, values, pruner, history));
        }
        return batchTrials;
    }

    /** A stored trial with other values than this search draws would make the rest another search. */
    private TrialResult checked(TrialResult known, Trial drawn) {
        if (known.values().equals(drawn.values())) return known;
        throw new SearchException(store + ": trial " + known.number() + " has the values " + known.values()
                + ", but this search draws " + drawn.values() + "; the file was edited or written by another version");
    }
}
