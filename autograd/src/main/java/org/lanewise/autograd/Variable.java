package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * A tensor on a {@link Tape}: what computations that are to be differentiated are written with. Operations have the names, the
 * broadcasting and the errors of {@link Tensor}'s, and record themselves on the tape when one of their inputs wants a gradient.
 * Dimensions may be negative, counted from the end. Fused operations (linear, layerNorm, attention, losses) are in {@link
 * Functions}.
 *
 * <p>All inputs of an operation belong to one tape. Nothing here modifies a value.
 */
public final class Variable {
    private final Tape tape;
    private final Tensor value;
    private final Node node;
    private final Parameter parameter;

    /** @param node null when no gradient is wanted; @param parameter when this is a parameter's leaf, else null */
    Variable(Tape tape, Tensor value, Node node, Parameter parameter) {
        this.tape = tape;
        this.value = value;
        this.node = node;
        this.parameter = parameter;
    }

    /** The value, not a copy. */
    public Tensor value() {
        return value;
    }

    public Tape tape() {
        return tape;
    }

    /** Whether a gradient will flow through this variable. */
    public boolean requiresGrad() {
        return node != null;
    }

    /** The same value as a constant. */
    public Variable detach() {
        return requiresGrad() ? tape.constant(value) : this;
    }

    Node node() {
        return node;
    }

    Parameter parameter() {
        return parameter;
    }

    boolean isLeaf() {
        return node != null && node.isLeaf();
    }

    // --- shape

    /** A copy of the shape. */
    public int[] shape() {
        return value.shape();
    }

    public int rank() {
        return value.rank();
    }

    public int size(int dim) {
        return value.size(dim);
    }

    public int numel() {
        return value.numel();
    }

    /** The value of a variable with one element. */
    public float item() {
        return value.item();
    }

    // --- arithmetic, with broadcasting

    public Variable add(Variable other) {
        return Arithmetic.add(this, other);
    }

    public Variable add(float other) {
        return Arithmetic.add(this, other);
    }

    public Variable sub(Variable other) {
        return Arithmetic.sub(this, other);
    }

    public Variable sub(float other) {
        return Arithmetic.add(this, -other);
    }

    public Variable mul(Variable other) {
        return Arithmetic.mul(this, other);
    }

    public Variable mul(float other) {
        return Arithmetic.mul(this, other);
    }

    public Variable div(Variable other) {
        return Arithmetic.div(this, other);
    }

    public Variable div(float other) {
        return Arithmetic.div(this, other);
    }

    /** {@code this + tensor}, for a tensor that wants no gradient. */
    public Variable add(Tensor other) {
        return add(tape.constant(other));
    }

    /** {@code this - tensor}, for a tensor that wants no gradient. */
    public Variable sub(Tensor other) {
        return sub(tape.constant(other));
    }

    /** {@code this * tensor}, for a tensor that wants no gradient. */
    public Variable mul(Tensor other) {
        return mul(tape.constant(other));
    }

    /** {@code this / tensor}, for a tensor that wants no gradient. */
    public Variable div(Tensor other) {
        return div(tape.constant(other));
    }

    /** The smaller of the two; where they are equal each gets half of the gradient. */
    public Variable minimum(Variable other) {
        return Arithmetic.minimum(this, other);
    }

    /** The larger of the two; where they are equal each gets half of the gradient. */
    public Variable maximum(Variable other) {
        return Arithmetic.maximum(this, other);
    }

    /** {@code this} where {@code condition} is not zero, else {@code other}. */
    public Variable where(Tensor condition, Variable other) {
        return Arithmetic.where(condition, this, other);
    }

    /** Every element to a constant power. */
    public Variable pow(float exponent) {
        return Unary.pow(this, exponent);
    }

    // --- functions of each element

    public Variable neg() {
        return Arithmetic.mul(this, -1f);
    }

    public Variable exp() {
        return Unary.exp(this);
    }

    public Variable expm1() {
        return Unary.expm1(this);
    }

    public Variable log() {
        return Unary.log(this);
    }

    public Variable log1p() {
        return Unary.log1p(this);
    }

    public Variable tanh() {
        return Unary.tanh(this);
    }

    public Variable sigmoid() {
        return Unary.sigmoid(this);
    }

    public Variable erf() {
        return Unary.erf(this);
    }

    /** {@code log(1 + exp x)}. */
    public Variable softplus() {
        return Unary.softplus(this);
    }

    /** {@code x Phi(x)}, with the error function. */
    public Variable gelu() {
        return Unary.gelu(this);
    }

    /** {@code x sigmoid(x)}. */
    public Variable silu() {
        return Unary.silu(this);
    }

    /** {@code max(x, 0)}, with derivative 0 at 0. */
    public Variable relu() {
        return Unary.relu(this);
    }

    public Variable sqrt() {
        return Unary.sqrt(this);
    }

    public Variable rsqrt() {
        return Unary.rsqrt(this);
    }

    /** The absolute value, with derivative 0 at 0. */
    public Variable abs() {
        return Unary.abs(this);
    }

