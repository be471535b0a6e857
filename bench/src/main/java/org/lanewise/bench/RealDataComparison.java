package org.lanewise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lanewise.bench.BoostingPeer.Outcome;
import org.lanewise.bench.BoostingPeer.Work;
import org.lanewise.boosting.HistogramPrecision;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.objective.Target;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.metrics.RegressionLosses;

/**
 * Boosted trees on measured data beside LightGBM's: repeated cross-validation with the same folds, floats and settings, and
 * the differences with intervals ({@link PairedDifference}).
 *
 * <pre>
 * java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp bench/target/lanewise-bench.jar \
 *     org.lanewise.bench.RealDataComparison diamonds flchain data=../shared/data/tabular repeats=3 peers=lightgbm,xgboost
 * </pre>
 *
 * Without names, all sets of {@link RealDataSet}; one that is not in the folder is passed over with a message. Settings are
 * fixed before looking, by the number of rows alone: 100 trees at .1, 31 leaves of 20 rows from 5,000 rows on, 15 leaves of
 * 20 from 1,000 on, 7 leaves of 10 below. LightGBM has no survival objective and gets the gradients of ours; XGBoost, with
 * its own, is asked for survival only, because it has no least number of rows in a leaf.
 */
public final class RealDataComparison {
    private static final long SEED = 1;
    private final Path folder;
    private final List<BoostingPeer> programs = new ArrayList<>();
    private final int repeats;
    private final int folds;
    private final int threads;
    private final ResultTable table = new ResultTable(System.out, "Boosted trees on measured data, cross-validated",
            "data %s", "rows x columns %s", "measure %s", "lanewise %.5f", "peer %s", "peer's %.5f", "baseline %.5f",
            "difference %+.5f", "95 % from %+.5f", "to %+.5f", "verdict %s", "leaves a fit %.0f", "peer's leaves %.0f",
            "seconds a fit %.3f", "peer's seconds %.3f");

    private RealDataComparison(Options options) {
        folder = RealDataSet.folder(options);
        repeats = options.number("repeats", 3);
        folds = options.number("folds", 5);
        threads = options.number("threads", 2);
        programs.add(new BoostingOurs(HistogramPrecision.valueOf(options.text("precision", "INT15"))));
        for (String name : options.list("peers", "lightgbm,xgboost")) programs.add(BoostingComparison.peer(name));
    }

    public static void main(String[] args) throws Exception {
        Options.run(() -> run(args));
    }

    static List<ResultTable> run(String... args) throws Exception {
        Options options = Options.of(args, "data", "repeats", "folds", "threads", "peers", "precision", "result");
        List<RealDataSet> sets = RealDataSet.of(options.words());
        var comparison = new RealDataComparison(options);
        for (RealDataSet set : sets) {
            if (Files.exists(set.file(comparison.folder))) comparison.compare(set);
            else System.out.println(set + ": skipped, there is no " + set.file(comparison.folder));
        }
        List<ResultTable> tables = List.of(comparison.table);
        ResultTable.write(options.text("result", ""), tables);
        return tables;
    }

    private void compare(RealDataSet set) throws Exception {
        RealData data = set.read(folder);
        BoostingProblem all = data.boosting();
        Work work = work(data.rows(), threads);
        List<BoostingPeer> asked = programs.stream()
                .filter(p -> set.goal() == BoostingProblem.Goal.COX || !p.version().startsWith("XGBoost")).toList();
        List<Metric> measures = measures(set.goal());
        List<Split.Fold> rounds = data.rounds(repeats, folds, SEED);
        // By program, with the baseline in the end, measure and round.
        double[][][] found = new double[asked.size() + 1][measures.size()][rounds.size()];
        double[] seconds = new double[asked.size()];
        double[] leaves = new double[asked.size()];
        for (int r = 0; r < rounds.size(); r++) {
            BoostingProblem train = all.take(rounds.get(r).train());
            BoostingProblem test = all.take(rounds.get(r).test());
            for (int a = 0; a <= asked.size(); a++) {
                double[] scores;
                if (a == asked.size()) {
                    scores = baseline(train, test.rows());
                } else {
                    Outcome outcome = asked.get(a).run(train, test, work);
                    scores = outcome.scores();
                    seconds[a] += outcome.total() / rounds.size();
                    leaves[a] += (double) outcome.leaves() / rounds.size();
                }
                for (int at = 0; at < scores.length; at += all.classes())
                    all.objective().link().apply(scores, at, all.classes());
                for (int m = 0; m < measures.size(); m++)
                    found[a][m][r] = measures.get(m).of(scores, test.target());
            }
        }
        for (int m = 0; m < measures.size(); m++) {
            double ours = mean(found[0][m]);
            double baseline = mean(found[asked.size()][m]);
            String shape = data.rows() + " x " + all.columns();
            if (asked.size() == 1)
                table.add(set.toString(), shape, measures.get(m).name(), ours, null, null, baseline, null, null, null,
                        null, leaves[0], null, seconds[0], null);
            for (int a = 1; a < asked.size(); a++) {
                PairedDifference d = PairedDifference.of(minus(found[0][m], found[a][m]), 1.0 / (folds - 1));
                table.add(set.toString(), shape, measures.get(m).name(), ours, asked.get(a).version(),
                        mean(found[a][m]), baseline, d.mean(), d.lower(), d.upper(),
                        d.verdict(measures.get(m).higherIsBetter()), leaves[0], leaves[a], seconds[0], seconds[a]);
            }
        }
    }

    static Work work(int rows, int threads) {
        int leaves = rows >= 5_000 ? 31 : rows >= 1_000 ? 15 : 7;
        return new Work(100, leaves, 0.1, 255, rows >= 1_000 ? 20 : 10, threads);
    }

    private static List<Metric> measures(BoostingProblem.Goal goal) {
        return switch (goal) {
            case REGRESSION -> List.of(Metric.rmse(), new R2());
            case BINARY -> List.of(Metric.logLoss(), Metric.auc());
            case CLASSES -> List.of(Metric.parse("multi_logloss"), Metric.parse("multi_error"));
            case COX -> List.of(Metric.parse("concordance"));
        };
    }

    /** Raw scores of the best constant: the mean, the classes' shares, no difference of hazards. */
    static double[] baseline(BoostingProblem train, int rows) {
        double[] constant = train.objective().bind(train.target()).initialScore();
        double[] scores = new double[rows * constant.length];
        Arrays.setAll(scores, i -> constant[i % constant.length]);
        return scores;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    /** 1 less the share of the test rows' variance that is left. */
    private record R2() implements Metric {
        @Override
        public String name() {
            return "r2";
        }

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public double of(double[] prediction, Target target) {
            return RegressionLosses.r2Score(prediction, target.labels(), null);
        }
    }
}
