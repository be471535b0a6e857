package org.lanewise.boosting;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.boosting.objective.Metric;

/** Keeps the scores of the evaluation sets, their metrics, and which round was best. */
final class Evaluator {
    private final BoostingParams params;
    private final List<Set> sets = new ArrayList<>();
    private int best = -1;
    private double bestValue = Double.NaN;

    /** One evaluation set. */
    private static final class Set {
        final Evaluation evaluation;
        final List<Metric> metrics;
        final double[] base;
        /** Class after class, without the base. */
        final double[] sum;
        final List<List<Double>> values = new ArrayList<>();

        Set(Evaluation evaluation, List<Metric> metrics, double[] base) {
            this.evaluation = evaluation;
            this.metrics = metrics;
            int n = evaluation.bins().rows();
            int k = base.length;
            double[] initial = evaluation.target().initialScore();
            if (initial != null && initial.length != n * k) {
                throw new IllegalArgumentException("evaluation \"" + evaluation.name() + "\": " + initial.length
                        + " initial scores for " + n + " rows of " + k);
            }
            this.base = new double[n * k];
            for (int i = 0; i < n * k; i++) this.base[i] = initial == null ? base[i % k] : initial[i];
            sum = new double[n * k];
            for (int m = 0; m < metrics.size(); m++) values.add(new ArrayList<>());
        }
    }

    Evaluator(BoostingParams params, double[] base, List<Evaluation> evaluations) {
        this.params = params;
        for (Evaluation e : evaluations) {
            List<Metric> metrics = e.metrics().isEmpty() ? List.of(Metric.defaultFor(params.objective())) : e.metrics();
            sets.add(new Set(e, metrics, base));
        }
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    void add(BinnedTree tree, int c, double factor) {
        for (Set s : sets) tree.addTo(s.evaluation.bins(), s.sum, c * s.evaluation.bins().rows(), factor);
    }

    /** Computes the metrics after so many rounds and says whether to stop. */
    boolean stopsAfter(int rounds) {
        for (Set s : sets) {
            int n = s.evaluation.bins().rows();
            int k = s.sum.length / n;
            double scale = params.mode() == BoostingParams.Mode.RANDOM_FOREST ? 1.0 / rounds : 1;
            double[] p = new double[n * k];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < k; c++) p[i * k + c] = s.base[i * k + c] + scale * s.sum[c * n + i];
                params.objective().link().apply(p, i * k, k);
            }
            for (int m = 0; m < s.metrics.size(); m++)
                s.values.get(m).add(s.metrics.get(m).of(p, s.evaluation.target()));
        }
        return judge(rounds);
    }

    /** Compares the first metric after so many rounds with the best before. */
    private boolean judge(int rounds) {
        if (sets.isEmpty() || params.earlyStopping() == 0) return false;
        Metric first = sets.getFirst().metrics.getFirst();
        double now = sets.getFirst().values.getFirst().get(rounds - 1);
        double gain = first.higherIsBetter() ? now - bestValue : bestValue - now;
        if (best < 0 || gain > params.earlyStoppingMinDelta()) {
            best = rounds;
            bestValue = now;
        }
        return rounds - best >= params.earlyStopping();
    }

    /** Goes on after rounds that a snapshot holds. */
    void resume(FitState from, int rounds) {
        List<EvaluationHistory.Curve> curves = from.history().curves();
        int next = 0;
        if (from.sums().size() != sets.size()) throw mismatch(from.sums().size() + " evaluations for " + sets.size());
        for (int e = 0; e < sets.size(); e++) {
            Set s = sets.get(e);
            double[] sum = from.sums().get(e);
            if (sum.length != s.sum.length) throw mismatch(sum.length + " evaluation scores for " + s.sum.length);
            System.arraycopy(sum, 0, s.sum, 0, sum.length);
            for (List<Double> values : s.values) {
                if (next == curves.size() || curves.get(next).values().length != rounds)
                    throw mismatch("other metrics, or not of all its rounds");
                for (double value : curves.get(next++).values()) values.add(value);
            }
        }
        for (int round = 1; round <= rounds; round++) judge(round);
    }

    private static IllegalArgumentException mismatch(String what) {
        return new IllegalArgumentException("the state is of another fit: it has " + what);
    }

    /** The scores of each evaluation's rows; copies. */
    List<double[]> sums() {
        return sets.stream().map(s -> s.sum.clone()).toList();
    }

    /** What the metrics said after the last round. */
    List<FitListener.Measured> latest() {
        List<FitListener.Measured> latest = new ArrayList<>();
        for (Set s : sets) {
            for (int m = 0; m < s.metrics.size(); m++)
                latest.add(new FitListener.Measured(s.evaluation.name(), s.metrics.get(m).name(),
                        s.values.get(m).getLast()));
        }
        return latest;
    }

    /** The best round if there is early stopping, else more than any. */
    int bestRound() {
        return best < 0 ? Integer.MAX_VALUE : best;
    }

    EvaluationHistory history() {
        List<EvaluationHistory.Curve> curves = new ArrayList<>();
        for (Set s : sets) {
            for (int m = 0; m < s.metrics.size(); m++) {
                curves.add(new EvaluationHistory.Curve(s.evaluation.name(), s.metrics.get(m).name(),
                        s.values.get(m).stream().mapToDouble(v -> v).toArray()));
            }
        }
        return new EvaluationHistory(curves);
    }
}
