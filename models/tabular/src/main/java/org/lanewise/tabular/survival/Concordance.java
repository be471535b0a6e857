package org.lanewise.tabular.survival;

/**
 * How well a risk ranks survival. A pair is comparable if one subject has the event at a time when the other is known to be
 * still free of it: a longer time, or the same time but censored. It is concordant if the one with the event had the higher
 * risk, discordant if the lower, and tied if the risks are equal. Two events at one time do not make a pair. These are the
 * rules of R's {@code survival::concordance}.
 *
 * <pre>{@code
 * double c = Concordance.harrell(outcomes, risk, 10).index();
 * }</pre>
 *
 * @param concordant
 *            weight of concordant pairs
 * @param discordant
 *            weight of discordant pairs
 * @param tied
 *            weight of comparable pairs with equal risk
 */
public record Concordance(double concordant, double discordant, double tied) {

    /** (concordant + tied/2) / (concordant + discordant + tied); NaN without comparable pairs. */
    public double index() {
        return (concordant + tied / 2) / (concordant + discordant + tied);
    }

    public double comparable() {
        return concordant + discordant + tied;
    }

    /** Harrell's C over the whole follow-up; a higher risk should mean an earlier event. */
    public static Concordance harrell(Survival data, double[] risk) {
        return ConcordanceCounter.harrell(data, risk).count();
    }

    /** Harrell's C of the follow-up up to {@code horizon}: later events count as censored at it. */
    public static Concordance harrell(Survival data, double[] risk, double horizon) {
        return ConcordanceCounter.harrell(data.censoredAt(horizon), risk).count();
    }

    /** Only pairs inside one stratum count, e.g. people of the same age. */
    public static Concordance stratified(Survival data, double[] risk, int[] strata) {
        return ConcordanceCounter.stratified(data, risk, strata).count();
    }

    /**
     * Uno's C up to {@code horizon}: each pair is weighted by 1/G(t-)^2, the inverse probability of both being uncensored just
     * before the event time, so that the estimate does not depend on the censoring (Uno et al. 2011).
     */
    public static Concordance uno(Survival data, double[] risk, double horizon) {
        return ConcordanceCounter.uno(data.censoredAt(horizon), risk).count();
    }
}
