package org.lanewise.nn.loss;

import java.util.Arrays;

/**
 * The Cox partial log-likelihood and its gradient in double precision, O(n log n). Exponentials are StrictMath's, the same on
 * every machine.
 *
 * <p>Subjects are taken in order of falling time, so that the risk set of each time is what has been met so far. Its sum S
 * = sum w exp(eta) is kept as (max, sum / exp(max)), hence nothing overflows, nor does a late risk set of small hazards
 * vanish beside an early large one. The gradient goes the other way: A(t), the sum of W/S over the event times up to t, is
 * kept in logarithms, as exp(eta) A(t) is bounded although its factors are not.
 *
 * <p>With Efron's correction the d tied deaths at a time take part in the l-th of d terms with the fraction 1 - l/d only:
 * S<sub>l</sub> = S<sub>others</sub> + (1 - l/d) S<sub>deaths</sub>, a sum without cancellation.
 */
final class CoxRisk {
    private final double[] eta;
    private final float[] time;
    private final boolean[] event;
    private final float[] weight;
    private final boolean efron;

    /** Per group of equal times: where it ends in the order, log of the added A, and the same for the deaths themselves. */
    private final int[] groupEnd;
    private final double[] logA;
    private final double[] logADeaths;

    /** The partial log-likelihood. */
    double logLikelihood;
    /** Its derivative by each log hazard. */
    final double[] gradient;
    /** The summed weights of the deaths. */
    double deaths;

    /** @param weight may be null; @param stratum may be null */
    CoxRisk(double[] eta, float[] time, boolean[] event, float[] weight, int[] stratum, boolean efron) {
        this.eta = eta;
        this.time = time;
        this.event = event;
        this.weight = weight;
        this.efron = efron;
        this.gradient = new double[eta.length];
        this.groupEnd = new int[eta.length];
        this.logA = new double[eta.length];
        this.logADeaths = new double[eta.length];

        int[] order = order(time, stratum);
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && (stratum == null || stratum[order[to]] == stratum[order[from]])) to++;
            addStratum(order, from, to);
        }
    }

    private double weight(int i) {
        return weight == null ? 1 : weight[i];
    }

    /** Indices by stratum, then from the latest time to the earliest, then by index. */
    private static int[] order(float[] time, int[] stratum) {
        long[] keys = new long[time.length];
        for (int i = 0; i < keys.length; i++) keys[i] = (long) ~sortable(time[i]) << 32 | i;
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < keys.length; i++) order[i] = (int) keys[i];
        if (stratum == null) return order;
        for (int place = 0; place < keys.length; place++) {
            keys[place] = (long) stratum[order[place]] << 32 | place;
        }
        Arrays.sort(keys);
        int[] byStratum = new int[keys.length];
        for (int i = 0; i < keys.length; i++) byStratum[i] = order[(int) keys[i]];
        return byStratum;
    }

    /** An int that is ordered as the float is; 0 and -0 are the same. */
    private static int sortable(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    }

    private void addStratum(int[] order, int from, int to) {
        int groups = descend(order, from, to);
        ascend(order, from, groups);
    }

    /** From the latest time to the earliest: likelihood and, for each time, what it adds to A. */
    private int descend(int[] order, int from, int to) {
        double max = Double.NEGATIVE_INFINITY;
        double others = 0;
        int group = 0;
        for (int start = from, end; start < to; start = end, group++) {
            end = start + 1;
            while (end < to && time[order[end]] == time[order[start]]) end++;

            double raised = max;
            for (int k = start; k < end; k++) {
                if (weight(order[k]) > 0) raised = Math.max(raised, eta[order[k]]);
            }
            if (raised > max) others *= StrictMath.exp(max - raised);
            max = raised;

            double dying = 0;
            double dyingWeight = 0;
            int count = 0;
            for (int k = start; k < end; k++) {
                int i = order[k];
                double w = weight(i);
                if (w == 0) continue;
                double hazard = w * StrictMath.exp(eta[i] - max);
                if (event[i]) {
                    dying += hazard;
                    dyingWeight += w;
                    logLikelihood += w * eta[i];
                    count++;
                } else {
                    others += hazard;
                }
            }
            groupEnd[group] = end;
            addDeaths(group, max, others, dying, dyingWeight, count);
            others += dying;
        }
        return group;
    }

    private void addDeaths(int group, double max, double others, double dying, double dyingWeight, int count) {
        if (count == 0) {
            logA[group] = Double.NEGATIVE_INFINITY;
            logADeaths[group] = Double.NEGATIVE_INFINITY;
            return;
        }
        deaths += dyingWeight;
        double share = dyingWeight / count;
        double all = 0;
        double own = 0;
        int terms = efron ? count : 1;
        double termWeight = efron ? share : dyingWeight;
        for (int l = 0; l < terms; l++) {
            double present = 1 - (double) l / count;
            double risk = others + present * dying;
            logLikelihood -= termWeight * (max + StrictMath.log(risk));
            all += termWeight / risk;
            own += present * termWeight / risk;
        }
        logA[group] = StrictMath.log(all) - max;
        logADeaths[group] = StrictMath.log(own) - max;
    }

    /** From the earliest time to the latest: the gradient w (event - exp(eta) A). */
    private void ascend(int[] order, int from, int groups) {
        double before = Double.NEGATIVE_INFINITY;
        for (int group = groups - 1; group >= 0; group--) {
            int start = group == 0 ? from : groupEnd[group - 1];
            double after = logAdd(before, logA[group]);
            double forDeaths = logAdd(before, logADeaths[group]);
            for (int k = start; k < groupEnd[group]; k++) {
                int i = order[k];
                double w = weight(i);
                if (w == 0) continue;
                double expected = StrictMath.exp(eta[i] + (event[i] ? forDeaths : after));
                gradient[i] = w * ((event[i] ? 1 : 0) - expected);
            }
            before = after;
        }
    }

    /** log(exp(a) + exp(b)). */
    private static double logAdd(double a, double b) {
        double max = Math.max(a, b);
        if (max == Double.NEGATIVE_INFINITY) return max;
        return max + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - max));
    }
}
