package org.lanewise.optim;

/**
 * The learning rate as a function of the step: a factor that multiplies the base rate.
 *
 * <p>Schedules are pure, so a resumed run needs no schedule state. The one that must watch the run is {@link Plateau}.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.warmUp(500, Schedule.cosine(20_000, 0.01));
 * optimizer.learningRate((float) (3e-4 * schedule.factor(step)));
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {

    /** The factor for a step, counted from 0. */
    double factor(long step);

    /** Always 1. */
    static Schedule constant() {
        return step -> 1;
    }

    /** {@code gamma^floor(step / every)}. */
    static Schedule step(long every, double gamma) {
        positive("every", every);
        return step -> StrictMath.pow(gamma, (double) (step / every));
    }

    /** Half a cosine from 1 to {@code floor} over {@code steps}, then {@code floor} (Loshchilov and Hutter 2017). */
    static Schedule cosine(long steps, double floor) {
        positive("steps", steps);
        return step -> step >= steps ? floor : floor + (1 - floor) * halfCosine((double) step / steps);
    }

    /**
     * Cosine cycles with warm restarts: the first takes {@code first} steps, each next one {@code factor} times the one
     * before, all from 1 to {@code floor}.
     */
    static Schedule warmRestarts(long first, int factor, double floor) {
        positive("first", first);
        positive("factor", factor);
        return step -> {
            long length = first;
            long at = step;
            if (factor == 1) {
                at = step % first;
            } else {
                while (at >= length) {
                    at -= length;
                    length *= factor;
                }
            }
            return floor + (1 - floor) * halfCosine((double) at / length);
        };
    }

    /** Linear from {@code 1 / steps} to 1 over {@code steps}, then {@code after}, which counts from its own 0. */
    static Schedule warmUp(long steps, Schedule after) {
        if (steps < 0) throw new IllegalArgumentException("steps must be >= 0, not " + steps);
        return step -> step < steps ? (step + 1.0) / steps : after.factor(step - steps);
    }

    /** Linear from 1 to {@code floor} over {@code steps}, then {@code floor}. */
    static Schedule linear(long steps, double floor) {
        positive("steps", steps);
        return step -> step >= steps ? floor : 1 + (floor - 1) * step / steps;
    }

    /**
     * One cycle (Smith 2018), in the cosine form: from {@code 1 / divisor} up to 1 during the first {@code rise} share of
     * the steps, then down to {@code 1 / (divisor * finalDivisor)}.
     */
    static Schedule oneCycle(long steps, double rise, double divisor, double finalDivisor) {
        positive("steps", steps);
        if (!(rise > 0 && rise < 1)) throw new IllegalArgumentException("rise must be in (0, 1), not " + rise);
        double start = 1 / divisor;
        double end = start / finalDivisor;
        double top = rise * steps - 1;
        double last = steps - 1;
        return step -> {
            if (step >= last) return end;
            if (step <= top) return 1 + (start - 1) * halfCosine(step / top);
            return end + (1 - end) * halfCosine((step - top) / (last - top));
        };
    }

    private static double halfCosine(double share) {
        // StrictMath: the same bits before and after compilation.
        return 0.5 * (1 + StrictMath.cos(Math.PI * share));
    }

    private static void positive(String name, long value) {
        if (value <= 0) throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
}
