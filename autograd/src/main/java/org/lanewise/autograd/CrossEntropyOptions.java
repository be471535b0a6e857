package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * How {@link Functions#crossEntropy} counts.
 *
 * @param smoothing the share of each target spread evenly over all classes, in [0, 1)
 * @param ignoreIndex the target that marks rows to leave out; {@value #NO_INDEX} when there is none
 * @param classWeights a factor for each class [C], or null
 * @param reduction the mean divides by the sum of the weights of the targets that count
 */
public record CrossEntropyOptions(double smoothing, int ignoreIndex, Tensor classWeights, LossReduction reduction) {
    /** Not a class and no ignored target either. */
    public static final int NO_INDEX = Integer.MIN_VALUE;

    /** Plain cross-entropy, the mean over the rows. */
    public static final CrossEntropyOptions DEFAULT = new CrossEntropyOptions(0, NO_INDEX, null, LossReduction.MEAN);

    public CrossEntropyOptions {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("crossEntropy: smoothing " + smoothing + " is not in [0, 1)");
        }
    }

    public CrossEntropyOptions withSmoothing(double smoothing) {
        return new CrossEntropyOptions(smoothing, ignoreIndex, classWeights, reduction);
    }

    public CrossEntropyOptions withIgnoreIndex(int ignoreIndex) {
        return new CrossEntropyOptions(smoothing, ignoreIndex, classWeights, reduction);
    }

    public CrossEntropyOptions withClassWeights(Tensor classWeights) {
        return new CrossEntropyOptions(smoothing, ignoreIndex, classWeights, reduction);
    }

    public CrossEntropyOptions withReduction(LossReduction reduction) {
        return new CrossEntropyOptions(smoothing, ignoreIndex, classWeights, reduction);
    }
}
