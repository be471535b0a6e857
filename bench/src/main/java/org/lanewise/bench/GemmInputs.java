package org.lanewise.bench;

import org.openjdk.jmh.annotations.Param;

/** The matrices of a product, the same for every peer. */
public abstract class GemmInputs extends Timed {
    @Param({"128", "256", "384", "512", "768", "1024"})
    public String shape;
    /** Which factor is stored as its transpose. */
    @Param("NN")
    public String stored;

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
        transposedA = stored.charAt(0) == 'T';
        transposedB = stored.charAt(1) == 'T';
        a = Data.normal("a", m, k).data();
        b = Data.normal("b", k, n).data();
        c = new float[m * n];
    }

    static int[] sizes(String shape) {
        String[] parts = shape.split("x");
        int[] sizes = new int[3];
        for (int i = 0; i < 3; i++) sizes[i] = Integer.parseInt(parts[parts.length == 1 ? 0 : i]);
        return sizes;
    }
}
