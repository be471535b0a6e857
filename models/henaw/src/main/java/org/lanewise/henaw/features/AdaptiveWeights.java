package org.lanewise.henaw.features;

import java.util.List;
import org.lanewise.henaw.data.Cohort;
import org.lanewise.henaw.data.Marker;

/**
 * How much each marker counts before anything is learnt: steadier markers more. Per age window,
 *
 * <pre>
 * w_i = p softmax_i(-CV_i / T),   CV_i = standard deviation / mean of the raw positive values
 * </pre>
 *
 * so the weights average 1. Windows are decades of age; between their middles the weights are interpolated. When age is
 * the target there is one window.
 *
 * <p>The published system took the CV of z-scores, whose mean is nearly 0: its weights collapsed on whichever marker had
 * the smallest, and with T = 0.5 nothing else reached the network. Raw values and T = {@value #TEMPERATURE} keep every
 * marker in play.
 */
final class AdaptiveWeights {
    static final double TEMPERATURE = 2;
    private static final double FIRST_MIDDLE = 25;
    private static final double STEP = 10;
    private static final int WINDOWS = 7;
    /** A window with fewer people borrows the coefficients of all ages. */
    private static final int FEWEST = 50;

    private final double[][] windows;

    AdaptiveWeights(double[][] windows) {
        this.windows = windows;
    }

    static AdaptiveWeights fit(Cohort people, List<Marker> markers, boolean byAge) {
        double[][] windows = new double[byAge ? WINDOWS : 1][markers.size()];
        for (int w = 0; w < windows.length; w++) {
            double middle = FIRST_MIDDLE + STEP * w;
            for (int j = 0; j < markers.size(); j++) {
                double cv = byAge
                        ? variation(people, markers.get(j), middle - STEP / 2, middle + STEP / 2)
                        : Double.NaN;
                if (Double.isNaN(cv))
                    cv = variation(people, markers.get(j), 0, Double.POSITIVE_INFINITY);
                windows[w][j] = -cv / TEMPERATURE;
            }
            softmax(windows[w]);
        }
        return new AdaptiveWeights(windows);
    }

    private static double variation(Cohort people, Marker marker, double from, double to) {
        double n = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < people.size(); i++) {
            double v = people.value(marker, i);
            if (v > 0 && people.age(i) >= from && people.age(i) < to) {
                n++;
                sum += v;
                squares += v * v;
            }
        }
        boolean everybody = to == Double.POSITIVE_INFINITY;
        if (n < (everybody ? 1 : FEWEST))
            return everybody ? 0 : Double.NaN;
        double mean = sum / n;
        return Math.sqrt(Math.max(squares / n - mean * mean, 0)) / mean;
    }

    private static void softmax(double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            x[j] = StrictMath.exp(x[j]);
            sum += x[j];
        }
        for (int j = 0; j < x.length; j++)
            x[j] *= x.length / sum;
    }

    /** Writes the weights of someone of this age. */
    void write(double age, float[] out, int at, int stride) {
        double position = windows.length == 1
                ? 0
                : Math.min(Math.max((age - FIRST_MIDDLE) / STEP, 0), windows.length - 1);
        int low = (int) Math.min(position, Math.max(windows.length - 2, 0));
        int high = Math.min(low + 1, windows.length - 1);
        double share = position - low;
        for (int j = 0; j < windows[0].length; j++)
            out[at + j * stride] = (float) (windows[low][j] + share * (windows[high][j] - windows[low][j]));
    }

    double[][] windows() {
        double[][] copy = new double[windows.length][];
        for (int w = 0; w < copy.length; w++)
            copy[w] = windows[w].clone();
        return copy;
    }
}
