package org.lanewise.tabular.survival;

import java.util.Arrays;

/**
 * A function of time that is constant between jumps and continuous from the right: {@code initial} before the first jump time,
 * {@code value[i]} from {@code time[i]} until the next. Immutable.
 */
public final class StepFunction {
    private final double initial;
    private final double[] times;
    private final double[] values;

    private StepFunction(double initial, double[] times, double[] values) {
        this.initial = initial;
        this.times = times;
        this.values = values;
    }

    /**
     * Copies its arguments.
     *
     * @throws IllegalArgumentException
     *             unless the times rise strictly and there is one value for each
     */
    public static StepFunction of(double initial, double[] times, double[] values) {
        if (times.length != values.length) {
            throw new IllegalArgumentException(times.length + " times but " + values.length + " values");
        }
        for (int i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("times must rise: " + times[i - 1] + ", " + times[i]);
            }
        }
        return new StepFunction(initial, times.clone(), values.clone());
    }

    /** The value at {@code t}, a jump at {@code t} included. */
    public double at(double t) {
        int i = Arrays.binarySearch(times, t);
        return valueBefore(i >= 0 ? i + 1 : -i - 1);
    }

    /** The limit from the left: the value just before {@code t}. */
    public double before(double t) {
        int i = Arrays.binarySearch(times, t);
        return valueBefore(i >= 0 ? i : -i - 1);
    }

    private double valueBefore(int jump) {
        return jump == 0 ? initial : values[jump - 1];
    }

    public int jumps() {
        return times.length;
    }

    /** A copy of the jump times. */
    public double[] times() {
        return times.clone();
    }

    /** A copy of the values after each jump. */
    public double[] values() {
        return values.clone();
    }

    /** The integral from {@code from} to {@code to}. */
    public double integral(double from, double to) {
        double sum = 0;
        double at = from;
        for (int i = 0; i < times.length && times[i] < to; i++) {
            if (times[i] > at) {
                sum += (times[i] - at) * valueBefore(i);
                at = times[i];
            }
        }
        return to > at ? sum + (to - at) * at(at) : sum;
    }
}
