package org.lanewise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lanewise.engine.Layouts.each;
import static org.lanewise.engine.Layouts.map;
import static org.lanewise.engine.Layouts.random;
import static org.lanewise.engine.Layouts.zip;
import static org.lanewise.engine.TensorAssert.assertTensor;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {

    private record Binary(BinaryOperator<Tensor> op, DoubleBinaryOperator reference) {}

    private record Unary(UnaryOperator<Tensor> op, DoubleUnaryOperator reference, double tolerance) {}

    private static final Map<String, Binary> BINARY = Map.ofEntries(
            Map.entry("add", new Binary(Tensor::add, (x, y) -> x + y)),
            Map.entry("sub", new Binary(Tensor::sub, (x, y) -> x - y)),
            Map.entry("mul", new Binary(Tensor::mul, (x, y) -> x * y)),
            Map.entry("div", new Binary(Tensor::div, (x, y) -> x / y)),
            Map.entry("minimum", new Binary(Tensor::minimum, Math::min)),
            Map.entry("maximum", new Binary(Tensor::maximum, Math::max)),
            Map.entry("gt", new Binary(Tensor::gt, (x, y) -> x > y ? 1 : 0)),
            Map.entry("ge", new Binary(Tensor::ge, (x, y) -> x >= y ? 1 : 0)),
            Map.entry("lt", new Binary(Tensor::lt, (x, y) -> x < y ? 1 : 0)),
            Map.entry("le", new Binary(Tensor::le, (x, y) -> x <= y ? 1 : 0)),
            Map.entry("eq", new Binary(Tensor::eq, (x, y) -> x == y ? 1 : 0)),
            Map.entry("ne", new Binary(Tensor::ne, (x, y) -> x != y ? 1 : 0)));

    private static final Map<String, Unary> UNARY = Map.ofEntries(
            Map.entry("neg", new Unary(Tensor::neg, x -> -x, 0)),
            Map.entry("abs", new Unary(Tensor::abs, Math::abs, 0)),
            Map.entry("relu", new Unary(Tensor::relu, x -> Math.max(0, x), 0)),
            Map.entry("sqrt", new Unary(Tensor::sqrt, Math::sqrt, 0)),
            Map.entry("square", new Unary(Tensor::square, x -> x * x, 0)),
            Map.entry("reciprocal", new Unary(Tensor::reciprocal, x -> 1 / x, 0)),
            Map.entry("sign", new Unary(Tensor::sign, Math::signum, 0)),
            Map.entry("isNaN", new Unary(Tensor::isNaN, x -> Double.isNaN(x) ? 1 : 0, 0)),
            Map.entry("clamp", new Unary(t -> t.clamp(-1f, 0.5f), x -> Math.clamp(x, -1, 0.5), 0)),
            Map.entry("rsqrt", new Unary(Tensor::rsqrt, x -> 1 / Math.sqrt(x), 2e-7)),
            Map.entry("pow 0.3", new Unary(t -> t.pow(0.3f), x -> Math.pow(x, 0.3f), 0)),
            Map.entry("pow 3", new Unary(t -> t.pow(3f), x -> x * x * x, 2e-7)),
            Map.entry("pow -2", new Unary(t -> t.pow(-2f), x -> Math.pow(x, -2), 0)),
            Map.entry("pow 2", new Unary(t -> t.pow(2f), x -> x * x, 0)),
            Map.entry("pow 1", new Unary(t -> t.pow(1f), x -> x, 0)),
            Map.entry("pow 0", new Unary(t -> t.pow(0f), _ -> 1, 0)),
            Map.entry("exp", new Unary(Tensor::exp, Math::exp, 3e-7)),
            Map.entry("expm1", new Unary(Tensor::expm1, Math::expm1, 3e-7)),
            Map.entry("log", new Unary(Tensor::log, Math::log, 3e-7)),
            Map.entry("log1p", new Unary(Tensor::log1p, Math::log1p, 3e-7)),
            Map.entry("tanh", new Unary(Tensor::tanh, Math::tanh, 3e-7)),
            Map.entry("sigmoid", new Unary(Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)), 3e-7)),
            Map.entry("softplus", new Unary(Tensor::softplus, x -> Math.log1p(Math.exp(x)), 3e-7)),
            Map.entry("silu", new Unary(Tensor::silu, x -> x / (1 + Math.exp(-x)), 5e-7)),
            Map.entry("erf", new Unary(Tensor::erf, ElementwiseTest::erf, 5e-7)),
            Map.entry("gelu", new Unary(Tensor::gelu, x -> x / 2 * (1 + erf(x / Math.sqrt(2))), 7e-7)),
            Map.entry("add 2", new Unary(t -> t.add(2f), x -> x + 2, 0)),
            Map.entry("sub 2", new Unary(t -> t.sub(2f), x -> x - 2, 0)),
            Map.entry("mul 3", new Unary(t -> t.mul(3f), x -> x * 3, 0)),
            Map.entry("div 3", new Unary(t -> t.div(3f), x -> x / 3, 0)),
            Map.entry("minimum 1", new Unary(t -> t.minimum(1f), x -> Math.min(x, 1), 0)),
            Map.entry("maximum 1", new Unary(t -> t.maximum(1f), x -> Math.max(x, 1), 0)),
            Map.entry("gt 1", new Unary(t -> t.gt(1f), x -> x > 1 ? 1 : 0, 0)),
            Map.entry("ge 1", new Unary(t -> t.ge(1f), x -> x >= 1 ? 1 : 0, 0)),
            Map.entry("lt 1", new Unary(t -> t.lt(1f), x -> x < 1 ? 1 : 0, 0)),
            Map.entry("le 1", new Unary(t -> t.le(1f), x -> x <= 1 ? 1 : 0, 0)),
            Map.entry("eq 1", new Unary(t -> t.eq(1f), x -> x == 1 ? 1 : 0, 0)),
            Map.entry("ne 1", new Unary(t -> t.ne(1f), x -> x != 1 ? 1 : 0, 0)));

    /** Pairs of shapes, and the shape of the result. */
    private static final int[][][] SHAPES = {{{4, 5}, {4, 5}, {4, 5}}, {{4, 5}, {5}, {4, 5}}, {{4, 5}, {4, 1}, {4, 5}},
            {{4, 1}, {1, 5}, {4, 5}}, {{}, {3, 2}, {3, 2}}, {{2, 1, 4}, {3, 1}, {2, 3, 4}}, {{2, 3, 4}, {1}, {2, 3, 4}},
            {{1, 3, 1, 2}, {4, 1, 5, 1}, {4, 3, 5, 2}}, {{0, 3}, {3}, {0, 3}}, {{2, 0}, {2, 1}, {2, 0}}, {{}, {}, {}},
            {{600}, {600}, {600}}, {{210, 7}, {7}, {210, 7}}, {{7}, {210, 7}, {210, 7}},
            {{210, 7}, {210, 1}, {210, 7}}, {{50, 1, 1}, {50, 4, 3}, {50, 4, 3}}, {{4, 50, 3}, {4, 1, 3}, {4, 50, 3}},
            {{70, 90}, {90, 70}, null}};

    /** Double precision, by the Taylor series. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    @ParameterizedTest
    @EnumSource
    void binaryOperationsBroadcast(Layouts layout) {
        BINARY.forEach((name, op) -> {
            for (int[][] shapes : SHAPES) {
                if (shapes[2] == null) continue;
                Tensor a = random(1, shapes[0]);
                Tensor b = random(2, shapes[1]);
                if (a.sameShape(b) && a.rank() > 0 && a.numel() > 0) b.copyFrom(Tensor.where(b.gt(1f), a, b)); // some equal
                for (Layouts other : Layouts.values()) {
                    String what = name + " " + Shapes.text(shapes[0]) + layout + " " + Shapes.text(shapes[1]) + other;
                    double[] expected = zip(shapes[2], a, b, op.reference);
                    assertTensor(what, op.op.apply(layout.of(a), other.of(b)), shapes[2], expected, 0);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void unaryOperations(Layouts layout) {
        UNARY.forEach((name, op) -> {
            for (int[][] shapes : SHAPES) {
                Tensor a = random(3, shapes[0]);
                assertTensor(name + layout, op.op.apply(layout.of(a)), shapes[0], map(a, op.reference), op.tolerance);
            }
            Tensor special = Tensor.of(new float[] {0f, 1f, Float.NaN, Float.POSITIVE_INFINITY});
            if (!name.equals("erf") && !name.equals("gelu")) {
                assertTensor(name + " special", op.op.apply(special), new int[] {4}, map(special, op.reference),
                        op.tolerance);
            }
        });
    }

    @Test
    void largeTensorsAreSharedWithoutAChange() {
        Tensor a = random(4, 300, 1001);
        Tensor b = random(5, 1001);
        Tensor c = random(6, 1001, 300).t();
        double[] expected = zip(a.shape(), a, b, (x, y) -> (float) (x * y));
        for (int threads = 1; threads <= 3; threads++) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                pool.run(() -> {
                    assertTensor("row", a.mul(b), a.shape(), expected, 0);
                    assertTensor("both", a.add(c), a.shape(), zip(a.shape(), a, c, Double::sum), 0);
                    assertTensor("exp", a.exp(), a.shape(), map(a, Math::exp), 3e-7);
                    assertTensor("scattered", c.neg(), a.shape(), map(c, x -> -x), 0);
                    assertTensor("copy", c.copy(), a.shape(), map(c, x -> x), 0);
                    assertTensor("wide", c.slice(0, 0, 300, 2).add(1f), new int[] {150, 1001},
                            map(c.slice(0, 0, 300, 2), x -> x + 1), 0);
                    assertTensor("expanded", b.unsqueeze(0).expand(300, 1001).add(a), a.shape(),
                            zip(a.shape(), b, a, Double::sum), 0);
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereChooses(Layouts layout) {
        Tensor cond = random(7, 3, 1, 4).gt(0f);
        Tensor a = random(8, 5, 4);
        Tensor b = random(9, 3, 1, 1);
        Tensor out = Tensor.where(layout.of(cond), layout.of(a), layout.of(b));
        double[] expected = new double[60];
        int[] at = {0};
        each(new int[] {3, 5, 4}, i -> expected[at[0]++] = Layouts.broadcast(cond, i) != 0
                ? Layouts.broadcast(a, i)
                : Layouts.broadcast(b, i));
        assertTensor("where", out, new int[] {3, 5, 4}, expected, 0);
    }

    @ParameterizedTest
    @EnumSource
    void inPlaceModifiesOnlyTheView(Layouts layout) {
        for (int[] other : new int[][] {{4, 5}, {5}, {4, 1}, {}}) {
            Tensor a = random(10, 4, 5);
            Tensor b = random(11, other);
            Tensor x = layout.of(a);
            assertTensor("add_", x.add_(layout.of(b)), a.shape(), zip(a.shape(), a, b, Double::sum), 0);
            assertTensor("mul_", layout.of(a).mul_(layout.of(b)), a.shape(), zip(a.shape(), a, b, (p, q) -> p * q), 0);
            assertTensor("addScaled_", layout.of(a).addScaled_(layout.of(b), 0.5f), a.shape(),
                    zip(a.shape(), a, b, (p, q) -> p + 0.5 * q), 0);
            assertTensor("copyFrom", layout.of(a).copyFrom(layout.of(b)), a.shape(), zip(a.shape(), a, b, (_, q) -> q),
                    0);
            assertTensor("mul_ s", layout.of(a).mul_(3f), a.shape(), map(a, p -> 3 * p), 0);
            assertTensor("fill_", layout.of(a).fill_(7f), a.shape(), map(a, _ -> 7), 0);
        }
        Tensor whole = Tensor.zeros(6, 6);
        layoutless(whole);
        assertThat(whole.sum().item()).isEqualTo(2 * 2f);
    }

    private static void layoutless(Tensor whole) { whole.slice(0, 1, 3).slice(1, 5, 6).add_(Tensor.scalar(2f)); }

    @Test
    void destinationsMayBeAnOperandButNotOverlapOne() {
        Tensor base = random(12, 10, 6);
        Tensor a = base.slice(1, 0, 3);
        Tensor b = base.slice(1, 3, 6);
        double[] expected = zip(a.shape(), a, b, Double::sum);
        Ops.addInto(a, b, a); // columns apart
        assertTensor("columns", a, a.shape(), expected, 0);
        Tensor odd = base.flatten().slice(0, 1, 60, 2);
        Tensor even = base.flatten().slice(0, 0, 60, 2);
        Ops.mulInto(odd, even, odd);
        Tensor square = random(13, 5, 5);
        Ops.subInto(square, square, square);
        assertThat(square.abs().sum().item()).isZero();

        assertThatThrownBy(() -> Ops.addInto(base.slice(0, 0, 9), base.slice(0, 0, 9), base.slice(0, 1, 10)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("add")
                .hasMessageContaining("[9, 6]");
        assertThatThrownBy(() -> square.add_(square.t())).hasMessageContaining("shares memory");
        assertThatThrownBy(() -> base.add_(base.select(0, 0))).hasMessageContaining("shares memory");
        assertThatThrownBy(() -> Tensor.zeros(3, 1).expand(3, 4).add_(Tensor.zeros(3, 4)))
                .hasMessageContaining("expanded");
        assertThatThrownBy(() -> Ops.tanhInto(base.slice(0, 0, 9), base.slice(0, 1, 10)))
                .hasMessageContaining("shares memory");
        assertThatThrownBy(() -> Ops.matmulInto(square, square, square)).hasMessageContaining("shares memory");
    }

    @Test
    void sharedMemoryIsToldApartByDimension() {
        Tensor base = Tensor.zeros(4, 5, 6);
        Alias.checkDisjoint("t", base.slice(2, 0, 3), base.slice(2, 3, 6));
        Alias.checkDisjoint("t", base.slice(1, 0, 2), base.slice(1, 2, 5));
        Alias.checkDisjoint("t", base.slice(1, 0, 5, 2), base.slice(1, 1, 5, 2));
        Alias.checkDisjoint("t", base.slice(0, 0, 2), base.slice(0, 2, 4));
        Alias.checkDisjoint("t", base.slice(0, 0, 0), base);
        for (int d = 0; d < 3; d++) {
            Tensor low = base.slice(d, 0, 3);
            Tensor high = base.slice(d, 2, 4);
            assertThatThrownBy(() -> Alias.checkDisjoint("t", low, high)).hasMessageContaining("shares memory");
        }
    }
}
