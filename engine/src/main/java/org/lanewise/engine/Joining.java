package org.lanewise.engine;

/** Putting tensors together; the parts are copied into slices of the result. */
final class Joining {

    private Joining() {}

    static Tensor concat(int dim, Tensor... parts) {
        if (parts.length == 0) throw new ShapeException("concat", "nothing to join");
        int[] shape = parts[0].shape.clone();
        int d = Shapes.dim("concat", dim, shape);
        long total = 0;
        for (Tensor part : parts) {
            boolean fits = part.shape.length == shape.length;
            for (int i = 0; fits && i < shape.length; i++) fits = i == d || part.shape[i] == shape[i];
            if (!fits) throw ShapeException.of("concat", parts[0].shape, part.shape, "differ beside dimension " + dim);
            total += part.shape[d];
        }
        if (total > Integer.MAX_VALUE) throw ShapeException.of("concat", shape, "would become too large");
        shape[d] = (int) total;
        Tensor out = Tensor.zeros(shape);
        int at = 0;
        for (Tensor part : parts) {
            Copying.into(part, Views.slice(out, d, at, at + part.shape[d], 1));
            at += part.shape[d];
        }
        return out;
    }

    static Tensor stack(int dim, Tensor... parts) {
        if (parts.length == 0) throw new ShapeException("stack", "nothing to join");
        Tensor[] wide = new Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].sameShape(parts[0]))
                throw ShapeException.of("stack", parts[0].shape, parts[i].shape, "differ");
            wide[i] = Views.unsqueeze(parts[i], dim);
        }
        return concat(dim < 0 ? dim + parts[0].shape.length + 1 : dim, wide);
    }
}
