package org.lanewise.autograd;

import java.util.Arrays;
import java.util.function.Function;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

/** Inputs for gradient checks, and the checks that every rule passes. */
final class Samples {

    private Samples() {}

    static Tensor normal(long seed, int... shape) {
        return Rng.of(seed).normal(Tensor.zeros(shape), 0f, 1f);
    }

    static Tensor uniform(long seed, float lo, float hi, int... shape) {
        return Rng.of(seed).uniform(Tensor.zeros(shape), lo, hi);
    }

    /** Different multiples of 0.15 in random order around 0, none of which is 0: safe for kinks and ties. */
    static Tensor distinct(long seed, int... shape) {
        Tensor t = Tensor.zeros(shape);
        int[] order = Rng.of(seed).permutation(t.numel());
        for (int i = 0; i < order.length; i++) t.data()[i] = (order[i] - t.numel() / 2 + 0.5f) * 0.15f;
        return t;
    }

    /** The same values, not contiguous (where the shape allows) and not at the start of their array. */
    static Tensor strided(Tensor t) {
        if (t.rank() == 0) return t;
        int[] shape = t.shape();
        shape[0] += 1;
        int[] reversed = new int[shape.length];
        int[] sizes = new int[shape.length];
        for (int d = 0; d < shape.length; d++) {
            reversed[d] = shape.length - 1 - d;
            sizes[d] = shape[reversed[d]];
        }
        Tensor view = Tensor.zeros(sizes).permute(reversed).slice(0, 1, shape[0]);
        view.copyFrom(t);
        return view;
    }

    static Tensor[] strided(Tensor... inputs) {
        return Arrays.stream(inputs).map(Samples::strided).toArray(Tensor[]::new);
    }

    /** Gradients against differences in float and in double, for contiguous and for strided inputs. */
    static void check(Function<Variable[], Variable> function, GradCheck.Reference reference, Tensor... inputs) {
        GradCheck.of(function, inputs).check();
        GradCheck.of(function, inputs).check(reference);
        GradCheck.of(function, strided(inputs)).check(reference);
    }

    /** Every input of a function of several is right when it alone wants a gradient. */
    static void checkEach(Function<Variable[], Variable> function, GradCheck.Reference reference, Tensor... inputs) {
        check(function, reference, inputs);
        for (int wanted = 0; wanted < inputs.length; wanted++) {
            int keep = wanted;
            int[] others = java.util.stream.IntStream.range(0, inputs.length).filter(i -> i != keep).toArray();
            GradCheck.of(function, inputs).constant(others).check(reference);
        }
    }

    /** An operation on nothing has gradients of nothing. */
    static void checkEmpty(Function<Variable[], Variable> function, Tensor... inputs) {
        try (Tape tape = Tape.recording(1)) {
            Variable[] leaves = Arrays.stream(inputs).map(tape::leaf).toArray(Variable[]::new);
            Variable out = function.apply(leaves);
            Gradients gradients = tape.backward(out, Tensor.ones(out.shape()));
            for (Variable leaf : leaves) {
                Tensor gradient = gradients.of(leaf);
                if (gradient != null && !Arrays.equals(gradient.shape(), leaf.shape())) {
                    throw new AssertionError("gradient " + gradient + " of " + leaf);
                }
            }
        }
    }
}
