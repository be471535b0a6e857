package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.Layouts.each;
import static org.lanewise.engine.Layouts.random;
import static org.lanewise.engine.TensorAssert.assertTensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionsTest {

    private static final Offset<Float> CLOSE = Offset.offset(2e-5f);
    private static final ToDoubleFunction<double[]> SUM = x -> Arrays.stream(x).sum();
    private static final ToDoubleFunction<double[]> MEAN = x -> SUM.applyAsDouble(x) / x.length;
    private static final ToDoubleFunction<double[]> MAX = x -> Arrays.stream(x).max().orElse(Double.NEGATIVE_INFINITY);
    private static final ToDoubleFunction<double[]> MIN = x -> Arrays.stream(x).min().orElse(Double.POSITIVE_INFINITY);
    private static final ToDoubleFunction<double[]> VAR = x -> squares(x) / x.length;
    private static final ToDoubleFunction<double[]> UNBIASED = x -> squares(x) / (x.length - 1);
    private static final ToDoubleFunction<double[]> LSE = x -> Math.log(Arrays.stream(x).map(Math::exp).sum());

    private static double squares(double[] x) {
        double mean = MEAN.applyAsDouble(x);
        return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    }

    /** Every element of the result from the elements that it is made of. */
    private static double[] reduce(Tensor a, int[] dims, ToDoubleFunction<double[]> f) {
        boolean[] mask = Shapes.mask("test", dims, a.shape());
        int[] shape = kept(a.shape(), mask, true);
        List<Double> out = new ArrayList<>();
        int[] inner = a.shape();
        for (int d = 0; d < inner.length; d++) if (!mask[d]) inner[d] = 1;
        each(shape, at -> {
            List<Double> values = new ArrayList<>();
            each(inner, i -> {
                int[] index = at.clone();
                for (int d = 0; d < index.length; d++) index[d] += i[d];
                values.add((double) a.get(index));
            });
            out.add(f.applyAsDouble(values.stream().mapToDouble(v -> v).toArray()));
        });
        return out.stream().mapToDouble(v -> v).toArray();
    }

    private static int[] kept(int[] shape, boolean[] mask, boolean keep) {
        List<Integer> out = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            if (!mask[d]) out.add(shape[d]);
            else if (keep) out.add(1);
        }
        return out.stream().mapToInt(i -> i).toArray();
    }

    private static void check(Tensor a, Tensor view, int... dims) {
        String what = Shapes.text(a.shape()) + " over " + Arrays.toString(dims);
        for (boolean keep : new boolean[] {true, false}) {
            int[] shape = kept(a.shape(), Shapes.mask("test", dims, a.shape()), keep);
            assertTensor("sum " + what, view.sum(keep, dims), shape, reduce(a, dims, SUM), 2e-6);
            assertTensor("mean " + what, view.mean(keep, dims), shape, reduce(a, dims, MEAN), 1e-6);
            assertTensor("var " + what, view.var(false, keep, dims), shape, reduce(a, dims, VAR), 1e-6);
            assertTensor("unbiased " + what, view.var(true, keep, dims), shape, reduce(a, dims, UNBIASED), 1e-6);
            if (dims.length != 1) continue;
            assertTensor("max " + what, view.max(dims[0], keep), shape, reduce(a, dims, MAX), 0);
            assertTensor("min " + what, view.min(dims[0], keep), shape, reduce(a, dims, MIN), 0);
            assertTensor("logSumExp " + what, view.logSumExp(dims[0], keep), shape, reduce(a, dims, LSE), 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anySetOfDimensions(Layouts layout) {
        Tensor a = random(1, 3, 4, 2, 5);
        for (int set = 0; set < 16; set++) {
            int[] dims = new int[Integer.bitCount(set)];
            for (int d = 0, n = 0; d < 4; d++) if ((set >> d & 1) == 1) dims[n++] = d - (set % 3 == 0 ? 4 : 0);
            check(a, layout.of(a), dims);
        }
        Tensor b = random(2, 1, 7, 1);
        for (int d = 0; d < 3; d++) check(b, layout.of(b), d);
        assertThat(layout.of(a).sum().item()).isCloseTo((float) SUM.applyAsDouble(Layouts.values(a)), CLOSE);
        assertThat(layout.of(a).mean().item()).isCloseTo((float) MEAN.applyAsDouble(Layouts.values(a)), CLOSE);
        assertThat(layout.of(a).max().item()).isEqualTo((float) MAX.applyAsDouble(Layouts.values(a)));
        assertThat(layout.of(a).min().item()).isEqualTo((float) MIN.applyAsDouble(Layouts.values(a)));
        double norm = Math.sqrt(Arrays.stream(Layouts.values(a)).map(x -> x * x).sum());
        assertThat(layout.of(a).norm().item()).isCloseTo((float) norm, CLOSE);
    }

    /** Sizes on both sides of every chunk boundary, in the row, column and mixed layouts. */
    @Test
    void longReductionsAreAccurate() {
        int[][] shapes = {{2, 4095}, {2, 4097}, {3, 20_000}, {127, 3}, {129, 3}, {20_000, 3}, {300, 2100}, {5, 400, 7}};
        for (int[] shape : shapes) {
            Tensor a = random(3, shape);
            for (int d = 0; d < shape.length; d++) {
                assertTensor("sum", a.sum(false, d), kept(shape, Shapes.mask("", new int[] {d}, shape), false),
                        reduce(a, new int[] {d}, SUM), 2e-5);
                assertTensor("max", a.max(d, false), kept(shape, Shapes.mask("", new int[] {d}, shape), false),
                        reduce(a, new int[] {d}, MAX), 0);
                assertTensor("var", a.var(true, false, d), kept(shape, Shapes.mask("", new int[] {d}, shape), false),
                        reduce(a, new int[] {d}, UNBIASED), 2e-6);
            }
        }
        // A plain float loop would stop growing at 2^24.
        assertThat(Tensor.full(1f, 20_000_000).sum().item()).isEqualTo(20_000_000f);
        assertThat(Tensor.full(0.1f, 3_000_000).mean().item()).isCloseTo(0.1f, Offset.offset(2e-7f));
        assertThat(Tensor.full(0.1f, 300_000, 2).mean(false, 0).get(1)).isCloseTo(0.1f, CLOSE);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        Tensor wide = random(4, 40, 30_011);
        Tensor tall = wide.t().copy();
        Tensor cube = random(5, 60, 50, 70);
        float[][] first = null;
        for (int threads = 1; threads <= 4; threads++) {
            float[][] results = new float[8][];
            try (WorkerPool pool = WorkerPool.of(threads)) {
                pool.run(() -> {
                    results[0] = wide.sum().toArray();
                    results[1] = wide.sum(false, 1).toArray();
                    results[2] = wide.sum(false, 0).toArray();
                    results[3] = tall.sum(false, 0).toArray();
                    results[4] = cube.sum(false, 1).toArray();
                    results[5] = cube.sum(false, 0, 2).toArray();
                    results[6] = cube.var(true, false, 2).toArray();
                    results[7] = wide.norm().toArray();
                });
            }
            if (first == null) first = results;
            for (int i = 0; i < results.length; i++) assertThat(results[i]).as("result " + i).isEqualTo(first[i]);
        }
    }

    @Test
    void nothingReducesToTheIdentity() {
        Tensor none = Tensor.zeros(0, 3);
        assertTensor("sum", none.sum(false, 0), new int[] {3}, new double[3], 0);
        assertTensor("sum", none.sum(false, 1), new int[] {0}, new double[0], 0);
        assertThat(none.sum().item()).isZero();
        assertThat(none.mean().item()).isNaN();
        assertThat(none.mean(false, 0).get(0)).isNaN();
        assertThat(none.max().item()).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(none.max(0, true).toArray()).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(none.min(0, false).toArray()).containsOnly(Float.POSITIVE_INFINITY);
        assertThat(none.logSumExp(0, false).toArray()).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(none.softmax(0).shape()).isEqualTo(new int[] {0, 3});
        assertThat(none.softmax(1).numel()).isZero();
        assertThat(none.cumsum(1).shape()).isEqualTo(new int[] {0, 3});
        assertThat(none.norm().item()).isZero();
        assertThat(none.var(false, false, 1).numel()).isZero();
    }

    @Test
    void specialValues() {
        Tensor a = Tensor.of(new float[] {1, Float.NaN, 3, Float.POSITIVE_INFINITY, 2, 5}, 2, 3);
        assertThat(a.max(1, false).toArray()).containsExactly(Float.NaN, Float.POSITIVE_INFINITY);
        assertThat(a.max(0, false).toArray()).containsExactly(Float.POSITIVE_INFINITY, Float.NaN, 5f);
        assertThat(a.min().item()).isNaN();
        Tensor low = Tensor.full(Float.NEGATIVE_INFINITY, 2, 3);
        assertThat(low.logSumExp(1, false).toArray()).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(low.softmax(1).toArray()).containsOnly(0f);
        assertThat(Tensor.of(new float[] {1000f, 1000f}).logSumExp(0, false).item())
                .isCloseTo(1000.69315f, Offset.offset(1e-4f));
        assertThat(a.logSumExp(1, false).get(1)).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @EnumSource
    void softmaxAlongEveryDimension(Layouts layout) {
        Tensor a = random(6, 3, 4, 5);
        for (int d = -3; d < 3; d++) {
            Tensor y = layout.of(a).softmax(d);
            Tensor log = layout.of(a).logSoftmax(d);
            double[] sums = reduce(a, new int[] {d}, x -> Arrays.stream(x).map(Math::exp).sum());
            double[] expected = new double[60];
            double[] logs = new double[60];
            int axis = d < 0 ? d + 3 : d;
            int[] at = {0};
            Tensor sum = a.sum(false, axis);
            each(a.shape(), i -> {
                int[] rest = Shapes.without(i, axis);
                int flat = rest[0] * sum.size(1) + rest[1];
                expected[at[0]] = Math.exp(a.get(i)) / sums[flat];
                logs[at[0]++] = a.get(i) - Math.log(sums[flat]);
            });
            assertTensor("softmax", y, a.shape(), expected, 5e-7);
            assertTensor("logSoftmax", log, a.shape(), logs, 1e-6);
            if (axis == 2) {
                Tensor out = layout.of(Tensor.zeros(3, 4, 5));
                assertTensor("softmaxInto", Ops.softmaxInto(layout.of(a), out), a.shape(), expected, 5e-7);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void runningSums(Layouts layout) {
        Tensor a = random(7, 3, 4, 5);
        for (int d = 0; d < 3; d++) {
            double[] expected = new double[60];
            int axis = d;
            int[] at = {0};
            each(a.shape(), i -> {
                double sum = 0;
                for (int j = 0; j <= i[axis]; j++) {
                    int[] index = i.clone();
                    index[axis] = j;
                    sum += a.get(index);
                }
                expected[at[0]++] = sum;
            });
            assertTensor("cumsum", layout.of(a).cumsum(d), a.shape(), expected, 1e-6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sumToUndoesBroadcasting(Layouts layout) {
        Tensor a = random(8, 2, 3, 4);
        assertTensor("sumTo", layout.of(a).sumTo(3, 1), new int[] {3, 1}, reduce(a, new int[] {0, 2}, SUM), 1e-6);
        assertTensor("sumTo", layout.of(a).sumTo(1, 1, 4), new int[] {1, 1, 4}, reduce(a, new int[] {0, 1}, SUM), 1e-6);
        assertTensor("sumTo", layout.of(a).sumTo(4), new int[] {4}, reduce(a, new int[] {0, 1}, SUM), 1e-6);
        assertTensor("sumTo", layout.of(a).sumTo(), new int[0], reduce(a, new int[0], SUM), 2e-6);
        assertTensor("sumTo", layout.of(a).sumTo(2, 3, 4), a.shape(), Layouts.values(a), 0);
        assertThatThrownBy(() -> a.sumTo(2, 3)).isInstanceOf(ShapeException.class).hasMessageContaining("[2, 3]");
        assertThat(Tensor.ones(0, 3).sumTo(1, 3).toArray()).containsExactly(0f, 0f, 0f);
    }

    @Test
    void wrongDimensionsAreNamed() {
        Tensor a = Tensor.zeros(2, 3);
        assertThatThrownBy(() -> a.sum(false, 2)).isInstanceOf(ShapeException.class)
                .hasMessage("sum: shape [2, 3] has no dimension 2");
        assertThatThrownBy(() -> a.mean(true, 1, -1)).hasMessageContaining("mean").hasMessageContaining("twice");
        assertThatThrownBy(() -> a.max(-3, true)).hasMessageContaining("max");
    }
}
