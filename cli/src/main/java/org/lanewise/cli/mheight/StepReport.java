package org.lanewise.cli.mheight;

import java.util.LinkedHashMap;
import java.util.Map;

import org.lanewise.cli.terminal.Quantity;
import org.lanewise.engine.WorkerPool;
import org.lanewise.engine.kernels.FmaPeak;
import org.lanewise.mheight.training.TrainingCost;

/**
 * How long a step of a training takes beside its floor: the network's operations at the multiply-add peak of the threads in use, which
 * no program on this machine can beat.
 *
 * @param cost    of the training
 * @param peak    floating-point operations a second, of all threads together
 * @param threads how many these are
 */
record StepReport(TrainingCost cost, double peak, int threads) {
    private static final double SECONDS = .3;

    /** Measures the peak now: on a shared machine it changes from hour to hour. */
    static StepReport of(TrainingCost cost) {
        WorkerPool pool = WorkerPool.current();
        return new StepReport(cost, 1e9 * FmaPeak.gigaflops(SECONDS, pool.threads(), pool::forEach), pool.threads());
    }

    double floorSeconds() {
        return cost.stepFlops() / peak;
    }

    double timesFloor() {
        return cost.stepSeconds() / floorSeconds();
    }

    /** For {@code metrics.json}. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seconds", cost.stepSeconds());
        tree.put("low_seconds", cost.lowSeconds());
        tree.put("flops", cost.stepFlops());
        tree.put("peak_flops", peak);
        tree.put("threads", threads);
        tree.put("floor_seconds", floorSeconds());
        tree.put("times_floor", timesFloor());
        return tree;
    }

    /** One line for people. */
    String line() {
        return "a step took " + milliseconds(cost.stepSeconds()) + " (median of " + Quantity.count(cost.steps())
                + "; a tenth of them less than " + milliseconds(cost.lowSeconds()) + "), "
                + Quantity.figure(timesFloor(), 1) + " times its floor of " + milliseconds(floorSeconds()) + ": "
                + Quantity.figure(cost.stepFlops() / 1e9, 2)
                + " GFLOP of the network, forward and backward, without the optimiser, at the peak of "
                + Quantity.figure(peak / 1e9, 0) + " GFLOP/s measured on " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    private static String milliseconds(double seconds) {
        return Quantity.figure(seconds * 1e3, seconds < .01 ? 2 : 0) + " ms";
    }
}
