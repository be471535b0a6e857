package org.lanewise.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.lanewise.engine.Tensor;

/** The check finds what is wrong, and only that. */
class GradCheckTest {
    private static final Tensor X = Samples.normal(1, 3, 4);
    private static final Rule<Tensor> CUBE = Rule.of("cube", (x, g, in) -> in.give(0, x.square().mul(3f).mul(g)));
    private static final Rule<Tensor> SLOPPY = Rule.of("sloppy",
            (x, g, in) -> in.give(0, x.square().mul(3.01f).mul(g)));
    private static final Rule<Tensor> ROUNDED = Rule.of("rounded",
            (x, g, in) -> in.give(0, x.square().mul(3.00002f).mul(g)));

    private static Variable cube(Rule<Tensor> rule, Variable x) {
        return x.tape().record(rule, x.value().mul(x.value()).mul(x.value()), x.value(), x);
    }

    private static double[] exactCube(double[]... in) {
        return Ref.map(in[0], x -> x * x * x);
    }

    @Test
    void aRightRulePasses() {
        GradCheck check = GradCheck.of(in -> cube(CUBE, in[0]), X);
        assertThat(check.check().error()).isLessThan(1e-4);
        GradCheck.Report report = check.check(GradCheckTest::exactCube);
        assertThat(report.error()).isLessThan(3e-7);
        assertThat(report.forwardError()).isLessThan(3e-7);
    }

    @Test
    void aWrongRuleIsFound() {
        assertThatThrownBy(() -> GradCheck.of(in -> cube(SLOPPY, in[0]), X).check()).isInstanceOf(AssertionError.class)
                .hasMessageContaining("input 0");
        GradCheck.of(in -> cube(ROUNDED, in[0]), X).check();
        assertThatThrownBy(() -> GradCheck.of(in -> cube(ROUNDED, in[0]), X).check(GradCheckTest::exactCube))
                .isInstanceOf(AssertionError.class);
        GradCheck.of(in -> cube(ROUNDED, in[0]), X).tolerance(1e-4).check(GradCheckTest::exactCube);
    }

    @Test
    void aWrongValueIsFound() {
        assertThatThrownBy(() -> GradCheck.of(in -> in[0].add(1e-5f), X).check(in -> in[0]))
                .isInstanceOf(AssertionError.class).hasMessageContaining("forward");
        assertThatThrownBy(() -> GradCheck.of(in -> in[0].add(1f), X).check(_ -> new double[3]))
                .isInstanceOf(AssertionError.class).hasMessageContaining("3 outputs");
    }

    @Test
    void aForgottenGradientIsFound() {
        assertThatThrownBy(() -> GradCheck.of(in -> in[0].add(in[0].square().detach()), X).check())
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> GradCheck.of(in -> in[0].mul(in[1].detach()), X, X).check())
                .isInstanceOf(AssertionError.class).hasMessageContaining("input 1");
        GradCheck.of(in -> in[0].mul(in[1].detach()), X, X).constant(1).check();
    }

    @Test
    void notANumberFails() {
        Rule<Tensor> nan = Rule.of("nan", (_, g, in) -> in.give(0, g.mul(Float.NaN)));
        assertThatThrownBy(() -> GradCheck.of(in -> cube(nan, in[0]), X).check()).isInstanceOf(AssertionError.class);
    }

    @Test
    void wrongShapesOfGradientsAreNamed() {
        Rule<Tensor> wrong = Rule.of("wrong", (_, _, in) -> in.give(0, Tensor.ones(5)));
        assertThatThrownBy(() -> GradCheck.of(in -> cube(wrong, in[0]), X).check())
                .hasMessageContaining("backward of wrong").hasMessageContaining("[5]").hasMessageContaining("[3, 4]");
    }

    @Test
    void randomMasksStayFixed() {
        GradCheck.of(in -> Functions.dropout(in[0], 0.5f).mul(in[0]), X).seed(4).check();
    }

    @Test
    void parametersOfAModule() {
        Parameter w = new Parameter("w", Samples.normal(1, 3, 4));
        Parameter b = new Parameter("b", Samples.normal(2, 3));
        Tensor x = Samples.normal(3, 5, 4);
        double[] exact = new double[20];
        for (int i = 0; i < 20; i++) exact[i] = x.data()[i];
        GradCheck check = GradCheck.ofParameters(tape -> {
            Variable input = tape.constant(x);
            return Checkpoint.run(in -> {
                Tape t = in[0].tape();
                return Functions.linear(in[0], t.use(w), t.use(b)).tanh();
            }, input);
        }, w, b);
        check.check();
        check.check(in -> {
            double[] y = Ref.matmul(exact, Ref.transpose(in[0], 3, 4), 5, 4, 3);
            return Ref.map(Ref.zip(y, Ref.expand(in[1], new int[] {3}, 5, 3), Double::sum), Math::tanh);
        });
        assertThatThrownBy(() -> GradCheck.ofParameters(tape -> tape.use(w).mul(tape.use(w).detach()), w).check())
                .isInstanceOf(AssertionError.class);
        Parameter frozen = new Parameter("frozen", Samples.normal(4, 3), false);
        assertThatThrownBy(() -> GradCheck.ofParameters(tape -> tape.use(b).mul(tape.use(frozen)), b, frozen).check())
                .hasMessageContaining("frozen");
    }
}
