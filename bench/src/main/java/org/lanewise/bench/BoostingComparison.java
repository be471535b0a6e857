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
 *     recipe rows=500000 threads=2 fits=3 peers=lightgbm,xgboost,scikit-learn
 * </pre>
 *
 * With {@code seeds=10} the comparison is made on data of ten seeds ({@code from=1} is the first), and the mean difference of
 * the accuracies is printed with its interval; at least three.
 *
 * <p>Shapes: recipe, no_product, long, regression, one_hot, categories, small. Further words: trees=100 leaves=63 bins=255 minData=20
 * test=100000 precision=INT15. Ours is run first, its first fit with a cold compiler shown by itself; all times but that are
 * medians of the later fits. Ratios are a program's time over ours. XGBoost has no least number of rows in a leaf and takes a hessian of .001 instead, so it may do other
 * work; the leaves are shown.
 */
public final class BoostingComparison {
    private BoostingComparison() {}

    public static void main(String[] args) throws Exception {
        Options.run(() -> run(args));
    }

    /** What {@link #main} prints; a comparison of many seeds has no table. */
    static List<ResultTable> run(String... args) throws Exception {
        Options options = Options.of(args, "rows", "fits", "trees", "leaves", "bins", "minData", "threads", "precision",
                "peers", "test", "seeds", "from", "result");
        if (options.words().size() != 1) throw new IllegalArgumentException("one shape is needed of " + shapes());
        BoostingProblem.Shape shape = shape(options.words().getFirst());
        int rows = options.number("rows", shape.rows);
        var work = new BoostingPeer.Work(options.number("trees", 100), options.number("leaves", 63), 0.1,
                options.number("bins", 255), options.number("minData", 20), options.number("threads", 2));
        BoostingPeer ours = new BoostingOurs(HistogramPrecision.valueOf(options.text("precision", "INT15")));
        List<BoostingPeer> peers = new ArrayList<>();
        for (String name : options.list("peers", "none")) peers.add(peer(name));
        int testRows = options.number("test", 100_000);
        int seeds = options.number("seeds", 1);
        if (seeds > 2) {
            System.out.printf(Locale.ROOT, "%s: %d x %d, %d trees of %d leaves, %d bins, %d threads%n",
                    options.words().getFirst(), rows, shape.columns, work.trees(), work.leaves(), work.bins(),
                    work.threads());
            BoostingSeeds.run(shape, rows, testRows, options.number("from", 1), seeds, work, ours,
                    peers.toArray(BoostingPeer[]::new));
            return List.of();
        }
        ResultTable table = once(shape, rows, testRows, Math.max(2, options.number("fits", 3)), work, ours, peers);
        ResultTable.write(options.text("result", ""), List.of(table));
        return List.of(table);
    }

    /** The names of the shapes. */
    static List<String> shapes() {
        return Arrays.stream(BoostingProblem.Shape.values()).map(s -> s.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static BoostingProblem.Shape shape(String name) {
        if (!shapes().contains(name))
            throw new IllegalArgumentException("no shape " + name + "; there are " + shapes());
        return BoostingProblem.Shape.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static ResultTable once(BoostingProblem.Shape shape, int rows, int testRows, int fits,
            BoostingPeer.Work work, BoostingPeer ours, List<BoostingPeer> peers) throws Exception {
        BoostingProblem train = BoostingProblem.of(shape, rows, 1);
        BoostingProblem test = BoostingProblem.of(shape, testRows, 2);
        ResultTable table = new ResultTable(System.out, "Boosted trees: " + work.trees() + " of " + work.leaves()
                + " leaves, " + work.bins() + " bins, " + work.threads() + " threads",
                "data %s", "program %s", "binning s %.2f", "training s %.2f", "total s %.2f", "ratio %.2f",
                "predicting s %.3f", "ratio of predicting %.2f", "on fresh rows %s", "accuracy %.5f", "leaves %d");
        String data = shape.name().toLowerCase(Locale.ROOT) + " " + rows + " x " + train.columns();
        BoostingPeer.Outcome cold = ours.run(train, test, work);
        BoostingPeer.Outcome mine = median(ours, train, test, work, fits);
        add(table, data, ours.version() + ", first fit", cold, mine, test);
        add(table, data, ours.version(), mine, mine, test);
        for (BoostingPeer peer : peers)
            add(table, data, peer.version(), median(peer, train, test, work, fits - 1), mine, test);
        return table;
    }

    private static void add(ResultTable table, String data, String name, BoostingPeer.Outcome o,
            BoostingPeer.Outcome mine, BoostingProblem test) {
        table.add(data, name, o.binning(), o.training(), o.total(), o.total() / mine.total(), o.predicting(),
                o.predicting() / mine.predicting(), test.goal() == BoostingProblem.Goal.BINARY ? "AUC" : "RMSE",
                BoostingSeeds.accuracy(o, test), (long) o.leaves());
    }

    /**
     * A program by its name on the command line.
     *
     * @throws IllegalArgumentException saying what to install or how to build, if it is not there
     */
    static BoostingPeer peer(String name) {
        return switch (name) {
            case "lightgbm", "xgboost" -> built(name);
            case "scikit-learn" -> new BoostingSklearn(Interpreter.SCIKIT_LEARN.version().orElseThrow(
                    () -> new IllegalArgumentException(Interpreter.SCIKIT_LEARN.skipped())));
            default -> throw new IllegalArgumentException(
                    "no peer " + name + "; there are lightgbm, xgboost, scikit-learn");
        };
    }

    /** The classes are built with {@code -Ppeers} only. */
    private static BoostingPeer built(String name) {
        String type = "org.lanewise.bench.Boosting" + (name.equals("lightgbm") ? "LightGbm" : "Xgboost");
        try {
            return (BoostingPeer) Class.forName(type).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name
                    + ": skipped, this build has no peers (mvn -Ppeers -pl bench -am package -DskipTests)", e);
        }
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
}
