package org.lanewise.nn;

import org.lanewise.autograd.InputGradients;
import org.lanewise.autograd.Rule;
import org.lanewise.autograd.Variable;
import org.lanewise.engine.Ops;
import org.lanewise.engine.Tensor;
import org.lanewise.engine.kernels.KernelProvider;
import org.lanewise.engine.kernels.Kernels;

/**
 * One direction of one layer of a {@link GRU} over all positions, recorded as a single operation. Per position, with a = the
 * input's share of the three gates (computed for all positions at once beforehand) and b = W h + c:
 *
 * <pre>
 * r = sigmoid(a_r + b_r);  z = sigmoid(a_z + b_z);  n = tanh(a_n + r b_n);  h' = n + z (h - n)
 * </pre>
 *
 * Rows that have ended keep their state and pass its gradient on. Backward, the gradients of W and c are one product over
 * all positions.
 */
final class GruScan {
    private static final Rule<GruScan> RULE = Rule.of("gru",
            (scan, gradient, inputs) -> scan.backward(gradient, inputs));

    private final int rows;
    private final int steps;
    private final int width;
    private final int[] lengths;
    private final boolean backwards;
    private final Tensor weight;
    private final boolean biased;
    /** Per step in the order of computation, {@code [steps + 1, rows, width]}: the state before it; the last at the end. */
    private final Tensor states;
    /** r, z and n of each step, {@code [steps, rows, 3 width]}. */
    private final float[] gates;
    /** The state's share of the candidate, b_n, {@code [steps, rows, width]}. */
    private final float[] recalled;

    private GruScan(int rows, int steps, int width, Tensor weight, boolean biased, int[] lengths,
            boolean backwards) {
        this.rows = rows;
        this.steps = steps;
        this.width = width;
        this.weight = weight;
        this.biased = biased;
        this.lengths = lengths;
        this.backwards = backwards;
        this.states = Tensor.zeros(steps + 1, rows, width);
        this.gates = new float[steps * rows * 3 * width];
        this.recalled = new float[steps * rows * width];
    }

    /**
     * The states at all positions, {@code [rows, steps, width]}.
     *
     * @param input the input's share of the gates, {@code [rows, steps, 3 width]}
     * @param weight W {@code [3 width, width]}
     * @param bias c {@code [3 width]}, or null
     * @param initial the state at the beginning {@code [rows, width]}
     * @param lengths of the rows, or null when all are full
     * @param backwards from the last position to the first
     */
    static Variable run(Variable input, Variable weight, Variable bias, Variable initial, int[] lengths,
            boolean backwards) {
        GruScan scan = new GruScan(input.size(0), input.size(1), initial.size(1), weight.value(), bias != null,
                lengths, backwards);
        Tensor out = scan.forward(input.value().contiguous(), bias == null ? null : bias.value(), initial.value());
        Variable[] inputs = bias == null
                ? new Variable[] {input, weight, initial}
                : new Variable[] {input, weight, initial, bias};
        return input.tape().record(RULE, out, scan, inputs);
    }

    private int position(int step) {
        return backwards ? steps - 1 - step : step;
    }

    private boolean ended(int row, int step) {
        return lengths != null && position(step) >= lengths[row];
    }

    private Tensor forward(Tensor input, Tensor bias, Tensor initial) {
        Kernels kernels = KernelProvider.get();
        Tensor out = Tensor.zeros(rows, steps, width);
        Tensor transposed = weight.t().contiguous();
        Tensor shares = Tensor.zeros(rows, 3 * width);
        states.select(0, 0).copyFrom(initial);
        for (int step = 0; step < steps; step++) {
            Ops.matmulInto(states.select(0, step), transposed, shares);
            if (bias != null) Ops.addInto(shares, bias, shares);
            for (int row = 0; row < rows; row++) {
                int from = (step * rows + row) * width;
                int to = from + rows * width;
                if (ended(row, step)) {
                    System.arraycopy(states.data(), from, states.data(), to, width);
                } else {
                    cell(kernels, input, shares.data(), row, step, from, to);
                }
                System.arraycopy(states.data(), to, out.data(), (row * steps + position(step)) * width, width);
            }
        }
        return out;
    }

