package org.lanewise.boosting.shap;

import java.util.Arrays;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.RegressionTree;
import org.lanewise.engine.Parallel;

/**
 * Interventional Shapley values of raw scores (Janzing et al. 2020), exact, against background rows: features in the set S are
 * the row's, the others a background row's, and the value of S is the mean over the background. A leaf that the row reaches by
 * a features of its own and b of the background row's adds its value times {@code (a - 1)! b! / (a + b)!} to each of the a and
 * takes {@code a! (b - 1)! / (a + b)!} from each of the b.
 *
 * <pre>{@code
 * double[] phi = InterventionalShap.of(model, Features.of(sample)).explain(row);   // sum to predictRaw(row)
 * }</pre>
 *
 * <p>Costs rows x background rows x the nodes both reach. Immutable and thread-safe.
 */
public final class InterventionalShap {
    private static final int BLOCK = 4;

    private final BoostingModel model;
    private final double[] background;
    private final int backgrounds;
    private final double[] expected;
    private final double[] logFactorial;

    private InterventionalShap(BoostingModel model, Features data) {
        this.model = model;
        if (data.rows() == 0) throw new IllegalArgumentException("no background rows");
        background = model.rows(data);
        backgrounds = data.rows();
        int distinct = 1;
        for (RegressionTree tree : model.trees()) distinct = Math.max(distinct, new ShapTree(tree).distinct);
        logFactorial = new double[distinct + 2];
        for (int i = 2; i < logFactorial.length; i++) logFactorial[i] = logFactorial[i - 1] + StrictMath.log(i);
        double[] raw = model.predictRaw(data);
        expected = new double[model.scores()];
        for (int i = 0; i < raw.length; i++) expected[i % expected.length] += raw[i] / backgrounds;
    }

    /**
     * Prepares a model.
     *
     * @param data background rows, as for prediction; a hundred or a few are usual
     *
     * @throws UnsupportedOperationException if the model has linear leaves, or a tree deeper than 2000 levels
     */
    public static InterventionalShap of(BoostingModel model, Features data) {
        return new InterventionalShap(model, data);
    }

    /** The mean raw score of the background, one per class. A copy. */
    public double[] expected() {
        return expected.clone();
    }

    /** One row's contributions, scores x (features + 1), the expected value last; each block sums to its raw score. */
    public double[] explain(double[] row) {
        double[] out = new double[model.scores() * (model.features().size() + 1)];
        new Walk(row, out, 0).run();
        return out;
    }

    /** As {@link #explain(double[])} for every row, row after row. */
    public double[] explain(Features data) {
        double[] rows = model.rows(data);
        int features = model.features().size();
        int width = model.scores() * (features + 1);
        double[] out = new double[Math.multiplyExact(data.rows(), width)];
        Parallel.chunks(data.rows(), BLOCK, (from, count) -> {
            for (int i = from; i < from + count; i++)
                new Walk(Arrays.copyOfRange(rows, i * features, (i + 1) * features), out, i * width).run();
        });
        return out;
    }

    /** One row against all of the background. */
    private final class Walk {
        private static final byte ROW = 1;
        private static final byte OTHER = 2;

        private final double[] row;
        private final double[] out;
        private final int place;
        /** Whose value a feature of the path has, where the two go different ways. */
        private final byte[] owner;
        private final int[] path;
        private final double scale;
        private RegressionTree tree;
        private int other;
        private int at;

        Walk(double[] row, double[] out, int place) {
            this.row = row;
            this.out = out;
            this.place = place;
            owner = new byte[row.length];
            path = new int[row.length];
            scale = (model.averaged() && model.bestRound() > 0 ? 1.0 / model.bestRound() : 1) / backgrounds;
        }

        void run() {
            int k = model.scores();
            int width = row.length + 1;
            for (int t = 0; t < model.bestRound() * k; t++) {
                tree = model.trees().get(t);
                at = place + t % k * width;
                for (int b = 0; b < backgrounds; b++) {
                    other = b * row.length;
                    if (tree.nodes() > 0) walk(0, 0, 0);
                }
            }
            for (int c = 0; c < k; c++) out[place + c * width + row.length] += expected[c];
        }

        private void walk(int node, int mine, int theirs) {
            if (node < 0) {
                leaf(tree.leafValue(~node), mine, theirs);
                return;
            }
            int f = tree.feature(node);
            boolean left = tree.goesLeft(node, row[f]);
            boolean otherLeft = tree.goesLeft(node, background[other + f]);
            int way = left ? tree.left(node) : tree.right(node);
            int otherWay = otherLeft ? tree.left(node) : tree.right(node);
            if (left == otherLeft || owner[f] == ROW) {
                walk(way, mine, theirs);
            } else if (owner[f] == OTHER) {
                walk(otherWay, mine, theirs);
            } else {
                path[mine + theirs] = f;
                owner[f] = ROW;
                walk(way, mine + 1, theirs);
                path[mine + theirs] = f;
                owner[f] = OTHER;
                walk(otherWay, mine, theirs + 1);
                owner[f] = 0;
            }
        }

        private void leaf(double value, int mine, int theirs) {
            double forMine = mine == 0 ? 0 : scale * value * share(mine - 1, theirs);
            double forTheirs = theirs == 0 ? 0 : scale * value * share(mine, theirs - 1);
            for (int p = 0; p < mine + theirs; p++)
                out[at + path[p]] += owner[path[p]] == ROW ? forMine : -forTheirs;
        }

        /** a! b! / (a + b + 1)!. */
        private double share(int a, int b) {
            return a + b == 0
                    ? 1
                    : StrictMath.exp(logFactorial[a] + logFactorial[b] - logFactorial[a + b + 1]);
        }
    }
}
