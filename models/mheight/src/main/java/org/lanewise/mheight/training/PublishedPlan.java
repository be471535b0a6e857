package org.lanewise.mheight.training;

/**
 * How the published network is trained, with the published recommendations as switches.
 *
 * @param rowsPerGroup rows drawn for each of the nine groups: 12,000 make the published 108,000
 * @param validation   share of validation rows, split by orbit
 * @param epochs       passes at most
 * @param batch        rows of a step
 * @param rate         of AdamW
 * @param decay        of AdamW, decoupled
 * @param patience     epochs without improvement until the end
 * @param plateau      epochs without improvement until the rate is halved, down to 1e-6
 * @param dropout      after every dense layer; below 0 for the published .2 and .3
 * @param l2           times the sum of squares of dense weights, added to the loss
 * @param groupWeights whether rows weigh 1 / 1.5 / 2 / 3 / 5 by their group's difficulty
 * @param noise        standard deviation of noise on P, in deviations of its entries, new in each epoch; the labels are then wrong
 * @param interpolation extra training rows, as a share of the training rows, whose P and label lie between those of two rows of their
 *                     group; the labels are then wrong ({@link org.lanewise.mheight.data.LabelControl})
 * @param symmetry     whether each row is shown as a random twin in each epoch ({@link org.lanewise.mheight.data.Symmetry})
 * @param curriculum   whether the first quarter of the epochs shows easy groups only, the second quarter easy and medium ones
 * @param members      networks of an ensemble, averaged in log2
 * @param models       one network for all groups, or one for each tier or group
 * @param leak         an ablation that shows what the published split did: rows are copied before they are split at random
 */
public record PublishedPlan(int rowsPerGroup, double validation, int epochs, int batch, double rate, double decay,
        int patience, int plateau, double dropout, double l2, boolean groupWeights, double noise, double interpolation,
        boolean symmetry, boolean curriculum, int members, Models models, boolean leak) {

    /** How groups are shared out among networks. */
    public enum Models {
        ONE, TIER, GROUP
    }

    /** Checks the ranges. */
    public PublishedPlan {
        require(rowsPerGroup >= 10, "rowsPerGroup must be 10 or more");
        require(validation > 0 && validation < 1, "validation must be between 0 and 1");
        require(epochs >= 1 && batch >= 2, "epochs must be 1 or more, batch 2 or more");
        require(rate > 0 && decay >= 0 && l2 >= 0 && noise >= 0,
                "rate must be positive, decay, l2 and noise not negative");
        require(interpolation >= 0 && interpolation <= 1, "interpolation must be 0 to 1");
        require(patience >= 1 && plateau >= 1, "patience and plateau must be 1 or more");
        require(dropout < 1, "dropout must be below 1");
        require(members >= 1, "members must be 1 or more");
    }

    private static void require(boolean holds, String message) {
        if (!holds) throw new IllegalArgumentException(message);
    }

    /** The published run. */
    public static PublishedPlan defaults() {
        return new PublishedPlan(12_000, .15, 200, 256, 1e-3, 1e-4, 50, 20, -1, 0, false, 0, 0, false, false, 1,
                Models.ONE, false);
    }

    /** The published recommendation for the gated network: group weights, dropout .4, half the rate, ten times the decay. */
    public static PublishedPlan recommended() {
        return new PublishedPlan(12_000, .15, 200, 256, 5e-4, 1e-3, 30, 20, .4, 0, true, 0, 0, false, false, 1,
                Models.ONE, false);
    }

    /** The same with fewer rows and epochs. */
    public PublishedPlan shorter(int rows, int passes) {
        return new PublishedPlan(rows, validation, passes, batch, rate, decay, patience, plateau, dropout, l2,
                groupWeights, noise, interpolation, symmetry, curriculum, members, models, leak);
    }
}
