package org.lanewise.tabular.survival;

/**
 * The mean squared error of forecast risks of an event by time t, with inverse-probability-of-censoring weights
 * ({@link CensoringWeights}):
 *
 * <pre>BS(t) = 1/n sum_i w_i(t) (1{T_i &lt;= t, event} - risk_i(t))^2</pre>
 *
 * @param value
 *            the score; 0 is perfect
 * @param reference
 *            the score of giving everyone the Kaplan-Meier risk of the same data
 */
public record BrierScore(double value, double reference) {

    /** 1 - value/reference: the share of the reference's error that is explained ("IPA", "scaled Brier"). */
    public double scaled() {
        return 1 - value / reference;
    }

    /**
     * The score at one time.
     *
     * @param risk
     *            the forecast probability of the event by {@code t}
     */
    public static BrierScore at(Survival data, double[] risk, double t) {
        return at(data, risk, t, KaplanMeier.ofCensoring(data), KaplanMeier.of(data));
    }

    private static BrierScore at(Survival data, double[] risk, double t, KaplanMeier censoring, KaplanMeier curve) {
        CensoringWeights.checkRisks(risk, data.size());
        double[] weights = CensoringWeights.at(data, t, censoring);
        boolean[] event = CensoringWeights.eventBy(data, t);
        double everyone = 1 - curve.at(t);
        double sum = 0;
        double reference = 0;
        for (int i = 0; i < weights.length; i++) {
            double outcome = event[i] ? 1 : 0;
            sum += weights[i] * (outcome - risk[i]) * (outcome - risk[i]);
            reference += weights[i] * (outcome - everyone) * (outcome - everyone);
        }
        return new BrierScore(sum / weights.length, reference / weights.length);
    }

    /**
     * The mean of the score over time, by the trapezoid rule between the given times.
     *
     * @param times
     *            at least two, rising
     * @param risk
     *            {@code [time][row]}
     */
    public static BrierScore integrated(Survival data, double[] times, double[][] risk) {
        if (times.length < 2 || risk.length != times.length) {
            throw new IllegalArgumentException(times.length + " times (two are needed) for risks at " + risk.length);
        }
        KaplanMeier censoring = KaplanMeier.ofCensoring(data);
        KaplanMeier curve = KaplanMeier.of(data);
        double value = 0;
        double reference = 0;
        BrierScore last = at(data, risk[0], times[0], censoring, curve);
        for (int i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("times must rise: " + times[i - 1] + ", " + times[i]);
            }
            BrierScore next = at(data, risk[i], times[i], censoring, curve);
            value += (times[i] - times[i - 1]) * (last.value + next.value) / 2;
            reference += (times[i] - times[i - 1]) * (last.reference + next.reference) / 2;
            last = next;
        }
        double span = times[times.length - 1] - times[0];
        return new BrierScore(value / span, reference / span);
    }
}
