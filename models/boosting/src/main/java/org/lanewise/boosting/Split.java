package org.lanewise.boosting;

/** A way to split a leaf; mutable, filled by the finders. */
final class Split {
    /** -1: none found. */
    int feature;
    /** Above 0 for a split worth making. */
    double gain;
    /** Numeric: bins up to this one go left. */
    int threshold;
    /** Whether missing values go left. */
    boolean missingLeft;
    /** Categories: the bins that go left, as 256 bits; {@code null} for a numeric split. */
    long[] leftBins;
    double leftGradient;
    double leftHessian;
    double leftOutput;
    double rightGradient;
    double rightHessian;
    double rightOutput;
    /** L2 penalty that goes with this split. */
    double l2;
    /** The constraint of the split's feature: -1, 0 or 1. */
    int monotone;

    Split() {
        clear();
    }

    void clear() {
        feature = -1;
        gain = 0;
        leftBins = null;
    }

    boolean found() {
        return feature >= 0;
    }

    /** More gain, or as much by a feature further left. */
    boolean betterThan(Split other) {
        if (!found()) return false;
        return !other.found() || gain > other.gain || gain == other.gain && feature < other.feature;
    }

    void set(Split s) {
        feature = s.feature;
        gain = s.gain;
        threshold = s.threshold;
        missingLeft = s.missingLeft;
        leftBins = s.leftBins;
        leftGradient = s.leftGradient;
        leftHessian = s.leftHessian;
        leftOutput = s.leftOutput;
        rightGradient = s.rightGradient;
        rightHessian = s.rightHessian;
        rightOutput = s.rightOutput;
        l2 = s.l2;
        monotone = s.monotone;
    }

    /** 1 for each bin that goes left. */
    byte[] goesLeft(int missingBin) {
        byte[] left = new byte[256];
        for (int b = 0; b < 256; b++) {
            boolean goes = leftBins != null
                    ? (leftBins[b >> 6] >>> b & 1) != 0
                    : b == missingBin ? missingLeft : b <= threshold;
            left[b] = (byte) (goes ? 1 : 0);
        }
        return left;
    }
}
