package org.lanewise.nn;

import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.init.Init;

/**
 * A table of vectors, looked up by index: ids of shape {@code [...]} give {@code [..., width]}.
 *
 * <p>Parameter: {@code weight [count, width]} from N(0, 1). A padding index has a row of zeros at first, and no gradient ever.
 *
 * <pre>{@code
 * Embedding words = new Embedding(30522, 384, Rng.of(1));
 * Variable x = words.forward(tape, new int[] { 101, 7592, 102 }, 1, 3); // [1, 3, 384]
 * }</pre>
 */
public final class Embedding extends Module {
    /** Stands for no padding index. */
    private static final int NO_PADDING = -1;

    private final int count;
    private final int width;
    private final int padding;
    private final Parameter weight;

    public Embedding(int count, int width, Rng rng) {
        this(count, width, NO_PADDING, rng);
    }

    /** @param padding the index whose row stands for nothing */
    public static Embedding withPadding(int count, int width, int padding, Rng rng) {
        if (padding < 0 || padding >= count) {
            throw new IllegalArgumentException("Embedding: padding index " + padding + " is not in 0.." + (count - 1));
        }
        return new Embedding(count, width, padding, rng);
    }

    private Embedding(int count, int width, int padding, Rng rng) {
        this.count = Checks.positive("Embedding", "count", count);
        this.width = Checks.positive("Embedding", "width", width);
        this.padding = padding;
        Tensor values = Init.normal(Tensor.zeros(count, width), 0, 1, rng);
        if (padding != NO_PADDING) values.select(0, padding).fill_(0f);
        this.weight = parameter("weight", values);
    }

    /**
     * Looks up one vector for each id.
     *
     * @param ids in row-major order of {@code shape}
     * @param shape of the ids; none means {@code [ids.length]}
     * @throws IndexOutOfBoundsException for an id that is not in the table
     */
    public Variable forward(Tape tape, int[] ids, int... shape) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= count) {
                throw new IndexOutOfBoundsException(this + ": id " + ids[i] + " at position " + i + " is not in 0.."
                        + (count - 1));
            }
        }
        int[] idShape = shape.length == 0 ? new int[] {ids.length} : shape;
        Variable table = tape.use(weight);
        return padding == NO_PADDING
                ? Functions.embedding(table, ids, idShape)
                : Functions.paddedEmbedding(table, padding, ids, idShape);
    }

    /** The table {@code [count, width]}. */
    public Parameter weight() {
        return weight;
    }

    @Override
    public String toString() {
        return "Embedding(" + count + ", " + width + (padding == NO_PADDING ? "" : ", padding " + padding) + ")";
    }
}
