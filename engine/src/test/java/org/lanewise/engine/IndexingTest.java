package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.Layouts.each;
import static org.lanewise.engine.Layouts.random;
import static org.lanewise.engine.TensorAssert.assertTensor;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexingTest {

    private static int[] indices(long seed, int n, int bound) {
        Rng rng = Rng.of(seed);
        int[] index = new int[n];
        for (int i = 0; i < n; i++) index[i] = rng.nextInt(bound);
        return index;
    }

    private static int flat(int[] index, int[] shape) {
        int at = 0;
        for (int d = 0; d < shape.length; d++) at = at * shape[d] + index[d];
        return at;
    }

    @ParameterizedTest
    @EnumSource
    void selectGatherAndAdd(Layouts layout) {
        int[] shape = {3, 4, 5};
        Tensor a = random(1, shape);
        for (int dim = -3; dim < 3; dim++) {
            int d = dim < 0 ? dim + 3 : dim;
            int[] index = indices(2, 7, shape[d]);
            int[] to = Shapes.with(shape, d, 7);
            double[] expected = new double[Shapes.numel("", to)];
            int[] at = {0};
            each(to, i -> expected[at[0]++] = a.get(Shapes.with(i, d, index[i[d]])));
            assertTensor("indexSelect", layout.of(a).indexSelect(dim, index), to, expected, 0);

            Tensor src = random(3, to);
            double[] sums = Layouts.values(a);
            each(to, i -> sums[flat(Shapes.with(i, d, index[i[d]]), shape)] += src.get(i));
            Tensor target = layout.of(a);
            assertTensor("indexAdd_", target.indexAdd_(dim, index, layout.of(src)), shape, sums, 1e-6);

            int[] small = Shapes.with(new int[] {2, 4, 3}, d, 6);
            int[] positions = indices(4, Shapes.numel("", small), shape[d]);
            double[] gathered = new double[positions.length];
            double[] scattered = Layouts.values(a);
            Tensor source = random(5, small);
            each(small, i -> {
                int[] from = Shapes.with(i, d, positions[flat(i, small)]);
                gathered[flat(i, small)] = a.get(from);
                scattered[flat(from, shape)] += source.get(i);
            });
            assertTensor("gather", layout.of(a).gather(dim, positions, small), small, gathered, 0);
            assertTensor("scatterAdd", layout.of(a).scatterAdd(dim, positions, small, layout.of(source)), shape,
                    scattered, 1e-6);
        }
        assertThat(a.indexSelect(1, new int[0]).shape()).isEqualTo(new int[] {3, 0, 5});
        assertThat(a.gather(1, new int[0], 3, 0, 5).numel()).isZero();
        Tensor vector = random(6, 9);
        assertThat(vector.indexSelect(0, new int[] {8, 0}).toArray()).containsExactly(vector.get(8), vector.get(0));
    }

    @Test
    void additionsKeepTheirOrderWhateverTheThreads() {
        int[] index = indices(7, 3000, 50);
        Tensor src = random(8, 3000, 700);
        float[] expected = null;
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                Tensor out = Tensor.zeros(50, 700);
                pool.run(() -> out.indexAdd_(0, index, src));
                if (expected == null) expected = out.toArray();
                assertThat(out.toArray()).isEqualTo(expected);
            }
        }
    }

    @Test
    void wrongIndicesAreNamed() {
        Tensor a = random(1, 3, 4);
        assertThatThrownBy(() -> a.indexSelect(1, new int[] {0, 4})).isInstanceOf(ShapeException.class)
                .hasMessage("indexSelect: shape [3, 4] has no index 4 along dimension 1");
        assertThatThrownBy(() -> a.gather(0, new int[] {-1}, 1, 1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> a.gather(0, new int[] {1}, 1)).hasMessageContaining("[1]");
        assertThatThrownBy(() -> a.gather(0, new int[5], 1, 5)).hasMessageContaining("[1, 5]");
        assertThatThrownBy(() -> a.gather(0, new int[3], 1, 4)).hasMessageContaining("3 indices");
        assertThatThrownBy(() -> a.scatterAdd(0, new int[4], new int[] {1, 4}, random(1, 2, 4)))
                .hasMessageContaining("[1, 4]").hasMessageContaining("[2, 4]");
        assertThatThrownBy(() -> a.indexAdd_(0, new int[] {0}, random(1, 1, 3))).hasMessageContaining("[1, 4]");
        assertThatThrownBy(() -> a.indexAdd_(0, new int[] {0, 1}, a.slice(0, 1, 3)))
                .hasMessageContaining("shares memory");
    }

    @ParameterizedTest
    @EnumSource
    void concatAndStack(Layouts layout) {
        Tensor a = random(9, 2, 3, 4);
        for (int d = -3; d < 3; d++) {
            Tensor b = random(10, Shapes.with(a.shape(), d < 0 ? d + 3 : d, 5));
            Tensor none = Tensor.zeros(Shapes.with(a.shape(), d < 0 ? d + 3 : d, 0));
            Tensor joined = Tensor.concat(d, layout.of(a), none, layout.of(b), a);
            int n = a.size(d);
            assertTensor("first", joined.slice(d, 0, n), a.shape(), Layouts.values(a), 0);
            assertTensor("second", joined.slice(d, n, n + 5), b.shape(), Layouts.values(b), 0);
            assertTensor("last", joined.slice(d, n + 5, 2 * n + 5), a.shape(), Layouts.values(a), 0);
            assertThat(joined.split(d, n, 5, n).get(1).toArray()).isEqualTo(b.toArray());
        }
        for (int d = -4; d < 4; d++) {
            Tensor stacked = Tensor.stack(d, layout.of(a), a.neg());
            assertTensor("stacked", stacked.select(d, 0), a.shape(), Layouts.values(a), 0);
            assertTensor("stacked", stacked.select(d, -1), a.shape(), Layouts.values(a.neg()), 0);
        }
        assertThatThrownBy(() -> Tensor.concat(0, a, random(1, 2, 3, 5))).isInstanceOf(ShapeException.class)
                .hasMessageContaining("concat").hasMessageContaining("[2, 3, 5]");
        assertThatThrownBy(() -> Tensor.stack(0, a, random(1, 2, 3))).hasMessageContaining("stack");
        assertThatThrownBy(() -> Tensor.concat(0)).hasMessageContaining("nothing");
        assertThatThrownBy(() -> a.split(1, 1, 1)).hasMessageContaining("split").hasMessageContaining("[1, 1]");
    }

    @ParameterizedTest
    @EnumSource
    void sortAndTopk(Layouts layout) {
        Tensor a = random(11, 4, 30, 3);
        a.copyFrom(a.mul(2f).sign().mul(a.square().add(0.5f)).clamp(-3f, 3f)); // many equal values at the ends
        a.set(Float.NaN, 1, 7, 2);
        a.set(Float.NaN, 1, 3, 2);
        a.set(Float.POSITIVE_INFINITY, 1, 9, 2);
        a.set(Float.NEGATIVE_INFINITY, 2, 9, 2);
        a.set(-0f, 0, 5, 0);
        a.set(0f, 0, 6, 0);
        for (int d = 0; d < 3; d++) {
            for (boolean descending : new boolean[] {false, true}) {
                Tensor.Ranked ranked = layout.of(a).sort(d, descending);
                assertThat(ranked.values().toArray()).isEqualTo(a.gather(d, ranked.indices(), a.shape()).toArray());
                checkOrder(ranked, a, d, descending);
            }
            for (int k : new int[] {0, 1, 2, a.size(d)}) {
                Tensor.Ranked top = layout.of(a).topk(k, d);
                Tensor all = a.sort(d, true).values();
                assertThat(top.values().toArray()).isEqualTo(all.slice(d, 0, k).toArray());
                assertThat(top.indices()).isEqualTo(asInts(Tensor.of(asFloats(a.sort(d, true).indices()), a.shape())
                        .slice(d, 0, k)));
            }
            int[] first = layout.of(a).argmax(d);
            assertThat(first).isEqualTo(a.topk(1, d).indices());
        }
        assertThat(a.argmax()).isEqualTo(30 * 3 + 3 * 3 + 2);
        assertThatThrownBy(() -> a.topk(4, 2)).isInstanceOf(ShapeException.class).hasMessageContaining("topk");
        assertThatThrownBy(() -> Tensor.zeros(2, 0).argmax(1)).hasMessageContaining("argmax");
        assertThat(Tensor.zeros(0, 2).argmax(1)).isEmpty();
        assertThat(Tensor.zeros(0, 2).sort(0, true).indices()).isEmpty();
    }

    private static void checkOrder(Tensor.Ranked ranked, Tensor a, int d, boolean descending) {
        Tensor values = ranked.values();
        Tensor indices = Tensor.of(asFloats(ranked.indices()), a.shape());
        each(Shapes.with(a.shape(), d, a.size(d) - 1), i -> {
            int[] next = Shapes.with(i, d, i[d] + 1);
            float x = values.get(i) + 0f;
            float y = values.get(next) + 0f;
            int order = descending ? Float.compare(y, x) : Float.compare(x, y);
            boolean fine = order < 0 || order == 0 && indices.get(i) < indices.get(next);
            if (!fine) throw new AssertionError(x + " before " + y + (descending ? " descending" : " ascending"));
        });
    }

    private static float[] asFloats(int[] x) {
        float[] out = new float[x.length];
        for (int i = 0; i < out.length; i++) out[i] = x[i];
        return out;
    }

    private static int[] asInts(Tensor t) {
        float[] x = t.toArray();
        int[] out = new int[x.length];
        Arrays.setAll(out, i -> (int) x[i]);
        return out;
    }
}
