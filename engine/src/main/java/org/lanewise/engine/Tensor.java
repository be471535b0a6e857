package org.lanewise.engine;

import java.util.Arrays;
import java.util.List;

/**
 * A dense float32 array of any rank: a row-major {@code float[]} with an offset, a shape and strides.
 *
 * <p>Views ({@link #reshape}, {@link #transpose}, {@link #slice}, {@link #expand}, ...) share the array and are cheap;
 * copies are explicit ({@link #copy}, {@link #contiguous}). Methods return new tensors and leave their operands alone;
 * those that modify {@code this} end in an underscore, besides {@link #set} and {@link #copyFrom}. Operands of element-wise
 * operations broadcast as in NumPy: shapes are aligned at the last dimension, and a size of one is repeated. Negative
 * dimensions count from the end. A tensor may have dimensions of size zero, and rank zero (one number).
 *
 * <p>Every result is the same whatever the number of threads, the lane width and the state of the JIT. Shapes that do not
 * fit give a {@link ShapeException} that names the operation and the shapes.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
 * Tensor y = x.sub(x.mean(true, 0)).div(x.var(false, true, 0).add(1e-5f).sqrt());   // columns standardised
 * Tensor z = y.matmul(y.t());                                                       // [2, 2]
 * }</pre>
 *
 * <p>Tensors are not synchronised: one may be read by many threads, but not while another writes to its array.
 */
public final class Tensor {

    final float[] data;
    final int offset;
    /** Never modified: tensors share these arrays. */
    final int[] shape;
    final int[] strides;
    final int numel;
    final boolean contiguous;

    /** Values in order with the positions they came from along the dimension; both have the same row-major layout. */
    public record Ranked(Tensor values, int[] indices) {}

    /** A view; the caller has checked that it lies within {@code data}. */
    Tensor(float[] data, int offset, int[] shape, int[] strides) {
        this.data = data;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.numel = Shapes.numel("tensor", shape);
        this.contiguous = Shapes.isContiguous(shape, strides);
    }

    /** A whole array with the (shared) layout of another contiguous tensor. */
    private Tensor(float[] data, Tensor layout) {
        this.data = data;
        this.offset = 0;
        this.shape = layout.shape;
        this.strides = layout.strides;
        this.numel = layout.numel;
        this.contiguous = true;
    }

    /** New zeros in the shape of {@code t}; for a contiguous {@code t} nothing but the array and the object are allocated. */
    static Tensor like(Tensor t) {
        return t.contiguous ? new Tensor(new float[t.numel], t) : zeros(t.shape);
    }

    // --- factories

    /** A vector over {@code data}, which is not copied. */
    public static Tensor of(float[] data) {
        return of(data, new int[] {data.length});
    }

    /** A row-major tensor over {@code data}, which is not copied. */
    public static Tensor of(float[] data, int... shape) {
        int[] own = shape.clone();
        if (Shapes.numel("of", own) != data.length) {
            throw ShapeException.of("of", own, "does not hold " + data.length + " elements");
        }
        return new Tensor(data, 0, own, Shapes.rowMajor(own));
    }

