package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.TensorAssert.assertTensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lanewise.engine.io.Npz;

/** Against NumPy and PyTorch: {@code src-test-data/engine/operations.py}. */
class GoldenOperationsTest {

    private static final Map<String, Tensor> GOLDEN = golden();

    private static Map<String, Tensor> golden() {
        try {
            return Npz.read(Path.of("../src-test-data/engine/operations.npz"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void einsum(Layouts layout) {
        int seen = 0;
        for (Map.Entry<String, Tensor> entry : GOLDEN.entrySet()) {
            if (!entry.getKey().startsWith("einsum ")) continue;
            String equation = entry.getKey().substring(7);
            String[] terms = equation.split("->")[0].split(",");
            Tensor[] operands = new Tensor[terms.length];
            for (int i = 0; i < terms.length; i++) operands[i] = layout.of(GOLDEN.get("operand " + terms[i]));
            Tensor expected = entry.getValue();
            assertTensor(equation, Einsum.of(equation, operands), expected.shape(), Layouts.values(expected), 3e-6);
            seen++;
        }
        assertThat(seen).isEqualTo(26);
    }

    @Test
    void einsumNamesItsFaults() {
        Tensor a = Tensor.zeros(2, 3);
        assertThatThrownBy(() -> Einsum.of("ij,jk->ik", a, a)).isInstanceOf(ShapeException.class)
                .hasMessage("einsum: shape [2, 3] gives 'j' in 'ij,jk->ik' the size 2, it was 3");
        assertThatThrownBy(() -> Einsum.of("ij,jk->ik", a)).hasMessageContaining("2 operands, not 1");
        assertThatThrownBy(() -> Einsum.of("ijk->i", a)).hasMessageContaining("'ijk'").hasMessageContaining("[2, 3]");
        assertThatThrownBy(() -> Einsum.of("ij->k", a)).hasMessageContaining("'k'");
        assertThatThrownBy(() -> Einsum.of("ij->ii", a)).hasMessageContaining("'i'");
        assertThatThrownBy(() -> Einsum.of("i.->i", a)).hasMessageContaining("'.'");
        assertThat(Einsum.of("ij->ij", a).data()).isNotSameAs(a.data());
        assertThat(Einsum.of("ij,jk->ik", Tensor.zeros(2, 0), Tensor.zeros(0, 3)).shape()).containsExactly(2, 3);
    }

    @Test
    void broadcasting() {
        Map<String, BinaryOperator<Tensor>> operations = Map.of("sub ", Tensor::sub, "div ", Tensor::div, "maximum ",
                Tensor::maximum);
        int[] seen = {0};
        GOLDEN.forEach((name, left) -> {
            if (!name.startsWith("left ")) return;
            String shapes = name.substring(5);
            operations.forEach((operation, function) -> {
                Tensor expected = GOLDEN.get(operation + shapes);
                Tensor actual = function.apply(left, GOLDEN.get("right " + shapes));
                assertThat(actual.shape()).as(shapes).isEqualTo(expected.shape());
                assertThat(actual.toArray()).as(operation + shapes).isEqualTo(expected.toArray());
                seen[0]++;
            });
        });
        assertThat(seen[0]).isEqualTo(18);
    }

    @ParameterizedTest
    @EnumSource
    void sortingWithTiesAndNaN(Layouts layout) {
        Tensor ties = layout.of(GOLDEN.get("ties"));
        assertThat(ties.sort(1, false).indices()).isEqualTo(integers("argsort ties"));
        assertThat(ties.sort(1, true).indices()).isEqualTo(integers("torch descending ties"));
        assertThat(ties.argmax(1)).isEqualTo(integers("argmax ties"));
        assertTensor("sorted", ties.sort(-1, false).values(), ties.shape(), Layouts.values(GOLDEN.get("sorted ties")),
                0);
        assertTensor("topk", ties.topk(9, 1).values(), new int[] {4, 9}, Layouts.values(GOLDEN.get("topk ties")), 0);
    }

    private static int[] integers(String name) {
        float[] values = GOLDEN.get(name).toArray();
        int[] out = new int[values.length];
        for (int i = 0; i < out.length; i++) out[i] = (int) values[i];
        return out;
    }
}