    /** One row's step, from the state at {@code from} to the one at {@code to}. */
    private void cell(Kernels kernels, Tensor input, float[] shares, int row, int step, int from, int to) {
        float[] a = input.data();
        int at = input.offset() + (row * steps + position(step)) * 3 * width;
        int b = row * 3 * width;
        int gate = 3 * from;
        int n = gate + 2 * width;
        kernels.add(a, at, shares, b, gates, gate, 2 * width);
        kernels.sigmoid(gates, gate, gates, gate, 2 * width);
        System.arraycopy(shares, b + 2 * width, recalled, from, width);
        kernels.fma(gates, gate, recalled, from, a, at + 2 * width, gates, n, width);
        kernels.tanh(gates, n, gates, n, width);
        float[] h = states.data();
        kernels.sub(h, from, gates, n, h, to, width);
        kernels.fma(gates, gate + width, h, to, gates, n, h, to, width);
    }

    private void backward(Tensor gradient, InputGradients inputs) {
        Tensor g = gradient.contiguous();
        Tensor ofInput = Tensor.zeros(rows, steps, 3 * width);
        Tensor ofShares = Tensor.zeros(steps, rows, 3 * width);
        Tensor ofState = Tensor.zeros(rows, width);
        Tensor kept = Tensor.zeros(rows, width);
        for (int step = steps - 1; step >= 0; step--) {
            for (int row = 0; row < rows; row++) {
                addRow(g, row, step, ofState.data());
                cellBackward(row, step, ofState.data(), kept.data(), ofInput.data(), ofShares.data());
            }
            Ops.matmulInto(ofShares.select(0, step), weight, ofState);
            ofState.add_(kept);
        }
        Tensor shares = ofShares.reshape(steps * rows, 3 * width);
        inputs.give(0, ofInput);
        if (inputs.wants(1)) {
            Tensor before = states.slice(0, 0, steps).reshape(steps * rows, width);
            inputs.give(1, shares.t().matmul(before));
        }
        inputs.give(2, ofState);
        if (biased && inputs.wants(3)) inputs.give(3, shares.sum(false, 0));
    }

    private void addRow(Tensor gradient, int row, int step, float[] ofState) {
        int at = gradient.offset() + (row * steps + position(step)) * width;
        for (int i = 0; i < width; i++) ofState[row * width + i] += gradient.data()[at + i];
    }

    /** One row's step: from the gradient of h' to those of a, b and (in {@code kept}) of h as far as it went straight to h'. */
    private void cellBackward(int row, int step, float[] ofState, float[] kept, float[] ofInput, float[] ofShares) {
        int state = row * width;
        if (ended(row, step)) {
            System.arraycopy(ofState, state, kept, state, width);
            return; // the gradients of a and b stay zero
        }
        int from = (step * rows + row) * width;
        int gate = 3 * from;
        int a = (row * steps + position(step)) * 3 * width;
        for (int i = 0; i < width; i++) {
            float r = gates[gate + i];
            float z = gates[gate + width + i];
            float n = gates[gate + 2 * width + i];
            float g = ofState[state + i];
            float ofCandidate = g * (1 - z) * (1 - n * n);
            float ofUpdate = g * (states.data()[from + i] - n) * z * (1 - z);
            float ofReset = ofCandidate * recalled[from + i] * r * (1 - r);
            kept[state + i] = g * z;
            ofInput[a + i] = ofReset;
            ofInput[a + width + i] = ofUpdate;
            ofInput[a + 2 * width + i] = ofCandidate;
            ofShares[gate + i] = ofReset;
            ofShares[gate + width + i] = ofUpdate;
            ofShares[gate + 2 * width + i] = ofCandidate * r;
        }
    }
}
