package org.lanewise.boosting.table;

import java.util.List;
import java.util.Map;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.CategoricalParams;
import org.lanewise.boosting.Constraints;
import org.lanewise.boosting.Dart;
import org.lanewise.boosting.Growth;
import org.lanewise.boosting.HistogramPrecision;
import org.lanewise.boosting.LinearLeaves;
import org.lanewise.boosting.Sampling;
import org.lanewise.boosting.objective.Objective;
import org.lanewise.tabular.BadInputException;

/**
 * Settings of boosted trees on a table, under the names of {@link BoostingParams}.
 *
 * @param objective     {@code auto}, or as of {@link Objective#parse}; the number of classes is added
 * @param validFraction share of the training rows that decides when to stop
 * @param testFraction  share of all rows kept out to measure on, where there is no file for it
 */
public record BoostConfig(String objective, BoostingParams.Mode mode, int trees, double learningRate, int leaves,
        int maxDepth, int bins, int minDataInLeaf, double minSumHessian, double l1, double l2, double minGain,
        double maxDeltaStep, double pathSmooth, Growth growth, LinearLeaves linear, Sampling sampling,
        double featureFraction,
        double featureFractionByLevel, double featureFractionByNode, boolean extraTrees,
        Dart dart, CategoricalParams categorical, Map<String, Integer> monotone,
        List<List<String>> interactions, double scalePosWeight, HistogramPrecision histogram, int histogramMegabytes,
        int earlyStopping, double earlyStoppingMinDelta, double validFraction, double testFraction, long seed) {

    public BoostConfig {
        share("validFraction", validFraction);
        share("testFraction", testFraction);
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 0.9)) throw new IllegalArgumentException(name + " must be 0 to 0.9: " + value);
    }

    /** The library's, but as many trees as 15 % of the rows ask for. */
    public static BoostConfig defaults() {
        BoostingParams p = BoostingParams.of(Objective.squared());
        return new BoostConfig("auto", p.mode(), 1000, p.learningRate(), p.leaves(), p.maxDepth(), p.bins(),
                p.minDataInLeaf(), p.minSumHessian(), p.l1(), p.l2(), p.minGain(), p.maxDeltaStep(), p.pathSmooth(),
                p.growth(), p.linear(), p.sampling(), p.featureFraction(), p.featureFractionByLevel(),
                p.featureFractionByNode(), p.extraTrees(), p.dart(), p.categorical(),
                Map.of(), List.of(), p.scalePosWeight(), p.histogram(), p.histogramMegabytes(), 50, 0, 0.15, 0.15, 1);
    }

    /** The library's parameters; without early stopping if there is nothing to stop by, or trees change later (DART). */
    public BoostingParams params(Objective chosen, boolean stopping) {
        try {
            return BoostingParams.builder(chosen).mode(mode).trees(trees).learningRate(learningRate).leaves(leaves)
                    .maxDepth(maxDepth).bins(bins).minDataInLeaf(minDataInLeaf).minSumHessian(minSumHessian).l1(l1)
                    .l2(l2).minGain(minGain).maxDeltaStep(maxDeltaStep).pathSmooth(pathSmooth).growth(growth)
                    .linear(linear)
                    .sampling(sampling).featureFraction(featureFraction).featureFractionByLevel(featureFractionByLevel)
                    .featureFractionByNode(featureFractionByNode).extraTrees(extraTrees)
                    .dart(dart).categorical(categorical)
                    .constraints(new Constraints(monotone, interactions)).scalePosWeight(scalePosWeight)
                    .histogram(histogram).histogramMegabytes(histogramMegabytes)
                    .earlyStopping(stopping && mode != BoostingParams.Mode.DART ? earlyStopping : 0)
                    .earlyStoppingMinDelta(earlyStoppingMinDelta)
                    .seed(seed).build();
        } catch (IllegalArgumentException e) {
            throw new BadInputException("settings refused: " + e.getMessage(), e);
        }
    }
}
