package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.Layouts.random;
import static org.lanewise.engine.TensorAssert.assertTensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViewsTest {

    @Test
    void factoriesAndAccess() {
        float[] data = {1, 2, 3, 4, 5, 6};
        Tensor a = Tensor.of(data, 2, 3);
        assertThat(a.data()).isSameAs(data);
        assertThat(a.get(1, 2)).isEqualTo(6f);
        assertThat(a.get(-1, -3)).isEqualTo(4f);
        a.set(9f, 0, 1);
        assertThat(data[1]).isEqualTo(9f);
        assertThat(a.size(-1)).isEqualTo(3);
        assertThat(a.strides()).containsExactly(3, 1);
        assertThat(Tensor.of(new float[] {7}).shape()).containsExactly(1);
        assertThat(Tensor.of(new float[] {7}, new int[0]).rank()).isZero();
        assertThat(Tensor.scalar(7).item()).isEqualTo(7f);
        assertThat(Tensor.arange(3).toArray()).containsExactly(0f, 1f, 2f);
        assertThat(Tensor.eye(2).toArray()).containsExactly(1f, 0f, 0f, 1f);
        assertThat(Tensor.ones(2).toArray()).containsExactly(1f, 1f);
        assertThat(Tensor.of2d(new float[][] {{1, 2}, {3, 4}}).get(1, 0)).isEqualTo(3f);
        assertThat(Tensor.of2d(new float[0][]).shape()).containsExactly(0, 0);
        assertThatThrownBy(() -> Tensor.of2d(new float[][] {{1, 2}, {3}})).hasMessageContaining("row 1");
        assertThatThrownBy(() -> Tensor.of(data, 2, 2)).isInstanceOf(ShapeException.class)
                .hasMessageContaining("[2, 2]");
        assertThatThrownBy(() -> Tensor.zeros(1 << 16, 1 << 16)).hasMessageContaining("2^31");
        assertThatThrownBy(() -> Tensor.zeros(-1)).hasMessageContaining("negative");
        assertThat(Tensor.zeros(0, 1 << 30, 1 << 30).numel()).isZero();
        assertThatThrownBy(() -> a.get(2, 0)).isInstanceOf(ShapeException.class).hasMessageContaining("[2, 0]");
        assertThatThrownBy(() -> a.get(1)).hasMessageContaining("[1]");
        assertThatThrownBy(a::item).hasMessageContaining("item");
        assertThatThrownBy(() -> a.size(2)).hasMessageContaining("size");
    }

    /** A shape handed out or in is a copy. */
    @Test
    void shapesCannotBeTamperedWith() {
        int[] shape = {2, 3};
        Tensor a = Tensor.zeros(shape);
        shape[0] = 6;
        a.shape()[0] = 7;
        a.strides()[0] = 7;
        Tensor b = a.reshape(shape = new int[] {3, 2});
        shape[0] = 1;
        assertThat(a.shape()).containsExactly(2, 3);
        assertThat(b.shape()).containsExactly(3, 2);
        assertThat(a.strides()).containsExactly(3, 1);
    }

    @ParameterizedTest
    @EnumSource
    void reshapeKeepsTheOrder(Layouts layout) {
        Tensor a = random(1, 2, 6, 4);
        for (int[] shape : new int[][] {{48}, {2, 24}, {12, 4}, {2, 3, 2, 4}, {2, 1, 6, 4}, {2, 2, 3, 2, 2}, {4, 12},
                {3, -1}, {1, 48, 1}}) {
            Tensor b = layout.of(a).reshape(shape);
            for (int d = 0; d < shape.length; d++) if (shape[d] == -1) shape[d] = 48 / 3;
            assertTensor("reshape", b, shape, Layouts.values(a), 0);
        }
        assertTensor("flatten", layout.of(a).flatten(), new int[] {48}, Layouts.values(a), 0);
        assertThatThrownBy(() -> a.reshape(5, -1)).isInstanceOf(ShapeException.class).hasMessageContaining("[2, 6, 4]");
        assertThatThrownBy(() -> a.reshape(5, 5)).hasMessageContaining("[5, 5]");
        assertThatThrownBy(() -> a.reshape(-1, -1)).hasMessageContaining("reshape");
        assertThat(Tensor.zeros(0, 3).reshape(3, 0).shape()).containsExactly(3, 0);
        assertThatThrownBy(() -> Tensor.zeros(0, 3).reshape(0, -1)).hasMessageContaining("reshape");
    }

    @Test
    void reshapeCopiesOnlyWhenItMust() {
        Tensor a = random(2, 4, 6, 5);
        assertThat(a.transpose(0, 1).reshape(2, 3, 4, 5).data()).isSameAs(a.data());
        assertThat(a.slice(0, 1, 3).reshape(12, 5).data()).isSameAs(a.data());
        assertThat(a.slice(1, 0, 4).reshape(4, 2, 2, 5).data()).isSameAs(a.data());
        assertThat(a.slice(1, 0, 4).reshape(4, 20).data()).isSameAs(a.data());
        assertThat(a.slice(1, 0, 4).reshape(80).data()).isNotSameAs(a.data());
        assertThat(a.t().reshape(-1).data()).isNotSameAs(a.data());
    }

    @ParameterizedTest
    @EnumSource
    void viewsReadTheRightElements(Layouts layout) {
        Tensor a = random(3, 3, 4, 5);
        Tensor x = layout.of(a);
        Layouts.each(new int[] {3, 4, 5}, i -> {
            float value = a.get(i);
            assertThat(x.transpose(0, -1).get(i[2], i[1], i[0])).isEqualTo(value);
            assertThat(x.t().get(i[0], i[2], i[1])).isEqualTo(value);
            assertThat(x.permute(1, -1, 0).get(i[1], i[2], i[0])).isEqualTo(value);
            assertThat(x.select(1, i[1]).get(i[0], i[2])).isEqualTo(value);
            assertThat(x.unsqueeze(-1).unsqueeze(0).get(0, i[0], i[1], i[2], 0)).isEqualTo(value);
            if (i[1] % 2 == 1) assertThat(x.slice(1, 1, 4, 2).get(i[0], i[1] / 2, i[2])).isEqualTo(value);
        });
        assertThat(x.slice(1, 1, 4, 2).shape()).containsExactly(3, 2, 5);
        assertThat(x.slice(2, 5, 5).shape()).containsExactly(3, 4, 0);
        assertThat(x.slice(2, 5, 5).slice(0, 3, 3).copy().numel()).isZero();
        assertThat(x.select(0, 1).unsqueeze(1).squeeze(1).shape()).containsExactly(4, 5);
        assertThat(x.squeeze(0)).isSameAs(x);
        Tensor wide = layout.of(random(4, 3, 1)).expand(2, -1, 4);
        assertThat(wide.shape()).containsExactly(2, 3, 4);
        assertThat(wide.get(1, 2, 3)).isEqualTo(random(4, 3, 1).get(2, 0));
        assertTensor("copy", x.copy(), a.shape(), Layouts.values(a), 0);
        assertThat(x.contiguous().isContiguous()).isTrue();
        assertThat(a.contiguous()).isSameAs(a);
        assertThat(a.copy().data()).isNotSameAs(a.data());
    }

    @Test
    void wrongViewsAreNamed() {
        Tensor a = random(5, 3, 4);
        assertThatThrownBy(() -> a.slice(1, 2, 5)).isInstanceOf(ShapeException.class).hasMessageContaining("2..5");
        assertThatThrownBy(() -> a.slice(1, 3, 2)).hasMessageContaining("3..2");
        assertThatThrownBy(() -> a.slice(1, 0, 2, 0)).hasMessageContaining("step 0");
        assertThatThrownBy(() -> a.select(0, 3)).hasMessageContaining("index 3");
        assertThatThrownBy(() -> a.permute(0, 0)).hasMessageContaining("[0, 0]");
        assertThatThrownBy(() -> a.permute(0)).hasMessageContaining("[0]");
        assertThatThrownBy(() -> a.expand(3, 5)).hasMessageContaining("[3, 5]");
        assertThatThrownBy(() -> a.expand(4)).hasMessageContaining("[4]");
        assertThatThrownBy(() -> a.expand(-1, 3, 4)).hasMessageContaining("expand");
        assertThatThrownBy(() -> a.unsqueeze(4)).hasMessageContaining("unsqueeze");
        assertThatThrownBy(() -> Tensor.arange(3).t()).hasMessageContaining("matrix");
    }

    @Test
    void textIsShort() {
        assertThat(Tensor.of(new float[] {1, 2.5f, Float.NaN, -0f}, 2, 2))
                .hasToString("Tensor[2, 2] [[1, 2.5], [NaN, -0.0]]");
        assertThat(Tensor.scalar(3)).hasToString("Tensor[] 3");
        assertThat(Tensor.zeros(0, 3)).hasToString("Tensor[0, 3] []");
        assertThat(Tensor.arange(2000)).hasToString("Tensor[2000] [0, 1, 2, ..., 1997, 1998, 1999]");
        assertThat(Tensor.zeros(100, 100).toString()).hasSizeLessThan(300);
        assertThat(Tensor.zeros(2, 0).toString()).isEqualTo("Tensor[2, 0] []");
    }
}
