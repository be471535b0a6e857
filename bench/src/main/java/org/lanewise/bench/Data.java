package org.lanewise.bench;

import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;

/** Inputs of benchmarks: the same numbers in every fork. */
final class Data {
    private Data() {}

    /** Normal numbers of standard deviation 1. */
    static Tensor normal(String name, int... shape) {
        Tensor t = Tensor.zeros(shape);
        Rng.of(1).stream(name).normal(t.data(), 0, t.numel(), 0f, 1f);
        return t;
    }
}
