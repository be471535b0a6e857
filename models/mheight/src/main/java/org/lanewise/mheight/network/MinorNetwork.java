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
 * Passes messages between minors: track t2. A token is a k-subset K of G's columns with {@code x_K = ln |det G_K|};
 * {@link MinorMessages} make g of them, and
 *
 * <pre>
 * ln h_m  = scale_m g_m + shift_m
 * </pre>
 *
 * The temperatures s, b (of each size) and c (of each m) of the messages, the scales and shifts are learned, for each k. s starts at 1;
 * b and c start at {@value #START}, far enough from infinity, where they would be the exact formula, that errors are large. Whatever
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
        Variable ln = head.messages.pass(tape.constant(input), tape.use(head.sum).exp(), tape.use(head.minima).exp(),
                tape.use(head.maxima).exp());
        return ln.mul(tape.use(head.scale)).add(tape.use(head.shift)).mul(1 / LN2);
    }

    @Override
    public double flops(CodeShape shape) {
        return heads.get(shape).messages.terms() * 12.0; // an exponential is some ten operations
    }
}
