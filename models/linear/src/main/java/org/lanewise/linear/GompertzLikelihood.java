package org.lanewise.linear;

import java.util.Arrays;

/** The log likelihood of {@link GompertzRegression} with its first two derivatives by (log a, b, beta). */
final class GompertzLikelihood {
    private static final double SERIES = 0.5;
    private final double[][] columns;
    private final double[] time;
    private final double[] entry;
    private final boolean[] event;
    private final double[] weight;

    double value;
    final double[] score;
    /** Minus the second derivatives. Lower triangle only. */
    final double[][] information;

    GompertzLikelihood(double[][] columns, double[] time, double[] entry, boolean[] event, double[] weight) {
        this.columns = columns;
        this.time = time;
        this.entry = entry;
        this.event = event;
        this.weight = weight;
        score = new double[columns.length + 2];
        information = new double[score.length][score.length];
    }

    void evaluate(double[] theta) {
        value = 0;
        Arrays.fill(score, 0);
        for (double[] line : information) {
            Arrays.fill(line, 0);
        }
        double b = theta[1];
        double[] x = new double[columns.length];
        for (int i = 0; i < time.length; i++) {
            if (weight[i] == 0) {
                continue;
            }
            double eta = theta[0];
            for (int j = 0; j < x.length; j++) {
                x[j] = columns[j][i];
                eta += theta[j + 2] * x[j];
            }
            double w = weight[i];
            double risk = w * Math.exp(eta);
            double hazard = risk * (moment(0, time[i], b) - moment(0, entry[i], b));
            double first = risk * (moment(1, time[i], b) - moment(1, entry[i], b));
            double second = risk * (moment(2, time[i], b) - moment(2, entry[i], b));
            double died = event[i] ? w : 0;
            value += died * (eta + b * time[i]) - hazard;
            score[0] += died - hazard;
            score[1] += died * time[i] - first;
            information[0][0] += hazard;
            information[1][0] += first;
            information[1][1] += second;
            for (int j = 0; j < x.length; j++) {
                score[j + 2] += (died - hazard) * x[j];
                information[j + 2][0] += hazard * x[j];
                information[j + 2][1] += first * x[j];
                for (int k = 0; k <= j; k++) {
                    information[j + 2][k + 2] += hazard * x[j] * x[k];
                }
            }
        }
    }

    /** The integral of s^k exp(b s) over s from 0 to t, for k = 0, 1, 2. */
    static double moment(int k, double t, double b) {
        double z = b * t;
        double shape;
        if (Math.abs(z) < SERIES) {
            shape = 0;
            double term = 1;
            for (int n = 0; n < 20; n++) {
                shape += term / (n + k + 1);
                term *= z / (n + 1);
            }
        } else {
            shape = switch (k) {
                case 0 -> Math.expm1(z) / z;
                case 1 -> (Math.exp(z) * (z - 1) + 1) / (z * z);
                default -> (Math.exp(z) * (z * z - 2 * z + 2) - 2) / (z * z * z);
            };
        }
        return k == 0 ? t * shape : k == 1 ? t * t * shape : t * t * t * shape;
    }
}
