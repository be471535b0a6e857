package org.lanewise.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.tabular.stats.Distributions;

/**
 * The same comparison on data of many seeds: what the peers' accuracy differs by, apart from luck. One fit tells little:
 * products of two columns, which no single cut betrays, are found earlier or later by chance.
 */
final class BoostingSeeds {
    private BoostingSeeds() {}

    /** Seeds {@code first} to {@code first + seeds - 1}, each with training and test rows of its own; prints a line for each. */
    static void run(BoostingProblem.Shape shape, int rows, int test, int first, int seeds, BoostingPeer.Work work,
            BoostingPeer ours, BoostingPeer... peers) throws Exception {
        BoostingPeer[] all = new BoostingPeer[peers.length + 1];
        all[0] = ours;
        System.arraycopy(peers, 0, all, 1, peers.length);
        double[][] accuracy = new double[all.length][seeds];
        double[][] seconds = new double[all.length][seeds];
        boolean binary = false;
        System.out.printf("%-6s", "seed");
        for (BoostingPeer peer : all) System.out.printf(" %22s", peer.version());
        System.out.println();
        for (int s = 0; s < seeds; s++) {
            BoostingProblem train = BoostingProblem.of(shape, rows, 2L * (first + s) - 1);
            BoostingProblem fresh = BoostingProblem.of(shape, test, 2L * (first + s));
            binary = train.goal() == BoostingProblem.Goal.BINARY;
            System.out.printf("%-6d", first + s);
            for (int p = 0; p < all.length; p++) {
                BoostingPeer.Outcome o = all[p].run(train, fresh, work);
                accuracy[p][s] = accuracy(o, fresh);
                seconds[p][s] = o.total();
                System.out.printf(Locale.ROOT, " %13.5f %7.2fs", accuracy[p][s], o.total());
            }
            System.out.println();
        }
        for (int p = 1; p < all.length; p++) {
            int peer = p;
            double[] better = IntStream.range(0, seeds).mapToDouble(s -> accuracy[0][s] - accuracy[peer][s]).toArray();
            double mean = Arrays.stream(better).average().orElseThrow();
            System.out.printf(Locale.ROOT,
                    "%s, ours less %s's: %+.5f, 95 %% interval %+.5f to %+.5f; its median time over ours %.2f%n",
                    binary ? "AUC" : "RMSE", all[p].version(), mean, mean - halfWidth(better, mean),
                    mean + halfWidth(better, mean), median(seconds[p]) / median(seconds[0]));
        }
    }

    static double accuracy(BoostingPeer.Outcome o, BoostingProblem test) {
        Metric metric = test.goal() == BoostingProblem.Goal.BINARY ? Metric.auc() : Metric.rmse();
        return metric.of(o.scores(), test.target());
    }

    /** Of Student's interval for the mean. */
    private static double halfWidth(double[] values, double mean) {
        int n = values.length;
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (n - 1);
        return Distributions.studentTwoSidedQuantile(0.05, n - 1) * Math.sqrt(variance / n);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
