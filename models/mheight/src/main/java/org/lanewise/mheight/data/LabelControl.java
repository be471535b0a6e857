package org.lanewise.mheight.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.lanewise.engine.Rng;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * Ways of making a labelled code from others without solving it, as negative controls: all but {@link #TWIN} give wrong labels, and
 * {@link #measure} says how wrong. Heights are no smooth function of P: for codimension a = 1 they hang on the one minor that happens
 * to be nearly zero, and any change of P replaces it. Use {@link Symmetry} or the exact solver instead.
 */
public enum LabelControl {
    /** A symmetric copy with the label of the code; right, the positive control. */
    TWIN("symmetric twin", (rng, pair, out) -> pair.twin(rng, out)),
    /** As SMOTE does: {@code P = t P1 + (1 - t) P2} and the same of log2 h, t uniform in .3 to .7. */
    BLEND("blend", (rng, pair, out) -> pair.blend(weight(rng), out)),
    /**
     * The published "domain-aware" interpolation, of log2 h as in {@link #BLEND}, one of two forms at random. Geometric means of entries,
     * {@code sign(p1) |p1|^t |p2|^(1-t)}: those of entries with different signs do not exist, so the sign is that of the first
     * code. Or blends that keep the row sums of the first code: the published scaling divides by sums near zero, so each row is shifted
     * instead. A result whose entries' mean or standard deviation lies outside .8 times the lesser to 1.2 times the greater of the
     * two codes' is refused, as published, although for negative means this asks for more than lying between them.
     */
    PUBLISHED("published blend", (rng, pair, out) -> pair.published(weight(rng), rng.nextInt(2) == 0, out)),
    /** Gaussian noise of 2 % of the standard deviation of the code's entries, label kept. */
    NOISE_2("noise 2 %", (rng, pair, out) -> pair.noisy(.02, rng, out)),
    /** The same of 5 %. */
    NOISE_5("noise 5 %", (rng, pair, out) -> pair.noisy(.05, rng, out)),
    /** The same of 8 %. */
    NOISE_8("noise 8 %", (rng, pair, out) -> pair.noisy(.08, rng, out)),
    /** Every entry times a factor uniform in .97 to 1.03, label kept. */
    FACTORS_3("factors 3 %", (rng, pair, out) -> pair.scaled(.03, rng, out)),
    /** The same with .95 to 1.05. */
    FACTORS_5("factors 5 %", (rng, pair, out) -> pair.scaled(.05, rng, out));

    /** Pairs tried for one code until it is given up. */
    private static final int TRIES = 100;

    private final String label;
    private final Change change;

    LabelControl(String label, Change change) {
        this.label = label;
        this.change = change;
    }

    /** Fills the entries of a new code and returns its label, log2, or NaN if the result is refused. */
    private interface Change {
        double make(Rng rng, Pair pair, double[] out);
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** Two codes of a group with their log2 heights. */
    private record Pair(CodeShape shape, double[] p, double y, double[] q, double z) {
        double twin(Rng rng, double[] out) {
            new Symmetry(shape).twin(rng, p, 0, out, 0);
            return y;
        }

        double blend(double t, double[] out) {
            for (int e = 0; e < out.length; e++) out[e] = t * p[e] + (1 - t) * q[e];
            return t * y + (1 - t) * z;
        }

        double published(double t, boolean geometric, double[] out) {
            double log2 = blend(t, out);
            if (geometric)
                for (int e = 0; e < out.length; e++)
                    out[e] = Math.signum(p[e]) * StrictMath.pow(Math.abs(p[e]), t)
                            * StrictMath.pow(Math.abs(q[e]), 1 - t);
            else
                keepRowSums(out);
            return accepts(out) ? log2 : Double.NaN;
        }

        private void keepRowSums(double[] out) {
            int r = shape.parity();
            for (int row = 0; row < out.length; row += r) {
                double missing = 0;
                for (int e = row; e < row + r; e++) missing += p[e] - out[e];
                for (int e = row; e < row + r; e++) out[e] += missing / r;
            }
        }

        private boolean accepts(double[] made) {
            double mean = mean(made);
            double deviation = deviation(made);
            return mean >= .8 * Math.min(mean(p), mean(q)) && mean <= 1.2 * Math.max(mean(p), mean(q))
                    && deviation >= .8 * Math.min(deviation(p), deviation(q))
                    && deviation <= 1.2 * Math.max(deviation(p), deviation(q));
        }

        double noisy(double share, Rng rng, double[] out) {
            double deviation = deviation(p);
            for (int e = 0; e < out.length; e++) out[e] = p[e] + share * deviation * rng.nextGaussian();
            return y;
        }

        double scaled(double share, Rng rng, double[] out) {
            for (int e = 0; e < out.length; e++) out[e] = p[e] * (1 + share * (2 * rng.nextDouble() - 1));
            return y;
        }

        private static double mean(double[] x) {
            double sum = 0;
            for (double v : x) sum += v;
            return sum / x.length;
        }

        private static double deviation(double[] x) {
            double mean = mean(x);
            double squares = 0;
            for (double v : x) squares += (v - mean) * (v - mean);
            return Math.sqrt(squares / x.length);
        }
    }

    private static double weight(Rng rng) {
        return .3 + .4 * rng.nextDouble();
    }

    /**
     * How wrong the labels of one group are.
     *
     * @param codes    made, of finite height
     * @param infinite made, of infinite height whatever the label says; left out
     * @param refused  made and refused
     * @param log2Mse  mean squared difference of label and exact height, in log2
     * @param variance of log2 h of the codes made: what the mean of the group as a label would leave
     */
    public record Wrong(Group group, int codes, int infinite, int refused, double log2Mse, double variance) {}

    /** Codes made of rows of one group. */
    private record Made(double[] p, double[] log2, int refused) {}

    /**
     * Makes codes of rows and solves them exactly.
     *
     * @param perGroup codes of each group, from as many different rows as there are
     * @return of each group with two rows or more
     */
    public List<Wrong> measure(HeightRows rows, int perGroup, long seed) {
        List<Wrong> all = new ArrayList<>();
        for (int g = 0; g < rows.groups().size(); g++) {
            Group group = rows.groups().get(g);
            int[] mine = rows.rowsOf(g);
            if (mine.length < 2) continue;
            Made made = make(rows, mine, perGroup, Rng.of(seed).stream(name()).stream(g));
            int parity = group.shape().parity();
            double[] heights = new double[made.log2.length * parity];
            ExactSolver.of(group.shape()).heights(made.p, made.log2.length, heights);
            int codes = 0;
            double errors = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < made.log2.length; i++) {
                double h = heights[i * parity + group.m() - 1];
                if (Double.isInfinite(h)) continue;
                double y = HeightRows.log2(h);
                codes++;
                errors += (made.log2[i] - y) * (made.log2[i] - y);
                sum += y;
                squares += y * y;
            }
            all.add(new Wrong(group, codes, made.log2.length - codes, made.refused, errors / codes,
                    squares / codes - sum / codes * (sum / codes)));
        }
        return all;
    }

    /** Code i is made of the i-th of the rows in random order and another row at random. */
    private Made make(HeightRows rows, int[] mine, int count, Rng rng) {
        CodeShape shape = rows.groups().get(rows.group()[mine[0]]).shape();
        int[] order = rng.stream("order").permutation(mine.length);
        double[] p = new double[count * shape.entries()];
        double[] log2 = new double[count];
        double[] out = new double[shape.entries()];
        int made = 0;
        int refused = 0;
        for (int i = 0; i < count; i++) {
            Rng mineOnly = rng.stream(i);
            int first = mine[order[i % mine.length]];
            double label = Double.NaN;
            for (int t = 0; t < TRIES && Double.isNaN(label); t++) {
                int second = mine[mineOnly.nextInt(mine.length)];
                if (second == first) continue;
                label = change.make(mineOnly, new Pair(shape, rows.p()[first], rows.log2()[first], rows.p()[second],
                        rows.log2()[second]), out);
                if (Double.isNaN(label)) refused++;
            }
            if (Double.isNaN(label)) continue;
            System.arraycopy(out, 0, p, made * out.length, out.length);
            log2[made++] = label;
        }
        return new Made(Arrays.copyOf(p, made * shape.entries()), Arrays.copyOf(log2, made), refused);
    }

    /**
     * Training rows and, behind them, rows of {@link #PUBLISHED} made of them, with their wrong labels.
     *
     * @param share rows added to each group, as a share of its rows
     */
    public static HeightRows interpolated(HeightRows rows, double share, long seed) {
        HeightRows all = rows;
        for (int g = 0; g < rows.groups().size(); g++) {
            int[] mine = rows.rowsOf(g);
            if (mine.length < 2) continue;
            CodeShape shape = rows.groups().get(g).shape();
            Made made = PUBLISHED.make(rows, mine, (int) Math.round(share * mine.length),
                    Rng.of(seed).stream("interpolation").stream(g));
            int count = made.log2.length;
            int[] group = new int[count];
            Arrays.fill(group, g);
            float[] log2 = new float[count];
            for (int i = 0; i < count; i++) log2[i] = (float) made.log2[i];
            all = all.plus(new HeightRows(rows.groups(), group,
                    IntStream.range(0, count)
                            .mapToObj(i -> Arrays.copyOfRange(made.p, i * shape.entries(), (i + 1) * shape.entries()))
                            .toArray(double[][]::new),
                    log2, OrbitKey.of(ExactSolver.of(shape), made.p, count)));
        }
        return all;
    }
}
