package org.lanewise.bench;

/**
 * What one call of a benchmark must do at least, whoever does it: the figures that turn a time into a share of the machine's
 * limits.
 *
 * @param flops    floating-point operations of its matrix products, 0 when memory is what counts
 * @param bytes    bytes read and written that caches cannot save, 0 when arithmetic is what counts
 * @param elements results computed, rows predicted, parameters stepped
 */
public record Work(double flops, double bytes, double elements) {

    /** Products that do so many multiplications and additions. */
    static Work flops(double flops) {
        return new Work(flops, 0, 0);
    }

    /** The same for so many results. */
    static Work flops(double flops, double elements) {
        return new Work(flops, 0, elements);
    }

    /** A pass over memory: {@code elements} floats out, {@code streams} floats moved for each. */
    static Work stream(double elements, int streams) {
        return new Work(0, elements * streams * Float.BYTES, elements);
    }

    /** So many results, without a known limit. */
    static Work elements(double elements) {
        return new Work(0, 0, elements);
    }
}
