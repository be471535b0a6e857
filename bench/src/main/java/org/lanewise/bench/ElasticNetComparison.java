package org.lanewise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    private final Path folder;
    private final int fits;
    private final int folds;
    private final int count;
    private final double ratio;

    private ElasticNetComparison(ElasticNetProblem problem, Path folder, int fits, int folds, int count, double ratio) {
        this.problem = problem;
        this.folder = folder;
        this.fits = fits;
        this.folds = folds;
        this.count = count;
        this.ratio = ratio;
    }

    public static void main(String[] args) throws Exception {
        int[] shape = Arrays.stream(args[0].split("x")).mapToInt(Integer::parseInt).toArray();
        Path folder = Files.createTempDirectory("lanewise-elastic-net");
        try {
            var comparison = new ElasticNetComparison(ElasticNetProblem.generate(shape[0], shape[1], 1), folder,
                    Integer.parseInt(option(args, "fits", "5")), Integer.parseInt(option(args, "folds", "0")),
                    Integer.parseInt(option(args, "alphas", "100")), Double.parseDouble(option(args, "ratio", "1e-2")));
            comparison.run(option(args, "peers", "glmnet"), Double.parseDouble(option(args, "tolerance", "2e-6")),
                    Double.parseDouble(option(args, "thresh", "1e-7")), Integer.parseInt(option(args, "threads", "1")),
                    Screening.valueOf(option(args, "screening", "STRONG")));
        } finally {
            for (String file : List.of("x.f32", "y.f64", "peer.path", "elastic_net.R", "elastic_net.py"))
                Files.deleteIfExists(folder.resolve(file));
            Files.delete(folder);
        }
    }

    private static String option(String[] args, String name, String otherwise) {
        return Arrays.stream(args).filter(a -> a.startsWith(name + "=")).map(a -> a.substring(name.length() + 1))
                .findFirst().orElse(otherwise);
    }

    private void run(String peers, double tolerance, double thresh, int threads, Screening screening) throws Exception {
        ElasticNetParams params = ElasticNetParams.builder(Family.gaussian()).l1Ratio(L1_RATIO)
                .alphas(AlphaGrid.auto(count, ratio)).tolerance(tolerance).screening(screening).build();
        ElasticNet net = new ElasticNet(params);
        List<ElasticNetPath> paths = new ArrayList<>();
        double[] seconds = new double[fits];
        double cv = Double.NaN;
        try (WorkerPool pool = WorkerPool.of(threads)) {
            for (int k = 0; k < fits; k++) {
                seconds[k] = timed(() -> paths.add(pool.call(() -> net.fitPath(problem.store(), problem.response()))));
            }
            if (folds > 0)
                cv = timed(
                        () -> pool.call(() -> ElasticNetCv.run(params, problem.store(), problem.response(), folds())));
        }
        double warm = fits == 1 ? seconds[0] : median(Arrays.copyOfRange(seconds, 1, fits));
        ElasticNetPath path = paths.getLast();
        System.out.printf(Locale.ROOT, "%d x %d, %d alphas, our tolerance %.0e, %d thread(s)%n", problem.rows(),
                problem.columns(), count, tolerance, threads);
        double[] ours = gaps(net, path.alphas(), path.steps().stream().map(ElasticNetPath.Step::model).toList());
        line("lanewise", warm, Double.NaN, ours, ours, path.model(count - 1), cv, Double.NaN);
        System.out.printf(Locale.ROOT, "  first fit in this virtual machine %.2f s, then %s%n", seconds[0],
                Arrays.toString(
                        Arrays.stream(seconds).skip(1).mapToObj(s -> String.format(Locale.ROOT, "%.2f", s)).toArray()));
        if (peers.equals("none")) return;
        problem.write(folder);
        for (String name : peers.split(",")) {
            boolean glmnet = name.equals("glmnet");
            ElasticNetPeer peer = ElasticNetPeer.run(name, folder, problem, L1_RATIO, count, ratio, glmnet ? folds : 0,
                    glmnet ? thresh : 1e-4);
            line(peer.version(), peer.seconds().get("path"), warm, gaps(net, peer.alphas(), peer.models()), ours,
                    peer.models().getLast(), peer.seconds().getOrDefault("cv", Double.NaN), cv);
            if (peer.seconds().containsKey("prepare"))
                System.out.printf(Locale.ROOT, "  before that %.2f s to standardise, which the others' times include%n",
                        peer.seconds().get("prepare"));
        }
    }

    private static void line(String name, double seconds, double warm, double[] gaps, double[] ours, LinearModel last,
            double cv, double ourCv) {
        int better = 0;
        for (int k = 0; k < gaps.length; k++) better += ours[k] <= Math.max(gaps[k], ROUNDING) ? 1 : 0;
        System.out.printf(Locale.ROOT, "%-20s path %7.2f s", name, seconds);
        if (!Double.isNaN(warm))
            System.out.printf(Locale.ROOT, " = %5.2f x ours; our gap not larger at %d of %d alphas", seconds / warm,
                    better, gaps.length);
        System.out.printf(Locale.ROOT, "; gap largest %.1e, median %.1e; %d coefficients at the end",
                Arrays.stream(gaps).max().orElse(0),
                median(gaps), last.selected().length);
        if (!Double.isNaN(cv)) System.out.printf(Locale.ROOT, "; cross-validation %.2f s", cv);
        if (!Double.isNaN(cv / ourCv)) System.out.printf(Locale.ROOT, " = %.2f x ours", cv / ourCv);
        System.out.println();
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

    private static double timed(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
