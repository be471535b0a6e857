package org.lanewise.engine;

/**
 * Destination-passing forms for hot paths: the last tensor argument is modified and returned, nothing else is. Shapes must
 * fit exactly (the destination is never broadcast).
 *
 * <p>Element-wise forms may write over an operand, given as the very same view; a destination that overlaps an operand in
 * any other way, or an expanded view, is an {@link IllegalArgumentException}. Products and row operations along a
 * dimension say in their own words what they allow.
 *
 * <pre>{@code
 * Ops.mulInto(x, y, x);            // x = x * y
 * Ops.matmulInto(x, w, out);       // out = x w
 * }</pre>
 */
public final class Ops {

    private Ops() {}

    /** {@code out = a + b}, the operands broadcast. */
    public static Tensor addInto(Tensor a, Tensor b, Tensor out) {
        return Elementwise.binaryInto(BinaryOp.ADD, a, b, out);
    }

    /** {@code out = a - b}, the operands broadcast. */
    public static Tensor subInto(Tensor a, Tensor b, Tensor out) {
        return Elementwise.binaryInto(BinaryOp.SUB, a, b, out);
    }

    /** {@code out = a * b}, the operands broadcast. */
    public static Tensor mulInto(Tensor a, Tensor b, Tensor out) {
        return Elementwise.binaryInto(BinaryOp.MUL, a, b, out);
    }

    /** {@code out = a / b}, the operands broadcast. */
    public static Tensor divInto(Tensor a, Tensor b, Tensor out) {
        return Elementwise.binaryInto(BinaryOp.DIV, a, b, out);
    }

    public static Tensor expInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.EXP, a, out); }

    public static Tensor tanhInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.TANH, a, out); }

    public static Tensor sigmoidInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.SIGMOID, a, out); }

    public static Tensor geluInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.GELU, a, out); }

    public static Tensor siluInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.SILU, a, out); }

    public static Tensor reluInto(Tensor a, Tensor out) { return Elementwise.unaryInto(UnaryOp.RELU, a, out); }

    /** {@code out = softmax(a)} along the last dimension; {@code out} may be {@code a}. */
    public static Tensor softmaxInto(Tensor a, Tensor out) {
        return softmaxInto("softmaxInto", a, out, false);
    }

    /** {@code out = log(softmax(a))} along the last dimension; {@code out} may be {@code a}. */
    public static Tensor logSoftmaxInto(Tensor a, Tensor out) {
        return softmaxInto("logSoftmaxInto", a, out, true);
    }

    private static Tensor softmaxInto(String op, Tensor a, Tensor out, boolean log) {
        if (a.shape.length == 0) throw ShapeException.of(op, a.shape, "has no dimension to sum over");
        Alias.sameShape(op, a, out);
        Alias.checkWritable(op, out);
        Alias.checkElementwise(op, a, out);
        if (a.contiguous && out.contiguous) Softmax.rows(a, out, log);
        else Copying.into(log ? a.logSoftmax(-1) : a.softmax(-1), out);
        return out;
    }

    /** {@code out = a b} for matrices and stacks of them; {@code out} shares no memory with {@code a} or {@code b}. */
    public static Tensor matmulInto(Tensor a, Tensor b, Tensor out) {
        return Products.matmulInto(a, b, out);
    }

    /**
     * {@code out = activation(x w^T + bias)} for x [..., in], w [out, in] and bias [out] or null; {@code out} [..., out]
     * shares no memory with them.
     */
    public static Tensor linearInto(Tensor x, Tensor w, Tensor bias, Activation activation, Tensor out) {
        return Products.linearInto(x, w, bias, activation, out);
    }

    /** {@code activation(x w^T + bias)} as a new tensor, see {@link #linearInto}. */
    public static Tensor linear(Tensor x, Tensor w, Tensor bias, Activation activation) {
        return Products.linearInto(x, w, bias, activation, Tensor.zeros(Products.linearShape(x, w, bias)));
    }
}
