package org.lanewise.autograd;

import org.lanewise.engine.Scratch;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/** Elements set to zero at random, the others scaled so that the expectation stays. */
final class Dropout {
    private static final int TASK = 16 * DropoutMask.BLOCK;

    private Dropout() {}

    private static final Rule<DropoutMask> RULE = Rule.of("dropout", (mask, gradient, in) -> {
        Tensor g = in.dense(gradient);
        Tensor out = in.output(g);
        apply(mask, g, out);
        in.give(0, out);
    });

    static Variable dropout(Variable x, float p) {
        if (p == 0) return x;
        DropoutMask mask = DropoutMask.of(x.tape().rng(), p);
        Tensor out = Tensor.zeros(x.shape());
        apply(mask, x.value().contiguous(), out);
        return x.tape().record(RULE, out, mask, x);
    }

    private static void apply(DropoutMask mask, Tensor x, Tensor out) {
        Kernels kernels = KernelProvider.get();
        Spread.blocks(x.numel(), TASK, (first, n) -> {
            float[] factors = Scratch.floats(Scratch.USER_0, DropoutMask.BLOCK);
            long[] words = DropoutMask.words();
            for (int at = first; at < first + n; at += DropoutMask.BLOCK) {
                mask.write(at / DropoutMask.BLOCK, factors, 0, words);
                kernels.mul(x.data(), x.offset() + at, factors, 0, out.data(), out.offset() + at,
                        Math.min(DropoutMask.BLOCK, first + n - at));
            }
        });
    }
}
