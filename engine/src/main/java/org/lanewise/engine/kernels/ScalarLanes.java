package org.lanewise.engine.kernels;

/** The reference for {@link LaneKernels}. */
public final class ScalarLanes implements LaneKernels {
    public static final ScalarLanes INSTANCE = new ScalarLanes();
    /** Splits a double into halves of 26 bits. */
    private static final double SPLITTER = 0x1p27 + 1;

    private ScalarLanes() {}

    @Override
    public void expand(double[] hi, double[] lo, int[] table, int at, int rows, int terms, int out) {
        for (int r = 0; r < rows; r++) {
            for (int l = 0; l < LANES; l++) {
                double sum = 0;
                double low = 0;
                for (int t = 0; t < terms; t++) {
                    double a = hi[table[at + 2 * t] + l];
                    double b = hi[table[at + 2 * t + 1] + l];
                    if ((t & 1) != 0) a = -a;
                    double product = a * b;
                    double rest = productError(a, b, product) + a * lo[table[at + 2 * t + 1] + l];
                    // Knuth's sum of two numbers and its exact error
                    double s = sum + product;
                    double added = s - sum;
                    low += sum - (s - added) + (product - added) + rest;
                    sum = s;
                }
                double rounded = sum + low;
                hi[out + r * LANES + l] = rounded;
                lo[out + r * LANES + l] = low - (rounded - sum);
            }
            at += 2 * terms;
        }
    }

    /** What rounding took from a product, exactly: by one instruction, else by Dekker's multiplication of halves (1971). */
    private static double productError(double a, double b, double product) {
        return Fused.HARDWARE ? Math.fma(a, b, -product) : dekker(a, b, product);
    }

    static double dekker(double a, double b, double product) {
        double wideA = SPLITTER * a;
        double highA = wideA - (wideA - a);
        double lowA = a - highA;
        double wideB = SPLITTER * b;
        double highB = wideB - (wideB - b);
        double lowB = b - highB;
        return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
    }

    @Override
    public int small(double[] x, double[] bounds, int[] table, int rows, double factor) {
        int lanes = 0;
        for (int r = 0; r < rows; r++)
            for (int l = 0; l < LANES; l++)
                if (!(Math.abs(x[table[2 * r] + l]) > factor * bounds[table[2 * r + 1] + l])) lanes |= 1 << l;
        return lanes;
    }

    @Override
    public void sums(double[] x, int[] table, int rows, int terms, double[] out) {
        for (int r = 0; r < rows; r++)
            for (int l = 0; l < LANES; l++) {
                double sum = x[table[r * terms] + l];
                for (int t = 1; t < terms; t++) sum += x[table[r * terms + t] + l];
                out[r * LANES + l] = sum;
            }
    }

    @Override
    public void ratios(double[] whole, double[] part, int[] table, int rows, double[] out, double[] most, int mo) {
        for (int l = 0; l < LANES; l++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int r = 0; r < rows; r++) {
                double p = part[table[2 * r + 1] + l];
                double ratio = p == 0 ? Double.POSITIVE_INFINITY : (whole[table[2 * r] + l] - p) / p;
                out[r * LANES + l] = ratio;
                if (ratio > largest) largest = ratio;
            }
            most[mo + l] = largest;
        }
    }

    @Override
    public void minima(double[] x, int[] table, int rows, int terms, double[] out, double[] most, int mo) {
        for (int l = 0; l < LANES; l++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int r = 0; r < rows; r++) {
                double least = x[table[r * terms] + l];
                for (int t = 1; t < terms; t++) {
                    double v = x[table[r * terms + t] + l];
                    if (v < least) least = v;
                }
                out[r * LANES + l] = least;
                if (least > largest) largest = least;
            }
            most[mo + l] = largest;
        }
    }
}
