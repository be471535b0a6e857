package org.lanewise.tabular.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.lanewise.engine.Rng;
import org.lanewise.engine.WorkerPool;

/**
 * Percentile intervals of any statistic by resampling rows, or whole groups of rows, with replacement (Efron 1979).
 *
 * <pre>{@code
 * Bootstrap bootstrap = Bootstrap.rows(n).withSeed(7);
 * Interval mae = bootstrap.interval(counts -> RegressionMetrics.of(predicted, actual, counts).mae());
 * Interval gain = bootstrap.difference(newModel::index, oldModel::index); // paired: the same resamples for both
 * }</pre>
 *
 * Replicate b draws from the random stream b of the seed, so results do not depend on the number of threads, and two calls with
 * the same settings use the same resamples. Runs on {@link WorkerPool#current()}.
 */
public final class Bootstrap {
    private final int[] groupOf;
    private final int groups;
    private final int replicates;
    private final long seed;
    private final double level;

    private Bootstrap(int[] groupOf, int groups, int replicates, long seed, double level) {
        if (groups < 1) {
            throw new IllegalArgumentException("nothing to resample");
        }
        if (replicates < 1 || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException(replicates + " replicates, level " + level);
        }
        this.groupOf = groupOf;
        this.groups = groups;
        this.replicates = replicates;
        this.seed = seed;
        this.level = level;
    }

    /** Resamples single rows; 1,000 replicates, seed 0, level 0.95. */
    public static Bootstrap rows(int rows) {
        return new Bootstrap(null, rows, 1000, 0, 0.95);
    }

    /** Resamples groups: rows with equal ids are drawn together, e.g. the visits of one person. */
    public static Bootstrap groups(Object[] ids) {
        Map<Object, Integer> index = new HashMap<>();
        int[] groupOf = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            groupOf[i] = index.computeIfAbsent(ids[i], _ -> index.size());
        }
        return new Bootstrap(groupOf, index.size(), 1000, 0, 0.95);
    }

    public Bootstrap withReplicates(int changed) {
        return new Bootstrap(groupOf, groups, changed, seed, level);
    }

    public Bootstrap withSeed(long changed) {
        return new Bootstrap(groupOf, groups, replicates, changed, level);
    }

    public Bootstrap withLevel(double changed) {
        return new Bootstrap(groupOf, groups, replicates, seed, changed);
    }

    /** The interval of one statistic; its estimate is the statistic of the data as they are. */
    public Interval interval(RowStatistic statistic) {
        return intervals(statistic)[0];
    }

    /** The interval of {@code first - second}, both computed on each resample. */
    public Interval difference(RowStatistic first, RowStatistic second) {
        return interval(counts -> first.of(counts) - second.of(counts));
    }

    /**
     * The intervals of several statistics over the same resamples.
     *
     * @throws ArithmeticException
     *             if a statistic is undefined on more than half of the resamples
     */
    public Interval[] intervals(RowStatistic... statistics) {
        double[][] draws = distribution(statistics);
        int[] once = new int[groupOf == null ? groups : groupOf.length];
        Arrays.fill(once, 1);
        Interval[] intervals = new Interval[statistics.length];
        for (int s = 0; s < intervals.length; s++) {
            intervals[s] = percentiles(statistics[s].of(once.clone()), draws[s]);
            if (intervals[s] == null) {
                throw new ArithmeticException("statistic " + s + " is undefined on "
                        + Arrays.stream(draws[s]).filter(Double::isNaN).count() + " of " + replicates + " resamples");
            }
        }
        return intervals;
    }

    /** Null if the statistic is undefined on more than half of the resamples. */
    Interval percentiles(double estimate, double[] draws) {
        double[] defined = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).sorted().toArray();
        return defined.length < (replicates + 1) / 2
                ? null
                : new Interval(estimate, Quantiles.ofSorted(defined, (1 - level) / 2),
                        Quantiles.ofSorted(defined, (1 + level) / 2), level);
    }

    /** The value of each statistic on each resample: {@code [statistic][replicate]}, NaN where undefined. */
    public double[][] distribution(RowStatistic... statistics) {
        double[][] draws = new double[statistics.length][replicates];
        Rng root = Rng.of(seed);
        WorkerPool.current().forEach(replicates, b -> {
            int[] counts = resample(root.stream(b));
            for (int s = 0; s < statistics.length; s++) {
                draws[s][b] = statistics[s].of(counts);
            }
        });
        return draws;
    }

    private int[] resample(Rng random) {
        int[] drawn = new int[groups];
        for (int i = 0; i < groups; i++) {
            drawn[random.nextInt(groups)]++;
        }
        if (groupOf == null) {
            return drawn;
        }
        int[] counts = new int[groupOf.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = drawn[groupOf[i]];
        }
        return counts;
    }
}
