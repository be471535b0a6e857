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
        int[] shape = x.shape();
        if (shape.length == 0) throw ShapeException.of("Inference of " + name, shape, "has no last dimension");
        int in = shape[shape.length - 1];
        int out = step.width(in);
        shape[shape.length - 1] = out;
        boolean sequences = shape.length == 3;
        int positions = sequences ? shape[1] : 1;
        int entries = sequences ? shape[0] : rows(shape);
        Tensor y = Tensor.zeros(shape);
        if (y.numel() > 0 && in > 0) {
            Tensor from = x.contiguous();
            run(new Piece.Batch(entries, positions, sequences, mask), in, out, from.data(), from.offset(), y.data());
        }
        return y;
    }

    private void run(Piece.Batch batch, int in, int out, float[] x, int xo, float[] y) {
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
            step.run(piece, in, x, xo + from * in, y, from * out, space, 0);
        });
    }

    private static int rows(int[] shape) {
        return Arrays.stream(shape, 0, shape.length - 1).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return "Inference(" + name + ")";
    }
}
