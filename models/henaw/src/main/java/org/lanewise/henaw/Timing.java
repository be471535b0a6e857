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
    private static final int BATCH = 100_000;

    static Timing of(HenawPredictor predictor, Cohort people) {
        int n = Math.min(people.size(), 2_000);
        double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
            int row = i;
            values[i] = predictor.markers().stream().mapToDouble(m -> people.value(m, row)).toArray();
        }
        long[] nanos = new long[ROUNDS];
        double sink = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int k = 0; k < ROUNDS; k++) {
                int i = k % n;
                long start = System.nanoTime();
                sink += predictor.predict(values[i], people.age(i), people.sex(i)).guessedAge();
                nanos[k] = System.nanoTime() - start;
            }
        if (sink == .123)
            throw new AssertionError("keeps the predictions alive");
        Arrays.sort(nanos);
        Map<String, Object> latency = new LinkedHashMap<>();
        for (int p : new int[] {50, 95, 99})
            latency.put("p" + p, nanos[(int) ((long) ROUNDS * p / 100)] / 1e3);
        Cohort many = people.select(IntStream.range(0, BATCH).map(i -> i % people.size()).toArray());
        predictor.predict(many);
        long start = System.nanoTime();
        predictor.predict(many);
        return new Timing(latency, BATCH / ((System.nanoTime() - start) / 1e9));
    }
}
