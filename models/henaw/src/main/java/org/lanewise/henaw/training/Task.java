package org.lanewise.henaw.training;

import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.loss.CoxLoss;
import org.lanewise.henaw.data.Disease;
import org.lanewise.nn.loss.GaussianNll;
import org.lanewise.nn.loss.Losses;

/** What an ensemble learns: the number of outputs and the loss of a batch. */
public sealed interface Task {
    /** Name in checkpoints and logs. */
    String name();

    /** Columns of the network's output. */
    int outputs();

    /** The loss of the people in {@code rows}, or null if they teach nothing (no deaths). */
    Variable loss(Variable output, int[] rows);

    /** Age by a Gaussian head: mean and logarithm of the deviation, both in standard deviations of the training ages. */
    record Age(float[] target, double mean, double sd) implements Task {
        /** The variance weighting that keeps hard people from being ignored (Seitzer et al. 2022). */
        private static final double BETA = .5;
        private static final float LOWEST = -4;
        private static final float HIGHEST = 2;

        /** The ages, standardised. */
        public static Age of(double[] ages) {
            double mean = 0;
            for (double a : ages)
                mean += a / ages.length;
            double ss = 0;
            for (double a : ages)
                ss += (a - mean) * (a - mean);
            double sd = Math.sqrt(ss / (ages.length - 1));
            float[] target = new float[ages.length];
            for (int i = 0; i < target.length; i++)
                target[i] = (float) ((ages[i] - mean) / sd);
            return new Age(target, mean, sd);
        }

        /** The predicted deviation in years of an output. */
        public static double deviation(float output, double sd) {
            return sd * Math.exp(Math.min(Math.max(output, LOWEST), HIGHEST));
        }

        @Override
        public String name() {
            return "age";
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public Variable loss(Variable output, int[] rows) {
            float[] y = new float[rows.length];
            for (int k = 0; k < y.length; k++)
                y[k] = target[rows[k]];
            Variable logVariance = output.slice(1, 1, 2).clamp(LOWEST, HIGHEST).mul(2);
            return GaussianNll.standard().beta(BETA).apply(output.slice(1, 0, 1), logVariance,
                    Tensor.of(y, y.length, 1));
        }
    }

    /** Death by Cox's partial likelihood within the batch. */
    record Mortality(float[] time, boolean[] event) implements Task {
        /** Follow-up cut at the horizon, in years. */
        public static Mortality of(double[] time, double[] event, double horizon) {
            float[] t = new float[time.length];
            boolean[] e = new boolean[time.length];
            for (int i = 0; i < t.length; i++) {
                t[i] = (float) Math.min(time[i], horizon);
                e[i] = event[i] == 1 && time[i] <= horizon;
            }
            return new Mortality(t, e);
        }

        @Override
        public String name() {
            return "mortality";
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Variable loss(Variable output, int[] rows) {
            float[] t = new float[rows.length];
            boolean[] e = new boolean[rows.length];
            boolean any = false;
            for (int k = 0; k < t.length; k++) {
                t[k] = time[rows[k]];
                e[k] = event[rows[k]];
                any |= e[k];
            }
            return any ? CoxLoss.breslow().apply(output, t, e) : null;
        }
    }

    /**
     * A disease, by binary cross-entropy of its log odds. The network learns how far somebody is from the training people's
     * log odds, which are added to its output: the linear path has no intercept.
     *
     * @param disease which
     * @param target  1 or 0 for every person
     * @param offset  log odds of all training people together
     */
    record Sickness(Disease disease, float[] target, double offset) implements Task {
        /** @param labels 1 or 0, both present */
        public static Sickness of(Disease disease, double[] labels) {
            float[] target = new float[labels.length];
            double cases = 0;
            for (int i = 0; i < target.length; i++) {
                target[i] = (float) labels[i];
                cases += labels[i];
            }
            return new Sickness(disease, target, StrictMath.log(cases / (labels.length - cases)));
        }

        @Override
        public String name() {
            return disease.label();
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Variable loss(Variable output, int[] rows) {
            float[] y = new float[rows.length];
            for (int k = 0; k < y.length; k++)
                y[k] = target[rows[k]];
            return Losses.bceWithLogits(output.add((float) offset), Tensor.of(y, y.length, 1));
        }
    }
}
