package org.lanewise.mheight.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Rng;
import org.lanewise.engine.Tensor;
import org.lanewise.mheight.data.CanonicalForm;
import org.lanewise.mheight.data.Symmetry;
import org.lanewise.mheight.exact.CodeShape;
import org.lanewise.mheight.exact.ExactSolver;

/**
 * Learns from P alone, without minors: track t1. P is brought to its canonical form ({@link CanonicalForm}). A token is a set of k of
 * G's columns or, what is the same, a square submatrix (I, J) of P. It carries d numbers, sums of learned products of entries of its
 * first row and the numbers of smaller submatrices,
 *
 * <pre>
 * u(I, J) = sum over t of p(I_1, J_t) A_{s,t} u(I - I_1, J - J_t),        s = |I|,        u = p v for an entry p
 * x(I, J) = b_s + sum over the d numbers of w_s ln sqrt(u^2 + e_s^2)
 * </pre>
 *
 * with matrices A_{s,t} and a vector v that are learned from random values, and w_s, b_s and e_s that are learned. Sets of more columns
 * then listen to their subsets with learned temperatures ({@link MinorMessages}), and
 *
 * <pre>
 * log2 h_m = softplus_a(g_1) + softplus_a(g_2 - g_1) + ... + softplus_a(g_m - g_(m-1)),        softplus_a(y) = softplus(a y) / a
 * </pre>
 *
 * so the heights rise with m as they must. That {@code A_{s,t}} of alternating signs would make u a minor, and x what the formula
 * wants, is nowhere said: it has to be found from heights. The shape of the sums, of the sets and of the messages is given, which is
 * far more than the published networks were told, so it is the figure to compare, not the merit.
 *
 * <p>The first row is no better than the others, so predictions depend on the order of rows and columns. Training shows them in random
 * orders with random signs; predictions are averaged over such copies.
 */
public final class SubmatrixNetwork extends HeightNetwork {
    private static final float LN2 = 0.6931472f;
    /** a in softplus_a: a rise by 1, the least that is usual, is wrong by 4e-5 then. */
    private static final float SHARPNESS = 8;
    /** Where ln e_s starts: products below it look the same until they are known better. */
    private static final float FLOOR = -7;
    /** Parameters of the messages for a k; the others are shared. */
    private record Head(SubmatrixTables tables, MinorMessages messages, Parameter sum, Parameter minima,
            Parameter maxima, Parameter shift) {}

    /**
     * @param channels numbers of a token, d
     * @param copies   of a code whose predictions are averaged
     */
    public record Size(int channels, int copies) {
        /** Checks the ranges. */
        public Size {
            if (channels < 1 || channels > 64 || copies < 1 || copies > 1024)
                throw new IllegalArgumentException("channels must be 1 to 64, copies 1 to 1024");
        }
    }

    private final Size size;
    private final Parameter entry;
    private final List<Parameter> products = new ArrayList<>();
    private final List<Parameter> weights = new ArrayList<>();
    private final List<Parameter> biases = new ArrayList<>();
    private final List<Parameter> floors = new ArrayList<>();
    private final Map<CodeShape, Head> heads = new LinkedHashMap<>();
    private final Map<ExactSolver, CanonicalForm> forms = new ConcurrentHashMap<>();

    public SubmatrixNetwork(Size size, Rng rng) {
        this.size = size;
        int d = size.channels();
        float start = (float) StrictMath.log(MinorNetwork.START);
        int largest = 0;
        for (int k = 4; k <= 6; k++) {
            CodeShape shape = new CodeShape(9, k);
            int r = shape.parity();
            SubmatrixTables tables = new SubmatrixTables(shape);
            largest = Math.max(largest, tables.sizes);
            heads.put(shape, new Head(tables, new MinorMessages(shape), parameter("sum" + k, Tensor.zeros(1)),
                    parameter("minima" + k, Tensor.full(start, r - 1)), parameter("maxima" + k, Tensor.full(start, r)),
                    parameter("shift" + k, Tensor.zeros(r))));
        }
        entry = parameter("entry", rng.normal(Tensor.zeros(d, 1), 0, 1));
        for (int s = 1; s <= largest; s++) {
            if (s > 1)
                products.add(parameter("products" + s,
                        rng.normal(Tensor.zeros(s * d, d), 0, (float) (1 / Math.sqrt(d)))));
            weights.add(parameter("weights" + s, Tensor.full(1f / d, 1, d)));
            biases.add(parameter("bias" + s, Tensor.zeros(1)));
            floors.add(parameter("floor" + s, Tensor.full(FLOOR, 1)));
        }
    }

