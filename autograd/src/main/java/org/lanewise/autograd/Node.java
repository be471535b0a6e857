package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/**
 * One recorded operation, or a leaf. It refers to its inputs' nodes and to what its rule saved, never to values: a value
 * that no rule saved and nobody holds is garbage even while the tape is open.
 */
final class Node {
    private static final Node[] NO_PARENTS = {};

    /** Position in recording order: parents come before children. */
    final int id;
    final int[] shape;
    /** The variable of a leaf; null for an operation. */
    Variable leaf;
    private final Rule<?> rule;
    private Node[] parents;
    private Object saved;

    /** A leaf. */
    Node(int id, int[] shape) {
        this(id, shape, null, null, NO_PARENTS);
    }

    /**
     * An operation.
     *
     * @param saved of the rule's type (this is what {@link #backward} relies on)
     * @param parents a null entry is an input that wants no gradient
     */
    Node(int id, int[] shape, Rule<?> rule, Object saved, Node[] parents) {
        this.id = id;
        this.shape = shape;
        this.rule = rule;
        this.saved = saved;
        this.parents = parents;
    }

    boolean isLeaf() {
        return rule == null;
    }

    boolean isReleased() {
        return parents == null;
    }

    String name() {
        return isLeaf() ? "leaf" : rule.name();
    }

    Node[] parents() {
        return parents;
    }

    /** Runs the rule. The cast is safe: {@link Tape#record} takes rule and saved values of one type. */
    @SuppressWarnings("unchecked")
    void backward(Tensor gradient, InputGradients inputs) {
        ((Rule<Object>) rule).backward(saved, gradient, inputs);
    }

    /** Forgets parents and saved values. */
    void release() {
        parents = null;
        saved = null;
    }
}
