package org.lanewise.mheight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.lanewise.mheight.MHeightEvaluation.Decile;
import org.lanewise.mheight.MHeightEvaluation.Score;
import org.lanewise.mheight.MHeightEvaluation.Tail;
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
 * says the training mean of the group. Infinite heights are left out and counted. A published network is measured on its own
 * training and validation rows too, so that a leak between them shows.
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
    public MHeightEvaluation evaluate(CodeLaw law, int codes, long seed) {
        List<Sample> samples = new ArrayList<>();
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            samples.add(new Sample(ExactSolver.of(shape), new CodeStream(law, shape, seed ^ TEST).take(0, codes),
                    new int[codes]));
        }
        return evaluate(law.name(), Optional.of(law), samples);
    }

    /**
     * Measures on the codes of a table, against heights computed here.
     *
     * @throws org.lanewise.tabular.BadInputException if a row is malformed, or none is of a group the model knows
     */
    public MHeightEvaluation evaluate(Table table) {
        CodeTable input = new CodeTable(table, 0);
        List<Sample> samples = new ArrayList<>();
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            CodeTable.Codes codes = input.of(shape);
            if (codes.m().length > 0) samples.add(new Sample(ExactSolver.of(shape), codes.p(), codes.m()));
        }
        MHeightEvaluation evaluation = evaluate(table.source(), Optional.empty(), samples);
        if (evaluation.scores().isEmpty())
            throw BadInputException.at(table.source())
                    .because("no row is of a group the model knows: n = 9, k = 4 to 6, and their heights");
        return evaluation;
    }

    private MHeightEvaluation evaluate(String source, Optional<CodeLaw> law,
            List<Sample> samples) {
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
                if (score.rows() > 0) scores.add(score);
            }
        }
        return new MHeightEvaluation(source, law, scores.stream().map(MHeightEvaluator::shortened).toList(),
                tails(scores), deciles(scores), split(law, scores), codes / modelSeconds, codes / exactSeconds);
    }

    /** Only beside fresh codes of the kind the model was trained on. */
    private Optional<SplitEvaluation> split(Optional<CodeLaw> law, List<Score> scores) {
        return predictor.model() instanceof MHeightModel.Published published && law.isPresent()
                && law.get() == published.config().law()
                        ? Optional.of(new SplitEvaluator(published).evaluate(scores))
                        : Optional.empty();
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
        int kept = Math.min(POINTS, s.rows());
        return new Score(s.group(), s.rows(), s.infinite(), s.log2Mse(), s.variance(), s.meanMse(),
                Arrays.copyOf(s.truth(), kept),
                Arrays.copyOf(s.predicted(), kept));
    }

    private static List<Tail> tails(List<Score> scores) {
        TreeMap<Integer, List<Score>> byExponent = new TreeMap<>();
        for (Score s : scores) byExponent.computeIfAbsent(s.group().codimension(), _ -> new ArrayList<>()).add(s);
        return byExponent.entrySet().stream().map(e -> tail(e.getKey(), e.getValue())).toList();
    }

    private static Tail tail(int codimension, List<Score> scores) {
        float[] residuals = new float[scores.stream().mapToInt(Score::rows).sum()];
        double errors = 0;
        double variance = 0;
        double sum = 0;
        int at = 0;
        for (Score s : scores) {
            errors += s.log2Mse() * s.rows() / residuals.length;
            variance += s.variance() * s.rows() / residuals.length;
            for (int i = 0; i < s.rows(); i++) {
                residuals[at] = s.predicted()[i] - s.truth()[i];
                sum += residuals[at++];
            }
        }
        Arrays.sort(residuals);
        return new Tail(codimension, scores.stream().map(Score::group).toList(), residuals.length, errors, variance,
                sum / residuals.length, residuals[residuals.length / 20],
                residuals[residuals.length - 1 - residuals.length / 20]);
    }

    private static List<Decile> deciles(List<Score> scores) {
        float[][] pairs = scores.stream().flatMap(s -> java.util.stream.IntStream.range(0, s.rows())
                .mapToObj(i -> new float[] {s.truth()[i], s.predicted()[i]})).toArray(float[][]::new);
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
