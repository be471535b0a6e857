package org.lanewise.engine;

/**
 * Tensors whose shapes do not fit an operation. The message names the operation and every shape involved, for instance
 * {@code add: shapes [2, 3] and [4] do not broadcast}.
 */
public final class ShapeException extends IllegalArgumentException {

    /** The message is {@code operation: fault}. */
    public ShapeException(String operation, String fault) {
        super(operation + ": " + fault);
    }

    /** Two shapes that do not fit, with what was expected of them. */
    public static ShapeException of(String operation, int[] a, int[] b, String fault) {
        return new ShapeException(operation, "shapes " + Shapes.text(a) + " and " + Shapes.text(b) + " " + fault);
    }

    /** One shape that does not fit. */
    public static ShapeException of(String operation, int[] shape, String fault) {
        return new ShapeException(operation, "shape " + Shapes.text(shape) + " " + fault);
    }
}
