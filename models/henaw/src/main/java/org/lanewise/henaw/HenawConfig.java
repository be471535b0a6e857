package org.lanewise.henaw;

import java.util.List;
import org.lanewise.henaw.features.SkipBasis;
import org.lanewise.henaw.network.EnsembleConfig;
import org.lanewise.henaw.network.HierarchicalElasticNet;
import org.lanewise.henaw.published.PublishedConfig;

/**
 * Everything that decides a training; the defaults train on any cohort.
 *
 * @param variant       {@link Variant#REPAIRED}, or the published network with its faults
 * @param target        what to train; {@link Target#AUTO} is mortality where there are outcomes, else age
 * @param markers       short names of the markers to use; empty takes those of the nine that enough people have
 * @param seed          of everything random
 * @param horizonYears  of the absolute risk; later deaths count as alive
 * @param age           the age ensemble
 * @param mortality     the mortality ensemble
 * @param diseases      the ensemble of each disease; trained when its labels are present for enough people
 * @param intervalLevel nominal coverage of the age intervals
 * @param youngest      people below are not trained on
 * @param oldest        people above are not used for the age model (top-coded ages); mortality has no upper limit
 * @param published     the published variant
 */
public record HenawConfig(Variant variant, Target target, List<String> markers, long seed, double horizonYears,
        EnsembleConfig age, EnsembleConfig mortality, EnsembleConfig diseases, double intervalLevel, double youngest,
        double oldest, PublishedConfig published) {

    /** Which network. */
    public enum Variant {
        /** Repaired weighting, no age leak, intervals, survival. */
        REPAIRED,
        /** As published, 38,447 parameters. */
        PUBLISHED
    }

    /** What the final number is trained on. */
    public enum Target {
        /** Mortality when outcomes are present. */
        AUTO,
        /** Chronological age from markers and sex. */
        AGE,
        /** Death within the horizon, from age, sex and markers. */
        MORTALITY
    }

    /** Checks the ranges. */
    public HenawConfig {
        markers = List.copyOf(markers);
        published = published == null ? PublishedConfig.defaults() : published; // settings older than the component
        diseases = diseases == null ? defaultDiseases() : diseases;
        require(horizonYears > 0, "horizonYears must be positive");
        require(intervalLevel > 0 && intervalLevel < 1, "intervalLevel must be between 0 and 1");
        require(youngest >= 0 && youngest < oldest, "youngest must be below oldest");
    }

    private static void require(boolean holds, String message) {
        if (!holds)
            throw new IllegalArgumentException(message);
    }

    /**
     * The defaults. The mortality ensemble's size is what five-fold cross-validation inside NHANES III chooses, the cheapest of
     * sixteen that are all within one standard error of the best, by
     *
     * <pre>
     * henaw train --data nhanes3.csv.gz --format nhanes --folds 5 --compare mortality.embed=8,16
     *     --compare mortality.hidden=32,64 --compare mortality.basis=linear,quadratic --compare mortality.members=4,8
     * </pre>
     *
     * Wider networks overfit where there are fewer deaths: on 8,000 generated people with 850 deaths, E 16 and H 64 reach
     * 95 % of the concordance above chance that the oracle has, E 8 and H 32 reach 98 %.
     */
    public static HenawConfig defaults() {
        return new HenawConfig(Variant.REPAIRED, Target.AUTO, List.of(), 42, 10,
                new EnsembleConfig(5, 8, 64, .1, SkipBasis.Kind.HINGES, 40, 512, .01, .004, .01,
                        new HierarchicalElasticNet(2e-3, 1e-4, 1e-4), true),
                new EnsembleConfig(4, 8, 32, .1, SkipBasis.Kind.LINEAR, 30, 1024, .02, .003, .01,
                        new HierarchicalElasticNet(5e-3, 1e-3, 1e-3), false),
                defaultDiseases(), .9, 18, 79, PublishedConfig.defaults());
    }

    private static EnsembleConfig defaultDiseases() {
        return new EnsembleConfig(2, 8, 32, .1, SkipBasis.Kind.LINEAR, 15, 1024, .02, .003, .01,
                new HierarchicalElasticNet(5e-3, 1e-3, 1e-3), false);
    }

    /** The same for another seed. */
    public HenawConfig withSeed(long changed) {
        return new HenawConfig(variant, target, markers, changed, horizonYears, age, mortality, diseases, intervalLevel,
                youngest,
                oldest, published);
    }

    /** The same for the other variant. */
    public HenawConfig withVariant(Variant changed) {
        return new HenawConfig(changed, target, markers, seed, horizonYears, age, mortality, diseases, intervalLevel,
                youngest,
                oldest, published);
    }

    /** The same for another target. */
    public HenawConfig withTarget(Target changed) {
        return new HenawConfig(variant, changed, markers, seed, horizonYears, age, mortality, diseases, intervalLevel,
                youngest,
                oldest, published);
    }

    /** The same with other ensembles. */
    public HenawConfig withEnsembles(EnsembleConfig changedAge, EnsembleConfig changedMortality) {
        return new HenawConfig(variant, target, markers, seed, horizonYears, changedAge, changedMortality,
                diseases, intervalLevel,
                youngest, oldest, published);
    }
}
