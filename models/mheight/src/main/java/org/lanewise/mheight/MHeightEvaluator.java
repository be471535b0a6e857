package org.lanewise.mheight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lanewise.mheight.data.CodeLaw;
import org.lanewise.mheight.data.CodeStream;
import org.lanewise.mheight.data.CodeTable;
import org.lanewise.mheight.data.Group;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;
import org.lanewise.tabular.BadInputException;
import org.lanewise.tabular.Table;

/**
 * Measures a model on fresh codes with exact heights, group by group, beside the variance of the labels and the error of a model that
 * says the training mean of the group. Infinite heights are left out and counted.
 */
public final class MHeightEvaluator {
    private static final int DECILES = 10;
    /** Points of each group kept for a plot. */
    private static final int POINTS = 400;
    /** The test codes' stream has nothing to do with that of any training. */
    private static final long TEST = 0x7E57L << 40;

    private final MHeightPredictor predictor;

    public MHeightEvaluator(MHeightModel model) {
        predictor = MHeightPredictor.of(model);
    }

    /**
     * One group.
     *
     * @param rows     codes of finite height
     * @param infinite codes left out
     * @param log2Mse  mean squared error of log2 h
     * @param variance of log2 h
     * @param meanMse  of the training mean
     * @param truth    log2 h of the first codes
     * @param predicted of these
     */
    public record Score(Group group, int rows, int infinite, double log2Mse, double variance, double meanMse,
            float[] truth, float[] predicted) {}

    /** Codes between two deciles of the true log2 h over all groups: how many, and the means of truth, prediction and squared error. */
    public record Decile(int rows, double truth, double predicted, double log2Mse) {}

    /**
     * Everything measured.
     *
     * @param source            of the codes: a law or a file
     * @param matricesPerSecond of the model, all its groups
     * @param exactPerSecond    of the exact solver on the same codes
     */
    public record Evaluation(String source, List<Score> scores, List<Decile> deciles, double matricesPerSecond,
            double exactPerSecond) {
        /** The mean of the groups' errors, each counting alike. */
        public double log2Mse() {
            return scores.stream().mapToDouble(Score::log2Mse).average().orElse(Double.NaN);
        }

        /** The mean of the groups' variances. */
        public double variance() {
            return scores.stream().mapToDouble(Score::variance).average().orElse(Double.NaN);
        }

        /** The mean of the groups' errors of the training mean. */
        public double meanMse() {
            return scores.stream().mapToDouble(Score::meanMse).average().orElse(Double.NaN);
        }

        /** For {@code metrics.json}. */
        public Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("codes", source);
            tree.put("overall", figures(log2Mse(), variance(), meanMse()));
            List<Object> groups = new ArrayList<>();
            for (Score s : scores) {
                Map<String, Object> group = new LinkedHashMap<>();
                group.put("k", s.group.k());
                group.put("m", s.group.m());
                group.put("length", s.group.n());
                group.put("n", s.rows);
                group.put("infinite", s.infinite);
                group.putAll(figures(s.log2Mse, s.variance, s.meanMse));
                groups.add(group);
            }
            tree.put("groups", groups);
            List<Object> calibration = new ArrayList<>();
            for (Decile d : deciles) {
                Map<String, Object> decile = new LinkedHashMap<>();
                decile.put("n", d.rows);
                decile.put("log2_true", d.truth);
                decile.put("log2_predicted", d.predicted);
                decile.put("log2_mse", d.log2Mse);
                calibration.add(decile);
            }
            tree.put("calibration", calibration);
            tree.put("matrices_per_second", matricesPerSecond);
            tree.put("exact_matrices_per_second", exactPerSecond);
            return tree;
        }

