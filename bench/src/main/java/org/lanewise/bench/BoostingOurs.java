package org.lanewise.bench;

import java.util.stream.IntStream;
import org.lanewise.boosting.BinnedTable;
import org.lanewise.boosting.Binning;
import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.Features;
import org.lanewise.boosting.GradientBoosting;
import org.lanewise.boosting.HistogramPrecision;
import org.lanewise.boosting.objective.Target;
import org.lanewise.engine.WorkerPool;

/**
 * Lanewise's boosted trees.
 *
 * @param precision of the histograms
 */
record BoostingOurs(HistogramPrecision precision) implements BoostingPeer {
    @Override
    public String version() {
        return "lanewise " + precision;
    }

    @Override
    public Outcome run(BoostingProblem train, BoostingProblem test, Work work) throws Exception {
        BoostingParams params = BoostingParams.builder(train.objective()).trees(work.trees())
                .leaves(work.leaves()).learningRate(work.learningRate()).minDataInLeaf(work.minDataInLeaf())
                .histogram(precision).build();
        Target y = train.target();
        try (WorkerPool pool = WorkerPool.of(work.threads())) {
            return pool.call(() -> {
                long start = System.nanoTime();
                BinnedTable bins = Binning.builder().maxBins(work.bins()).build().bin(features(train));
                long binned = System.nanoTime();
                BoostingModel model = new GradientBoosting(params).fit(bins, y);
                long fitted = System.nanoTime();
                double[] scores = model.predictRaw(features(test));
                long predicted = System.nanoTime();
                return new Outcome((binned - start) / 1e9, (fitted - binned) / 1e9, (predicted - fitted) / 1e9,
                        model.totalLeaves(), scores);
            });
        }
    }

    private static Features features(BoostingProblem p) {
        String[] categorical = IntStream.of(p.categorical()).mapToObj(j -> "Column_" + j).toArray(String[]::new);
        return Features.ofRows(p.x(), p.columns()).withCategorical(categorical);
    }
}
