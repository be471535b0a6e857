package org.lanewise.henaw.calibration;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Breslow's estimate of the cumulative baseline hazard of a Cox model,
 * {@code H0(t) = sum over deaths at u <= t of d(u) / sum over those at risk of exp(eta)}, kept on an even grid and
 * interpolated linearly.
 *
 * @param horizon last time of the grid
 * @param values  H0 at {@code horizon k / (length - 1)}, starting with 0
 */
public record BaselineHazard(double horizon, double[] values) {
    private static final int CELLS = 40;

    /** Checks and copies. */
    public BaselineHazard {
        values = values.clone();
        if (values.length < 2 || values[0] != 0 || !(values[values.length - 1] > 0) || !(horizon > 0))
            throw new IllegalArgumentException("baseline hazard: no deaths before the horizon");
        for (int k = 1; k < values.length; k++)
            if (!(values[k] >= values[k - 1]))
                throw new IllegalArgumentException("baseline hazard: must not fall");
    }

    /** Fits on people with log hazards {@code eta}. */
    public static BaselineHazard fit(double[] time, double[] event, double[] eta, double horizon) {
        Integer[] order = IntStream.range(0, time.length).boxed()
                .sorted((a, b) -> Double.compare(time[b], time[a])).toArray(Integer[]::new);
        double[] jump = new double[time.length];
        double atRisk = 0;
        for (int k = 0; k < order.length;) {
            int end = k;
            double deaths = 0;
            while (end < order.length && time[order[end]] == time[order[k]]) {
                atRisk += Math.exp(eta[order[end]]);
                deaths += event[order[end]];
                end++;
            }
            jump[order[k]] = deaths / atRisk;
            k = end;
        }
        double[] values = new double[CELLS + 1];
        for (int i = 0; i < time.length; i++)
            if (jump[i] > 0 && time[i] <= horizon)
                for (int k = (int) Math.ceil(time[i] / horizon * CELLS - 1e-9); k <= CELLS; k++)
                    values[k] += jump[i];
        values[0] = 0;
        return new BaselineHazard(horizon, values);
    }

    /** H0(t), up to the horizon. */
    public double at(double t) {
        double position = Math.min(Math.max(t / horizon, 0), 1) * (values.length - 1);
        int low = Math.min((int) position, values.length - 2);
        return values[low] + (position - low) * (values[low + 1] - values[low]);
    }

    /** The grid. */
    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BaselineHazard b && b.horizon == horizon && Arrays.equals(b.values, values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
