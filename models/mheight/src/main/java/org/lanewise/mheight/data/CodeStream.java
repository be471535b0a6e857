package org.lanewise.mheight.data;

import org.lanewise.engine.Parallel;
import org.lanewise.engine.Rng;
import org.lanewise.mheight.exact.CodeShape;

/**
 * An endless numbered sequence of random codes of one shape. Code i depends on the seed, the law, the shape and i alone, so any
 * part can be made by itself and by any number of threads.
 *
 * <pre>{@code
 * CodeStream codes = new CodeStream(CodeLaw.D1, new CodeShape(9, 4), 42);
 * double[] p = codes.take(1_000_000, 1024); // numbers 1,000,000 to 1,001,023
 * }</pre>
 */
public final class CodeStream {
    /** Codes per task of the pool. */
    private static final int CHUNK = 1024;

    private final CodeLaw law;
    private final CodeShape shape;
    private final Rng rng;

    public CodeStream(CodeLaw law, CodeShape shape, long seed) {
        this.law = law;
        this.shape = shape;
        rng = Rng.of(seed).stream("mheight codes").stream(law.name()).stream(100L * shape.n() + shape.k());
    }

    public CodeShape shape() {
        return shape;
    }

    /** The matrices of codes {@code first .. first + count - 1}, row by row, one after the other. */
    public double[] take(long first, int count) {
        double[] p = new double[Math.multiplyExact(count, shape.entries())];
        fill(first, count, p, 0);
        return p;
    }

    /** As {@link #take}; {@code out} is modified from {@code at} on. */
    public void fill(long first, int count, double[] out, int at) {
        Parallel.chunks(count, CHUNK, (from, length) -> {
            for (int i = from; i < from + length; i++)
                law.draw(rng.stream(first + i), shape, out, at + i * shape.entries());
        });
    }
}
