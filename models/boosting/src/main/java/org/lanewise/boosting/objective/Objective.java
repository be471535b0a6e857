package org.lanewise.boosting.objective;

import org.lanewise.tabular.survival.Survival;

/**
 * A loss L(y, f) of a row's target and raw score f, by its first two derivatives in f. Immutable; {@link #bind} gives the
 * form that knows a training set.
 *
 * <pre>{@code
 * Objective logistic = Objective.logistic();

 * Objective ours = Objective.custom("logcosh", Link.IDENTITY, 0, (f, y) -> StrictMath.tanh(f - y),
 *         (f, y) -> 1 - StrictMath.tanh(f - y) * StrictMath.tanh(f - y));
 * }</pre>
 */
public interface Objective {

    /** As it is written in model files and given to {@link #parse}, LightGBM's name and parameters where it has one. */
    String name();

    /** Scores of a row: the number of classes for multiclass objectives, else 1. */
    default int scores() {
        return 1;
    }

    /** From scores to predictions. */
    Link link();

    /**
     * Checks the labels and prepares for them.
     *
     * @throws org.lanewise.tabular.BadInputException naming the first row whose label this loss does not allow
     */
    Bound bind(Target target);

    /** An objective and its training rows. Methods are called from one thread at a time and may use the worker pool. */
    interface Bound {

        /** The constant score to start from, one per class. */
        double[] initialScore();

        /**
         * Writes dL/df and d2L/df2 (at least 0; what is below counts as 0), times the row's weight.
         *
         * @param score    class after class: score of row i for class k at {@code k * rows + i}
         * @param gradient modified, same layout
         * @param hessian  modified, same layout
         */
        void gradients(double[] score, float[] gradient, float[] hessian);

        /** Whether every hessian is 1. */
        default boolean constantHessian() {
            return false;
        }

        /**
         * The best constant to add in a leaf, for losses whose second derivative says nothing (absolute error, quantiles).
         * Called only if {@link #renewsLeaves}, from several threads at once.
         *
         * @param rows  the rows of the leaf are {@code (int) rows[from .. to - 1]}
         * @param score before the tree
         */
        default double leafValue(long[] rows, int from, int to, double[] score) {
            throw new UnsupportedOperationException();
        }

        default boolean renewsLeaves() {
            return false;
        }
    }

    /** (f - y)^2 / 2. */
    static Objective squared() {
        return Objectives.SQUARED;
    }

    /** log(1 + exp(-(2y-1) f)), labels 0 and 1. */
    static Objective logistic() {
        return Logistic.BINARY;
    }

    /** -log softmax(f)_y, labels 0 .. classes - 1. */
    static Objective softmax(int classes) {
        return new SoftmaxObjective(classes);
    }

    /** |f - y|. */
    static Objective absolute() {
        return new Robust.Quantile(0.5, true);
    }

    /** (f - y)^2 / 2 within delta of the label, linear beyond. */
    static Objective huber(double delta) {
        return new Robust.Huber(delta);
    }

    /** The alpha-quantile's pinball loss. */
    static Objective quantile(double alpha) {
        return new Robust.Quantile(alpha, false);
    }

    /** exp(f) - y f for counts; predictions are exp(f). */
    static Objective poisson() {
        return new Regressions.Poisson(0.7);
    }

    /** f + y exp(-f) for positive amounts; predictions are exp(f). */
    static Objective gamma() {
        return new Regressions.Gamma();
    }

    /** For amounts that may be 0, variance mean^power, power between 1 and 2; predictions are exp(f). */
    static Objective tweedie(double power) {
        return new Regressions.Tweedie(power);
    }

    /** -y log p - (1 - y) log(1 - p), labels anywhere in [0, 1]. */
    static Objective crossEntropy() {
        return new Logistic(1, true);
    }

    /** A logistic loss per class, against all others. */
    static Objective oneVersusAll(int classes) {
        return new OneVersusAll(classes, 1);
    }

    /** Cox's partial likelihood; predictions are hazard ratios exp(f). Targets of {@link Target#of(Survival)}. */
    static Objective cox() {
        return new CoxObjective();
    }

    /**
     * Accelerated failure time; predictions are times. Targets of {@link Target#of(Survival)} or {@link Target#interval}.
     *
     * @param distribution of log time: "normal", "logistic" or "extreme"
     */
    static Objective aft(String distribution, double scale) {
        return new AcceleratedFailureTime(AcceleratedFailureTime.law(distribution), scale);
    }

    /** LambdaMART for the first 30 places; labels are relevances 0, 1, 2, ..., targets have groups. */
    static Objective lambdaMart() {
        return new LambdaMart(30, true);
    }

    /** A derivative of a loss of one score. */
    @FunctionalInterface
    interface Derivative {
        double of(double score, double label);
    }

    /**
     * A loss of one's own. Its functions are called from several threads; results that shall not depend on the JIT need
     * {@code StrictMath}.
     *
     * @param name  kept in the model
     * @param start the initial score of every row
     */
    static Objective custom(String name, Link link, double start, Derivative gradient, Derivative hessian) {
        return new Custom(name, link, start, gradient, hessian);
    }

    /**
     * An objective by name, as LightGBM writes it: {@code regression}, {@code binary}, {@code multiclass num_class:3}, ...
     * Common other names ({@code squared}, {@code logistic}, {@code softmax}, ...) work too.
     *
     * @throws IllegalArgumentException naming what is known
     */
    static Objective parse(String text) {
        return Objectives.parse(text);
    }
}
