package org.lanewise.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The matrices of a product, the same for every peer. They warm up for longer than the others: with a thread on each core the
 * compiler gets its turn late, and the first second measures what it has not compiled yet.
 */
@Warmup(iterations = 10, time = 350, timeUnit = TimeUnit.MILLISECONDS)
public abstract class GemmInputs extends Timed {
    /** Rows x columns x length of the sums, or one number for all; then {@code NT}, {@code TN}: a factor stored transposed. */
    @Param({"128", "256", "512", "1024", "512NT", "512TN"})
    public String shape;

    int m;
    int n;
    int k;
    boolean transposedA;
    boolean transposedB;
    float[] a;
    float[] b;
    float[] c;

    /** Fills the factors. */
    void inputs() {
        int[] sizes = sizes(shape);
        m = sizes[0];
        n = sizes[1];
        k = sizes[2];
        transposedA = shape.contains("T") && shape.charAt(shape.length() - 2) == 'T';
        transposedB = shape.endsWith("T");
        a = Data.normal("a", m, k).data();
        b = Data.normal("b", k, n).data();
        c = new float[m * n];
    }

    static int[] sizes(String shape) {
        String[] parts = shape.replaceAll("[NT]", "").split("x");
        int[] sizes = new int[3];
        for (int i = 0; i < 3; i++) sizes[i] = Integer.parseInt(parts[parts.length == 1 ? 0 : i]);
        return sizes;
    }
}
