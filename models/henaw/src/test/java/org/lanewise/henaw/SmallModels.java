package org.lanewise.henaw;

import java.util.List;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.henaw.published.PublishedConfig;
import org.lanewise.henaw.synth.RepairedGenerator;

/** Settings and people small enough for unit tests. */
final class SmallModels {
    /** 1,200 people of the repaired generator. */
    static final Cohort PEOPLE = RepairedGenerator.generate(1_200, 17);

    private SmallModels() {}

    /** Two members of four epochs in each ensemble. */
    static HenawConfig config() {
        EnsembleConfig age = new EnsembleConfig(2, 4, 8, .1, SkipBasis.Kind.HINGES, 4, 256, .01, .004, .01,
                new HierarchicalElasticNet(2e-3, 1e-4, 1e-4), true);
        EnsembleConfig mortality = new EnsembleConfig(2, 4, 8, .1, SkipBasis.Kind.LINEAR, 4, 400, .02, .003,
                .01, new HierarchicalElasticNet(5e-3, 1e-3, 1e-3), false);
        return new HenawConfig(HenawConfig.Variant.REPAIRED, HenawConfig.Target.AUTO, List.of(), 3, 10, age, mortality,
                mortality, .9, 18, 79, new PublishedConfig(3));
    }

    /** Trained on {@link #PEOPLE}. */
    static EnsembleModel model() {
        return model(config());
    }

    /** Trained on {@link #PEOPLE} with other settings. */
    static EnsembleModel model(HenawConfig config) {
        return (EnsembleModel) new HenawTrainer(config).train(PEOPLE).orElseThrow();
    }
}