    /** A matrix of copied rows of equal length. */
    public static Tensor of2d(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        Tensor out = zeros(rows.length, width);
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != width) {
                throw new ShapeException("of2d",
                        "row " + r + " has " + rows[r].length + " elements, row 0 has " + width);
            }
            System.arraycopy(rows[r], 0, out.data, r * width, width);
        }
        return out;
    }

    /** One number, rank zero. */
    public static Tensor scalar(float value) {
        return new Tensor(new float[] {value}, 0, new int[0], new int[0]);
    }

    public static Tensor zeros(int... shape) {
        int[] own = shape.clone();
        return new Tensor(new float[Shapes.numel("zeros", own)], 0, own, Shapes.rowMajor(own));
    }

    public static Tensor ones(int... shape) { return full(1f, shape); }

    public static Tensor full(float value, int... shape) {
        Tensor out = zeros(shape);
        Arrays.fill(out.data, value);
        return out;
    }

    /** {@code 0, 1, ... n - 1}. */
    public static Tensor arange(int n) {
        Tensor out = zeros(n);
        for (int i = 0; i < n; i++) out.data[i] = i;
        return out;
    }

    /** The identity matrix. */
    public static Tensor eye(int n) {
        Tensor out = zeros(n, n);
        for (int i = 0; i < n; i++) out.data[i * n + i] = 1f;
        return out;
    }

    // --- access

    /** A copy of the shape. */
    public int[] shape() { return shape.clone(); }

    public int rank() { return shape.length; }

    /** The size of one dimension. */
    public int size(int dim) { return shape[Shapes.dim("size", dim, shape)]; }

    /** The number of elements. */
    public int numel() { return numel; }

    /** A copy of the strides, in elements. */
    public int[] strides() { return strides.clone(); }

    /** The backing array itself; element 0 is at {@link #offset()}. */
    public float[] data() { return data; }

    public int offset() { return offset; }

    /** Whether the elements lie in row-major order without gaps from {@link #offset()} on. */
    public boolean isContiguous() {
        return contiguous;
    }

    /** Whether {@code this} and {@code other} have the same shape. */
    public boolean sameShape(Tensor other) {
        return Arrays.equals(shape, other.shape);
    }

    public float get(int... index) { return data[position("get", index)]; }

    /** Modifies this element. */
    public void set(float value, int... index) { data[position("set", index)] = value; }

    /** The element of a tensor that has exactly one. */
    public float item() {
        if (numel != 1) throw ShapeException.of("item", shape, "does not hold exactly one element");
        return data[offset];
    }

    private int position(String op, int[] index) {
        if (index.length != shape.length) throw ShapeException.of(op, shape, "has no index " + Shapes.text(index));
        int at = offset;
        for (int d = 0; d < index.length; d++) {
            int i = index[d] < 0 ? index[d] + shape[d] : index[d];
            if (i < 0 || i >= shape[d]) throw ShapeException.of(op, shape, "has no index " + Shapes.text(index));
            at += i * strides[d];
        }
        return at;
    }

    /** The elements in row-major order, in an array of their own. */
    public float[] toArray() {
        if (contiguous) return Arrays.copyOfRange(data, offset, offset + numel);
        return copy().data;
    }

    /** A contiguous tensor with an array of its own. */
    public Tensor copy() {
        Tensor out = like(this);
        Copying.into(this, out);
        return out;
    }

    /** This tensor if it is contiguous, else a copy that is. */
    public Tensor contiguous() {
        return contiguous ? this : copy();
    }

    /** Modifies this tensor: takes the elements of {@code source}, broadcast to this shape. */
    public Tensor copyFrom(Tensor source) {
        if (!Arrays.equals(Shapes.broadcast("copyFrom", shape, source.shape), shape)) {
            throw ShapeException.of("copyFrom", source.shape, "does not fit into " + Shapes.text(shape));
        }
        Alias.checkWritable("copyFrom", this);
        Alias.checkElementwise("copyFrom", source, this);
        Copying.into(source, this);
        return this;
    }

    /** Modifies this tensor: every element becomes {@code value}. */
    public Tensor fill_(float value) {
        if (contiguous) {
            Arrays.fill(data, offset, offset + numel, value);
            return this;
        }
        return copyFrom(scalar(value));
    }

    // --- views

    /** Another shape of as many elements; one size may be -1. A view where the strides allow it, else a copy. */
    public Tensor reshape(int... newShape) {
        return Views.reshape(this, newShape);
    }

    /** One dimension. */
    public Tensor flatten() { return Views.reshape(this, new int[] {numel}); }

    /** A view with two dimensions exchanged. */
    public Tensor transpose(int a, int b) {
        return Views.transpose(this, a, b);
    }

    /** A view of a matrix, or of every matrix in a stack, with the last two dimensions exchanged. */
    public Tensor t() {
        if (shape.length < 2) throw ShapeException.of("t", shape, "is not a matrix");
        return Views.transpose(this, -2, -1);
    }

    /** A view whose dimension {@code i} is dimension {@code dims[i]} of this one. */
    public Tensor permute(int... dims) {
        return Views.permute(this, dims);
    }

    /** A view of indices {@code from} (inclusive) to {@code to} (exclusive). */
    public Tensor slice(int dim, int from, int to) {
        return Views.slice(this, dim, from, to, 1);
    }

    /** A view of every {@code step}-th index of {@code from} (inclusive) to {@code to} (exclusive). */
    public Tensor slice(int dim, int from, int to, int step) {
        return Views.slice(this, dim, from, to, step);
    }

    /** A view at one index of {@code dim}, which disappears; a negative index counts from the end. */
    public Tensor select(int dim, int index) {
        return Views.select(this, dim, index);
    }

    /** A view in a larger shape in which sizes of one are repeated; -1 keeps a size. It cannot be written to. */
    public Tensor expand(int... newShape) {
        return Views.expand(this, newShape);
    }

    /** A view without dimension {@code dim} if its size is one, else this tensor. */
    public Tensor squeeze(int dim) {
        return Views.squeeze(this, dim);
    }

    /** A view with a new dimension of size one at place {@code dim}. */
    public Tensor unsqueeze(int dim) {
        return Views.unsqueeze(this, dim);
    }

    /** Views of consecutive ranges of {@code dim}, whose sizes must add up to its size. */
    public List<Tensor> split(int dim, int... sizes) {
        return Views.split(this, dim, sizes);
    }

    // --- element-wise, two operands, broadcast

    public Tensor add(Tensor b) { return Elementwise.binary(BinaryOp.ADD, this, b); }

    public Tensor add(float b) { return Elementwise.binary(BinaryOp.ADD, this, b); }

    public Tensor sub(Tensor b) { return Elementwise.binary(BinaryOp.SUB, this, b); }

    public Tensor sub(float b) { return Elementwise.binary(BinaryOp.SUB, this, b); }

    public Tensor mul(Tensor b) { return Elementwise.binary(BinaryOp.MUL, this, b); }

    public Tensor mul(float b) { return Elementwise.binary(BinaryOp.MUL, this, b); }

    public Tensor div(Tensor b) { return Elementwise.binary(BinaryOp.DIV, this, b); }

    public Tensor div(float b) { return Elementwise.binary(BinaryOp.DIV, this, b); }

    /** The smaller of each pair; NaN if either is. */
    public Tensor minimum(Tensor b) {
        return Elementwise.binary(BinaryOp.MINIMUM, this, b);
    }

    public Tensor minimum(float b) { return Elementwise.binary(BinaryOp.MINIMUM, this, b); }

    /** The larger of each pair; NaN if either is. */
    public Tensor maximum(Tensor b) {
        return Elementwise.binary(BinaryOp.MAXIMUM, this, b);
    }

    public Tensor maximum(float b) { return Elementwise.binary(BinaryOp.MAXIMUM, this, b); }

    /** 1 where {@code this > b}, else 0. */
    public Tensor gt(Tensor b) {
        return Elementwise.binary(BinaryOp.GT, this, b);
    }

    public Tensor gt(float b) { return Elementwise.binary(BinaryOp.GT, this, b); }

    public Tensor ge(Tensor b) { return Elementwise.binary(BinaryOp.GE, this, b); }

    public Tensor ge(float b) { return Elementwise.binary(BinaryOp.GE, this, b); }

    public Tensor lt(Tensor b) { return Elementwise.binary(BinaryOp.LT, this, b); }

    public Tensor lt(float b) { return Elementwise.binary(BinaryOp.LT, this, b); }

    public Tensor le(Tensor b) { return Elementwise.binary(BinaryOp.LE, this, b); }

    public Tensor le(float b) { return Elementwise.binary(BinaryOp.LE, this, b); }

    public Tensor eq(Tensor b) { return Elementwise.binary(BinaryOp.EQ, this, b); }

    public Tensor eq(float b) { return Elementwise.binary(BinaryOp.EQ, this, b); }

    public Tensor ne(Tensor b) { return Elementwise.binary(BinaryOp.NE, this, b); }

    public Tensor ne(float b) { return Elementwise.binary(BinaryOp.NE, this, b); }

    /** {@code cond != 0 ? a : b}, all broadcast. */
    public static Tensor where(Tensor cond, Tensor a, Tensor b) {
        return Elementwise.where(cond, a, b);
    }

    // --- element-wise, one operand

    public Tensor neg() { return Elementwise.unary(UnaryOp.NEG, this); }

    public Tensor exp() { return Elementwise.unary(UnaryOp.EXP, this); }

    /** {@code exp(x) - 1}, exact near zero. */
    public Tensor expm1() { return Elementwise.unary(UnaryOp.EXPM1, this); }

    public Tensor log() { return Elementwise.unary(UnaryOp.LOG, this); }

    /** {@code log(1 + x)}, exact near zero. */
    public Tensor log1p() { return Elementwise.unary(UnaryOp.LOG1P, this); }

    public Tensor tanh() { return Elementwise.unary(UnaryOp.TANH, this); }

    public Tensor sigmoid() { return Elementwise.unary(UnaryOp.SIGMOID, this); }

    public Tensor erf() { return Elementwise.unary(UnaryOp.ERF, this); }

    /** {@code log(1 + exp(x))}, without overflow. */
    public Tensor softplus() {
        return Elementwise.unary(UnaryOp.SOFTPLUS, this);
    }

    /** {@code x / 2 * (1 + erf(x / sqrt 2))}. */
    public Tensor gelu() { return Elementwise.unary(UnaryOp.GELU, this); }

    /** {@code x * sigmoid(x)}. */
    public Tensor silu() { return Elementwise.unary(UnaryOp.SILU, this); }

    public Tensor relu() { return Elementwise.unary(UnaryOp.RELU, this); }

    public Tensor sqrt() { return Elementwise.unary(UnaryOp.SQRT, this); }

    /** {@code 1 / sqrt(x)}. */
    public Tensor rsqrt() { return Elementwise.unary(UnaryOp.RSQRT, this); }

    public Tensor abs() { return Elementwise.unary(UnaryOp.ABS, this); }

    public Tensor square() { return Elementwise.unary(UnaryOp.SQUARE, this); }

    /** {@code 1 / x}. */
    public Tensor reciprocal() { return Elementwise.unary(UnaryOp.RECIPROCAL, this); }

    /** -1, 0 or 1; NaN stays NaN. */
    public Tensor sign() { return Elementwise.unary(UnaryOp.SIGN, this); }

    /** 1 where NaN, else 0. */
    public Tensor isNaN() { return Elementwise.unary(UnaryOp.IS_NAN, this); }

    /** {@code x ^ p}, correct to an ulp for any p. */
    public Tensor pow(float p) { return Power.pow(this, p); }

    /** {@code min(max(x, lo), hi)}; NaN stays NaN. */
    public Tensor clamp(float lo, float hi) {
        return Elementwise.unary((k, a, ao, out, oo, n) -> {
            k.maxScalar(a, ao, lo, out, oo, n);
            k.minScalar(out, oo, hi, out, oo, n);
        }, Parallel.CHEAP, this);
    }

    // --- in place; b may be this tensor, but not another view of its memory

    /** Modifies this tensor: adds {@code b}, broadcast to this shape. */
    public Tensor add_(Tensor b) {
        Elementwise.inPlace("add_", BinaryOp.ADD, this, b);
        return this;
    }

    /** Modifies this tensor: {@code this += alpha * b} with one rounding, {@code b} broadcast to this shape. */
    public Tensor addScaled_(Tensor b, float alpha) {
        Elementwise.addScaled(this, b, alpha);
        return this;
    }

    /** Modifies this tensor: multiplies by {@code b}, broadcast to this shape. */
    public Tensor mul_(Tensor b) {
        Elementwise.inPlace("mul_", BinaryOp.MUL, this, b);
        return this;
    }

    /** Modifies this tensor: multiplies every element by {@code s}. */
    public Tensor mul_(float s) {
        return mul_(scalar(s));
    }

    // --- reductions; without dimensions given, over all of them

    public Tensor sum() { return scalar(Reductions.all(Reductions.Kind.SUM, this)); }

    /** NaN if there are no elements. */
    public Tensor mean() {
        return scalar(Reductions.all(Reductions.Kind.SUM, this) / numel);
    }

    /** NaN if any element is; -Infinity if there are none. */
    public Tensor max() {
        return scalar(Reductions.all(Reductions.Kind.MAX, this));
    }

    /** NaN if any element is; +Infinity if there are none. */
    public Tensor min() {
        return scalar(Reductions.all(Reductions.Kind.MIN, this));
    }

    /** {@code sqrt(sum x^2)}. */
    public Tensor norm() {
        return scalar((float) Math.sqrt(Reductions.all(Reductions.Kind.SQUARES, this)));
    }

    public Tensor sum(boolean keepDims, int... dims) { return Statistics.sum(this, keepDims, dims); }

    public Tensor mean(boolean keepDims, int... dims) { return Statistics.mean(this, keepDims, dims); }

    /** {@code sum (x - mean)^2 / n}, or {@code / (n - 1)} if unbiased; the mean is taken first (two passes). */
    public Tensor var(boolean unbiased, boolean keepDims, int... dims) {
        return Statistics.var(this, unbiased, keepDims, dims);
    }

    public Tensor max(int dim, boolean keepDim) {
        return Statistics.reduce(Reductions.Kind.MAX, this, keepDim, dim);
    }

    public Tensor min(int dim, boolean keepDim) {
        return Statistics.reduce(Reductions.Kind.MIN, this, keepDim, dim);
    }

    /** {@code log(sum exp(x))}, without overflow. */
    public Tensor logSumExp(int dim, boolean keepDim) {
        return Statistics.logSumExp(this, dim, keepDim);
    }

    /** Running sums along {@code dim}. */
    public Tensor cumsum(int dim) { return Statistics.cumsum(this, dim); }

    /** Sums over the dimensions along which {@code shape} was broadcast to this tensor's shape. */
    public Tensor sumTo(int... shape) {
        return Statistics.sumTo(this, shape);
    }

    /** {@code exp(x) / sum exp(x)} along {@code dim}; only -Infinity along it gives zeros. */
    public Tensor softmax(int dim) {
        return Softmax.of(this, dim, false);
    }

    /** {@code x - log(sum exp(x))} along {@code dim}. */
    public Tensor logSoftmax(int dim) {
        return Softmax.of(this, dim, true);
    }

    // --- order

    /** The position of the first largest element along {@code dim}; NaN counts as largest. Row-major over the others. */
    public int[] argmax(int dim) {
        return Sorting.argmax(this, dim);
    }

    /** The row-major position of the first largest element; NaN counts as largest. */
    public int argmax() {
        return Sorting.argmax(flatten(), 0)[0];
    }

    /**
     * The {@code k} largest elements along {@code dim}, largest first; equal ones in their order, NaN counts as largest.
     */
    public Ranked topk(int k, int dim) { return Sorting.topk(this, k, dim); }

    /**
     * Sorted along {@code dim}. Stable in both directions, 0 and -0 are equal; NaN counts as largest, so it comes last when
     * ascending (as in NumPy) and first when descending (as in PyTorch).
     */
    public Ranked sort(int dim, boolean descending) { return Sorting.sort(this, dim, descending); }

    // --- products

    /**
     * The matrix product as {@code numpy.matmul}: vectors are promoted to a row (left) or a column (right), the last two
     * dimensions are multiplied and those before them broadcast.
     */
    public Tensor matmul(Tensor b) { return Products.matmul(this, b); }

    // --- joining and indexing

    /** Tensors side by side along {@code dim}; their other sizes are equal. */
    public static Tensor concat(int dim, Tensor... parts) {
        return Joining.concat(dim, parts);
    }

    /** Tensors of one shape along a new dimension {@code dim}. */
    public static Tensor stack(int dim, Tensor... parts) {
        return Joining.stack(dim, parts);
    }

    /**
     * {@code out[i][j][k] = this[i][index[i][j][k]][k]} (for {@code dim} 1): the index tensor has this rank, and no size
     * larger than this one's except along {@code dim}.
     */
    public Tensor gather(int dim, int[] index, int... indexShape) {
        return Indexing.gather(this, dim, index, indexShape);
    }

    /** The slices of {@code dim} at the given indices, which may repeat. */
    public Tensor indexSelect(int dim, int[] index) {
        return Indexing.indexSelect(this, dim, index);
    }

    /**
     * A copy of this tensor with {@code src} added at {@code [i][index[i][j][k]][k]} (for {@code dim} 1), in row-major
     * order of {@code src}: the transpose of {@link #gather}.
     */
    public Tensor scatterAdd(int dim, int[] index, int[] indexShape, Tensor src) {
        return Indexing.scatterAdd(this, dim, index, indexShape, src);
    }

    /** Modifies this tensor: adds slice {@code i} of {@code src} to slice {@code index[i]} of {@code dim}, in order of i. */
    public Tensor indexAdd_(int dim, int[] index, Tensor src) {
        Indexing.indexAdd(this, dim, index, src);
        return this;
    }

    /** The shape and the elements, shortened in the middle when there are many. */
    @Override
    public String toString() { return TensorText.of(this); }
}
