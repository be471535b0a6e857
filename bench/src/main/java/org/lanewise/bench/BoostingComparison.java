package org.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lanewise.boosting.HistogramPrecision;
import org.lanewise.boosting.objective.Metric;

/**
 * Boosted trees beside LightGBM's and XGBoost's, in one process, on the same floats: as many trees, leaves, bins and threads.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx6g -cp bench/target/lanewise-bench.jar org.lanewise.bench.BoostingComparison \
 *     recipe rows=500000 threads=2 fits=3 peers=lightgbm,xgboost
 * </pre>
 *
 * Shapes: recipe, long, regression, one_hot, categories, small. Further words: trees=100 leaves=63 bins=255 minData=20
 * test=100000 precision=INT15. Ours is run first, its first fit with a cold compiler shown by itself; all times but that are
 * medians of the later fits. XGBoost has no least number of rows in a leaf and takes a hessian of .001 instead, so it may do other
 * work; the leaves are shown.
 */
public final class BoostingComparison {
    private BoostingComparison() {}

    public static void main(String[] args) throws Exception {
        BoostingProblem.Shape shape = BoostingProblem.Shape.valueOf(args[0].toUpperCase(Locale.ROOT));
        int rows = number(args, "rows", shape.rows);
        int fits = Math.max(2, number(args, "fits", 3));
        BoostingProblem train = BoostingProblem.of(shape, rows, 1);
        BoostingProblem test = BoostingProblem.of(shape, number(args, "test", 100_000), 2);
        var work = new BoostingPeer.Work(number(args, "trees", 100), number(args, "leaves", 63), 0.1,
                number(args, "bins", 255),
                number(args, "minData", 20), number(args, "threads", 2));
        System.out.printf(Locale.ROOT, "%s: %d x %d, %d trees of %d leaves, %d bins, %d threads%n", args[0], rows,
                train.columns(), work.trees(),
                work.leaves(), work.bins(), work.threads());
        System.out.printf("%-22s %8s %8s %8s %8s %8s %8s  %s%n", "", "binning", "training", "total", "ratio", "predict",
                "ratio",
                train.goal() == BoostingProblem.Goal.BINARY
                        ? "AUC on fresh rows, leaves"
                        : "RMSE on fresh rows, leaves");
        BoostingPeer ours = new BoostingOurs(HistogramPrecision.valueOf(option(args, "precision", "INT15")));
        BoostingPeer.Outcome cold = ours.run(train, test, work);
        print(ours.version() + ", first", cold, cold, test);
        BoostingPeer.Outcome mine = median(ours, train, test, work, fits);
        print(ours.version(), mine, mine, test);
        String peers = option(args, "peers", "none");
        for (String name : peers.equals("none") ? new String[0] : peers.split(",")) {
            BoostingPeer peer = peer(name);
            print(peer.version(), median(peer, train, test, work, fits - 1), mine, test);
        }
    }

    /** The peers' classes are built with {@code -Ppeers} only. */
    static BoostingPeer peer(String name) throws ReflectiveOperationException {
        String type = "org.lanewise.bench.Boosting" + (name.equals("lightgbm") ? "LightGbm" : "Xgboost");
        return (BoostingPeer) Class.forName(type).getDeclaredConstructor().newInstance();
    }

    private static BoostingPeer.Outcome median(BoostingPeer peer, BoostingProblem train, BoostingProblem test,
            BoostingPeer.Work work, int fits)
            throws Exception {
        List<BoostingPeer.Outcome> all = new ArrayList<>();
        for (int i = 0; i < Math.max(1, fits); i++) all.add(peer.run(train, test, work));
        BoostingPeer.Outcome last = all.getLast();
        return new BoostingPeer.Outcome(middle(all.stream().mapToDouble(BoostingPeer.Outcome::binning).toArray()),
                middle(all.stream().mapToDouble(BoostingPeer.Outcome::training).toArray()),
                middle(all.stream().mapToDouble(BoostingPeer.Outcome::predicting).toArray()), last.leaves(),
                last.scores());
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    private static void print(String name, BoostingPeer.Outcome o, BoostingPeer.Outcome mine, BoostingProblem test) {
        Metric metric = test.goal() == BoostingProblem.Goal.BINARY ? Metric.auc() : Metric.rmse();
        System.out.printf(Locale.ROOT, "%-22s %7.2fs %7.2fs %7.2fs %8.2f %7.3fs %8.2f  %.5f, %d%n", name, o.binning(),
                o.training(), o.total(),
                o.total() / mine.total(), o.predicting(), o.predicting() / mine.predicting(),
                metric.of(o.scores(), test.target()), o.leaves());
    }

    private static int number(String[] args, String name, int otherwise) {
        return Integer.parseInt(option(args, name, Integer.toString(otherwise)));
    }

    private static String option(String[] args, String name, String otherwise) {
        return Arrays.stream(args).filter(a -> a.startsWith(name + "=")).map(a -> a.substring(name.length() + 1))
                .findFirst().orElse(otherwise);
    }
}
