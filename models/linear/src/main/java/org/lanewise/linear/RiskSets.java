package org.lanewise.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.survival.Survival;

/**
 * Rows sorted so that risk sets can be summed in one sweep from the latest time to the earliest: inside each stratum by falling
 * time, the events of one time before its censorings. With entry times, {@link #leaver} lists the rows by falling entry.
 */
final class RiskSets {
    /** sqrt of the double epsilon: entries this near a time (absolutely, or relative to the mean) are taken to equal it. */
    private static final double TOLERANCE = Math.sqrt(Math.ulp(1.0));

    /** Position in the sweep to row of the data; rows of weight 0 are left out. */
    final int[] row;
    /** Group g, one time of one stratum, has the positions start[g] to start[g + 1], its events those before events[g]. */
    final int[] start;
    final int[] events;
    final double[] time;
    /** Stratum s has the groups stratum[s] to stratum[s + 1]; its number in the data is label[s]. */
    final int[] stratum;
    final int[] label;
    /** Positions in the order in which they leave the risk set; before group g's events the first leaves[g] are gone. */
    final int[] leaver;
    final int[] leaves;
    /** By position: its group, and the first group at which it has left again (the end of its stratum if never). */
    final int[] group;
    final int[] leftAt;
    /** By position; 1 without weights. */
    final double[] weight;
    final int eventCount;

    RiskSets(Survival data, SurvivalRows rows) {
        int n = data.size();
        Weights.check(rows.weights(), n);
        if (rows.strata() != null && rows.strata().length != n || rows.entry() != null && rows.entry().length != n) {
            throw new IllegalArgumentException("strata and entry times must have one value for each of " + n + " rows");
        }
        int[] strata = rows.strata() == null ? new int[n] : rows.strata();
        double[] entry = rows.entry() == null ? null : mended(rows.entry(), data);
        double[] weights = rows.weights();
        Integer[] order = java.util.stream.IntStream.range(0, n).filter(i -> weights == null || weights[i] > 0).boxed()
                .sorted((a, b) -> {
                    int byStratum = Integer.compare(strata[a], strata[b]);
                    int byTime = byStratum != 0 ? byStratum : Double.compare(data.time(b), data.time(a));
                    return byTime != 0 ? byTime : Boolean.compare(data.event(b), data.event(a));
                }).toArray(Integer[]::new);
        row = Arrays.stream(order).mapToInt(i -> i).toArray();
        weight = new double[row.length];
        List<Integer> starts = new ArrayList<>();
        List<Integer> firstGroups = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < row.length; i++) {
            weight[i] = weights == null ? 1 : weights[row[i]];
            boolean newStratum = i == 0 || strata[row[i]] != strata[row[i - 1]];
            if (newStratum) {
                firstGroups.add(starts.size());
            }
            if (newStratum || data.time(row[i]) != data.time(row[i - 1])) {
                starts.add(i);
            }
            count += data.event(row[i]) ? 1 : 0;
        }
        eventCount = count;
        firstGroups.add(starts.size());
        starts.add(row.length);
        start = starts.stream().mapToInt(i -> i).toArray();
        stratum = firstGroups.stream().mapToInt(i -> i).toArray();
        int groups = start.length - 1;
        events = new int[groups];
        time = new double[groups];
        label = new int[stratum.length - 1];
        for (int g = 0; g < groups; g++) {
            time[g] = data.time(row[start[g]]);
            events[g] = start[g];
            while (events[g] < start[g + 1] && data.event(row[events[g]])) {
                events[g]++;
            }
        }
        leaver = entry == null ? new int[0] : new int[row.length];
        leaves = new int[groups];
        group = new int[row.length];
        leftAt = new int[row.length];
        for (int g = 0; g < groups; g++) {
            Arrays.fill(group, start[g], start[g + 1], g);
        }
        for (int s = 0; s < label.length; s++) {
            label[s] = strata[row[start[stratum[s]]]];
            Arrays.fill(leftAt, start[stratum[s]], start[stratum[s + 1]], stratum[s + 1]);
            if (entry != null) {
                planLeaving(entry, s);
            }
        }
    }

    private void planLeaving(double[] entry, int s) {
        int from = start[stratum[s]];
        int to = start[stratum[s + 1]];
        Integer[] order = java.util.stream.IntStream.range(from, to).boxed()
                .sorted((a, b) -> Double.compare(entry[row[b]], entry[row[a]])).toArray(Integer[]::new);
        for (int i = from; i < to; i++) {
            leaver[i] = order[i - from];
        }
        int gone = from;
        for (int g = stratum[s]; g < stratum[s + 1]; g++) {
            while (gone < to && entry[row[leaver[gone]]] >= time[g]) {
                leftAt[leaver[gone++]] = g;
            }
            leaves[g] = gone;
        }
    }

    private static double[] mended(double[] entry, Survival data) {
        double[] times = Arrays.stream(data.times()).sorted().distinct().toArray();
        double mean = Arrays.stream(times).average().orElse(0);
        double[] mended = entry.clone();
        for (int i = 0; i < mended.length; i++) {
            int at = Arrays.binarySearch(times, mended[i]);
            for (int near = Math.max(0, -at - 2); at < 0 && near <= Math.min(times.length - 1, -at - 1); near++) {
                double gap = Math.abs(times[near] - entry[i]);
                if (gap <= TOLERANCE || gap / mean <= TOLERANCE) {
                    mended[i] = times[near];
                }
            }
            if (!(mended[i] < data.time(i))) {
                throw BadInputException.at("").row(i + 1L).column("entry").value(Double.toString(entry[i]))
                        .because("must lie before the time " + data.time(i));
            }
        }
        return mended;
    }
}
