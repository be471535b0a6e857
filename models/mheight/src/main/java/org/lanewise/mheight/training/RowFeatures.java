package org.lanewise.mheight.training;

import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.HeightRows;
import org.lanewise.mheight.network.PublishedNetwork;

/**
 * How rows enter the published network: P flattened, padded with zeros to 20 numbers, each place standardised by the training rows.
 * Places mean different things for different k, as published.
 */
public record RowFeatures(float[] mean, float[] deviation) {
    /** Fits on training rows. A place that does not vary keeps a deviation of 1. */
    public static RowFeatures fit(HeightRows rows) {
        double[] sum = new double[PublishedNetwork.ENTRIES];
        double[] squares = new double[sum.length];
        for (double[] p : rows.p())
            for (int e = 0; e < p.length; e++) {
                sum[e] += p[e];
                squares[e] += p[e] * p[e];
            }
        float[] mean = new float[sum.length];
        float[] deviation = new float[sum.length];
        for (int e = 0; e < sum.length; e++) {
            double centre = sum[e] / rows.size();
            double variance = squares[e] / rows.size() - centre * centre;
            mean[e] = (float) centre;
            deviation[e] = variance > 0 ? (float) Math.sqrt(variance) : 1;
        }
        return new RowFeatures(mean, deviation);
    }

    /** {@code [rows, 20]} of matrices with at most 20 entries. */
    public Tensor of(double[][] p) {
        int width = PublishedNetwork.ENTRIES;
        float[] x = new float[p.length * width];
        for (int i = 0; i < p.length; i++)
            for (int e = 0; e < width; e++)
                x[i * width + e] = ((e < p[i].length ? (float) p[i][e] : 0) - mean[e]) / deviation[e];
        return Tensor.of(x, p.length, width);
    }
}
