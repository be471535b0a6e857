package org.lanewise.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ElasticNet;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.ElasticNetPath;
import org.lanewise.linear.Family;
import org.lanewise.linear.LinearModel;
import org.lanewise.linear.Screening;
import org.lanewise.tabular.Split;

/**
 * Elastic net paths beside glmnet's and scikit-learn's: 100 alphas down to a hundredth ({@code alphas}, {@code ratio}), l1 ratio 0.5, one
 * thread ({@code threads} for ours). The duality gaps of
 * all programs are computed by one routine in double precision, and the table says at how many alphas ours is not larger.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx8g -cp bench/target/lanewise-bench.jar org.lanewise.bench.ElasticNetComparison \
 *     2000x20000 peers=glmnet,scikit-learn tolerance=2e-6 folds=5 fits=5
 * </pre>
 *
 * Times are of the fit alone, from data in memory (ours in single precision, the peers' in double). Ours is the median of the fits
 * after the first, whose time, with a cold compiler, is shown too. glmnet runs at {@code thresh} (1e-7 by default), scikit-learn at
 * {@code tol} 1e-4.
 */
public final class ElasticNetComparison {
    private static final double L1_RATIO = 0.5;
    /** Gaps up to here are rounding. */
    private static final double ROUNDING = 1e-12;
    private final ElasticNetProblem problem;
    private final int fits;
    private final int folds;
    private final int count;
    private final double ratio;
    private final ResultTable table;

    private ElasticNetComparison(ElasticNetProblem problem, Options options) {
        this.problem = problem;
        fits = Math.max(1, options.number("fits", 5));
        folds = options.number("folds", 0);
        count = options.number("alphas", 100);
        ratio = options.real("ratio", 1e-2);
        table = new ResultTable(System.out,
                "Elastic net paths: " + count + " alphas down to " + ratio + ", l1 ratio .5",
                "data %s", "program %s", "path s %.2f", "ratio %.2f", "cross-validation s %.2f",
                "ratio of cross-validation %.2f", "largest gap %.1e", "median gap %.1e", "our gap not larger at %s",
                "coefficients at the end %d");
    }

    public static void main(String[] args) throws Exception {
        Options.run(() -> run(args));
    }

    static List<ResultTable> run(String... args) throws Exception {
        Options options = Options.of(args, "fits", "folds", "peers", "tolerance", "thresh", "threads", "alphas",
                "ratio", "screening", "result");
        if (options.words().size() != 1 || !options.words().getFirst().matches("[0-9]+x[0-9]+"))
            throw new IllegalArgumentException("one shape is needed, such as 2000x20000: " + options.words());
        int[] shape = Arrays.stream(options.words().getFirst().split("x")).mapToInt(Integer::parseInt).toArray();
        var comparison = new ElasticNetComparison(ElasticNetProblem.generate(shape[0], shape[1], 1), options);
        comparison.run(options);
        List<ResultTable> tables = List.of(comparison.table);
        ResultTable.write(options.text("result", ""), tables);
        return tables;
    }

    private void run(Options options) throws Exception {
        ElasticNetParams params = ElasticNetParams.builder(Family.gaussian()).l1Ratio(L1_RATIO)
                .alphas(AlphaGrid.auto(count, ratio)).tolerance(options.real("tolerance", 2e-6))
                .screening(Screening.valueOf(options.text("screening", "STRONG"))).build();
        ElasticNet net = new ElasticNet(params);
        ElasticNetPath path = null;
        double[] seconds = new double[fits];
        double cv = Double.NaN;
        try (WorkerPool pool = WorkerPool.of(options.number("threads", 1))) {
            for (int k = 0; k < fits; k++) {
                long start = System.nanoTime();
                path = pool.call(() -> net.fitPath(problem.store(), problem.response()));
                seconds[k] = (System.nanoTime() - start) / 1e9;
            }
            if (folds > 0) {
                long start = System.nanoTime();
                pool.call(() -> ElasticNetCv.run(params, problem.store(), problem.response(), folds()));
                cv = (System.nanoTime() - start) / 1e9;
            }
        }
        double warm = fits == 1 ? seconds[0] : median(Arrays.copyOfRange(seconds, 1, fits));
        double[] ours = gaps(net, path.alphas(), path.steps().stream().map(ElasticNetPath.Step::model).toList());
        LinearModel last = path.model(count - 1);
        add("lanewise, first fit", seconds[0], warm, Double.NaN, Double.NaN, ours, ours, last);
        add("lanewise", warm, warm, cv, cv, ours, ours, last);
        for (String name : options.list("peers", "glmnet")) {
            try {
                peer(name.equals("glmnet"), net, warm, cv, ours, options);
            } catch (IOException e) {
                System.out.println("\n- " + e.getMessage().lines().findFirst().orElse(name) + " (the others go on)");
            }
        }
    }

    private void peer(boolean glmnet, ElasticNet net, double warm, double cv, double[] ours, Options options)
            throws IOException, InterruptedException {
        try (Scratchpad pad = Scratchpad.create()) {
            problem.write(pad.folder());
            ElasticNetPeer peer = ElasticNetPeer.run(glmnet ? Interpreter.GLMNET : Interpreter.SCIKIT_LEARN,
                    pad.folder(), problem, L1_RATIO, count, ratio, glmnet ? folds : 0,
                    glmnet ? options.real("thresh", 1e-7) : 1e-4);
            add(peer.version(), peer.path(), warm, peer.cv(), cv, gaps(net, peer.alphas(), peer.models()), ours,
                    peer.models().getLast());
            if (!Double.isNaN(peer.prepare()))
                System.out.printf(Locale.ROOT, "%nbefore that %.2f s to standardise, which the others' times include%n",
                        peer.prepare());
        }
    }

    private void add(String name, double seconds, double warm, double cv, double ourCv, double[] gaps, double[] ours,
            LinearModel last) {
        int better = 0;
        for (int k = 0; k < gaps.length; k++) better += ours[k] <= Math.max(gaps[k], ROUNDING) ? 1 : 0;
        table.add(problem.rows() + " x " + problem.columns(), name, seconds, seconds / warm, cv, cv / ourCv,
                Arrays.stream(gaps).max().orElse(0), median(gaps), better + " of " + gaps.length,
                (long) last.selected().length);
    }

    private double[] gaps(ElasticNet net, double[] alphas, List<LinearModel> models) {
        return net.dualityGaps(problem.store(), problem.response(), alphas, models);
    }

    private List<Split.Fold> folds() {
        List<Split.Fold> list = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            int held = f;
            list.add(new Split.Fold(IntStream.range(0, problem.rows()).filter(i -> i % folds != held).toArray(),
                    IntStream.range(0, problem.rows()).filter(i -> i % folds == held).toArray()));
        }
        return list;
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
