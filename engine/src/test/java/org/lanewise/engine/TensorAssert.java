package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparison of a tensor with double references. */
final class TensorAssert {

    private TensorAssert() {}

    /** Shape and values; {@code relative} is of max(1, |expected|), 0 demands the nearest float exactly. */
    static void assertTensor(String what, Tensor actual, int[] shape, double[] expected, double relative) {
        assertThat(actual.shape()).as(what).isEqualTo(shape);
        double[] values = Layouts.values(actual);
        assertThat(values).as(what).hasSize(expected.length);
        float[] array = actual.toArray();
        for (int i = 0; i < values.length; i++) {
            if (array[i] != (float) values[i] && !Float.isNaN(array[i]))
                fail(what + ": toArray differs from get", i, values, array[i]);
            double want = expected[i];
            boolean same = relative == 0 || Double.isNaN(want) || Double.isInfinite(want)
                    ? Double.compare(values[i] + 0.0, (float) want + 0.0) == 0
                    : Math.abs(values[i] - want) <= relative * Math.max(1, Math.abs(want));
            if (!same) fail(what, i, values, want);
        }
    }

    private static void fail(String what, int i, double[] values, double want) {
        throw new AssertionError(what + ": element " + i + " is " + values[i] + ", not " + want);
    }
}
