package org.lanewise.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lanewise.boosting.HistogramPrecision;

/**
 * Boosted trees beside LightGBM's and XGBoost's, in one process, on the same floats: as many trees, leaves, bins and threads.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx6g -cp bench/target/lanewise-bench.jar org.lanewise.bench.BoostingComparison \
 *     recipe rows=500000 threads=2 fits=3 peers=lightgbm,xgboost
 * </pre>
 *
 * With {@code seeds=10} the comparison is made on data of ten seeds ({@code from=1} is the first), and the mean difference of
 * the accuracies is printed with its interval; at least three.
 *
 * <p>Shapes: recipe, no_product, long, regression, one_hot, categories, small. Further words: trees=100 leaves=63 bins=255 minData=20
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
        var work = new BoostingPeer.Work(number(args, "trees", 100), number(args, "leaves", 63), 0.1,
                number(args, "bins", 255),
                number(args, "minData", 20), number(args, "threads", 2));
        System.out.printf(Locale.ROOT, "%s: %d x %d, %d trees of %d leaves, %d bins, %d threads%n", args[0], rows,
                shape.columns, work.trees(), work.leaves(), work.bins(), work.threads());
        BoostingPeer ours = new BoostingOurs(HistogramPrecision.valueOf(option(args, "precision", "INT15")));
        BoostingPeer[] peers = peers(option(args, "peers", "none"));
        int testRows = number(args, "test", 100_000);
        int seeds = number(args, "seeds", 1);
        if (seeds > 2) {
            BoostingSeeds.run(shape, rows, testRows, number(args, "from", 1), seeds, work, ours, peers);
        } else {
            once(shape, rows, testRows, fits, work, ours, peers);
        }
    }

    private static void once(BoostingProblem.Shape shape, int rows, int testRows, int fits, BoostingPeer.Work work,
            BoostingPeer ours, BoostingPeer... peers) throws Exception {
        BoostingProblem train = BoostingProblem.of(shape, rows, 1);
        BoostingProblem test = BoostingProblem.of(shape, testRows, 2);
        System.out.printf("%-22s %8s %8s %8s %8s %8s %8s  %s%n", "", "binning", "training", "total", "ratio", "predict",
                "ratio",
                train.goal() == BoostingProblem.Goal.BINARY
                        ? "AUC on fresh rows, leaves"
                        : "RMSE on fresh rows, leaves");
        BoostingPeer.Outcome cold = ours.run(train, test, work);
        print(ours.version() + ", first", cold, cold, test);
        BoostingPeer.Outcome mine = median(ours, train, test, work, fits);
        print(ours.version(), mine, mine, test);
        for (BoostingPeer peer : peers) print(peer.version(), median(peer, train, test, work, fits - 1), mine, test);
    }

    private static BoostingPeer[] peers(String names) throws ReflectiveOperationException {
        if (names.equals("none")) return new BoostingPeer[0];
        List<BoostingPeer> peers = new ArrayList<>();
        for (String name : names.split(",")) peers.add(peer(name));
        return peers.toArray(BoostingPeer[]::new);
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
        return new BoostingPeer.Outcome(
                BoostingSeeds.median(all.stream().mapToDouble(BoostingPeer.Outcome::binning).toArray()),
                BoostingSeeds.median(all.stream().mapToDouble(BoostingPeer.Outcome::training).toArray()),
                BoostingSeeds.median(all.stream().mapToDouble(BoostingPeer.Outcome::predicting).toArray()),
                last.leaves(), last.scores());
    }

    private static void print(String name, BoostingPeer.Outcome o, BoostingPeer.Outcome mine, BoostingProblem test) {
        System.out.printf(Locale.ROOT, "%-22s %7.2fs %7.2fs %7.2fs %8.2f %7.3fs %8.2f  %.5f, %d%n", name, o.binning(),
                o.training(), o.total(),
                o.total() / mine.total(), o.predicting(), o.predicting() / mine.predicting(),
                BoostingSeeds.accuracy(o, test), o.leaves());
    }

    private static int number(String[] args, String name, int otherwise) {
        return Integer.parseInt(option(args, name, Integer.toString(otherwise)));
    }

    private static String option(String[] args, String name, String otherwise) {
        return Arrays.stream(args).filter(a -> a.startsWith(name + "=")).map(a -> a.substring(name.length() + 1))
                .findFirst().orElse(otherwise);
    }
}
