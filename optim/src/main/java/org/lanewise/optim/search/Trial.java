package org.lanewise.optim.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A running trial, as its objective sees it: the values to try, and reports on the way. It belongs to one thread. */
public final class Trial {

    private final int number;
    private final Map<String, Object> values;
    private final Pruner pruner;
    private final History history;
    private final List<TrialResult.Report> reports = new ArrayList<>();
    private boolean pruned;

    Trial(int number, Map<String, Object> values, Pruner pruner, History history) {
        this.number = number;
        this.values = values;
        this.pruner = pruner;
        this.history = history;
    }

    /** From 0 in the order of drawing; a seed for what is random in the objective. */
    public int number() {
        return number;
    }

    /** All values by name, in the order of the space; read-only. */
    public Map<String, Object> values() {
        return values;
    }

    /** Whether the dimension exists in this trial. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** @throws IllegalArgumentException if the trial has no real number of that name */
    public double real(String name) {
        return get(name, Double.class);
    }

    /** @throws IllegalArgumentException if the trial has no whole number of that name */
    public int integer(String name) {
        return get(name, Integer.class);
    }

    /** @throws IllegalArgumentException if the trial has no category of that name */
    public String category(String name) {
        return get(name, String.class);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (type.isInstance(value)) return type.cast(value);
        throw new IllegalArgumentException(
                "trial " + number + " has no " + type.getSimpleName() + " '" + name + "', only "
                        + values);
    }

    /**
     * Tells a score on the way.
     *
     * @param step effort spent so far, such as epochs or trees; larger than at the last report
     * @param value of the kind of the final score
     * @throws PrunedException if the pruner gives the trial up; let it pass
     * @throws IllegalArgumentException if the value is not finite or the step does not grow, which fails the trial
     */
    public void report(int step, double value) {
        if (pruned) throw new PrunedException();
        if (step < 0 || !reports.isEmpty() && step <= reports.getLast().step()) {
            throw new IllegalArgumentException("the report at step " + step + " does not follow "
                    + (reports.isEmpty() ? "step 0" : "that at step " + reports.getLast().step()));
        }
        if (!Double.isFinite(value)) throw new IllegalArgumentException("the report at step " + step + " is " + value);
        reports.add(new TrialResult.Report(step, value));
        pruned = pruner.prunes(List.copyOf(reports), history);
        if (pruned) throw new PrunedException();
    }

    /** Calls the objective; its exceptions become part of the result. */
    TrialResult run(Objective objective) {
        double score;
        try {
            score = objective.evaluate(this);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SearchException("the search was interrupted in trial " + number);
        } catch (Exception e) {
            if (!pruned) return ended(TrialResult.State.FAILED, Double.NaN, reason(e));
            score = Double.NaN;
        }
        // An objective that caught the exception, or wrapped it, is pruned all the same.
        if (pruned) return ended(TrialResult.State.PRUNED, Double.NaN, "");
        if (!Double.isFinite(score)) return ended(TrialResult.State.FAILED, Double.NaN, "the score is " + score);
        return ended(TrialResult.State.COMPLETE, score, "");
    }

    private TrialResult ended(TrialResult.State state, double score, String reason) {
        return new TrialResult(number, values, state, score, reports, reason);
    }

    private static String reason(Exception e) {
        String text = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
        text = text.replaceAll("\\p{Cntrl}+", " ");
        return text.length() > 500 ? text.substring(0, 500) + "..." : text;
    }
}
