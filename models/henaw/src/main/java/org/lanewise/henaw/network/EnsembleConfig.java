package org.lanewise.henaw.network;

import org.lanewise.engine.Rng;
import org.lanewise.henaw.features.HenawFeatures;
import org.lanewise.henaw.features.SkipBasis;

/**
 * One deep ensemble and how its members are trained.
 *
 * @param members   networks that are averaged, at least 2
 * @param embed     width of a marker's encoding
 * @param hidden    width of the individual path
 * @param dropout   probability
 * @param basis     columns of the linear path
 * @param epochs    passes over the data
 * @param batch     people per step
 * @param skipRate  learning rate of the linear path
 * @param deepRate  learning rate of everything else
 * @param decay     decoupled weight decay of everything but the linear path
 * @param net       the elastic net on the linear path
 * @param crossFit  whether member k is trained without the k-th part of the people, so that honest guesses exist for
 *                  everyone
 */
public record EnsembleConfig(int members, int embed, int hidden, double dropout, SkipBasis.Kind basis, int epochs,
        int batch,
        double skipRate, double deepRate, double decay, HierarchicalElasticNet net, boolean crossFit) {
    /** Checks the ranges. */
    public EnsembleConfig {
        require(members >= 2 && members <= 64, "members must be 2 to 64");
        require(embed >= 1 && embed <= 256 && hidden >= 2 && hidden <= 4096, "embed or hidden out of range");
        require(dropout >= 0 && dropout < 1, "dropout must be in [0, 1)");
        require(epochs >= 1 && batch >= 2, "epochs and batch must be positive");
        require(skipRate > 0 && deepRate > 0 && decay >= 0, "learning rates must be positive, decay not negative");
    }

    /**
     * A new network of this kind.
     *
     * @param outputs columns of its output
     * @param rng     draws its weights
     */
    public HenawNetwork network(HenawFeatures features, int outputs, Rng rng) {
        return new HenawNetwork(features, embed, hidden, dropout, outputs, rng);
    }

    private static void require(boolean holds, String message) {
        if (!holds)
            throw new IllegalArgumentException(message);
    }

    /**
     * Multiply-adds of one evaluation of all members.
     *
     * @param outputs output columns of a member: 1 for a log hazard, 2 for mean and log deviation
     */
    public long multiplyAdds(HenawFeatures features, int outputs) {
        return members * new NetworkShape(features.layout(), features.systems(), embed, hidden, HenawNetwork.GATE,
                HenawNetwork.JOINT, outputs).multiplyAdds();
    }
}