    @Override
    public int copies() {
        return size.copies();
    }

    /** {@code [entries, count]}, canonical, with rows and columns in random orders and with random signs. */
    @Override
    public Tensor input(ExactSolver solver, double[] p, int count, long copy) {
        CodeShape shape = solver.shape();
        double[] canonical = forms.computeIfAbsent(solver, CanonicalForm::new).of(p, count);
        int entries = shape.entries();
        float[] shown = new float[count * entries];
        Symmetry symmetry = new Symmetry(shape);
        Rng rng = Rng.of(copy).stream("copies");
        double[] twin = new double[entries];
        for (int i = 0; i < count; i++) {
            symmetry.twin(rng, canonical, i * entries, twin, 0);
            for (int e = 0; e < entries; e++) shown[e * count + i] = (float) twin[e];
        }
        return Tensor.of(shown, entries, count);
    }

    @Override
    public Variable forward(Tape tape, CodeShape shape, Tensor input) {
        Head head = heads.get(shape);
        if (head == null) throw unknown(shape);
        Variable g = head.messages.pass(tokens(tape, head.tables, input), tape.use(head.sum).exp(),
                tape.use(head.minima).exp(), tape.use(head.maxima).exp());
        g = g.mul(1 / LN2).add(tape.use(head.shift));
        int r = shape.parity();
        Variable rises = Variable.concat(1, g.slice(1, 0, 1), g.slice(1, 1, r).sub(g.slice(1, 0, r - 1)));
        return rises.mul(SHARPNESS).softplus().mul(1 / SHARPNESS).cumsum(1);
    }

    /** x of each k-subset: {@code [entries, count]} to {@code [minors, count]}. */
    private Variable tokens(Tape tape, SubmatrixTables tables, Tensor p) {
        int d = size.channels();
        int count = p.size(1);
        List<Variable> x = new ArrayList<>();
        x.add(tape.constant(Tensor.zeros(1, count))); // the empty submatrix
        Variable u = tape.use(entry).matmul(tape.constant(p.reshape(1, p.numel()))).reshape(d, p.size(0), count);
        for (int s = 1; s <= tables.sizes; s++) {
            if (s > 1) {
                int before = u.size(1);
                Variable mixed = tape.use(products.get(s - 2)).matmul(u.reshape(d, before * count)).reshape(s * d,
                        before, count);
                u = null;
                for (int t = 0; t < s; t++) {
                    Variable term = mixed.slice(0, t * d, (t + 1) * d).indexSelect(1, tables.smaller[s - 2][t])
                            .mul(p.indexSelect(0, tables.entries[s - 2][t]));
                    u = u == null ? term : u.add(term);
                }
            }
            int submatrices = u.size(1);
            Variable logs = u.square().add(tape.use(floors.get(s - 1)).mul(2).exp()).log().mul(.5f).reshape(d,
                    submatrices * count);
            x.add(tape.use(weights.get(s - 1)).matmul(logs).reshape(submatrices, count)
                    .add(tape.use(biases.get(s - 1))));
        }
        return Variable.concat(0, x.toArray(Variable[]::new)).indexSelect(0, tables.ofSubset);
    }

    /** How near to minors the products of each size from 2 are. */
    public List<LearnedMinor> learnedMinors() {
        return LearnedMinor.of(entry.value(), products.stream().map(Parameter::value).toList(),
                weights.stream().map(Parameter::value).toList());
    }

    @Override
    public double flops(CodeShape shape) {
        Head head = heads.get(shape);
        double d = size.channels();
        double products = 0;
        double tokens = shape.entries();
        for (int s = 2; s <= head.tables.sizes; s++) {
            double before = tokens;
            tokens = head.tables.entries[s - 2][0].length;
            products += 2 * before * s * d * d + 2 * tokens * s * d;
        }
        return products + head.tables.ofSubset.length * d * 14 + head.messages.terms() * 12.0; // a logarithm is some ten operations
    }
}
