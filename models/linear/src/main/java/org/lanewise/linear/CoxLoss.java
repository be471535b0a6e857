package org.lanewise.linear;

import java.util.Arrays;
import java.util.List;
import org.lanewise.tabular.survival.StepFunction;

/**
 * The negative log partial likelihood as a function of the linear predictor, with its gradient: O(n) time. Also gives the
 * baseline hazard, whose increments the gradient needs anyway. Not thread-safe.
 */
final class CoxLoss {
    private final RiskSets sets;
    private final Ties ties;
    /** By group: the hazard to those at risk, and the smaller one that Efron gives to the events of that time themselves. */
    private final double[] hazard;
    private final double[] ownHazard;
    private final double[] shift;
    /** By position: weight times the hazard ratio, the latter relative to the largest of its stratum. */
    private final double[] ratio;

    CoxLoss(RiskSets sets, Ties ties) {
        this.sets = sets;
        this.ties = ties;
        hazard = new double[sets.time.length];
        ownHazard = new double[sets.time.length];
        shift = new double[sets.label.length];
        ratio = new double[sets.row.length];
    }

    /**
     * @param eta
     *            by row of the data
     * @param gradient
     *            by row of the data, overwritten; may be null
     */
    double evaluate(double[] eta, double[] gradient) {
        double loss = sweep(eta);
        if (gradient == null) {
            return loss;
        }
        Arrays.fill(gradient, 0);
        double[] after = new double[hazard.length + 1]; // Cumulative hazard of a group's time: groups run backwards in time.
        for (int s = 0; s < sets.label.length; s++) {
            double sum = 0;
            for (int g = sets.stratum[s + 1] - 1; g >= sets.stratum[s]; g--) {
                sum += hazard[g];
                after[g] = sum;
            }
            for (int i = sets.start[sets.stratum[s]]; i < sets.start[sets.stratum[s + 1]]; i++) {
                int g = sets.group[i];
                boolean event = i < sets.events[g];
                double until = after[g] - (event ? hazard[g] - ownHazard[g] : 0);
                double before = sets.leftAt[i] == sets.stratum[s + 1] ? 0 : after[sets.leftAt[i]];
                gradient[sets.row[i]] = ratio[i] * (until - before) - (event ? sets.weight[i] : 0);
            }
        }
        return loss;
    }

    /** The cumulative baseline hazard of each stratum where {@code eta} is 0: Breslow's, or Efron's with its treatment of ties. */
    List<StepFunction> baselines(double[] eta) {
        sweep(eta);
        StepFunction[] baselines = new StepFunction[sets.label.length];
        for (int s = 0; s < baselines.length; s++) {
            double[] times = new double[sets.stratum[s + 1] - sets.stratum[s]];
            double[] values = new double[times.length];
            int count = 0;
            double sum = 0;
            for (int g = sets.stratum[s + 1] - 1; g >= sets.stratum[s]; g--) {
                if (sets.events[g] > sets.start[g]) {
                    sum += hazard[g] * Math.exp(-shift[s]);
                    times[count] = sets.time[g];
                    values[count++] = sum;
                }
            }
            baselines[s] = StepFunction.of(0, Arrays.copyOf(times, count), Arrays.copyOf(values, count));
        }
        return List.of(baselines);
    }

    /** The least value that any predictors could reach: each time's events as far above the rest of the risk set as it takes. */
    double saturated() {
        double sum = 0;
        for (int g = 0; g < hazard.length; g++) {
            int tied = sets.events[g] - sets.start[g];
            double weight = 0;
            for (int i = sets.start[g]; i < sets.events[g]; i++) {
                weight += sets.weight[i];
            }
            for (int k = 0; k < tied; k++) {
                sum += weight / tied * Math.log(weight * (ties == Ties.EFRON ? 1 - k / (double) tied : 1));
            }
        }
        return sum;
    }

    /** Sets the hazards and shifts; returns the loss. */
    private double sweep(double[] eta) {
        double loss = 0;
        for (int s = 0; s < sets.label.length; s++) {
            int from = sets.start[sets.stratum[s]];
            double largest = Double.NEGATIVE_INFINITY; // Taken out of every exp; it cancels.
            for (int i = from; i < sets.start[sets.stratum[s + 1]]; i++) {
                largest = Math.max(largest, eta[sets.row[i]]);
            }
            shift[s] = largest;
            for (int i = from; i < sets.start[sets.stratum[s + 1]]; i++) {
                ratio[i] = sets.weight[i] * Math.exp(eta[sets.row[i]] - largest);
            }
            double risk = 0;
            int gone = from;
            for (int g = sets.stratum[s]; g < sets.stratum[s + 1]; g++) {
                for (int i = sets.start[g]; i < sets.start[g + 1]; i++) {
                    risk += ratio[i];
                }
                for (; sets.leaver.length > 0 && gone < sets.leaves[g]; gone++) {
                    risk -= ratio[sets.leaver[gone]];
                }
                loss += events(g, eta, largest, risk);
            }
        }
        return loss;
    }

    private double events(int g, double[] eta, double largest, double risk) {
        int tied = sets.events[g] - sets.start[g];
        double weight = 0;
        double shared = 0;
        double loss = 0;
        for (int i = sets.start[g]; i < sets.events[g]; i++) {
            weight += sets.weight[i];
            shared += ties == Ties.EFRON ? ratio[i] : 0;
            loss -= sets.weight[i] * (eta[sets.row[i]] - largest);
        }
        hazard[g] = 0;
        ownHazard[g] = 0;
        for (int k = 0; k < tied; k++) {
            double share = ties == Ties.EFRON ? k / (double) tied : 0;
            double sum = risk - share * shared;
            hazard[g] += weight / tied / sum;
            ownHazard[g] += (1 - share) * weight / tied / sum;
            loss += weight / tied * Math.log(sum);
        }
        return loss;
    }
}
