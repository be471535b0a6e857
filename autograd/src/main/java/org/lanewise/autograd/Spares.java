package org.lanewise.autograd;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.lanewise.engine.Tensor;

/**
 * Arrays of intermediate gradients and of saved values that nobody needs any more, for later ones of the same size. A new array costs the zeroing
 * of memory that is in no cache, on one thread, and, when it is large, the collector's slow path.
 *
 * <p>Few arrays are kept of each size during a walk, so that the peak of memory hardly grows, and after it none of a size that
 * it did not ask for.
 */
final class Spares {
    /** Smaller arrays are cheaper to make. */
    private static final int SMALLEST = 1024;
    /** Kept of each size; what was alive at once in the forward pass may be kept without raising the peak. */
    private static final int MOST = 16;

    private final Map<Integer, ArrayDeque<float[]>> arrays = new HashMap<>();
    private final Map<Integer, Integer> asked = new HashMap<>();

    /** A contiguous tensor with any content. */
    Tensor blank(int... shape) {
        int size = Dims.product(shape, 0, shape.length);
        float[] array = take(size);
        return array == null ? Tensor.zeros(shape) : Tensor.of(array, shape);
    }

    private float[] take(int size) {
        if (size < SMALLEST) return null;
        asked.merge(size, 1, Integer::sum);
        ArrayDeque<float[]> same = arrays.get(size);
        return same == null ? null : same.poll();
    }

    /** Takes a tensor that nobody refers to any more, if it is all of its array. */
    void release(Tensor tensor) {
        int size = tensor.numel();
        if (size < SMALLEST || tensor.data().length != size) return;
        ArrayDeque<float[]> same = arrays.computeIfAbsent(size, _ -> new ArrayDeque<>());
        if (same.size() < MOST) same.push(tensor.data());
    }

    /** After a walk: forgets what it would not have needed. */
    void trim() {
        arrays.forEach((size, same) -> {
            int needed = asked.getOrDefault(size, 0);
            while (same.size() > needed) same.poll();
        });
        arrays.values().removeIf(ArrayDeque::isEmpty);
        asked.clear();
    }
}
