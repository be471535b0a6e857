package org.lanewise.mheight.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

import org.lanewise.engine.WorkerPool;
import org.lanewise.optim.Callback;
import org.lanewise.optim.TrainingLoop;

/**
 * Times the steps of a training. Times are counted in bins of half a percent, which a checkpoint keeps: a resumed training knows the
 * median of all its steps, and the seconds of its earlier parts. Steps may be of several kinds of different cost, each of which
 * counts alike.
 */
final class StepClock implements Callback {
    private static final double BINS_PER_OCTAVE = 128;
    private static final String SECONDS = "seconds";
    private static final String THREADS = "threads";
    private static final String KIND = "steps.";

    private final LongSupplier nanos;
    private final double[] flops;
    /** Steps by bin of the logarithm of their nanoseconds, for each kind. */
    private final List<SortedMap<Integer, Long>> bins = new ArrayList<>();
    private TrainingLoop loop;
    private double earlier;
    private long started;
    private long begun;
    private int kind;

    /** @param flops of a step of each kind */
    StepClock(double... flops) {
        this(System::nanoTime, flops);
    }

    StepClock(LongSupplier nanos, double... flops) {
        this.nanos = nanos;
        this.flops = flops;
        for (int i = 0; i < flops.length; i++) bins.add(new TreeMap<>());
    }

    /** A step of this kind begins. */
    void begin(int which) {
        kind = which;
        begun = nanos.getAsLong();
    }

    @Override
    public void onStart(TrainingLoop present) {
        loop = present;
        started = nanos.getAsLong();
    }

    @Override
    public void afterStep(TrainingLoop present) {
        long taken = Math.max(1, nanos.getAsLong() - begun);
        bins.get(kind).merge((int) Math.round(Math.log(taken) / Math.log(2) * BINS_PER_OCTAVE), 1L, Long::sum);
    }

    private double seconds() {
        return earlier + (nanos.getAsLong() - started) / 1e9;
    }

    /** What was done so far. */
    TrainingCost cost() {
        return new TrainingCost(seconds(), earlier, loop.history().size(), loop.step(), stepSeconds(.5),
                stepSeconds(.1), mean(i -> flops[i]));
    }

    /** The quantile of a kind's steps, averaged over the kinds; NaN without steps. */
    double stepSeconds(double share) {
        return mean(i -> quantile(i, share));
    }

    /** Over the kinds of which there were steps. */
    private double mean(ToDoubleFunction<Integer> figure) {
        double sum = 0;
        int kinds = 0;
        for (int i = 0; i < flops.length; i++) {
            if (bins.get(i).isEmpty()) continue;
            sum += figure.applyAsDouble(i);
            kinds++;
        }
        return sum / kinds;
    }

    private double quantile(int of, double share) {
        long all = bins.get(of).values().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (Map.Entry<Integer, Long> bin : bins.get(of).entrySet()) {
            below += bin.getValue();
            if (below >= share * all) return Math.pow(2, bin.getKey() / BINS_PER_OCTAVE) / 1e9;
        }
        throw new IllegalStateException("no steps of kind " + of);
    }

    @Override
    public Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>();
        state.put(SECONDS, Double.toString(seconds()));
        state.put(THREADS, Integer.toString(WorkerPool.current().threads()));
        for (int i = 0; i < flops.length; i++) {
            StringBuilder text = new StringBuilder();
            bins.get(i).forEach((bin, count) -> text.append(bin).append(':').append(count).append(' '));
            state.put(KIND + i, text.toString().strip());
        }
        return state;
    }

    /** Steps of other threads are forgotten: their median says nothing about the threads in use now. */
    @Override
    public void loadState(Map<String, String> state) {
        earlier = Double.parseDouble(state.get(SECONDS));
        if (!Integer.toString(WorkerPool.current().threads()).equals(state.get(THREADS))) return;
        for (int i = 0; i < flops.length; i++) {
            bins.get(i).clear();
            for (String bin : state.get(KIND + i).split(" ")) {
                int colon = bin.indexOf(':');
                if (colon < 0) continue;
                bins.get(i).put(Integer.valueOf(bin.substring(0, colon)), Long.valueOf(bin.substring(colon + 1)));
            }
        }
    }
}
