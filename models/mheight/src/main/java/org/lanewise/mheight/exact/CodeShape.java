package org.lanewise.mheight.exact;

/**
 * Length n and dimension k of a systematic linear code over the reals, with generator matrix {@code G = [I | P]} of k rows; P has
 * k rows and n - k columns and is stored row by row.
 *
 * @param n length, 2 to {@value #LONGEST}
 * @param k dimension, 1 to n - 1
 */
public record CodeShape(int n, int k) {
    /** The greatest length the solver is made for; its tables grow as 2^n. */
    public static final int LONGEST = 12;

    /**
     * @throws IllegalArgumentException if n or k is out of range
     */
    public CodeShape {
        if (n < 2 || n > LONGEST)
            throw new IllegalArgumentException("code length n = " + n + "; it must be 2 to " + LONGEST);
        if (k < 1 || k >= n)
            throw new IllegalArgumentException("dimension k = " + k + " with n = " + n + "; it must be 1 to n - 1");
    }

    /** Columns of P, n - k: also the greatest m whose m-height can be finite. */
    public int parity() {
        return n - k;
    }

    /** Entries of P. */
    public int entries() {
        return k * (n - k);
    }

    /**
     * Whether m is one of 1 .. n - k, the heights the solver computes; those beyond are infinite for every P.
     */
    public boolean hasHeight(int m) {
        return m >= 1 && m <= n - k;
    }

    @Override
    public String toString() {
        return "n = " + n + ", k = " + k;
    }
}
