package org.lanewise.nn;

import java.util.ArrayList;
import java.util.List;
import org.lanewise.autograd.Functions;
import org.lanewise.autograd.Parameter;
import org.lanewise.autograd.Tape;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Activation;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;
import org.lanewise.nn.init.Init;

/**
 * Gated recurrent units, in any number of layers, in one or both directions:
 *
 * <pre>
 * r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 * z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * <p>Input {@code [batch, positions, in]}. Rows may have their own lengths: what lies beyond counts for nothing, in either
 * direction. Dropout is of every layer's output but the last's.
 *
 * <p>Parameters, with PyTorch's names, order of gates and law U(+-1/sqrt(hidden)), for layer k: {@code weight_ih_lk [3
 * hidden, in]}, {@code weight_hh_lk [3 hidden, hidden]}, {@code bias_ih_lk}, {@code bias_hh_lk [3 hidden]}; those of the
 * backward direction end in {@code _reverse}.
 *
 * <pre>{@code
 * GRU gru = new GRU(3, 32, GRU.Options.STANDARD.layers(2).bidirectional(true), rng);
 * Variable last = gru.forward(x).last(); // [4, batch, 32]
 * }</pre>
 *
 * <p>Source: Cho et al. 2014, in the variant of cuDNN and PyTorch (the reset gate after the product).
 */
public final class GRU extends Module {

    /**
     * What a GRU can do without.
     *
     * @param dropout between layers
     */
    public record Options(int layers, boolean bidirectional, boolean bias, double dropout) {
        /** One layer, one direction, biases, no dropout. */
        public static final Options STANDARD = new Options(1, false, true, 0);

        public Options {
            Checks.positive("GRU", "layers", layers);
            Checks.probability("GRU", "dropout", dropout);
        }

        public Options layers(int layers) {
            return new Options(layers, bidirectional, bias, dropout);
        }

        public Options bidirectional(boolean bidirectional) {
            return new Options(layers, bidirectional, bias, dropout);
        }

        public Options bias(boolean bias) {
            return new Options(layers, bidirectional, bias, dropout);
        }

        public Options dropout(double dropout) {
            return new Options(layers, bidirectional, bias, dropout);
        }
    }

    /**
     * What comes out.
     *
     * @param sequence the last layer's states {@code [batch, positions, directions * hidden]}, zero beyond a row's length
     * @param last each layer's and direction's final state {@code [layers * directions, batch, hidden]}
     */
    public record Output(Variable sequence, Variable last) {
    }

    private record Direction(Parameter inputWeight, Parameter stateWeight, Parameter inputBias, Parameter stateBias) {
    }

    private final int in;
    private final int hidden;
    private final Options options;
    private final List<Direction> directions = new ArrayList<>();

    public GRU(int in, int hidden, Rng rng) {
        this(in, hidden, Options.STANDARD, rng);
    }

    public GRU(int in, int hidden, Options options, Rng rng) {
        this.in = Checks.positive("GRU", "in", in);
        this.hidden = Checks.positive("GRU", "hidden", hidden);
        this.options = options;
        int ways = ways();
        for (int layer = 0; layer < options.layers; layer++) {
            int width = layer == 0 ? in : ways * hidden;
            for (int way = 0; way < ways; way++) {
                String suffix = "_l" + layer + (way == 0 ? "" : "_reverse");
                directions.add(new Direction(weight("weight_ih" + suffix, rng, 3 * hidden, width),
                        weight("weight_hh" + suffix, rng, 3 * hidden, hidden),
                        options.bias ? weight("bias_ih" + suffix, rng, 3 * hidden) : null,
                        options.bias ? weight("bias_hh" + suffix, rng, 3 * hidden) : null));
            }
        }
    }

    private Parameter weight(String name, Rng rng, int... shape) {
        return parameter(name, Init.fanUniform(Tensor.zeros(shape), hidden, rng));
    }

    private int ways() {
        return options.bidirectional ? 2 : 1;
    }

    /** From states of zero, all rows in full length. */
    public Output forward(Variable x) {
        return forward(x, null, null);
    }

    /**
     * The states at every position.
     *
     * @param x {@code [batch, positions, in]}, at least one position
     * @param initial the states at the beginning {@code [layers * directions, batch, hidden]}, or null for zeros
     * @param lengths of the rows, 1..positions, or null when all are full
     */
    public Output forward(Variable x, Variable initial, int[] lengths) {
        check(x, initial, lengths);
        int ways = ways();
        Variable[] last = new Variable[directions.size()];
        Variable mask = lengths == null ? null : mask(x, lengths);
        for (int layer = 0; layer < options.layers; layer++) {
            Variable[] out = new Variable[ways];
            for (int way = 0; way < ways; way++) {
                int k = layer * ways + way;
                Variable start = initial == null
                        ? x.tape().constant(Tensor.zeros(x.size(0), hidden))
                        : initial.select(0, k);
                out[way] = states(x, directions.get(k), start, lengths, way == 1);
                last[k] = out[way].select(1, way == 0 ? x.size(1) - 1 : 0);
            }
            x = ways == 1 ? out[0] : Variable.concat(-1, out);
            if (mask != null) x = x.mul(mask);
            if (isTraining() && options.dropout > 0 && layer < options.layers - 1) {
                x = Functions.dropout(x, (float) options.dropout);
            }
        }
        return new Output(x, Variable.stack(0, last));
    }

    private static Variable states(Variable x, Direction direction, Variable start, int[] lengths, boolean backwards) {
        Tape tape = x.tape();
        Variable shares = Functions.linear(x, tape.use(direction.inputWeight), use(tape, direction.inputBias),
                Activation.NONE);
        return GruScan.run(shares, tape.use(direction.stateWeight), use(tape, direction.stateBias), start, lengths,
                backwards);
    }

    private static Variable use(Tape tape, Parameter parameter) {
        return parameter == null ? null : tape.use(parameter);
    }

    /** One up to each row's length, zero beyond: {@code [batch, positions, 1]}. */
    private static Variable mask(Variable x, int[] lengths) {
        Tensor mask = Tensor.zeros(x.size(0), x.size(1), 1);
        for (int row = 0; row < lengths.length; row++) mask.select(0, row).slice(0, 0, lengths[row]).fill_(1f);
        return x.tape().constant(mask);
    }

    private void check(Variable x, Variable initial, int[] lengths) {
        Checks.shape(this, "input", x.shape(), -1, -1, in);
        if (x.size(1) == 0) throw ShapeException.of(toString(), x.shape(), "has no positions");
        if (initial != null) {
            Checks.shape(this, "initial states", initial.shape(), directions.size(), x.size(0), hidden);
        }
        if (lengths == null) return;
        if (lengths.length != x.size(0)) {
            throw new ShapeException(toString(), lengths.length + " lengths for a batch of " + x.size(0));
        }
        for (int row = 0; row < lengths.length; row++) {
            if (lengths[row] < 1 || lengths[row] > x.size(1)) {
                throw new IllegalArgumentException(this + ": length " + lengths[row] + " of row " + row
                        + " is not in 1.." + x.size(1));
            }
        }
    }

    @Override
    public String toString() {
        return "GRU(" + in + ", " + hidden + (options.layers > 1 ? ", layers " + options.layers : "")
                + (options.bidirectional ? ", bidirectional" : "") + ")";
    }
}
