package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/** Operations of two operands. Each saves only what the inputs that want a gradient need. */
final class Arithmetic {

    private Arithmetic() {}

    /** The operands; one is null when the other wants no gradient. */
    private record Pair(Tensor a, Tensor b) {
    }

    private record Choice(Tensor condition) {
    }

    private static final Rule<Void> ADD = Rule.of("add", (_, g, in) -> {
        if (in.takesWhole(0, g) && in.takesWhole(1, g)) {
            in.share(0, g);
            in.share(1, g);
        } else {
            // the one that was broadcast gets a sum, so the other may have the gradient for itself
            int whole = in.takesWhole(0, g) ? 0 : 1;
            in.share(1 - whole, g);
            in.pass(whole, g);
        }
    });

    private static final Rule<Void> ADD_SCALAR = Rule.of("add", (_, g, in) -> in.pass(0, g));

    private static final Rule<Void> SUB = Rule.of("sub", (_, g, in) -> {
        if (in.wants(1)) in.give(1, g.neg());
        in.pass(0, g);
    });

    private static final Rule<Pair> MUL = Rule.of("mul", (s, g, in) -> {
        if (in.wants(0)) in.give(0, g.mul(s.b));
        if (in.wants(1)) in.give(1, g.mul(s.a));
    });

    private static final Rule<Float> MUL_SCALAR = Rule.of("mul", (factor, g, in) -> in.give(0, g.mul(factor)));

    /** {@code a} holds the quotient q: d/da = 1/b, d/db = -q/b. */
    private static final Rule<Pair> DIV = Rule.of("div", (s, g, in) -> {
        Tensor share = g.div(s.b);
        if (in.wants(1)) in.give(1, share.mul(s.a).mul_(-1f));
        in.give(0, share);
    });

    private static final Rule<Pair> MAXIMUM = Rule.of("maximum", (s, g, in) -> extremum(s.a.gt(s.b), s, g, in));

    private static final Rule<Pair> MINIMUM = Rule.of("minimum", (s, g, in) -> extremum(s.a.lt(s.b), s, g, in));

    private static final Rule<Choice> WHERE = Rule.of("where", (s, g, in) -> {
        Tensor zero = Tensor.scalar(0f);
        if (in.wants(0)) in.give(0, Tensor.where(s.condition, g, zero));
        if (in.wants(1)) in.give(1, Tensor.where(s.condition, zero, g));
    });

    private static void extremum(Tensor won, Pair s, Tensor g, InputGradients in) {
        Tensor first = won.add(s.a.eq(s.b).mul_(0.5f));
        if (in.wants(0)) in.give(0, g.mul(first));
        if (in.wants(1)) in.give(1, g.mul(first.neg().add(1f)));
    }

    static Variable add(Variable a, Variable b) {
        return a.tape().record(ADD, a.value().add(b.value()), null, a, b);
    }

    static Variable add(Variable a, float b) {
        return a.tape().record(ADD_SCALAR, a.value().add(b), null, a);
    }

    static Variable sub(Variable a, Variable b) {
        return a.tape().record(SUB, a.value().sub(b.value()), null, a, b);
    }

    static Variable mul(Variable a, Variable b) {
        Pair saved = new Pair(b.requiresGrad() ? a.value() : null, a.requiresGrad() ? b.value() : null);
        return a.tape().record(MUL, a.value().mul(b.value()), saved, a, b);
    }

    static Variable mul(Variable a, float b) {
        return a.tape().record(MUL_SCALAR, a.value().mul(b), b, a);
    }

    static Variable div(Variable a, Variable b) {
        Tensor quotient = a.value().div(b.value());
        return a.tape().record(DIV, quotient, new Pair(b.requiresGrad() ? quotient : null, b.value()), a, b);
    }

    /** Division itself forward, so that the value is the rounded quotient. */
    static Variable div(Variable a, float b) {
        return a.tape().record(MUL_SCALAR, a.value().div(b), 1f / b, a);
    }

    static Variable maximum(Variable a, Variable b) {
        return a.tape().record(MAXIMUM, a.value().maximum(b.value()), new Pair(a.value(), b.value()), a, b);
    }

    static Variable minimum(Variable a, Variable b) {
        return a.tape().record(MINIMUM, a.value().minimum(b.value()), new Pair(a.value(), b.value()), a, b);
    }

    static Variable where(Tensor condition, Variable a, Variable b) {
        return a.tape().record(WHERE, Tensor.where(condition, a.value(), b.value()), new Choice(condition), a, b);
    }
}
