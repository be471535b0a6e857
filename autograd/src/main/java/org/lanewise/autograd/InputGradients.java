package org.lanewise.autograd;

import java.util.Arrays;
import org.lanewise.engine.ShapeException;
import org.lanewise.engine.Tensor;

/**
 * Where a {@link Rule} puts the gradients of its operation's inputs. Contributions of several operations to the same
 * input are summed, in place whenever the sum so far belongs to nobody else; the order is that of the walk, so sums have
 * the same bits every time.
 *
 * <p>Four ways to contribute, from cheap to general; in all of them a gradient in a shape that was broadcast from the
 * input's is summed back to the input's shape ({@link Tensor#sumTo}):
 *
 * <ul>
 * <li>{@link #pass}: the incoming gradient itself (or a view of it that covers each element once) is the input's
 * gradient, and no other input gets it;
 * <li>{@link #share}: the tensor may be referred to elsewhere too and must not change;
 * <li>{@link #give}: a fresh tensor that the rule computed and forgets;
 * <li>{@link #accumulator}, {@link #target}: the rule adds into, or writes, the sum itself.
 * </ul>
 *
 * Contributions to inputs that want no gradient are ignored.
 */
public final class InputGradients {
    private final Tensor[] sums;
    private final boolean[] owned;
    private final Gradients spent;
    private final Spares spares;
    private Node node;
    /** A contiguous tensor with the incoming gradient's values that the rule may overwrite, or null. */
    private Tensor expendable;
    private boolean incomingOwned;

    /**
     * @param spent gradients of an earlier walk whose memory may be overwritten, or null
     * @param spares where intermediate gradients come from and go to
     */
    InputGradients(int nodes, Gradients spent, Spares spares) {
        this.sums = new Tensor[nodes];
        this.owned = new boolean[nodes];
        this.spent = spent;
        this.spares = spares;
    }

    /** A place to add into: {@code accumulate} false says that its content is to be overwritten. */
    public record Target(Tensor tensor, boolean accumulate) {
    }

    /** Whether input {@code i} wants a gradient. */
    public boolean wants(int i) {
        return node.parents()[i] != null;
    }

    /** Whether input {@code i} wants a gradient and is of the shape of {@code gradient}: no broadcasting to undo. */
    public boolean takesWhole(int i, Tensor gradient) {
        return wants(i) && Arrays.equals(node.parents()[i].shape, gradient.shape());
    }

    /** The shape of input {@code i}, which must want a gradient. */
    public int[] shape(int i) {
        return node.parents()[i].shape.clone();
    }

    /** The incoming gradient, or a view of all its elements, becomes the gradient of input {@code i} alone. */
    public void pass(int i, Tensor gradient) {
        add(i, gradient, incomingOwned);
    }

    /** Adds a tensor that others may refer to. */
    public void share(int i, Tensor gradient) {
        add(i, gradient, false);
    }

    /** Adds a tensor that the rule has made and does not keep. */
    public void give(int i, Tensor fresh) {
        add(i, fresh, true);
    }

    /** The sum so far of input {@code i}, zeros at first: contiguous, for the rule to add into. */
    public Tensor accumulator(int i) {
        Target target = target(i);
        return target.accumulate ? target.tensor : target.tensor.fill_(0f);
    }

    /** Like {@link #accumulator}, for kernels that can overwrite as well as add. */
    public Target target(int i) {
        Node parent = node.parents()[i];
        Tensor sum = sums[parent.id];
        if (sum != null) {
            return new Target(
                    own(i, owned[parent.id] ? sum.contiguous() : spares.blank(parent.shape).copyFrom(sum)), true);
        }
        Tensor reused = reusable(i);
        return new Target(own(i, reused != null ? reused : spares.blank(parent.shape)), false);
    }

    /** Memory of an earlier gradient, if there is any and no contribution has come yet. */
    private Tensor reusable(int i) {
        Node parent = node.parents()[i];
        boolean first = spent != null && parent.isLeaf() && sums[parent.id] == null;
        return first ? spent.take(parent.leaf) : null;
    }

    private Tensor own(int i, Tensor sum) {
        int id = node.parents()[i].id;
        sums[id] = sum;
        owned[id] = true;
        return sum;
    }

    /** The gradient in contiguous form: itself when it is contiguous. */
    public Tensor dense(Tensor gradient) {
        Tensor dense = gradient.contiguous();
        if (dense != gradient) {
            expendable = dense;
        }
        return dense;
    }

    /**
     * A contiguous tensor of the shape of {@code dense} (from {@link #dense}) to write a result to, with any content: {@code
     * dense} itself when nobody else refers to it.
     */
    public Tensor output(Tensor dense) {
        return dense == expendable ? dense : spares.blank(dense.shape());
    }

    /** Takes back a tensor from {@link Tape#blank} that the rule has saved and nobody else refers to. */
    void release(Tensor saved) {
        spares.release(saved);
    }

    private void add(int i, Tensor gradient, boolean mine) {
        Node parent = node.parents()[i];
        if (parent == null) {
            return;
        }
        if (!Arrays.equals(gradient.shape(), parent.shape)) {
            Tensor summed = undoBroadcast(gradient, parent);
            mine |= summed.data() != gradient.data(); // dropping dimensions of size one is only a view
            gradient = summed;
        }
        int id = parent.id;
        Tensor sum = sums[id];
        if (sum == null) {
            sums[id] = gradient;
            owned[id] = mine;
        } else if (owned[id]) {
            sum.add_(gradient);
        } else if (mine) {
            sums[id] = gradient.add_(sum);
            owned[id] = true;
        } else {
            sums[id] = sum.add(gradient);
            owned[id] = true;
        }
    }

    private Tensor undoBroadcast(Tensor gradient, Node parent) {
        try {
            return gradient.sumTo(parent.shape);
        } catch (ShapeException e) {
            throw ShapeException.of("backward of " + node.name(), gradient.shape(), parent.shape,
                    "(gradient and input) do not fit");
        }
    }

    // --- the walk's side

    void seed(Node root, Tensor gradient) {
        sums[root.id] = gradient;
    }

    /** Whether the walk has brought a gradient to this node. */
    boolean reached(Node node) {
        return sums[node.id] != null;
    }

    /** The sum so far of a node's gradient, or null. */
    Tensor sum(Node node) {
        return sums[node.id];
    }

    /** Runs the node's rule on its gradient, which is then forgotten. */
    void flow(Node node) {
        Tensor gradient = sums[node.id];
        this.node = node;
        this.incomingOwned = owned[node.id];
        this.expendable = incomingOwned && gradient.isContiguous() ? gradient : null;
        sums[node.id] = null;
        node.backward(gradient, this);
        this.expendable = null;
        if (incomingOwned && !handedOn(gradient)) spares.release(gradient);
    }

    /** Whether an input's sum now lives in the array of the gradient that came in. */
    private boolean handedOn(Tensor gradient) {
        for (Node parent : node.parents()) {
            if (parent != null && sums[parent.id] != null && sums[parent.id].data() == gradient.data()) return true;
        }
        return false;
    }

    /** The finished gradient of a leaf: contiguous and nobody else's. */
    Tensor finish(Node leaf) {
        Tensor sum = sums[leaf.id];
        sums[leaf.id] = null;
        boolean whole = owned[leaf.id] && sum.isContiguous() && sum.data().length == sum.numel();
        return whole ? sum : sum.copy();
    }
}
