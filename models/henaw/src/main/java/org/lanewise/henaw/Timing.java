package org.lanewise.henaw;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.henaw.data.Cohort;

/**
 * How fast a predictor answers: one person at a time, end to end from measurements to figures, and many at once. Warmed up
 * first; what is measured is what a service would see after its first seconds.
 *
 * @param latency       p50, p95 and p99 of a single prediction in microseconds
 * @param rowsPerSecond in a batch, on the current worker pool
 */
record Timing(Map<String, Object> latency, Double rowsPerSecond) {
    static final Timing NONE = new Timing(null, null);
    private static final int ROUNDS = 20_000;
    /** Passes before the one that counts, at most: warm-up ends when a pass's 99th percentile no longer falls. */
    private static final int WARM_UP = 20;
    private static final int BATCH = 100_000;
    private static final int BATCHES = 5;

    static Timing of(HenawPredictor predictor, Cohort people) {
        int n = Math.min(people.size(), 2_000);
        double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
            int row = i;
            values[i] = predictor.markers().stream().mapToDouble(m -> people.value(m, row)).toArray();
        }
        long[] nanos = new long[ROUNDS];
        long before = Long.MAX_VALUE;
        for (int pass = 0; pass < WARM_UP; pass++) {
            callByCall(predictor, people, values, nanos);
            long now = nanos[ROUNDS * 99 / 100];
            if (now > .95 * before)
                break;
            before = now;
        }
        callByCall(predictor, people, values, nanos);
        Map<String, Object> latency = new LinkedHashMap<>();
        for (int p : new int[] {50, 95, 99})
            latency.put("p" + p, nanos[(int) ((long) ROUNDS * p / 100)] / 1e3);
        return new Timing(latency, BATCH / batch(predictor, people));
    }

    /** Nanoseconds of each call, sorted. */
    private static void callByCall(HenawPredictor predictor, Cohort people, double[][] values, long[] nanos) {
        HenawPredictor.Batch out = HenawPredictor.Batch.of(values.length);
        for (int k = 0; k < ROUNDS; k++) {
            int i = k % values.length;
            long start = System.nanoTime();
            predictor.predict(values[i], people.age(i), people.sex(i), out, i);
            nanos[k] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
    }

    /** Seconds of a batch, the median after one to warm up. */
    private static double batch(HenawPredictor predictor, Cohort people) {
        Cohort many = people.select(IntStream.range(0, BATCH).map(i -> i % people.size()).toArray());
        predictor.predict(many);
        double[] seconds = new double[BATCHES];
        for (int k = 0; k < BATCHES; k++) {
            long start = System.nanoTime();
            predictor.predict(many);
            seconds[k] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[BATCHES / 2];
    }
}
