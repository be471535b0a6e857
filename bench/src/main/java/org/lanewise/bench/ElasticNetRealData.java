package org.lanewise.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lanewise.engine.WorkerPool;
import org.lanewise.linear.AlphaGrid;
import org.lanewise.linear.ColumnStore;
import org.lanewise.linear.ElasticNet;
import org.lanewise.linear.ElasticNetCv;
import org.lanewise.linear.ElasticNetCv.AlphaRule;
import org.lanewise.linear.ElasticNetParams;
import org.lanewise.linear.Family;
import org.lanewise.linear.Response;
import org.lanewise.linear.Ties;
import org.lanewise.tabular.DesignMatrix;
import org.lanewise.tabular.Split;
import org.lanewise.tabular.survival.Survival;

/**
 * Elastic nets on measured data beside glmnet's: cross-validated deviances at the same alphas on the same folds, by
 * {@link ElasticNetCv} and {@code cv.glmnet}, both nearly exact.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp bench/target/lanewise-bench.jar org.lanewise.bench.ElasticNetRealData \
 *     spam pbc data=../shared/data/tabular folds=5 alphas=50 thresh=1e-12
 * </pre>
 *
 * Without names, all of {@link Net}; sets that are not in the folder are passed over with a message. Rows with a missing value
 * are left out, text becomes indicators. Gaussian targets are fitted by the lasso, others at l1 ratio .5 (glmnet scales a
 * gaussian target by its standard deviation, which differs by fold and would make other models of the ridge part).
 */
public final class ElasticNetRealData {
    private static final long SEED = 1;
    private static final double LAST_ALPHA = 1e-3;
    /** Largest relative difference of deviances that counts as equal: glmnet stops by its steps, not by what is left to gain. */
    private static final double EQUAL = 1e-4;

    private static final int MOST_RUNS = 20;
    private static final long WARM_UP = 2_000_000_000L;

    /** What is fitted to what. */
    enum Net {
        /** Progression of a disease. */
        SK_DIABETES(RealDataSet.SK_DIABETES),
        /** Prices of stones. */
        DIAMONDS(RealDataSet.DIAMONDS),
        /** Electronic mail. */
        SPAM(RealDataSet.SPAM),
        /** Tumours, by grades. */
        BREAST_CANCER_WISCONSIN(RealDataSet.BREAST_CANCER_WISCONSIN),
        /** Tumours, by measurements. */
        SK_BREAST_CANCER(RealDataSet.SK_BREAST_CANCER),
        /** Growers of wine. */
        SK_WINE(RealDataSet.SK_WINE),
        /** Printed capitals: every fifth row, with 26 classes enough to do. */
        LETTER(RealDataSet.LETTER),
        /** A count: lymph nodes with tumour cells. */
        ROTTERDAM_NODES(RealDataSet.ROTTERDAM),
        /** Survival. */
        PBC(RealDataSet.PBC),
        /** Survival. */
        ROTTERDAM(RealDataSet.ROTTERDAM),
        /** Survival, with many ties. */
        MGUS2(RealDataSet.MGUS2),
        /** Survival, with many ties. */
        FLCHAIN(RealDataSet.FLCHAIN);

        final RealDataSet set;

        Net(RealDataSet set) {
            this.set = set;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        RealData read(Path folder) {
            RealData data = set.read(folder);
            if (this == ROTTERDAM_NODES) data = data.counting("nodes");
            return this == LETTER ? data.take(IntStream.range(0, data.rows()).filter(i -> i % 5 == 0).toArray()) : data;
        }

        Family family(RealData data) {
            if (this == ROTTERDAM_NODES) return Family.poisson();
            return switch (data.goal()) {
                case REGRESSION -> Family.gaussian();
                case BINARY -> Family.binomial();
                case CLASSES -> Family.multinomial(data.classes());
                case COX -> Family.cox(Ties.BRESLOW);
            };
        }
    }

    private final Path folder;
    private final int folds;
    private final int alphas;
    private final double thresh;
    private final double tolerance;
    private final boolean glmnet;
    private final ResultTable table = new ResultTable(System.out,
            "Elastic nets on measured data, cross-validated beside glmnet", "data %s", "family %s", "rows x columns %s",
            "alphas %d", "least deviance %.6f", "glmnet's %.6f", "without columns %.6f", "largest rel. difference %.1e",
            "equal %s", "best alpha %s", "1-SE alpha %s", "seconds %.3f", "glmnet's seconds %.3f", "ratio %.2f");

    private ElasticNetRealData(Options options) {
        folder = RealDataSet.folder(options);
        folds = options.number("folds", 5);
        alphas = options.number("alphas", 50);
        thresh = options.real("thresh", 1e-12);
        tolerance = options.real("tolerance", 1e-9);
        boolean wanted = options.list("peers", "glmnet").contains("glmnet");
        glmnet = wanted && Interpreter.GLMNET.version().isPresent();
        if (wanted && !glmnet) System.out.println(Interpreter.GLMNET.skipped());
    }

