package org.lanewise.mheight.training;

/**
 * What a training took, over all its parts if it was interrupted and resumed. A step's time goes from its batch (on endless codes
 * their drawing and their exact labels too) over the forward and the backward pass to the update; validations and checkpoints are
 * between steps. A step's operations are the network's: a forward pass, and twice as many for the two products of its backward pass.
 * What the optimiser, the labels and element-wise functions compute is not counted: under a hundredth of a large network's step.
 *
 * @param seconds        wall time of all parts, validations and checkpoints included
 * @param earlierSeconds of these, before the run was last resumed; what was lost after its last checkpoint is not in them
 * @param epochs         whole epochs of all networks
 * @param steps          of all networks
 * @param stepSeconds    the median step; NaN if none was timed
 * @param lowSeconds     the step that nine tenths exceed: what a step takes while a shared machine is quiet
 * @param stepFlops      additions and multiplications of a step
 */
public record TrainingCost(double seconds, double earlierSeconds, int epochs, long steps, double stepSeconds,
        double lowSeconds, double stepFlops) {
    /** Nothing trained yet. */
    public static final TrainingCost NONE = new TrainingCost(0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
    /** Passes that a step is worth: a forward one, and two of its size backward. */
    static final int PASSES = 3;

    /** Both together; their steps' figures are means by the number of steps. */
    public TrainingCost plus(TrainingCost other) {
        return new TrainingCost(seconds + other.seconds, earlierSeconds + other.earlierSeconds, epochs + other.epochs,
                steps + other.steps, mean(stepSeconds, other, other.stepSeconds),
                mean(lowSeconds, other, other.lowSeconds), mean(stepFlops, other, other.stepFlops));
    }

    private double mean(double mine, TrainingCost other, double theirs) {
        if (Double.isNaN(mine)) return theirs;
        if (Double.isNaN(theirs)) return mine;
        return (steps * mine + other.steps * theirs) / (steps + other.steps);
    }

    /** The same with the wall time of a last part that did more than step. */
    public TrainingCost withLastPart(double lastSeconds) {
        return new TrainingCost(earlierSeconds + lastSeconds, earlierSeconds, epochs, steps, stepSeconds, lowSeconds,
                stepFlops);
    }
}
