package org.lanewise.mheight.network;

import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * Passes messages between minors: track t2. A token is a k-subset K of G's columns with {@code x_K = ln |det G_K|}. With
 * {@code soft_b(v) = ln(sum e^(b v)) / b}, which is the maximum for large b and the minimum for large negative b,
 *
 * <pre>
 * f(U,j)  = soft_s (x_{U-i} - x_{U-j}, i in U - j)         |U| = k + 1, s starts at 1
 * F(W,j)  = soft_-b (F(W-t,j), t in W - j)                 size by size up to n
 * ln h_m  = scale_m soft_c (F(W,j), |W| = n - m + 1, j in W) + shift_m
 * </pre>
 *
 * The temperatures s, b (of each size) and c (of each m), the scales and shifts are learned, for each k. At s = 1, b and c infinite,
 * scale 1 and shift 0 this is the exact formula; b and c start at {@value #START}, far enough from it that errors are large. Whatever
 * they are, the network sees minors only, so it is blind to everything that keeps the heights.
 */
public final class MinorNetwork extends HeightNetwork {
    /** Where the temperatures of minima and maxima start. */
    public static final double START = 4;
    /** A minor below this part of the largest counts as this, as ln. */
    private static final float FLOOR = -60;
    private static final float LN2 = 0.6931472f;

    private final Map<CodeShape, Head> heads = new LinkedHashMap<>();

    /** The tables and parameters of one shape. */
    private static final class Head {
        final MinorMessages messages;
        final Parameter sum;
        final Parameter minima;
        final Parameter maxima;
        final Parameter scale;
        final Parameter shift;

        Head(MinorMessages messages, Parameter sum, Parameter minima, Parameter maxima, Parameter scale,
                Parameter shift) {
            this.messages = messages;
            this.sum = sum;
            this.minima = minima;
            this.maxima = maxima;
            this.scale = scale;
            this.shift = shift;
        }
    }

    public MinorNetwork() {
        float start = (float) StrictMath.log(START);
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            int r = shape.parity();
            heads.put(shape, new Head(new MinorMessages(shape), parameter("sum" + k, Tensor.zeros(1)),
                    parameter("minima" + k, Tensor.full(start, Math.max(1, r - 1))),
                    parameter("maxima" + k, Tensor.full(start, r)), parameter("scale" + k, Tensor.ones(r)),
                    parameter("shift" + k, Tensor.zeros(r))));
        }
    }

    @Override
    public int copies() {
        return 1;
    }

    /** {@code [minors, count]}: ln of the minors' magnitudes, by the largest of each code. */
    @Override
    public Tensor input(ExactSolver solver, double[] p, int count, long copy) {
        int width = solver.minorCount();
        double[] minors = new double[count * width];
        solver.minors(p, count, minors);
        float[] x = new float[minors.length];
        for (int i = 0; i < count; i++) {
            double largest = 0;
            for (int s = 0; s < width; s++) largest = Math.max(largest, minors[i * width + s]);
            for (int s = 0; s < width; s++)
                x[s * count + i] = Math.max(FLOOR, (float) StrictMath.log(minors[i * width + s] / largest));
        }
        return Tensor.of(x, width, count);
    }

    @Override
    public Variable forward(Tape tape, CodeShape shape, Tensor input) {
        Head head = heads.get(shape);
        if (head == null) throw unknown(shape);
        MinorMessages messages = head.messages;
        int count = input.size(1);
        int r = shape.parity();
        Variable x = tape.constant(input);
        // f(U,j): the terms x_{U-i} of all U, j, less x_{U-j}
        Variable terms = x.indexSelect(0, messages.sumTerms).reshape(messages.states(0), shape.k(), count);
        Variable state = soft(terms, tape.use(head.sum).exp()).sub(x.indexSelect(0, messages.removed));
        Variable[] heights = new Variable[r];
        Variable minima = tape.use(head.minima).exp();
        Variable maxima = tape.use(head.maxima).exp();
        for (int level = 0; level < r; level++) {
            if (level > 0) {
                Variable parts = state.indexSelect(0, messages.levels[level - 1]).reshape(messages.states(level),
                        shape.k() + 1, count);
                state = soft(parts, minima.slice(0, level - 1, level).neg());
            }
            int m = r - level;
            heights[m - 1] = soft(state.reshape(1, messages.states(level), count), maxima.slice(0, m - 1, m));
        }
        Variable ln = Variable.concat(0, heights).t(); // [count, r]
        return ln.mul(tape.use(head.scale)).add(tape.use(head.shift)).mul(1 / LN2);
    }

    /** {@code [a, b, count]} to {@code [a, count]}. */
    private static Variable soft(Variable x, Variable temperature) {
        return x.mul(temperature).logSumExp(1, false).div(temperature);
    }

    @Override
    public double flops(CodeShape shape) {
        return heads.get(shape).messages.terms() * 12.0; // an exponential is some ten operations
    }
}
