package org.lanewise.tabular.survival;

import java.util.Arrays;

/**
 * Counts concordant pairs of one data set and one risk again and again, under different row counts, without sorting again: made
 * for the bootstrap. One count is O(n log n): subjects are visited from the longest time to the shortest, and a Fenwick tree over
 * the ranks of the risk holds those already seen. Immutable and thread-safe.
 *
 * <pre>{@code
 * ConcordanceCounter counter = ConcordanceCounter.harrell(outcomes.censoredAt(10), risk);
 * Interval c = Bootstrap.rows(n).interval(counter::index);
 * }</pre>
 */
public final class ConcordanceCounter {
    /** Rows by stratum, then falling time, then censored before events. */
    private final int[] row;
    /** Rank of the risk inside the stratum, from 1, equal risks sharing one; for each position of {@link #row}. */
    private final int[] rank;
    /** Runs of equal time inside a stratum: run i holds censored rows from start[i], events from split[i], and ends at start[i + 1]. */
    private final int[] start;
    private final int[] split;
    /** First run of each stratum, and the number of runs at the end. */
    private final int[] stratum;
    private final int[] ranks;
    private final int mostRanks;
    private final boolean inverseCensoring;

    private ConcordanceCounter(Survival data, double[] risk, int[] strata, boolean inverseCensoring) {
        int n = data.size();
        if (risk.length != n || strata.length != n) {
            throw new IllegalArgumentException(
                    n + " outcomes, " + risk.length + " risks, " + strata.length + " strata");
        }
        for (int i = 0; i < n; i++) {
            if (Double.isNaN(risk[i])) {
                throw new IllegalArgumentException("the risk of row " + (i + 1) + " is NaN");
            }
        }
        this.inverseCensoring = inverseCensoring;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> {
            int byStratum = Integer.compare(strata[a], strata[b]);
            int byTime = byStratum != 0 ? byStratum : Double.compare(data.time(b), data.time(a));
            return byTime != 0 ? byTime : Boolean.compare(data.event(a), data.event(b));
        });
        row = Arrays.stream(order).mapToInt(i -> i).toArray();
        rank = new int[n];
        int[] starts = new int[n + 1];
        int[] splits = new int[n];
        int[] firstRun = new int[n + 1];
        int[] rankCount = new int[n];
        int runs = 0;
        int groups = 0;
        for (int i = 0; i < n; i++) {
            boolean newStratum = i == 0 || strata[row[i]] != strata[row[i - 1]];
            boolean newRun = newStratum || data.time(row[i]) != data.time(row[i - 1]);
            if (newStratum) {
                firstRun[groups++] = runs;
            }
            if (newRun) {
                starts[runs++] = i;
                splits[runs - 1] = i;
            }
            if (!data.event(row[i])) {
                splits[runs - 1] = i + 1;
            }
        }
        starts[runs] = n;
        firstRun[groups] = runs;
        start = Arrays.copyOf(starts, runs + 1);
        split = Arrays.copyOf(splits, runs);
        stratum = Arrays.copyOf(firstRun, groups + 1);
        int most = 0;
        for (int s = 0; s < groups; s++) {
            rankCount[s] = rankRisks(risk, start[stratum[s]], start[stratum[s + 1]]);
            most = Math.max(most, rankCount[s]);
        }
        ranks = Arrays.copyOf(rankCount, groups);
        mostRanks = most;
    }

    private int rankRisks(double[] risk, int from, int to) {
        double[] sorted = new double[to - from];
        for (int i = from; i < to; i++) {
            sorted[i - from] = risk[row[i]] + 0.0; // -0.0 becomes 0.0, which it equals.
        }
        sorted = Arrays.stream(sorted).sorted().distinct().toArray();
        for (int i = from; i < to; i++) {
            rank[i] = Arrays.binarySearch(sorted, risk[row[i]] + 0.0) + 1;
        }
        return sorted.length;
    }

    /** For Harrell's C. To set a horizon, give {@link Survival#censoredAt} of it. */
    public static ConcordanceCounter harrell(Survival data, double[] risk) {
        return new ConcordanceCounter(data, risk, new int[data.size()], false);
    }

    /** For Harrell's C over pairs inside one stratum. */
    public static ConcordanceCounter stratified(Survival data, double[] risk, int[] strata) {
        return new ConcordanceCounter(data, risk, strata, false);
    }

    /** For Uno's C; the censoring distribution is estimated anew under each weighting. */
    public static ConcordanceCounter uno(Survival data, double[] risk) {
        return new ConcordanceCounter(data, risk, new int[data.size()], true);
    }

    /** Every row once. */
    public Concordance count() {
        int[] once = new int[row.length];
        Arrays.fill(once, 1);
        return count(once);
    }

    /** The index of {@link #count(int[])}. */
    public double index(int[] counts) {
        return count(counts).index();
    }

    /** As if row i were there {@code counts[i]} times. */
    public Concordance count(int[] counts) {
        return count(Arrays.stream(counts).asDoubleStream().toArray());
    }

    /** With a weight, not negative, for each row: a pair counts as the product of its two. Sums of whole numbers are exact. */
    public Concordance count(double[] counts) {
        if (counts.length != row.length) {
            throw new IllegalArgumentException(counts.length + " counts for " + row.length + " rows");
        }
        double[] tree = new double[mostRanks + 1];
        double[] here = new double[mostRanks + 1];
        double concordant = 0;
        double discordant = 0;
        double tied = 0;
        for (int s = 0; s + 1 < stratum.length; s++) {
            int size = ranks[s];
            int runs = stratum[s + 1];
            double[] pairWeight = inverseCensoring ? inverseCensoring(counts, stratum[s], runs) : null;
            // The longest times come first, often a crowd censored at the horizon: they build the tree in one sweep.
            double total = fill(tree, here, size, counts, stratum[s]);
            for (int run = stratum[s]; run < runs; run++) {
                if (run > stratum[s]) {
                    total += add(tree, here, size, counts, start[run], split[run]);
                }
                double less = 0;
                double equal = 0;
                double more = 0;
                for (int i = split[run]; i < start[run + 1]; i++) {
                    double weight = counts[row[i]];
                    if (weight != 0) {
                        double below = prefix(tree, rank[i] - 1);
                        less += weight * below;
                        equal += weight * here[rank[i]];
                        more += weight * (total - below - here[rank[i]]);
                    }
                }
                double factor = pairWeight == null ? 1 : pairWeight[run - stratum[s]];
                if (less != 0 || equal != 0 || more != 0) {
                    concordant += factor * less;
                    tied += factor * equal;
                    discordant += factor * more;
                }
                total += add(tree, here, size, counts, split[run], start[run + 1]);
            }
        }
        return new Concordance(concordant, discordant, tied);
    }

    /** Puts the censored rows of a stratum's first run into an empty tree. */
    private double fill(double[] tree, double[] here, int size, double[] counts, int run) {
        Arrays.fill(here, 0, size + 1, 0);
        double total = 0;
        for (int i = start[run]; i < split[run]; i++) {
            here[rank[i]] += counts[row[i]];
            total += counts[row[i]];
        }
        System.arraycopy(here, 0, tree, 0, size + 1);
        for (int i = 1; i <= size; i++) {
            int parent = i + (i & -i);
            if (parent <= size) {
                tree[parent] += tree[i];
            }
        }
        return total;
    }

    private double add(double[] tree, double[] here, int size, double[] counts, int from, int to) {
        double total = 0;
        for (int i = from; i < to; i++) {
            double weight = counts[row[i]];
            if (weight != 0) {
                here[rank[i]] += weight;
                total += weight;
                for (int k = rank[i]; k <= size; k += k & -k) {
                    tree[k] += weight;
                }
            }
        }
        return total;
    }

    private static double prefix(double[] tree, int to) {
        double sum = 0;
        for (int k = to; k > 0; k &= k - 1) {
            sum += tree[k];
        }
        return sum;
    }

    /** 1/G(t-)^2 for each run, G being the Kaplan-Meier estimate of the censoring time, events before censorings. */
    private double[] inverseCensoring(double[] counts, int firstRun, int lastRun) {
        double atRisk = 0;
        for (int i = start[firstRun]; i < start[lastRun]; i++) {
            atRisk += counts[row[i]];
        }
        double[] weight = new double[lastRun - firstRun];
        double g = 1;
        for (int run = lastRun - 1; run >= firstRun; run--) {
            weight[run - firstRun] = 1 / (g * g);
            double events = 0;
            for (int i = split[run]; i < start[run + 1]; i++) {
                events += counts[row[i]];
            }
            double censored = 0;
            for (int i = start[run]; i < split[run]; i++) {
                censored += counts[row[i]];
            }
            if (censored > 0) {
                g *= 1 - censored / (atRisk - events);
            }
            atRisk -= events + censored;
        }
        return weight;
    }
}