        private static Map<String, Object> figures(double mse, double variance, double meanMse) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("log2_mse", mse);
            figures.put("variance", variance);
            figures.put("mean_predictor", meanMse);
            return figures;
        }
    }

    /**
     * Codes of one shape.
     *
     * @param p matrices row by row, one after the other
     * @param m which height of each counts; 0 for all
     */
    private record Sample(ExactSolver solver, double[] p, int[] m) {}

    /**
     * Draws and measures.
     *
     * @param codes for each k
     */
    public Evaluation evaluate(CodeLaw law, int codes, long seed) {
        List<Sample> samples = new ArrayList<>();
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            samples.add(new Sample(ExactSolver.of(shape), new CodeStream(law, shape, seed ^ TEST).take(0, codes),
                    new int[codes]));
        }
        return evaluate(law.name(), samples);
    }

    /**
     * Measures on the codes of a table, against heights computed here.
     *
     * @throws org.lanewise.tabular.BadInputException if a row is malformed, or none is of a group the model knows
     */
    public Evaluation evaluate(Table table) {
        CodeTable input = new CodeTable(table, 0);
        List<Sample> samples = new ArrayList<>();
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            int[] rows = java.util.stream.IntStream.range(0, input.rows()).filter(i -> input.shape(i).equals(shape))
                    .toArray();
            double[] p = new double[rows.length * shape.entries()];
            int[] m = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                input.entries(rows[i], shape, p, i * shape.entries());
                m[i] = input.height(rows[i], shape).orElse(0);
            }
            if (rows.length > 0) samples.add(new Sample(ExactSolver.of(shape), p, m));
        }
        Evaluation evaluation = evaluate(table.source(), samples);
        if (evaluation.scores().isEmpty())
            throw BadInputException.at(table.source())
                    .because("no row is of a group the model knows: n = 9, k = 4 to 6, and their heights");
        return evaluation;
    }

    private Evaluation evaluate(String source, List<Sample> samples) {
        List<Score> scores = new ArrayList<>();
        double modelSeconds = 0;
        double exactSeconds = 0;
        int codes = 0;
        for (Sample sample : samples) {
            CodeShape shape = sample.solver.shape();
            int count = sample.m.length;
            codes += count;
            double[] h = new double[count * shape.parity()];
            long begun = System.nanoTime();
            sample.solver.heights(sample.p, count, h);
            long solved = System.nanoTime();
            float[] predicted = predictor.log2Heights(shape, sample.p, count);
            modelSeconds += (System.nanoTime() - solved) / 1e9;
            exactSeconds += (solved - begun) / 1e9;
            for (int g = 0; g < Group.PUBLISHED.size(); g++) {
                Group group = Group.PUBLISHED.get(g);
                if (!group.shape().equals(shape) || Float.isNaN(predicted[group.m() - 1])) continue;
                Score score = score(group, sample.m, h, predicted, predictor.model().means()[g]);
                if (score.rows > 0) scores.add(score);
            }
        }
        return new Evaluation(source, scores.stream().map(MHeightEvaluator::shortened).toList(), deciles(scores),
                codes / modelSeconds, codes / exactSeconds);
    }

    private static Score score(Group group, int[] wanted, double[] h, float[] all, double mean) {
        int parity = group.shape().parity();
        float[] truth = new float[wanted.length];
        float[] predicted = new float[wanted.length];
        int rows = 0;
        int infinite = 0;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        double meanErrors = 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != 0 && wanted[i] != group.m()) continue;
            double height = h[i * parity + group.m() - 1];
            if (Double.isInfinite(height)) {
                infinite++;
                continue;
            }
            float y = HeightRows.log2(height);
            float z = all[i * parity + group.m() - 1];
            truth[rows] = y;
            predicted[rows++] = z;
            sum += y;
            squares += (double) y * y;
            errors += ((double) y - z) * ((double) y - z);
            meanErrors += (y - mean) * (y - mean);
        }
        return new Score(group, rows, infinite, errors / rows, squares / rows - sum / rows * (sum / rows),
                meanErrors / rows, Arrays.copyOf(truth, rows), Arrays.copyOf(predicted, rows));
    }

    private static Score shortened(Score s) {
        int kept = Math.min(POINTS, s.rows);
        return new Score(s.group, s.rows, s.infinite, s.log2Mse, s.variance, s.meanMse, Arrays.copyOf(s.truth, kept),
                Arrays.copyOf(s.predicted, kept));
    }

    private static List<Decile> deciles(List<Score> scores) {
        float[][] pairs = scores.stream().flatMap(s -> java.util.stream.IntStream.range(0, s.rows)
                .mapToObj(i -> new float[] {s.truth[i], s.predicted[i]})).toArray(float[][]::new);
        Arrays.sort(pairs, (a, b) -> Float.compare(a[0], b[0]));
        List<Decile> deciles = new ArrayList<>();
        for (int d = 0; d < DECILES; d++) {
            int from = (int) ((long) d * pairs.length / DECILES);
            int to = (int) ((long) (d + 1) * pairs.length / DECILES);
            double truth = 0;
            double predicted = 0;
            double squares = 0;
            for (int i = from; i < to; i++) {
                truth += pairs[i][0];
                predicted += pairs[i][1];
                squares += ((double) pairs[i][1] - pairs[i][0]) * ((double) pairs[i][1] - pairs[i][0]);
            }
            int n = to - from;
            deciles.add(new Decile(n, truth / n, predicted / n, squares / n));
        }
        return deciles;
    }
}