    public static void main(String[] args) throws Exception {
        Options.run(() -> run(args));
    }

    static List<ResultTable> run(String... args) throws Exception {
        Options options = Options.of(args, "data", "folds", "alphas", "thresh", "tolerance", "peers", "result");
        List<Net> nets = options.words().isEmpty()
                ? List.of(Net.values())
                : options.words().stream().map(ElasticNetRealData::net).toList();
        var comparison = new ElasticNetRealData(options);
        for (Net net : nets) {
            if (Files.exists(net.set.file(comparison.folder))) comparison.compare(net);
            else System.out.println(net + ": skipped, there is no " + net.set.file(comparison.folder));
        }
        List<ResultTable> tables = List.of(comparison.table);
        ResultTable.write(options.text("result", ""), tables);
        return tables;
    }

    private static Net net(String name) {
        return Arrays.stream(Net.values()).filter(net -> net.toString().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("no data " + name + "; there are " + Arrays.toString(Net.values())));
    }

    private void compare(Net net) throws Exception {
        RealData data = net.read(folder).complete();
        Family family = net.family(data);
        DesignMatrix x = data.design();
        List<Split.Fold> rounds = data.rounds(1, folds, SEED);
        ElasticNetParams params = ElasticNetParams.builder(family).l1Ratio(family instanceof Family.Gaussian ? 1 : 0.5)
                .alphas(AlphaGrid.auto(alphas, LAST_ALPHA)).tolerance(tolerance).build();
        Response response = family instanceof Family.Cox
                ? Response.survival(Survival.of(data.times(), data.event()))
                : Response.of(data.y());
        ColumnStore columns = ColumnStore.of(x);
        double[] grid = new ElasticNet(params).fitPath(columns, response).alphas();
        ElasticNetParams same = params.withAlphas(AlphaGrid.of(grid));
        ElasticNetCv.Result cv = null;
        double seconds = Double.NaN;
        long begun = System.nanoTime();
        try (WorkerPool pool = WorkerPool.of(1)) {
            // The last of several: the first ones are for the compiler.
            for (int k = 0; k < MOST_RUNS && System.nanoTime() - begun < WARM_UP; k++) {
                long start = System.nanoTime();
                cv = pool.call(() -> ElasticNetCv.run(same, columns, response, rounds));
                seconds = (System.nanoTime() - start) / 1e9;
            }
        }
        double[] ours = cv.deviance();
        int min = cv.index(AlphaRule.MIN);
        int oneSe = cv.index(AlphaRule.ONE_SE);
        String shape = x.rows() + " x " + x.columns();
        if (!glmnet) {
            table.add(net.toString(), family.toString(), shape, grid.length, ours[min], null, ours[0], null, null,
                    "" + min, "" + oneSe, seconds, null, null);
            return;
        }
        try (Scratchpad pad = Scratchpad.create()) {
            write(pad, data, x, rounds, grid);
            Map<String, String> said = Interpreter.GLMNET.run(pad.folder(), "elastic_net_cv.R", 1, x.rows(),
                    x.columns(),
                    grid.length, family, params.l1Ratio(), thresh);
            double[] theirs = pad.doubles("peer.cv");
            double apart = theirs.length == grid.length ? 0 : Double.POSITIVE_INFINITY;
            for (int k = 0; k < Math.min(theirs.length, grid.length); k++)
                apart = Math.max(apart, Math.abs(ours[k] - theirs[k]) / theirs[k]);
            double theirSeconds = Double.parseDouble(said.get("cv"));
            table.add(net.toString(), family.toString(), shape, grid.length, ours[min],
                    Arrays.stream(theirs).min().orElseThrow(), ours[0], apart, apart <= EQUAL ? "yes" : "NO",
                    agreement(min, said.get("min")), agreement(oneSe, said.get("one_se")), seconds, theirSeconds,
                    theirSeconds / seconds);
        }
    }

    private static String agreement(int ours, String theirs) {
        return ours == Integer.parseInt(theirs) ? "the same (" + ours + ")" : "OURS " + ours + ", THEIRS " + theirs;
    }

    private static void write(Scratchpad pad, RealData data, DesignMatrix x, List<Split.Fold> rounds, double[] grid)
            throws Exception {
        int[] fold = new int[x.rows()];
        for (int f = 0; f < rounds.size(); f++) for (int i : rounds.get(f).test()) fold[i] = f + 1;
        double[] event = new double[x.rows()];
        if (data.event() != null) Arrays.setAll(event, i -> data.event()[i] ? 1 : 0);
        pad.write("x.f64", x.columnMajor());
        pad.write("y.f64", data.event() == null ? data.y() : data.times());
        pad.write("event.f64", event);
        pad.write("fold.i32", fold);
        pad.write("lambda.f64", grid);
    }
}
