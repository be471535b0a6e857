package org.lanewise.cli.boost;

import java.util.List;

import org.lanewise.boosting.BoostingModel;
import org.lanewise.boosting.BoostingParams;
import org.lanewise.boosting.FitListener;
import org.lanewise.boosting.Sampling;
import org.lanewise.boosting.objective.Metric;
import org.lanewise.boosting.table.BoostConfig;
import org.lanewise.boosting.table.BoostTrainer;
import org.lanewise.cli.CommandException;
import org.lanewise.cli.config.Settings;
import org.lanewise.cli.search.Scorer;
import org.lanewise.cli.search.SettingsSearch;
import org.lanewise.optim.search.SearchSpace;
import org.lanewise.tabular.Split;

/**
 * What {@code boost train --search} searches and how it scores: by the rows that say when to stop, or by the rows held out of
 * each fold. Rows are binned once for all trials.
 */
final class BoostSearch {
    private static final int MOST_LEAVES = 255;
    private static final int MOST_IN_LEAF = 200;

    private BoostSearch() {}

    /**
     * The search of a training.
     *
     * @param settings which of them the command line gives
     * @param rows     to train on; the test rows are not among them
     * @param folds    null for one validation part
     */
    static SettingsSearch<BoostConfig> of(BoostTrainer trainer, Settings<BoostConfig> settings, int[] rows,
            Integer folds, String fingerprint) {
        BoostConfig given = trainer.config();
        if (given.sampling().method() == Sampling.Method.NONE && !settings.isFixed("sampling.method"))
            given = Settings.of(given).flag("--search", "sampling.method", Sampling.Method.BAGGING).build();
        Metric metric = Metric.defaultFor(trainer.objective());
        return new SettingsSearch<>(given, SettingsSearch.free(space(given, rows.length), settings), metric.name(),
                metric.higherIsBetter(), given.seed(), fingerprint + " " + metric.name() + " folds " + folds,
                folds == null ? onPart(trainer, rows) : onFolds(trainer, folds, metric));
    }

    private static SearchSpace space(BoostConfig given, int rows) {
        int inLeaf = Math.clamp(rows / 20, 2, MOST_IN_LEAF);
        SearchSpace.Builder space = SearchSpace.builder().logReal("learningRate", 0.02, 0.3)
                .logInteger("leaves", 4, Math.clamp(rows / 10, 8, MOST_LEAVES))
                .logInteger("minDataInLeaf", Math.min(3, inLeaf), inLeaf).logReal("l2", 1e-3, 100)
                .real("featureFraction", 0.4, 1);
        if (given.sampling().method() == Sampling.Method.BAGGING) space.real("sampling.fraction", 0.5, 1);
        return space.build();
    }

    private static Scorer<BoostConfig> onPart(BoostTrainer trainer, int[] rows) {
        BoostTrainer.Prepared prepared = trainer.prepare(rows);
        if (prepared.valid().length == 0)
            throw CommandException.badInput("--search: no rows to judge by; set validFraction above 0, or say --folds");
        return (config, reports) -> last(trainer.with(config).fit(prepared, paced(config, reports), null));
    }

    /** The first metric of the validation part in the round that is kept. */
    private static double last(BoostingModel model) {
        if (model.bestRound() == 0) return Double.NaN; // nothing could be split
        return model.history().curves().getFirst().values()[model.bestRound() - 1];
    }

    /**
     * Reports whenever the learning rates of the rounds add up to one more whole number: a slow learner is compared with a
     * fast one that has come as far, not with one that has grown as many trees.
     */
    private static FitListener paced(BoostConfig config, Scorer.Reports reports) {
        double rate = config.mode() == BoostingParams.Mode.RANDOM_FOREST ? 0.1 : config.learningRate();
        return round -> {
            int step = (int) (rate * round.number());
            if (step > (int) (rate * (round.number() - 1))) reports.at(step, round.measured().getFirst().value());
            return true;
        };
    }

    private static Scorer<BoostConfig> onFolds(BoostTrainer trainer, int folds, Metric metric) {
        List<Split.Fold> all = trainer.folds(folds);
        List<BoostTrainer.Prepared> prepared = all.stream().map(fold -> trainer.prepare(fold.train())).toList();
        return (config, reports) -> {
            BoostTrainer fitted = trainer.with(config);
            double sum = 0;
            for (int f = 0; f < prepared.size(); f++) {
                BoostingModel model = fitted.fit(prepared.get(f), _ -> true, null);
                sum += fitted.measure(metric, model, all.get(f).test());
                reports.at(f + 1, sum / (f + 1));
            }
            return sum / prepared.size();
        };
    }
}
