package org.lanewise.tabular.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Forecast probabilities against what happened, bin by bin: the points of a reliability diagram.
 *
 * <pre>{@code
 * Reliability r = Reliability.quantiles(probability, sick, 10, null);
 * double ece = r.expectedCalibrationError();
 * }</pre>
 *
 * @param bins
 *            those that hold rows, by rising probability
 */
public record Reliability(List<Bin> bins) {
    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * One bin.
     *
     * @param lower
     *            where it begins
     * @param upper
     *            where it ends
     * @param weight
     *            of its rows
     * @param meanProbability
     *            what was forecast
     * @param observed
     *            share that happened
     */
    public record Bin(double lower, double upper, double weight, double meanProbability, double observed) {
    }

    /** Equally wide bins; a probability on an edge belongs to the upper bin, 1 to the last. */
    public static Reliability uniform(double[] probability, boolean[] outcome, int bins, double[] weights) {
        double[] edges = new double[atLeastOne(bins) + 1];
        Arrays.setAll(edges, b -> (double) b / bins);
        return of(probability, outcome, edges, weights);
    }

    /** Bins that end at quantiles of the probabilities (without their weights), so that they hold about equally many rows. */
    public static Reliability quantiles(double[] probability, boolean[] outcome, int bins, double[] weights) {
        double[] sorted = probability.clone();
        Arrays.sort(sorted);
        TreeSet<Double> edges = new TreeSet<>();
        for (int b = 0; b <= atLeastOne(bins); b++) {
            edges.add(Quantiles.ofSorted(sorted, (double) b / bins));
        }
        return of(probability, outcome, edges.stream().mapToDouble(e -> e).toArray(), weights);
    }

    private static int atLeastOne(int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException(bins + " bins");
        }
        return bins;
    }

    private static Reliability of(double[] probability, boolean[] outcome, double[] edges, double[] weights) {
        if (probability.length != outcome.length || outcome.length == 0) {
            throw new IllegalArgumentException(probability.length + " probabilities for " + outcome.length + " rows");
        }
        Checks.weights(weights, outcome.length);
        int last = Math.max(0, edges.length - 2);
        double[] weight = new double[last + 1];
        double[] sum = new double[last + 1];
        double[] positive = new double[last + 1];
        for (int i = 0; i < outcome.length; i++) {
            double p = Checks.probability(probability[i], i);
            int found = Arrays.binarySearch(edges, p);
            int bin = Math.clamp(found >= 0 ? found : -found - 2, 0, last);
            double w = weights == null ? 1 : weights[i];
            weight[bin] += w;
            sum[bin] += w * p;
            positive[bin] += outcome[i] ? w : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b <= last; b++) {
            if (weight[b] > 0) {
                bins.add(new Bin(edges[b], edges[Math.min(b + 1, edges.length - 1)], weight[b], sum[b] / weight[b],
                        positive[b] / weight[b]));
            }
        }
        return new Reliability(bins);
    }

    /** The mean, weighted by bin, of |mean probability - share observed| (Naeini et al. 2015). */
    public double expectedCalibrationError() {
        double gap = 0;
        double total = 0;
        for (Bin bin : bins) {
            gap += bin.weight * Math.abs(bin.meanProbability - bin.observed);
            total += bin.weight;
        }
        return gap / total;
    }

    /** The largest gap of a bin. */
    public double maximumCalibrationError() {
        return bins.stream().mapToDouble(b -> Math.abs(b.meanProbability - b.observed)).max().orElse(Double.NaN);
    }
}
