package org.lanewise.linear;

import java.util.Arrays;

/**
 * The log partial likelihood with its first two derivatives by the coefficients, in one sweep over the risk sets:
 * O(n p^2) time, O(p^2) memory.
 */
final class CoxInformation {
    private final RiskSets sets;
    private final Ties ties;
    private final int p;
    /** Predictors by position of the sweep, row after row. */
    private final double[] x;

    double logLikelihood;
    final double[] score;
    /** Minus the second derivatives. Lower triangle only. */
    final double[][] information;

    // Sums over the risk set and over the events of one time: weight, weighted x, weighted x x' (lower triangle, packed).
    private double risk0;
    private final double[] risk1;
    private final double[] risk2;
    private double event0;
    private final double[] event1;
    private final double[] event2;

    CoxInformation(RiskSets sets, Ties ties, double[][] columns) {
        this.sets = sets;
        this.ties = ties;
        p = columns.length;
        x = new double[sets.row.length * p];
        for (int j = 0; j < p; j++) {
            for (int i = 0; i < sets.row.length; i++) {
                x[i * p + j] = columns[j][sets.row[i]];
            }
        }
        score = new double[p];
        information = new double[p][p];
        risk1 = new double[p];
        event1 = new double[p];
        risk2 = new double[p * (p + 1) / 2];
        event2 = new double[p * (p + 1) / 2];
    }

    /** Sets {@link #logLikelihood}, {@link #score} and {@link #information}. */
    void evaluate(double[] beta) {
        logLikelihood = 0;
        Arrays.fill(score, 0);
        for (double[] line : information) {
            Arrays.fill(line, 0);
        }
        double[] eta = new double[sets.row.length];
        for (int i = 0; i < eta.length; i++) {
            for (int j = 0; j < p; j++) {
                eta[i] += beta[j] * x[i * p + j];
            }
        }
        for (int s = 0; s + 1 < sets.stratum.length; s++) {
            stratum(s, eta);
        }
    }

    private void stratum(int s, double[] eta) {
        int from = sets.start[sets.stratum[s]];
        int to = sets.start[sets.stratum[s + 1]];
        double largest = Double.NEGATIVE_INFINITY; // Taken out of every exp; it cancels.
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, eta[i]);
        }
        risk0 = 0;
        Arrays.fill(risk1, 0);
        Arrays.fill(risk2, 0);
        int gone = from;
        for (int g = sets.stratum[s]; g < sets.stratum[s + 1]; g++) {
            for (int i = sets.start[g]; i < sets.start[g + 1]; i++) {
                risk0 += add(i, sets.weight[i] * Math.exp(eta[i] - largest), risk1, risk2);
            }
            for (; sets.leaver.length > 0 && gone < sets.leaves[g]; gone++) {
                int i = sets.leaver[gone];
                risk0 += add(i, -sets.weight[i] * Math.exp(eta[i] - largest), risk1, risk2);
            }
            if (sets.events[g] > sets.start[g]) {
                eventsOf(g, eta, largest);
            }
        }
    }

    private double add(int position, double w, double[] first, double[] second) {
        int at = position * p;
        for (int j = 0, k = 0; j < p; j++) {
            double wx = w * x[at + j];
            first[j] += wx;
            for (int l = 0; l <= j; l++) {
                second[k++] += wx * x[at + l];
            }
        }
        return w;
    }

    private void eventsOf(int g, double[] eta, double largest) {
        int from = sets.start[g];
        int to = sets.events[g];
        double weight = 0;
        for (int i = from; i < to; i++) {
            weight += sets.weight[i];
            logLikelihood += sets.weight[i] * (eta[i] - largest);
            for (int j = 0; j < p; j++) {
                score[j] += sets.weight[i] * x[i * p + j];
            }
        }
        if (ties == Ties.BRESLOW || to - from == 1) {
            term(weight, 0);
            return;
        }
        event0 = 0;
        Arrays.fill(event1, 0);
        Arrays.fill(event2, 0);
        for (int i = from; i < to; i++) {
            event0 += add(i, sets.weight[i] * Math.exp(eta[i] - largest), event1, event2);
        }
        for (int k = 0; k < to - from; k++) {
            term(weight / (to - from), k / (double) (to - from));
        }
    }

    /** One factor of the likelihood: the risk set less a share of the events. */
    private void term(double weight, double share) {
        double sum = risk0 - share * event0;
        logLikelihood -= weight * Math.log(sum);
        for (int j = 0, k = 0; j < p; j++) {
            double mean = (risk1[j] - share * event1[j]) / sum;
            score[j] -= weight * mean;
            for (int l = 0; l <= j; l++, k++) {
                double other = (risk1[l] - share * event1[l]) / sum;
                information[j][l] += weight * ((risk2[k] - share * event2[k]) / sum - mean * other);
            }
        }
    }
}
