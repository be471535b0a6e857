package org.lanewise.nn;

import java.util.Arrays;
import org.lanewise.engine.Scratch;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.WorkerPool;

/**
 * What a module computes in evaluation mode, with the weights it had when this was made ({@link UnaryModule#inference}): copied,
 * and packed as matrix products want them. Training goes on without changing it; after more training make another.
 *
 * <pre>{@code
 * Inference encoder = model.inference();                       // once, it packs every weight
 * Tensor y = encoder.forward(x);                               // often, from any number of threads
 * Tensor z = encoder.forward(x, AttentionMask.padding(padded));
 * }</pre>
 *
 * <p>Results have the bits of {@code module.forward} in evaluation mode. A call allocates its result and a few small objects;
 * intermediate values are in a buffer of the thread. A large batch goes through all layers in pieces of about {@value #ROWS}
 * rows, each on one thread and small enough for its second-level cache; a small one shares out every product instead.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Inference {
    private static final int ROWS = 128;
    /** With fewer pieces a thread, the last ones would leave threads idle too long. */
    private static final int PIECES_PER_THREAD = 4;

    private final String name;
    private final Step step;

    Inference(UnaryModule module) {
        name = module.toString();
        step = module.step();
    }

    /** The result for {@code x}, {@code [..., in]}, without a mask. */
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * The result for {@code x}.
     *
     * @param x [..., in]; [batch, positions, in] where the module attends
     * @param mask of all attention layers, null for none
     * @return [..., out]
     * @throws ShapeException if the shape is not what the module takes
     */
    public Tensor forward(Tensor x, AttentionMask mask) {
        return compute(x, mask, Tensor.zeros(resultShape(x)));
    }

    /**
     * Writes the result for {@code x} to {@code y}, for those who call often: memory that is in the cache already costs less
     * than new memory.
     *
     * @param mask as in {@link #forward(Tensor, AttentionMask)}
     * @param y [..., out], contiguous, apart from x; modified
     * @return y
     * @throws ShapeException if the shapes are not what the module takes and gives
     * @throws IllegalArgumentException if y is not contiguous or overlaps x
     */
    public Tensor forwardInto(Tensor x, AttentionMask mask, Tensor y) {
        int[] shape = resultShape(x);
        if (!Arrays.equals(shape, y.shape()))
            throw ShapeException.of(toString(), shape, y.shape(), "(result and destination) differ");
        if (!y.isContiguous()) throw new IllegalArgumentException(this + ": the destination is not contiguous");
        Tensor from = x.contiguous();
        if (from.data() == y.data() && from.offset() < y.offset() + y.numel()
                && y.offset() < from.offset() + from.numel())
            throw new IllegalArgumentException(this + ": the destination overlaps the input");
        return compute(from, mask, y);
    }

    private int[] resultShape(Tensor x) {
        int[] shape = x.shape();
        if (shape.length == 0) throw ShapeException.of(toString(), shape, "has no last dimension");
        shape[shape.length - 1] = step.width(shape[shape.length - 1]);
        return shape;
    }

    private Tensor compute(Tensor x, AttentionMask mask, Tensor y) {
        int in = x.size(-1);
        if (y.numel() == 0 || in == 0) return y;
        boolean sequences = x.rank() == 3;
        int positions = sequences ? x.size(1) : 1;
        Tensor from = x.contiguous();
        var batch = new Piece.Batch(x.numel() / in / positions, positions, sequences, mask);
        run(batch, in, y.size(-1), from.data(), from.offset(), y.data(), y.offset());
        return y;
    }

    private void run(Piece.Batch batch, int in, int out, float[] x, int xo, float[] y, int yo) {
        WorkerPool pool = WorkerPool.current();
        int threads = pool.threads();
        int each = Math.max(1, ROWS / batch.positions);
        int pieces = (batch.entries - 1) / each + 1;
        if (threads > 1 && pieces % threads != 0 && pieces < PIECES_PER_THREAD * threads) {
            each = batch.entries;
            pieces = 1;
        }
        int size = each;
        pool.forEach(pieces, i -> {
            Piece piece = new Piece(batch, i * size, Math.min(size, batch.entries - i * size));
            int from = piece.first() * batch.positions;
            float[] space = Scratch.floats(Scratch.USER_1, step.room(piece.rows(), in));
            step.run(piece, in, x, xo + from * in, y, yo + from * out, space, 0);
        });
    }

    @Override
    public String toString() {
        return "Inference(" + name + ")";
    }
}