    public Variable square() {
        return Unary.square(this);
    }

    public Variable reciprocal() {
        return Unary.reciprocal(this);
    }

    /** Limited to [lo, hi], with derivative 1 inside and at the limits, else 0. */
    public Variable clamp(float lo, float hi) {
        return Unary.clamp(this, lo, hi);
    }

    // --- reductions

    /** The sum of all elements, a scalar. */
    public Variable sum() {
        return Reductions.sum(this, false);
    }

    public Variable sum(boolean keepDims, int... dims) {
        return Reductions.sum(this, keepDims, dims);
    }

    /** The mean of all elements, a scalar. */
    public Variable mean() {
        return Reductions.mean(this, false);
    }

    public Variable mean(boolean keepDims, int... dims) {
        return Reductions.mean(this, keepDims, dims);
    }

    /** The variance, divided by n - 1 when {@code unbiased}, else by n. */
    public Variable var(boolean unbiased, boolean keepDims, int... dims) {
        return Reductions.var(this, unbiased, keepDims, dims);
    }

    /** The largest of all elements, a scalar; equal ones share the gradient. */
    public Variable max() {
        return Reductions.max(this);
    }

    /** The smallest of all elements, a scalar; equal ones share the gradient. */
    public Variable min() {
        return Reductions.min(this);
    }

    /** The largest elements along a dimension; equal ones share the gradient. */
    public Variable max(int dim, boolean keepDim) {
        return Reductions.max(this, dim, keepDim);
    }

    /** The smallest elements along a dimension; equal ones share the gradient. */
    public Variable min(int dim, boolean keepDim) {
        return Reductions.min(this, dim, keepDim);
    }

    /** {@code log sum exp} along a dimension, without overflow. */
    public Variable logSumExp(int dim, boolean keepDim) {
        return Reductions.logSumExp(this, dim, keepDim);
    }

    /** The Euclidean norm of all elements, a scalar, with gradient 0 at 0. */
    public Variable norm() {
        return Reductions.norm(this);
    }

    public Variable cumsum(int dim) {
        return Reductions.cumsum(this, dim);
    }

    public Variable softmax(int dim) {
        return Softmax.softmax(this, dim);
    }

    public Variable logSoftmax(int dim) {
        return Softmax.logSoftmax(this, dim);
    }

    // --- views

    /** The same elements in another shape; one size may be -1. */
    public Variable reshape(int... shape) {
        return Views.reshape(this, shape);
    }

    public Variable flatten() {
        return Views.reshape(this, -1);
    }

    public Variable transpose(int dim0, int dim1) {
        return Views.transpose(this, dim0, dim1);
    }

    /** The transpose of a matrix. */
    public Variable t() {
        return Views.transpose(this, 0, 1);
    }

    public Variable permute(int... dims) {
        return Views.permute(this, dims);
    }

    public Variable slice(int dim, int from, int to) {
        return Views.slice(this, dim, from, to, 1);
    }

    public Variable slice(int dim, int from, int to, int step) {
        return Views.slice(this, dim, from, to, step);
    }

    public Variable select(int dim, int index) {
        return Views.select(this, dim, index);
    }

    public Variable expand(int... shape) {
        return Views.expand(this, shape);
    }

    public Variable squeeze(int dim) {
        return Views.squeeze(this, dim);
    }

    public Variable unsqueeze(int dim) {
        return Views.unsqueeze(this, dim);
    }

    /** Consecutive pieces of the given sizes along a dimension. */
    public Variable[] split(int dim, int... sizes) {
        return Views.split(this, dim, sizes);
    }

    /** Variables one after the other along an existing dimension. */
    public static Variable concat(int dim, Variable... parts) {
        return Joins.concat(dim, parts);
    }

    /** Variables of one shape beside each other along a new dimension. */
    public static Variable stack(int dim, Variable... parts) {
        return Joins.stack(dim, parts);
    }

    // --- indexing

    /** {@code out[i][j][k] = this[i][index[i][j][k]][k]} (for {@code dim} 1). */
    public Variable gather(int dim, int[] index, int... indexShape) {
        return Indexing.gather(this, dim, index, indexShape);
    }

    /** The slices {@code index[0], index[1], ...} along a dimension. */
    public Variable indexSelect(int dim, int[] index) {
        return Indexing.indexSelect(this, dim, index);
    }

    /** This plus {@code source}, each of whose elements goes to the place that {@code gather} would read it from. */
    public Variable scatterAdd(int dim, int[] index, int[] indexShape, Variable source) {
        return Indexing.scatterAdd(this, dim, index, indexShape, source);
    }

    // --- products

    /** The matrix product, as {@link Tensor#matmul}: vectors, matrices, batches of them with broadcasting. */
    public Variable matmul(Variable other) {
        return Products.matmul(this, other);
    }

    @Override
    public String toString() {
        return "Variable(" + value + (requiresGrad() ? ", " + node.name() : "") + ")";
    }
}
