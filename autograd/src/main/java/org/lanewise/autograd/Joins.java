package org.lanewise.autograd;

import org.lanewise.engine.Tensor;

/** Several variables made one; each gets its part of the gradient. */
final class Joins {

    private Joins() {}

    /** Sizes along the dimension joined. */
    private record Parts(int dim, int[] sizes) {
    }

    private static final Rule<Parts> CONCAT = Rule.of("concat", (s, g, in) -> {
        int from = 0;
        for (int i = 0; i < s.sizes.length; i++) {
            in.share(i, g.slice(s.dim, from, from + s.sizes[i]));
            from += s.sizes[i];
        }
    });

    private static final Rule<Parts> STACK = Rule.of("stack", (s, g, in) -> {
        for (int i = 0; i < s.sizes.length; i++) in.share(i, g.select(s.dim, i));
    });

    static Variable concat(int dim, Variable... parts) {
        return join(CONCAT, dim, Tensor.concat(dim, values(parts)), parts);
    }

    static Variable stack(int dim, Variable... parts) {
        Tensor stacked = Tensor.stack(dim, values(parts));
        return join(STACK, Dims.normalise("stack", dim, stacked.shape()), stacked, parts);
    }

    private static Variable join(Rule<Parts> rule, int dim, Tensor joined, Variable... parts) {
        int[] sizes = new int[parts.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = rule == STACK ? 1 : parts[i].size(dim);
        return parts[0].tape().record(rule, joined, new Parts(dim, sizes), parts);
    }

    private static Tensor[] values(Variable... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat/stack: nothing to join");
        }
        Tensor[] values = new Tensor[parts.length];
        for (int i = 0; i < values.length; i++) values[i] = parts[i].value();
        return values;
    }
}
