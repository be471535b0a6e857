package org.lanewise.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.lanewise.engine.Rng;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * The record of one computation, to be differentiated. A tape is a scope, never global: open one per training step, in as
 * many threads as you like, sharing {@link Parameter}s; a single tape belongs to one thread at a time.
 *
 * <pre>{@code
 * Parameter w = new Parameter("w", Tensor.of(new float[] { 1, 2, 3, 4 }, 2, 2));
 * try (Tape tape = Tape.recording(42)) {
 *     Variable x = tape.constant(Tensor.ones(5, 2));
 *     Variable loss = x.matmul(tape.use(w)).square().mean();
 *     Gradients gradients = tape.backward(loss);
 *     w.value().addScaled_(gradients.of(w), -0.1f);
 * }
 * }</pre>
 *
 * <p>Operations whose inputs want no gradient are not recorded, nor is anything on an {@linkplain #inference inference}
 * tape or inside {@link #noGrad}. {@link #backward} releases what each operation saved as soon as it is used, so a graph
 * can be walked once; {@link #close} releases everything. Values saved for the walk are not copied: whoever modifies a
 * tensor in place between forward and backward gets wrong gradients.
 *
 * <p>Random operations draw numbered streams ({@link #rng}) from the tape's seed: the same seed and the same operations give
 * the same bits, whatever the number of threads.
 */
public final class Tape implements AutoCloseable {
    private final long seed;
    private final boolean records;
    private final boolean replay;
    private final Set<Parameter> parametersSeen;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Parameter, Variable> used = new IdentityHashMap<>();
    private final Map<Parameter, Tensor> substitutes = new IdentityHashMap<>();
    private long draws;
    private int noGradDepth;
    private Gradients spent;
    /** Arrays of an earlier tape, null when nothing is reused. */
    private Spares spares;
    private boolean checked;
    private boolean closed;

    private Tape(long seed, long draws, boolean records, boolean replay, Set<Parameter> parametersSeen) {
        this.seed = seed;
        this.draws = draws;
        this.records = records;
        this.replay = replay;
        this.parametersSeen = parametersSeen;
    }

    /** A tape that records, for training. @param seed of its random streams; take another for every step */
    public static Tape recording(long seed) {
        return new Tape(seed, 0, true, false, null);
    }

    /** A tape that only computes, with random streams from seed 0. */
    public static Tape inference() {
        return inference(0);
    }

    /** A tape that only computes. @param seed of its random streams, for those who sample at prediction time */
    public static Tape inference(long seed) {
        return new Tape(seed, 0, false, false, null);
    }

    /**
     * Makes this tape look for the operation that first yields NaN or infinity, in the values it computes and in the gradients
     * it passes on: an {@link ArithmeticException} names it. Costs another reading of everything.
     *
     * @return this
     */
    public Tape findAnomalies() {
        checked = true;
        return this;
    }

    /**
     * Lets {@link #backward} write the gradients of parameters into the memory of earlier ones, which nobody needs any more:
     * those used disappear from {@code spent}. Saves a training step the clearing and collecting of as many floats as the
     * model has parameters; what memory intermediate gradients needed passes on, too. The results are the same.
     *
     * @param spent the gradients of the step before, an empty object for the first; null to reuse nothing
     *
     * @return this
     */
    public Tape reuse(Gradients spent) {
        this.spent = spent;
        this.spares = spent == null ? null : spent.takeSpares();
        return this;
    }

    /** A contiguous tensor with any content, for values that never leave a rule: they go back when it has run. */
    Tensor blank(int... shape) {
        return spares == null ? Tensor.zeros(shape) : spares.blank(shape);
    }

    // --- variables

    /** A variable that wants no gradient. The tensor is not copied. */
    public Variable constant(Tensor value) {
        checkOpen();
        return new Variable(this, value, null, null);
    }

    /** A variable that wants a gradient, to be found under itself in {@link Gradients}. The tensor is not copied. */
    public Variable leaf(Tensor value) {
        checkOpen();
        return isRecording() ? addLeaf(value, null) : constant(value);
    }

    /** The parameter as a variable of this tape, the same one each time; a constant when it is frozen. */
    public Variable use(Parameter parameter) {
        checkOpen();
        if (parametersSeen != null) {
            parametersSeen.add(parameter);
        }
        Tensor value = substitutes.getOrDefault(parameter, parameter.value());
        if (!isRecording() || !parameter.requiresGrad()) {
            return constant(value);
        }
        return used.computeIfAbsent(parameter, p -> addLeaf(value, p));
    }

    /** Computes with another value for a parameter, here and in the parts of this tape: for {@link GradCheck}. */
    void substitute(Parameter parameter, Tensor value) {
        substitutes.put(parameter, value);
    }

    private Variable addLeaf(Tensor value, Parameter parameter) {
        Node node = new Node(nodes.size(), value.shape());
        Variable leaf = new Variable(this, value, node, parameter);
        node.leaf = leaf;
        nodes.add(node);
        return leaf;
    }

    // --- recording

    /** Whether operations are recorded now. */
    public boolean isRecording() {
        return records && noGradDepth == 0;
    }

    /** Whether an operation on these inputs would be recorded, so that its rule will need what it saves. */
    public boolean tracks(Variable... inputs) {
        checkOpen();
        boolean wanted = false;
        for (Variable input : inputs) {
            if (input == null) continue;
            if (input.tape() != this) {
                throw new IllegalArgumentException("the operation mixes variables of two tapes: " + input
                        + " belongs to another one" + (replay || parametersSeen != null
                                ? " (inside a checkpoint use the function's arguments and the tape of those)"
                                : ""));
            }
            wanted |= input.requiresGrad();
        }
        return wanted && isRecording();
    }

    /**
     * The result of an operation as a variable, recorded when an input wants a gradient.
     *
     * @param value the result, computed from the inputs' values
     * @param saved what the rule will need; forgotten at once when nothing is recorded
     * @param inputs in the rule's order; null for an absent one
     */
    public <S> Variable record(Rule<S> rule, Tensor value, S saved, Variable... inputs) {
        if (checked) Anomalies.inValue(rule, value, inputs);
        if (!tracks(inputs)) {
            return new Variable(this, value, null, null);
        }
        Node[] parents = new Node[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            parents[i] = inputs[i] == null ? null : inputs[i].node();
        }
        Node node = new Node(nodes.size(), value.shape(), rule, saved, parents);
        nodes.add(node);
        return new Variable(this, value, node, null);
    }

    /** Computes without recording: the results want no gradient. */
    public <T> T noGrad(Supplier<T> computation) {
        checkOpen();
        noGradDepth++;
        try {
            return computation.get();
        } finally {
            noGradDepth--;
        }
    }

    /** {@link #noGrad(Supplier)} for a computation without result. */
    public void noGrad(Runnable computation) {
        noGrad(() -> {
            computation.run();
            return null;
        });
    }

    /**
     * The next random stream. Streams are numbered in the order drawn, so the same operations on a tape of the same seed
     * draw the same numbers, also when {@link Checkpoint} repeats them.
     */
    public Rng rng() {
        checkOpen();
        return Rng.of(seed).stream(draws++);
    }

    /**
     * Whether this computation repeats an earlier one to differentiate it ({@link Checkpoint}). Side effects, such as the
     * update of running statistics, were done the first time.
     */
    public boolean isReplay() {
        return replay;
    }

    // --- differentiation

    /**
     * The gradients of a scalar (one element) with respect to the parameters and leaves it depends on.
     *
     * @throws IllegalArgumentException when {@code loss} has more than one element or depends on no leaf
     * @throws IllegalStateException when its graph was walked already
     */
    public Gradients backward(Variable loss) {
        if (loss.value().numel() != 1) {
            throw ShapeException.of("backward", loss.value().shape(),
                    "is not a scalar: give the gradient to start with");
        }
        return backward(loss, Tensor.full(1f, loss.value().shape()));
    }

    /** The gradients of {@code sum(output * gradient)}. @param gradient in the shape of {@code output}, not modified */
    public Gradients backward(Variable output, Tensor gradient) {
        checkOpen();
        if (output.tape() != this) {
            throw new IllegalArgumentException("backward: " + output + " belongs to another tape");
        }
        if (!output.requiresGrad()) {
            throw new IllegalArgumentException(
                    "backward: " + output + " depends on no parameter or leaf that wants a gradient"
                            + (records ? "" : " (this tape does not record)"));
        }
        if (!Arrays.equals(output.value().shape(), gradient.shape())) {
            throw ShapeException.of("backward", output.value().shape(), gradient.shape(),
                    "(output and its gradient) differ");
        }
        return walk(output.node(), gradient);
    }

    /** From the last operation to the first: children come after their parents, so each gradient is complete when used. */
    private Gradients walk(Node root, Tensor gradient) {
        InputGradients sums = new InputGradients(root.id + 1, spent, spares == null ? new Spares() : spares);
        sums.seed(root, gradient);
        List<Node> reached = new ArrayList<>();
        for (int id = root.id; id >= 0; id--) {
            Node node = nodes.get(id);
            if (!sums.reached(node)) continue;
            if (node.isLeaf()) {
                reached.add(node);
                continue;
            }
            if (node.isReleased()) {
                throw new IllegalStateException("backward: " + node.name()
                        + " was differentiated already and has released its saved values; compute it again, or sum the losses");
            }
            sums.flow(node);
            if (checked) Anomalies.inGradients(node, sums);
            node.release();
        }
        Gradients gradients = new Gradients();
        for (Node leaf : reached.reversed()) {
            gradients.put(leaf.leaf, sums.finish(leaf));
        }
        if (spent != null) {
            spares.trim();
            gradients.keepSpares(spares);
        }
        return gradients;
    }

    /** Releases all that the tape holds; its variables can no longer be computed with, their values can be read. */
    @Override
    public void close() {
        closed = true;
        nodes.forEach(Node::release);
        nodes.clear();
        used.clear();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the tape is closed");
        }
    }

    // --- parts of the computation, for Checkpoint

    /** A tape that repeats part of this one's computation without recording and notes the parameters used. */
    Tape trial() {
        return part(new Tape(seed, draws, false, false, new LinkedHashSet<>()));
    }

    /** A recording tape that repeats a {@link #trial} whose random streams began at {@code draws}. */
    Tape repetition(long draws) {
        return part(new Tape(seed, draws, true, true, null));
    }

    private Tape part(Tape part) {
        part.checked = checked;
        part.substitutes.putAll(substitutes);
        return part;
    }

    Set<Parameter> parametersSeen() {
        return parametersSeen;
    }

    long draws() {
        return draws;
    }

    /** Counts the streams a {@link #trial} has drawn. */
    void skipTo(long draws) {
        this.draws = draws;
    }
}
