package org.lanewise.boosting.objective;

import org.lanewise.tabular.BadInputException;

/** Checks and sums of labels. */
final class Labels {
    private Labels() {}

    /** {@code null} without weights. */
    static double[] weights(Target target) {
        if (!target.weighted()) return null;
        double[] weight = new double[target.rows()];
        for (int i = 0; i < weight.length; i++) weight[i] = target.weight(i);
        return weight;
    }

    static double weightedMean(double[] label, double[] weight) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < label.length; i++) {
            double w = weight == null ? 1 : weight[i];
            sum += w * label[i];
            total += w;
        }
        return sum / total;
    }

    /** Whole numbers from 0 below {@code classes}. */
    static int[] classes(Target target, int classes, String objective) {
        int[] code = new int[target.rows()];
        for (int i = 0; i < code.length; i++) {
            double y = target.label(i);
            if (!(y >= 0 && y < classes && y == Math.rint(y))) {
                throw bad(i, y, objective + " needs class numbers 0 to " + (classes - 1));
            }
            code[i] = (int) y;
        }
        return code;
    }

    static void range(Target target, double low, double high, boolean lowIncluded, String objective) {
        for (int i = 0; i < target.rows(); i++) {
            double y = target.label(i);
            if (!((lowIncluded ? y >= low : y > low) && y <= high)) {
                throw bad(i, y, objective + " needs labels " + (lowIncluded ? "from " : "above ") + low
                        + (high == Double.POSITIVE_INFINITY ? "" : " to " + high));
            }
        }
    }

    static void positiveUpper(Target target, String objective) {
        for (int i = 0; i < target.rows(); i++) {
            if (!(target.upper(i) > 0)) throw bad(i, target.upper(i), objective + " needs times above 0");
        }
    }

    private static BadInputException bad(int row, double value, String rule) {
        return BadInputException.at("").row(row + 1L).column("label").value(Double.toString(value)).because(rule);
    }

    /** log(p / (1 - p)) with p held away from 0 and 1, so that one class alone gives a finite score. */
    static double logOdds(double p) {
        double held = Math.max(1e-15, Math.min(1 - 1e-15, p));
        return StrictMath.log(held / (1 - held));
    }
}
